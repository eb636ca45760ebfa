"""The four looks of Seenby: night, day, high contrast and plain, each from one palette.

A `Palette` is the only place where a colour is written down. The Textual theme and its CSS variables are made from it,
and the line renderer of the conversation draws with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color
from rich.style import Style
from textual.filter import NoColor
from textual.theme import Theme

from game import hues
from game.hues import NameInk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App
    from textual.filter import LineFilter


@dataclass(frozen=True, slots=True)
class Skin:
    """A surface and what may stand on it. Colours are `#rrggbb`; None leaves the terminal's own."""

    back: str | None
    text: str | None
    dim: str | None
    stamp: str | None
    """The time of a message."""
    sign: str | None
    """Labels of pictures and voice notes, the ticks once somebody has read it."""
    masked: str | None
    """What is described instead of spelled out."""
    left: str = ""
    """Left edge beside the padding: a bar where the surface has no colour that could show it."""
    right: str = ""
    reverse: bool = False
    bold: bool = False

    @property
    def filled(self) -> bool:
        """The surface has a colour that shows where it ends."""
        return self.back is not None and not self.left.strip() and not self.right.strip()


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of one look."""

    name: str
    dark: bool
    ground: Skin
    """The conversation's ground: names, notices, prose, typing."""
    incoming: Skin
    own: Skin
    other: Skin
    """Own bubbles of somebody else, when their phone is in front."""
    selected: Skin
    raised: str | None
    """Ground of a bar or a side list, one step up."""
    pill: Skin
    rule: str | None
    """Thin lines; they carry no meaning."""
    time: str | None
    """Warm amber: time and consequences."""
    accent: str | None
    accent_other: str | None
    """Accent of somebody else's phone."""
    names: tuple[NameInk, ...]

    def name_ink(self, name: str) -> NameInk:
        """How a name is written in this look. A handle that follows it (`Bea Marsh @beam`) changes nothing."""
        return self.names[hues.hue_index(name.partition(" @")[0], len(self.names))]

    def skins(self) -> dict[str, Skin]:
        """Every surface by its name."""
        return {
            "ground": self.ground,
            "incoming": self.incoming,
            "own": self.own,
            "other": self.other,
            "selected": self.selected,
            "pill": self.pill,
        }

    def css(self) -> dict[str, str]:
        """The palette as CSS variables of the theme: `$bubble-in`, `$dim`, `$time` and so on."""
        none = "ansi_default"
        values = {
            "ground": self.ground.back,
            "raised": self.raised,
            "rule": self.rule,
            "dim": self.ground.dim,
            "soft": self.ground.sign,
            "time": self.time,
            "masked": self.ground.masked,
            "accent-own-phone": self.accent,
            "accent-other-phone": self.accent_other,
            "bubble-in": self.incoming.back,
            "bubble-in-text": self.incoming.text,
            "bubble-in-dim": self.incoming.dim,
            "bubble-own": self.own.back,
            "bubble-own-text": self.own.text,
            "bubble-own-dim": self.own.dim,
            "bubble-other": self.other.back,
            "bubble-other-text": self.other.text,
            "bubble-other-dim": self.other.dim,
            "selection": self.selected.back,
            "selection-text": self.selected.text,
            "pill": self.pill.back,
            "pill-text": self.pill.text,
        }
        return {key: value or none for key, value in values.items()}


@lru_cache(maxsize=512)
def ink(
    color: str | None = None,
    back: str | None = None,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    reverse: bool = False,
) -> Style:
    """A style for the line renderer. None leaves the terminal's own colour."""
    return Style(
        color=Color.parse(color) if color else None,
        bgcolor=Color.parse(back) if back else None,
        bold=bold or None,
        italic=italic or None,
        underline=underline or None,
        reverse=reverse or None,
    )


_NIGHT_GROUND = Skin("#0b0f16", "#dde4ee", "#8b96a8", "#b9935f", "#9fb4c9", "#b8a98e")
NIGHT = Palette(
    name="seenby-night",
    dark=True,
    ground=_NIGHT_GROUND,
    incoming=replace(_NIGHT_GROUND, back="#1a2230", dim="#9aa6b8", stamp="#b9935f"),
    own=Skin("#10393c", "#e0eeeb", "#96bdb8", "#c9a873", "#7fd6cc", "#c9bb9f"),
    other=Skin("#34284a", "#ece4f5", "#b9abcd", "#cfab76", "#cdb0f0", "#cdbb9d"),
    selected=Skin("#284158", "#f4f7fb", "#b4c1d1", "#e2b781", "#a9cdea", "#d6c7aa"),
    raised="#10151e",
    pill=Skin("#232d3d", "#dde4ee", "#a3aec0", "#d9a562", "#9fb4c9", "#b8a98e"),
    rule="#232c3a",
    time="#d9a562",
    accent="#6fc3bb",
    accent_other="#c9a6ea",
    names=hues.NIGHT,
)

_DAY_GROUND = Skin("#f3eee4", "#22262b", "#5b626c", "#7d5210", "#3f5a70", "#6a5836")
DAY = Palette(
    name="seenby-day",
    dark=False,
    ground=_DAY_GROUND,
    incoming=replace(_DAY_GROUND, back="#ffffff", dim="#5d6470"),
    own=Skin("#d9e6da", "#1d2a24", "#4d5f56", "#74500f", "#0b625d", "#62532f"),
    other=Skin("#e6dcf0", "#2a2233", "#5f5470", "#784c0e", "#6b3796", "#62532f"),
    selected=Skin("#c9dcea", "#12202b", "#43525f", "#6b4309", "#0f5570", "#594a28"),
    raised="#ebe5d8",
    pill=Skin("#e3dccd", "#22262b", "#555c66", "#744a0a", "#3b556b", "#62532f"),
    rule="#d5ccba",
    time="#7d5210",
    accent="#0b625d",
    accent_other="#6b3796",
    names=hues.DAY,
)

