"""The inks that whatever we write is written in, by what they are for: the same on a page to read and on a picture for the wall."""

from __future__ import annotations

from rich.style import Style

from game.themes import Palette, ink


class Inks:
    """Styles from the ground of a palette. Whoever writes on it has the palette, and may add inks of its own."""

    __slots__ = ()

    palette: Palette

    @property
    def text(self) -> Style:
        """Plain words."""
        return ink(self.palette.ground.text)

    @property
    def strong(self) -> Style:
        """What is to be read first: titles, decisions."""
        return ink(self.palette.ground.text, bold=True)

    @property
    def dim(self) -> Style:
        """What steps back."""
        return ink(self.palette.ground.dim)


__all__ = ["Inks"]
