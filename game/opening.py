"""From a card to a play: what is told and asked on the way, and what is said of a card that cannot be opened."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.words import _
from saves.errors import SaveError

if TYPE_CHECKING:
    from engine.story.model import Story
    from game.app import SeenbyApp
    from game.packs import Card, CareerCard
    from game.session import Session
    from saves.store import PlayInfo


class Opening:
    """Opens plays in the app. What is asynchronous here runs in a worker of the app."""

    def __init__(self, app: SeenbyApp) -> None:
        self.app = app
        self._odd: dict[str, list[str]] = {}
        """What has been said about files that play but are odd."""

    # A card was chosen

    def choose(self, card: Card) -> None:
        """Go on with an open play of it, look back on one that is over, or begin: whichever is wanted."""
        from game.screens.sheet import Choice, Sheet

        if card.trouble:
            self.show_findings(card, card.trouble)
            return
        info = self.last_play(card)
        if info is None:
            self.app.begin(card)
            return
        if info.ended:
            words = [_("You played it {when}. It ended with “{ending}”.").format(**self._ended(info, card)), *self._rule(card)]
            choices = [Choice("new", _("Play it again")), Choice("look", _("Look back on it")), Choice("back", _("Back"))]
        else:
            stands = self.app.stands.get(info.id)
            words = [
                _("A play of this is open, at {moment}.").format(moment=stands.moment)
                if stands
                else _("A play of this is open.")
            ]
            choices = [
                Choice("go-on", _("Go on with it")),
                Choice("new", _("Begin again"), _("The open play stays with your past plays.")),
            ]

        def chosen(answer: str | None) -> None:
            if answer == "new":
                self.app.begin(card, told=info.ended)
            elif answer in ("go-on", "look"):
                self.app.go_on(info, card, look_back=answer == "look")

        self.app.push_screen(Sheet(card.title, words, choices), chosen)

    def last_play(self, card: Card | None, *, open_only: bool = False) -> PlayInfo | None:
        """The play of a scenario (of any) that is open, else the last that is over; parts of careers do not count."""
        app = self.app
        if app.store is None or app.player is None:
            return None
        try:
            plays = app.store.plays(app.player)
        except SaveError as error:
            app.tell(str(error))
            return None
        mine = [info for info in plays if info.career is None and (card is None or info.scenario == card.id)]
        found = next((info for info in mine if not info.ended), None)
        return found if found is not None or open_only else next(iter(mine), None)

    def _ended(self, info: PlayInfo, card: Card) -> dict[str, str]:
        from game.clock import when_words

        return {
            "when": when_words(info.updated, self.app.wall_clock()),
            "ending": card.endings.get(info.ending or "") or info.ending or "",
        }

    def _rule(self, card: Card) -> list[str]:
        """What one meant to do another time, when one last played this."""
        from game.debrief.rules import rule_words

        app = self.app
        if app.store is None or app.player is None:
            return []
        try:
            rules = app.store.rules(app.player, card.id)
        except SaveError:  # beginning the play says what is wrong with the saves
            return []
        return ["", _("Last time you wrote:"), rule_words(rules[0].situation, rules[0].action)] if rules else []

    # Into a play

    async def begin(
        self,
        card: Card,
        *,
        seed: int | None = None,
        name: str | None = None,
        unsaved: bool = False,
        cut: int | None = None,
        told: bool = False,
        noted: bool = True,
    ) -> None:
        """Begin a play; `cut` is the minutes of a session that it is to fit into.

        `told`: the rule of last time was shown already. `noted`: so was what is in the story, on its card.
        """
        story = await self.load(card)
        if story is None or not await self._tell_odd(card) or not (noted or await self._tell_note(story)):
            return
        if not (told or await self._tell_last_rule(card)):
            return
        if story.scenario.pronouns and not await self._ask_pronouns():
            return
        if cut is not None:
            story = await self._cut(story, cut)
        session = await self._session(card, story, seed if seed is not None else self.app.new_seed(), name, unsaved=unsaved)
        if session is not None:
            self.app.open_session(session)

    async def _session(self, card: Card, story: Story, seed: int, name: str | None, *, unsaved: bool) -> Session | None:
        """A new play, saved when that can be; None when it cannot and is not wanted so."""
        from game.session import Session
        from game.settings import GUEST

        app = self.app
        if app.store is not None and not unsaved:
            try:
                player = app.player or app.store.player(GUEST)
                app.player = player
                called = name or (player.name if player.name != GUEST else "")
                session = await asyncio.to_thread(Session.new, app.store, player, story, seed, called, app.settings.pronouns)
                self._keep_file(card)
            except SaveError as error:
                if not await self.ask_unsaved(error):
                    return None
            else:
                return session
        called = name or (app.player.name if app.player else "")
        return await asyncio.to_thread(Session.unsaved, story, seed, called, app.settings.pronouns)

    async def go_on(self, info: PlayInfo, card: Card | None = None, *, look_back: bool = False, way: int | None = None) -> None:
        """Go on with a saved play, or look back on it: on the way that ends with `way`, where that is not where it stands."""
        from game.packs import PackError, library
        from game.session import Session
        from game.settings import own_files

        app = self.app
        assert app.store is not None
        try:
            if card is None:
                card = library(app.pack_folders, user=app.user_packs, files=own_files(app.store)).get(info.scenario)
            story = await self.load(card)
            if story is None:
                return
            session = await asyncio.to_thread(Session.resume, app.store, info.id, story, way)
        except (SaveError, PackError) as error:
            app.tell(str(error))
            return
        if look_back:
            app.look_back(session)
        else:
            app.open_session(session)

    async def load(self, card: Card) -> Story | None:
        """The story of a card; None when it cannot be played, which is shown then."""
        from engine.script.findings import ScenarioError

        try:
            return await asyncio.to_thread(self.app.story, card)
        except ScenarioError as error:
            self.show_findings(card, [str(finding) for finding in error.findings if finding.severity == "error"])
        except OSError as error:
            self.show_findings(
                card, [_("{file} cannot be opened: {reason}.").format(file=card.file, reason=error.strerror or error)]
            )
        except Exception as error:
            self._mishap(error)
        return None

    async def _cut(self, story: Story, minutes: int) -> Story:
        """The story for a session of so many minutes; says what is left out."""
        from game.guide.timings import cut_to_fit, cut_words

        cut = await asyncio.to_thread(cut_to_fit, story, minutes)
        self.app.tell(" ".join(cut_words(cut, minutes)))
        return cut

    def _keep_file(self, card: Card) -> None:
        from game.packs import OWN
        from game.settings import remember_file

        if self.app.store is not None and card.pack == OWN and isinstance(card.file, Path):
            remember_file(self.app.store, card.file)

    # What is told and asked

    def _mishap(self, error: Exception) -> None:
        """Something went wrong that should not have; home stays open."""
        from game.mishap import mishap_words
        from game.screens.sheet import Choice, Sheet

        words = mishap_words(error, self.app.mishap_folder(), self.app.wall_clock())
        self.app.push_screen(Sheet(_("This cannot be opened"), [words], [Choice("back", _("Back"))]))

    def show_findings(self, card: Card | CareerCard, findings: Sequence[str]) -> None:
        """Say what is wrong with a card."""
        from game.screens.sheet import Choice, Sheet

        head = _("This scenario cannot be played as it stands. What its author has to mend:")
        self.app.push_screen(Sheet(card.title, [head, "", *findings], [Choice("back", _("Back"))]))

    async def _tell_odd(self, card: Card) -> bool:
        """Tell trainers once what is odd about a file of their own that plays all the same. False when they would rather mend it."""
        from engine.script.read import read_file
        from game.packs import OWN
        from game.screens.sheet import Choice, Sheet

        if card.pack != OWN:
            return True
        findings = [str(finding) for finding in (await asyncio.to_thread(read_file, card.file)).findings]
        if not findings or self._odd.get(str(card.file)) == findings:
            return True
        self._odd[str(card.file)] = findings
        head = _("This plays. Its author may want to look at:")
        choices = [Choice("play", _("Play it")), Choice("back", _("Back"))]
        return await self.app.push_screen_wait(Sheet(card.title, [head, "", *findings], choices)) == "play"

    async def _tell_note(self, story: Story) -> bool:
        """Tell what is in a story, as its card does, to somebody who never saw the card. False when they would rather not."""
        from game.screens.sheet import Choice, Sheet

        if not story.note:
            return True
        choices = [Choice("play", _("Begin")), Choice("back", _("Back"))]
        return await self.app.push_screen_wait(Sheet(story.title, [story.blurb, "", story.note], choices)) == "play"

    async def _tell_last_rule(self, card: Card) -> bool:
        """Before a story that was played before: what one meant to do another time. False when they would rather not play."""
        from game.screens.sheet import Choice, Sheet

        words = self._rule(card)[1:]
        if not words:
            return True
        choices = [Choice("play", _("Play it again")), Choice("back", _("Back"))]
        return await self.app.push_screen_wait(Sheet(card.title, words, choices)) == "play"

    async def _ask_pronouns(self) -> bool:
        from game.screens.sheet import Choice, Sheet
        from game.settings import choices

        answers = [Choice(value, words) for value, words in choices()["pronouns"]]
        sheet = Sheet(_("How shall the story speak of you?"), [], answers, here=self.app.settings.pronouns)
        answer = await self.app.push_screen_wait(sheet)
        if answer is None:
            return False
        if answer != self.app.settings.pronouns:
            self.app.change("pronouns", answer)
        return True

    async def ask_unsaved(self, error: SaveError) -> bool:
        """Whether to play without saving."""
        from game.screens.sheet import Choice, Sheet

        answers = [Choice("no", _("Back")), Choice("yes", _("Play without saving"))]
        sheet = Sheet(_("This play cannot be saved"), [error.message, error.mend], answers)
        return await self.app.push_screen_wait(sheet) == "yes"


__all__ = ["Opening"]