_BLACK = Skin("#000000", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", left="▌", right=" ")
_WHITE = Skin("#ffffff", "#000000", "#000000", "#000000", "#000000", "#000000", left=" ", right=" ")
CONTRAST = Palette(
    name="seenby-contrast",
    dark=True,
    ground=_BLACK,
    incoming=_BLACK,
    own=_WHITE,
    other=_WHITE,
    selected=replace(_WHITE, bold=True),
    raised="#000000",
    pill=replace(_WHITE, bold=True),
    rule="#ffffff",
    time="#ffffff",
    accent="#ffffff",
    accent_other="#ffffff",
    names=hues.WEIGHTS,
)

_BARE = Skin(None, None, None, None, None, None, left="│", right=" ")
PLAIN = Palette(
    name="seenby-plain",
    dark=True,
    ground=_BARE,
    incoming=_BARE,
    own=replace(_BARE, left=" ", right="│"),
    other=replace(_BARE, left=" ", right="┃"),
    selected=replace(_BARE, left=" ", reverse=True),
    raised=None,
    pill=replace(_BARE, bold=True),
    rule=None,
    time=None,
    accent=None,
    accent_other=None,
    names=hues.WEIGHTS,
)

PALETTES: dict[str, Palette] = {palette.name: palette for palette in (NIGHT, DAY, CONTRAST, PLAIN)}
DEFAULT = NIGHT.name


def _theme(palette: Palette) -> Theme:
    none = "ansi_default"
    skin = palette.ground
    ground, text, dim = skin.back or none, skin.text or none, skin.dim or none
    accent, time, raised = palette.accent or none, palette.time or none, palette.raised or none
    rule = palette.rule or none
    chosen, chosen_text = palette.selected.back or none, palette.selected.text or none
    block = {
        # Where nothing has a colour, what is chosen shows by weight and reversal.
        "block-cursor-background": chosen,
        "block-cursor-foreground": chosen_text,
        "block-cursor-text-style": "bold reverse" if palette.selected.reverse else "bold",
        "block-cursor-blurred-background": raised,
        "block-cursor-blurred-foreground": text,
        "block-hover-background": raised,
        "border": rule,
        "border-blurred": rule,
        "footer-background": ground,
        "footer-foreground": dim,
        "footer-key-foreground": accent,
        "footer-description-foreground": dim,
        "input-cursor-background": accent,
        "input-cursor-foreground": ground,
        "input-selection-background": chosen,
        "input-selection-foreground": chosen_text,
        "screen-selection-background": chosen,
        "screen-selection-foreground": chosen_text,
        "scrollbar": rule,
        "scrollbar-hover": dim,
        "scrollbar-active": dim,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
        "scrollbar-corner-color": ground,
        "link-color": accent,
        "button-color-foreground": text,
        "ansi-background": ground,
        "ansi-foreground": text,
    }
    if palette.ground.back is not None:
        # Textual's own muted texts fall below 4.5:1; these do not.
        block |= {"text": text, "text-muted": dim, "text-disabled": dim, "foreground-muted": dim, "foreground-disabled": dim}
    return Theme(
        name=palette.name,
        primary=accent,
        secondary=skin.sign or none,
        warning=time,
        error=time,
        success=accent,
        accent=time,
        foreground=text,
        background=ground,
        surface=ground,
        panel=raised,
        boost=raised,
        dark=palette.dark,
        variables=block | palette.css(),
        ansi=palette.ground.back is None,
    )


THEMES: tuple[Theme, ...] = tuple(_theme(palette) for palette in PALETTES.values())


def theme_name(wanted: str | None, *, no_color: bool = False) -> str:
    """The theme to use: the plain one when colours are unwanted (`NO_COLOR`), else `wanted` if there is such a theme."""
    if no_color:
        return PLAIN.name
    if wanted in PALETTES:
        return str(wanted)
    short = f"seenby-{wanted}"
    return short if short in PALETTES else DEFAULT


def palette_of(app: App[object]) -> Palette:
    """The palette of the theme that is on. Another theme than ours gets the night's or the day's, by its darkness."""
    palette = PALETTES.get(app.theme)
    if palette is not None:
        return palette
    return NIGHT if app.current_theme.dark else DAY


def variable_defaults() -> dict[str, str]:
    """Values of our CSS variables under a theme that is not ours; for `App.get_theme_variable_defaults`."""
    return NIGHT.css()


def line_filters(app: App[object], usual: Sequence[LineFilter]) -> Sequence[LineFilter]:
    """What an app gives for `App.get_line_filters`.

    Where colours are unwanted they are left out: greys made of the terminal's own colours would come out black on black.
    """
    return [NoColor()] if app.no_color else usual


def dress(app: App[object], wanted: str | None = None) -> None:
    """Make our themes known to an app and put one on; in its constructor, before the style sheet is read."""
    for theme in THEMES:
        app.register_theme(theme)
    app.theme = theme_name(wanted, no_color=app.no_color)
