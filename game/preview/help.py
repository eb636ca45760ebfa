"""All keys of a preview."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from game.play.cards import HelpScreen, help_lines
from game.play.keyhelp import KeyHelp
from game.play.keyline import Key, KeyLine
from game.play.panel import Words
from game.words import _

_HERE = Path(__file__).parent


class PreviewHelp(HelpScreen):
    """All keys: those of the preview, then those of the play."""

    CSS_PATH: ClassVar[list[Path]] = [_HERE.parent / "play" / "pages.tcss"]  # type: ignore[assignment]

    def compose(self) -> ComposeResult:
        """Key and meaning, one a line."""
        with Vertical(classes="card"):
            with VerticalScroll(can_focus=False):
                for title, rows in ((_("The preview"), preview_keys()), (_("The play"), help_lines())):
                    yield Words(title, "strong", indent=0)
                    yield KeyHelp(rows)
                    yield Words(" ", "dim", indent=0)
            keys = KeyLine()
            keys.show((Key("↑↓", _("read on")), Key("Esc", _("back"), "escape")))
            yield keys


def preview_keys() -> list[tuple[str, str]]:
    """The keys of the preview, with what they do."""
    return [
        ("Ctrl+G", _("go to a scene: by decisions, or directly")),
        ("w", _("why an option is hidden, why a scene did not come")),
        ("v", _("flags, numbers and dials: see them, set them")),
        ("t", _("what is pending; let it come; on to the next scene")),
        ("x", _("what was found in the file; y copies the place")),
        ("e", _("open the file in your editor, at the line")),
        ("b", _("begin again")),
        ("k", _("take the decisions that were kept")),
        ("n", _("the next seed: other names, another order")),
        ("Ctrl+P", _("all of this by name, looks and pace too")),
        ("q", _("leave; nothing is kept")),
    ]


__all__ = ["PreviewHelp", "preview_keys"]
