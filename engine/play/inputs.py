"""What a player does to a play: the only thing, besides scenario and seed, that decides what happens."""

from __future__ import annotations

from typing import Literal

import msgspec


class Input(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One decision, by stable ids.

    `how` is `choose` (a choice), `pick` (pieces, in the order picked), `link` (board: `question=card`), `lapse` (the time
    limit ran out) or `skip` (this beat).
    """

    scene: str
    how: Literal["choose", "pick", "link", "lapse", "skip"] = "choose"
    choice: str = ""
    picks: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Of a board: each question that a card is pinned to, with the card."""
        pairs = (pick.partition("=") for pick in self.picks)
        return tuple((question.strip(), card.strip()) for question, _sign, card in pairs)

    def __str__(self) -> str:
        """As a line of a decisions file: `meme: speak-up`, `taps: pick hide-friends, tags`, `bridge: lapse`."""
        if self.how == "choose":
            return f"{self.scene}: {self.choice}"
        if self.how in ("lapse", "skip"):
            return f"{self.scene}: ({self.how})"
        return f"{self.scene}: {self.how} {', '.join(self.picks)}".rstrip()


def parse_input(line: str) -> Input:
    """The input that `str` wrote. Raises ValueError with what is wrong."""
    scene, colon, rest = line.partition(":")
    scene, rest = scene.strip(), rest.strip()
    if not colon or not scene or not rest:
        raise ValueError(f"expected `scene: choice`, got {line.strip()!r}")
    if rest == "(lapse)":
        return Input(scene, "lapse")
    if rest == "(skip)":
        return Input(scene, "skip")
    word, _, tail = rest.partition(" ")
    if word == "pick":
        return Input(scene, "pick", picks=tuple(piece.strip() for piece in tail.split(",") if piece.strip()))
    if word == "link":
        return Input(scene, "link", picks=tuple(piece.strip() for piece in tail.split(",") if piece.strip()))
    return Input(scene, "choose", rest)
