"""Words of the interface, through gettext: `from game.words import _`."""

from __future__ import annotations

from engine.words import _, n_, use

__all__ = ["_", "n_", "use"]
