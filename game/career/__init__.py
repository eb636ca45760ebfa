"""Careers: a pack played in sequence by one protagonist."""
