"""What a scenario that can be played still lacks: `check(source)` gives every finding, the reader's and the compiler's among them."""

from __future__ import annotations

from engine.check.run import DEFAULTS, Limits, check, coverage

__all__ = ["DEFAULTS", "Limits", "check", "coverage"]
