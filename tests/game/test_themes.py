"""Every text on every ground can be read: contrast computed as WCAG 2.2 defines it."""

from __future__ import annotations

import re
from itertools import product

import pytest
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from game import hues, themes
from game.themes import CONTRAST, DAY, NIGHT, PALETTES, PLAIN, Palette, Skin
from tests.game.stage import Dressed

COLOURED = (NIGHT, DAY, CONTRAST)


def wcag(one: str, other: str) -> float:
    """The ratio, written out again so that a slip in the module does not hide itself."""

    def luminance(color: str) -> float:
        total = 0.0
        for share, start in ((0.2126, 1), (0.7152, 3), (0.0722, 5)):
            part = int(color[start : start + 2], 16) / 255
            total += share * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
        return total

    bright, dark = max(luminance(one), luminance(other)), min(luminance(one), luminance(other))
    return (bright + 0.05) / (dark + 0.05)


def least(palette: Palette) -> float:
    return 7.0 if palette is CONTRAST else 4.5


def test_contrast_agrees_with_known_values():
    assert hues.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert hues.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert hues.contrast("#123456", "#fedcba") == pytest.approx(wcag("#123456", "#fedcba"))


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_every_text_on_its_surface(palette: Palette):
    for name, skin in palette.skins().items():
        for role in ("text", "dim", "stamp", "sign", "masked"):
            ratio = wcag(getattr(skin, role), skin.back)
            assert ratio >= least(palette), f"{palette.name}: {role} on {name} is {ratio:.2f}"


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_every_name_on_every_surface_a_name_stands_on(palette: Palette):
    surfaces = ("ground", "incoming", "own", "other", "selected")
    for name, found in product(surfaces, palette.names):
        skin = palette.skins()[name]
        ratio = wcag(found.color or skin.text, skin.back)
        assert ratio >= least(palette), f"{palette.name}: {found.color} on {name} is {ratio:.2f}"


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_accents_and_time_on_ground_and_bars(palette: Palette):
    for color in (palette.time, palette.accent, palette.accent_other, palette.ground.text, palette.ground.dim):
        for back in (palette.ground.back, palette.raised):
            assert wcag(color, back) >= least(palette)
    assert wcag(palette.time, palette.pill.back or "") >= least(palette) or palette is CONTRAST


def test_high_contrast_is_black_and_white():
    colors = {color for skin in CONTRAST.skins().values() for color in (skin.back, skin.text, skin.dim, skin.stamp, skin.sign)}
    assert colors == {"#000000", "#ffffff"}


def test_plain_has_no_colour_at_all():
    for skin in PLAIN.skins().values():
        assert [skin.back, skin.text, skin.dim, skin.stamp, skin.sign, skin.masked] == [None] * 6
    assert all(found.color is None for found in PLAIN.names)
    own, incoming = PLAIN.own, PLAIN.incoming
    assert incoming.left.strip()
    assert own.right.strip(), "without colour a bar says whose a bubble is"


def test_ten_hues_differ_and_are_stable():
    assert len(set(hues.NIGHT)) == len(set(hues.DAY)) == 10
    # Figures, so that a change of the hash does not go unseen: a name keeps its colour from one play to the next.
    assert [hues.hue_index(name) for name in ("Marnie", "Col", "Rashid", "Jo")] == [6, 4, 1, 5]
    assert hues.hue_index("marnie") == hues.hue_index("Marnie")


def test_hues_are_spread():
    counts = [0] * 10
    for number in range(5000):
        counts[hues.hue_index(f"name {number}")] += 1
    assert min(counts) > 350


def test_no_red_against_green():
    """Consequence is amber, the accent teal; a warning and a success never differ by red and green alone."""
    for theme in themes.THEMES:
        assert theme.error == theme.warning == theme.accent
        assert theme.success == theme.primary


def test_handle_does_not_change_the_hue():
    assert NIGHT.name_ink("Bea Marsh @beam") == NIGHT.name_ink("Bea Marsh")


@pytest.mark.parametrize(
    ("wanted", "no_color", "name"),
    [
        (None, False, "seenby-night"),
        ("seenby-day", False, "seenby-day"),
        ("contrast", False, "seenby-contrast"),
        ("no such theme", False, "seenby-night"),
        ("seenby-day", True, "seenby-plain"),
    ],
)
def test_theme_name(wanted: str | None, no_color: bool, name: str):
    assert themes.theme_name(wanted, no_color=no_color) == name


class Small(Dressed):
    CSS = "Static { background: $bubble-own; color: $bubble-own-dim; border-left: tall $accent-other-phone; }"

    def __init__(self, wanted: str | None = None) -> None:
        super().__init__(wanted)

    def compose(self) -> ComposeResult:
        yield Static("text", markup=False)
        yield Input("words")
        yield Button("Go")


@pytest.mark.parametrize("name", list(PALETTES))
async def test_every_theme_dresses_an_app(name: str):
    app = Small(name)
    async with app.run_test(size=(40, 10)) as pilot:
        assert themes.palette_of(app) is PALETTES[name]
        svg = app.export_screenshot()
        back = PALETTES[name].own.back
        assert back is None or back in svg
        app.theme = "textual-light"
        await pilot.pause()
        assert themes.palette_of(app) is DAY
        app.theme = name
        await pilot.pause()
        assert themes.palette_of(app) is PALETTES[name]


async def test_no_color_gives_the_plain_theme(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = Small("seenby-day")
    async with app.run_test(size=(40, 10)):
        assert app.theme == PLAIN.name


def test_css_variables_are_all_there():
    for palette in PALETTES.values():
        values = palette.css()
        assert all(re.fullmatch(r"#[0-9a-f]{6}|ansi_default", value) for value in values.values())
        assert values.keys() == NIGHT.css().keys()


def test_ink_leaves_alone_what_is_not_asked_for():
    style = themes.ink(None, None, bold=True)
    assert style.color is None
    assert style.bgcolor is None
    assert style.bold
    assert style.italic is None


def test_only_a_coloured_surface_is_filled():
    assert NIGHT.own.filled
    assert not PLAIN.own.filled
    assert not CONTRAST.incoming.filled
    assert CONTRAST.own.filled
    assert not Skin(None, None, None, None, None, None).filled
