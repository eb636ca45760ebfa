"""Widgets of the phone."""
