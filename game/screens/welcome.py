"""The first start: who you are, how it plays, where your data is. Three pages, once."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input

from engine.text import clean_name
from game.keys import bindings
from game.play.keyline import Key, KeyLine
from game.play.painted import Painted
from game.play.panel import Words
from game.themes import ink
from game.words import _

PAGES = 3


class Dots(Painted):
    """How far one is: `● ○ ○`."""

    at = 0

    def go_to(self, page: int) -> None:
        """Another page."""
        self.at = page
        self.refresh()

    def paint(self, width: int) -> Text:
        """One line."""
        text = Text(no_wrap=True, end="")
        for page in range(PAGES):
            here = page == self.at
            text.append("● " if here else "○ ", ink(self.palette.accent if here else self.palette.ground.dim))
        return text


class Mark(Painted):
    """The name of the game."""

    def paint(self, width: int) -> Text:
        """One word."""
        return Text("Seenby", ink(self.palette.accent, bold=True), no_wrap=True, end="")


def _page(number: int, title: str, paragraphs: tuple[str, ...]) -> Vertical:
    words = [Words(text, "soft", indent=0, classes="paragraph") for text in paragraphs]
    page = Vertical(Words(title, "strong", indent=0), *words, classes="page", id=f"page-{number}")
    page.display = False
    return page


class WelcomeScreen(Screen[str | None]):
    """Greets. Dismisses with what the player is called; empty for nobody in particular."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("welcome")
    AUTO_FOCUS = ""

    def __init__(self, name: str = "", folder: str = "") -> None:
        """`name` is what the player is called already, `folder` where the saves are."""
        super().__init__()
        self._folder = folder
        self._page = 0
        self._dots = Dots()
        self._input = Input(name, placeholder=_("Guest"), max_length=40, id="name", select_on_focus=False)
        self._box = Vertical(id="welcome")
        self._keys = KeyLine()

    def compose(self) -> ComposeResult:
        """The first page, the dots, the keys; the other pages come when the first frame stands."""
        with self._box:
            with Vertical(classes="page", id="page-0"):
                yield Mark()
                yield Words(_("A message is seen by more people than you sent it to."), "dim", indent=0)
                yield Words(
                    _(
                        "You will hold somebody's phone for a quarter of an hour. Things arrive on it. You answer, pass on, report, wait, "
                        "or let them scroll by. Then time passes, and some of it comes back."
                    ),
                    "soft",
                    indent=0,
                    classes="paragraph",
                )
                yield Words(_("What shall we call you? A pseudonym will do."), "strong", indent=0, classes="paragraph")
                yield self._input
            yield self._dots
        yield self._keys

    def _pages(self) -> tuple[Vertical, Vertical]:
        """The second page and the third."""
        plays = (
            _("Nothing is marked right or wrong. Everything on offer is something a decent person might do."),
            _("What you are about to send stands as a draft first, with who will see it. Sending is a second act."),
            _("Letting it scroll by is a choice too. So is waiting until tomorrow."),
            _("At the end you look back on your own play, and may go back to any moment of it."),
            _("Arrows and Enter do everything, and so do the numbers and the mouse. ? shows the keys; q saves and leaves."),
        )
        stays = (
            _("What you decide is kept on this machine and nowhere else. There is no account, and nothing is sent to anybody."),
            _("It is in {folder}.").format(folder=self._folder),
            _("You can have it forgotten at any time in the settings, and export it with `seenby saves`."),
            _("Some stories come close to real ones. A note on the card says so beforehand, and q leaves at once."),
        )
        return (_page(1, _("How it plays"), plays), _page(2, _("Your data stays here"), stays))

    def on_mount(self) -> None:
        """The first page."""
        self._show(0)
        self.call_after_refresh(self._more)

    async def _more(self) -> None:
        if self._box.is_attached:
            await self._box.mount_all(self._pages(), before=self._dots)

    def _show(self, page: int) -> None:
        self._page = page
        for one in self.query(".page"):
            one.display = one.id == f"page-{page}"
        self._dots.go_to(page)
        if page == 0:
            self._input.focus()
        else:
            self.set_focus(None)
        keys = [Key("Enter", _("begin") if page == PAGES - 1 else _("go on"), "enter")]
        if page:
            keys.append(Key("Esc", _("back"), "escape"))
        keys.append(Key("Ctrl+Q", _("leave"), "ctrl+q"))
        self._keys.show(keys)

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_next()

    def action_next(self) -> None:
        """The next page, or on with it."""
        if self._page < PAGES - 1:
            self._show(self._page + 1)
        else:
            self.dismiss(clean_name(self._input.value))

    def action_back(self) -> None:
        """The page before."""
        if self._page:
            self._show(self._page - 1)

    def on_click(self) -> None:
        """A click goes on, but not from the name."""
        if self._page:
            self.action_next()

    def action_help(self) -> None:
        """These pages are the help themselves."""
