"""Decisions."""

from engine.check.case import Check

CHECKS: tuple[Check, ...] = ()
