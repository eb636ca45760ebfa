"""Decisions compiled: choices, picks and boards, with the defaults that follow from what they do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.script import format as form
from engine.script.findings import Path
from engine.story.effects import EffectCompiler
from engine.story.flow import compile_next
from engine.story.guards import compile_condition, none_of
from engine.story.model import SILENCE, Board, Card, Choice, Effect, Pick, Piece, Question, Rule, Scene, Template
from engine.story.registry import At, Registry
from engine.story.scripts import ScriptCompiler
from engine.story.texts import Texts
from engine.words import _

RESERVED = frozenset({"pick", "link", "lapse", "skip"})

_SENDS = {"feed": "post", "mail": "write", "letter": "write", "form": "write", "call": "call", "in-person": "go"}
_LOOKS = {"settings": "switches", "form": "pieces", "letter": "pieces", "mail": "pieces"}


@dataclass
class DecisionCompiler:
    """Compiles the decision of a scene."""

    registry: Registry
    texts: Texts
    effects: EffectCompiler
    scripts: ScriptCompiler
    not_now: dict[str, Template] | None = None
    """Reasons of the whole scenario, by action; compiled with the first scene."""

    def compile(self, scene: form.Scene, compiled: Scene, path: Path) -> None:
        """Fill in the decision of `compiled`."""
        kinds = [
            name for name, there in (("choices", scene.choices), ("pick", scene.pick), ("board", scene.board)) if there
        ]  # fmt: skip
        if len(kinds) > 1:
            self._add(
                "SB260",
                path,
                f"'{compiled.id}' asks twice: {' and '.join(kinds)}",
                "a scene has one decision: make two scenes",
                key=True,
            )
        compiled.ask = self.texts.compile(scene.ask, (*path, "ask"))
        compiled.no_silence = self.texts.compile(scene.no_silence, (*path, "no-silence"))
        if self.not_now is None:
            everywhere = self.registry.scenario.not_now.items()
            self.not_now = {action: self.texts.compile(text, ("not-now", action)) for action, text in everywhere}
        here: dict[str, Template] = {
            action: self.texts.compile(text, (*path, "not-now", action)) for action, text in scene.not_now.items()
        }
        compiled.not_now = {**self.not_now, **here}
        if scene.choices:
            for name, choice in scene.choices.items():
                compiled.choices[name] = self._choice(name, choice, compiled, (*path, "choices", name))
            self._silence(scene, compiled, path)
            if scene.limit is not None:
                self._limit(scene.limit, compiled, path)
            if not any(not choice.stay for choice in compiled.choices.values()):
                self._add("SB261", (*path, "choices"), "every choice comes back to this decision", "let one lead on", key=True)
        elif scene.limit is not None:
            self._add("SB262", (*path, "limit"), "only a scene with `choices` has a time limit", "leave `limit` out", key=True)
        if scene.pick is not None:
            compiled.pick = self._pick(scene.pick, compiled, (*path, "pick"))
            if scene.pick.least > 0 and not scene.no_silence:
                self._add(
                    "SB263", (*path, "pick"), f"at least {scene.pick.least} must be picked, so silence is impossible",
                    "allow none with `least: 0`, or say why not with `no-silence: …`", key=True,
                )  # fmt: skip
            self._check_phone(compiled.pick.to, (*path, "pick", "to"))
        if scene.board is not None:
            compiled.board = self._board(scene.board, compiled, (*path, "board"))
        if kinds:
            self._check_phone(compiled.place, (*path, "in"))

    def _add(self, code: str, path: Path, message: str, hint: str, *, key: bool = False) -> None:
        self.registry.source.add(code, path, message, hint, key=key)

    def _check_phone(self, place: str | None, path: Path) -> None:
        """Another person's phone is read, never acted on."""
        found = self.registry.scenario.places.get(place) if place is not None else None
        if found is not None and found.phone is not None:
            self._add(
                "SB274", path, f"'{place}' is on the phone of somebody else, where the player only reads",
                "decide in a place of the player's own, and let this be a scene to read",
            )  # fmt: skip

    def _silence(self, scene: form.Scene, compiled: Scene, path: Path) -> None:
        silent = SILENCE in scene.choices or any(choice.action == "wait" for choice in compiled.choices.values())
        if not silent and not scene.no_silence:
            self._add(
                "SB263", (*path, "choices"), f"'{compiled.id}' has no silence",
                "add a choice `silence:`, or say why it is impossible with `no-silence: …`", key=True,
            )  # fmt: skip

    def check_open(self, scenes: dict[str, Scene]) -> None:
        """Check that every decision can be left, whatever happened before. Runs after `remember`."""
        for scene in scenes.values():
            path: Path = ("scenes", scene.id)
            leading = [choice for choice in scene.choices.values() if not choice.stay]
            if leading and all(choice.open is not None for choice in leading):
                self._add(
                    "SB264", (*path, "choices"), "every choice that leads on may be closed (by its `if`, or because the message is "
                    "gone that it acts on, or the place was left that it goes to), so a player could be stuck",
                    "let one of them always be there: the silence, say", key=True,
                )  # fmt: skip
            lapse = scene.choices.get(scene.lapse)
            if lapse is not None and (lapse.open is not None or lapse.stay):
                self._add(
                    "SB265", (*path, "limit", "lapse"), f"'{lapse.id}' cannot always be taken when the time runs out",
                    "let it lapse to a choice that is always there: without `if`, `stay` or `look`, and sending nothing",
                )  # fmt: skip

    def _limit(self, limit: form.Limit, compiled: Scene, path: Path) -> None:
        compiled.limit, compiled.lapse = limit.seconds, limit.lapse
        if limit.lapse not in compiled.choices:
            self.registry.unknown("SB206", "choice", limit.lapse, compiled.choices, (*path, "limit", "lapse"))

    def _label(self, choice: form.Choice, name: str, kind: str, path: Path) -> Template:
        if choice.label:
            return self.texts.compile(choice.label, (*path, "label"))
        if name == SILENCE:
            words = {
                "group": _("Let it scroll by"), "feed": _("Scroll on"), "dm": _("Leave it unanswered"), "mail": _("Leave it in the inbox"),
                "call": _("Say nothing"), "in-person": _("Say nothing"), "settings": _("Leave it as it is"), "form": _("Close the form"),
            }  # fmt: skip
            return words.get(kind, _("Do nothing for now"))
        if choice.react:
            return _("React with {emoji}").replace("{emoji}", choice.react)
        if choice.send:
            return self.texts.compile(" ".join(choice.send.split()), (*path, "send"))
        self._add("SB266", path, f"'{name}' has no label", "say in a few neutral words what is done: `label: …`", key=True)
        return name

    def _action(self, choice: form.Choice, name: str, kind: str) -> str:
        if choice.action is not None:
            return choice.action
        if choice.look:
            return "look"
        if name == SILENCE:
            return "wait"
        if choice.react:
            return "react"
        if choice.forward:
            return "forward"
        if choice.send:
            return "comment" if kind == "feed" and choice.on else _SENDS.get(kind, "reply")
        for lasting in choice.do_:
            if lasting.verb in ("leave", "mute", "remove", "delete"):
                return lasting.verb
        return "go"

    def _choice(self, name: str, choice: form.Choice, scene: Scene, path: Path) -> Choice:
        registry = self.registry
        if name in RESERVED:
            self._add("SB267", path, f"'{name}' cannot be the id of a choice", "give it another id", key=True)
        to = registry.place(choice.to, (*path, "to")) if choice.to is not None else None
        target = to or scene.place
        kind = registry.kind_of(target)
        for reference, field in ((choice.on, "on"), (choice.forward, "forward")):
            if reference is not None:
                registry.message(reference, (*path, field))
        if (choice.send or choice.forward) and target is None:
            self._add(
                "SB215",
                (*path, "send"),
                "nobody can say where this is sent",
                "say `to: place`, or give the scene `in: place`",
                key=True,
            )
        if choice.sent and not choice.send and not choice.forward:
            self._add(
                "SB272", (*path, "sent"), f"'{name}' sends nothing, so '{choice.sent}' is never there", "add `send:`", key=True
            )
        if choice.forward and choice.to is None:
            self._add("SB268", (*path, "forward"), "forwarded to whom?", "say `to: place`", key=True)
        self._check_phone(to, (*path, "to"))
        if choice.react and not choice.on:
            self._add("SB268", (*path, "react"), "a reaction to what?", "say `on: message`", key=True)
        if choice.react and re.search(r"[^\W_]|[{}]", choice.react):
            self._add("SB275", (*path, "react"), f"'{choice.react}' is no reaction", "write an emoji there")
        if choice.look and (choice.dials or choice.later or choice.do_ or choice.takes or choice.send):
            self._add(
                "SB269",
                path,
                f"'{name}' is a look and changes something",
                "looking is free: use `stay: yes`, or take that out",
                key=True,
            )
        stay = choice.stay or choice.look
        if stay and choice.next is not None:
            self._add(
                "SB270",
                (*path, "next"),
                f"'{name}' comes back to this decision and has a `next`",
                "leave one of them out",
                key=True,
            )
        if choice.else_ and choice.if_ is None:
            self._add("SB233", (*path, "else"), "`else` without `if`", "say when with `if`, or leave it out", key=True)
        own = compile_next(registry, choice.next, (*path, "next"))
        if not stay and choice.next is None and registry.scenario.scenes[scene.id].next is None:
            self._add("SB243", path, f"'{name}' leads nowhere", "give the scene, or this choice, a `next`", key=True)
        ref = f"{scene.id}.{name}"
        return Choice(
            id=name,
            ref=ref,
            label=self._label(choice, name, kind, path),
            action=self._action(choice, name, kind),
            effect=self.effects.compile(choice, path, ref),
            thought=self.texts.compile(choice.thought, (*path, "thought")),
            on=choice.on,
            to=to,
            send=self.texts.compile(choice.send, (*path, "send")) if choice.send else None,
            react=choice.react,
            forward=choice.forward,
            sent=choice.sent or ref,
            moves=self.scripts.shown(choice.sent, target) if choice.sent and target else (),
            guard=compile_condition(choice.if_, At(registry, (*path, "if"))),
            else_=self.texts.compile(choice.else_, (*path, "else")) if choice.else_ else None,
            script=self.scripts.compile(choice.script, (*path, "script"), target, ref),
            takes=choice.takes.seconds if choice.takes else 0,
            look=choice.look,
            stay=stay,
            next=own,
        )

    def _rules(self, rules: dict[str, form.Rule], scene: Scene, path: Path, place: str | None) -> tuple[Rule, ...]:
        compiled: list[Rule] = []
        for name, rule in rules.items():
            here = (*path, "rules", name)
            guard = compile_condition(rule.if_, At(self.registry, (*here, "if")))
            ref = f"{scene.id}.{name}"
            assert guard is not None, "a rule has an `if`, or the reader left it out"
            script = self.scripts.compile(rule.script, (*here, "script"), place, ref)
            compiled.append(Rule(name, guard, self.effects.compile(rule, here, ref), script))
        return tuple(compiled)

    def _pick(self, pick: form.Pick, scene: Scene, path: Path) -> Pick:
        registry = self.registry
        pieces: dict[str, Piece] = {}
        for name, piece in pick.from_.items():
            here = (*path, "from", name)
            ref = f"{scene.id}.{name}"
            pieces[name] = Piece(
                name,
                ref,
                self.texts.compile(piece.label, (*here, "label")),
                self.effects.compile(piece, here, ref),
                self.texts.compile(piece.thought, (*here, "thought")),
                compile_condition(piece.if_, At(registry, (*here, "if"))),
                self.texts.compile(piece.else_, (*here, "else")) if piece.else_ else None,
                piece.cost,
            )
            if piece.else_ and piece.if_ is None:
                self._add("SB233", (*here, "else"), "`else` without `if`", "say when with `if`, or leave it out", key=True)
        most = pick.most if pick.most is not None else sum(piece.cost for piece in pieces.values())
        sure = sorted(piece.cost for piece in pieces.values() if piece.guard is None)
        if pick.least > len(sure):
            self._add(
                "SB271", (*path, "least"), f"at least {pick.least} must be picked, but only {len(sure)} are there for certain",
                "lower `least`, or take the `if` out of more pieces",
            )  # fmt: skip
        elif sum(sure[: pick.least]) > most:
            self._add(
                "SB271", (*path, "least"), f"at least {pick.least} must be picked, which uses up {sum(sure[: pick.least])} of {most}",
                "lower `least`, or raise `most`",
            )  # fmt: skip
        for part, names in (("from", pick.from_), ("rules", pick.rules)):
            for name in names:
                if name == "pick" or (part == "rules" and name in pick.from_):
                    what = "the pick itself" if name == "pick" else "a piece"
                    hint = "give one of them another id"
                    self._add("SB273", (*path, part, name), f"'{name}' is also the id of {what}", hint, key=True)
        place = registry.place(pick.to, (*path, "to")) if pick.to is not None else None
        kind = registry.kind_of(scene.place)
        target = place or scene.place
        return Pick(
            pieces,
            self.texts.compile(pick.ask, (*path, "ask")) or scene.ask,
            pick.least,
            most,
            pick.ordered,
            pick.as_ or _LOOKS.get(kind, "list"),
            self.texts.compile(pick.done, (*path, "done")) or _("Done"),
            self.effects.compile(pick, path, f"{scene.id}.pick"),
            self._rules(pick.rules, scene, path, target),
            self.texts.compile(pick.send, (*path, "send")) if pick.send else None,
            pick.sent or f"{scene.id}.pick",
            self.scripts.shown(pick.sent, target) if pick.sent and target else (),
            place,
            self.scripts.compile(pick.script, (*path, "script"), target, f"{scene.id}.pick"),
            pick.takes.seconds if pick.takes else 0,
        )

    def _board(self, board: form.Board, scene: Scene, path: Path) -> Board:
        registry = self.registry
        cards: dict[str, Card] = {}
        for name, card in board.cards.items():
            here = (*path, "cards", name)
            for number, question in enumerate(card.tells):
                if question not in board.questions:
                    registry.unknown("SB206", "question", question, board.questions, (*here, "tells", number))
            owner: Template = ""
            if card.from_:
                person = registry.speakers.get(card.from_.casefold())
                owner = (("slot", person),) if person else self.texts.compile(card.from_, (*here, "from"))
            cards[name] = Card(
                name,
                self.texts.compile(card.text, (*here, "text")),
                owner,
                compile_condition(card.if_, At(registry, (*here, "if"))),
                frozenset(card.tells),
                card.weight,
            )
        for name in board.rules:
            if name == "board" or name in board.questions:
                what = "the board itself" if name == "board" else "a question"
                self._add(
                    "SB273", (*path, "rules", name), f"'{name}' is also the id of {what}", "give one another id", key=True
                )
        questions = {
            name: Question(name, self.texts.compile(question.ask, (*path, "questions", name, "ask")))
            for name, question in board.questions.items()
        }
        return Board(
            cards,
            questions,
            self.texts.compile(board.ask, (*path, "ask")) or scene.ask,
            self.texts.compile(board.done, (*path, "done")) or _("That is all I can see"),
            self.effects.compile(board, path, f"{scene.id}.board"),
            self._counter(board.count, (*path, "count"), len(cards)),
            self._counter(board.found, (*path, "found"), len(questions)),
            self._rules(board.rules, scene, path, scene.place),
            self.scripts.compile(board.script, (*path, "script"), scene.place, f"{scene.id}.board"),
        )

    def _counter(self, name: str | None, path: Path, highest: int) -> int:
        if name is None:
            return -1
        index = self.registry.index.get(name)
        if index is None or self.registry.vars[index].kind != "number":
            self._add(
                "SB211",
                path,
                f"'{name}' is to hold a number, but is not declared",
                f"under `flags`: `{name}: {{from: 0, to: {highest}}}`",
            )
            return -1
        return index


FORWARDS = 5
"""Chats that a message can be forwarded to at once (F4.1); one that was forwarded many times goes to one."""


def _forward_cap(registry: Registry, scene: Scene, choice: Choice) -> tuple[int, int]:
    """The count and cap of forwarding a message in a scene in which it can be forwarded more than once; (-1, 0) elsewhere."""
    message = choice.forward
    if message is None:
        return -1, 0
    same = [other for other in scene.choices.values() if other.forward == message]
    cap = 1 if message in registry.viral else FORWARDS
    if not any(other.stay for other in same) or len(same) <= cap:
        return -1, 0
    return registry.new(f"forwards {scene.id} {message}", "number", 0, 0, cap), cap


def remember(registry: Registry, scenes: dict[str, Scene]) -> None:
    """Give each choice, piece and question that something asks for a value to be remembered in.

    Runs when all conditions are compiled, since a condition may ask for a choice that stands before it.
    """
    for scene in scenes.values():
        for choice in scene.choices.values():
            if choice.stay:
                registry.new(choice.ref, "taken", 0, 0, 1)
            choice.used = registry.index.get(choice.ref, -1)
            if choice.used >= 0:
                effect: Effect = choice.effect
                effect.ops = (*effect.ops, (choice.used, False, 1, 0, 1))
            acted_on = [message for message in (choice.on, choice.forward) if message is not None]
            indices = (registry.index.get(f"gone {message}", -1) for message in acted_on)
            choice.gone = tuple(index for index in indices if index >= 0)
            target = choice.to or scene.place
            if target is not None and (choice.send is not None or choice.forward is not None):
                # A scene in a place that was left is passed over, so its own place matters only where one can leave it and stay.
                leaves = any(
                    one.verb == "leave" and one.place == target
                    for other in scene.choices.values()
                    if other.stay
                    for one in other.effect.lasting
                )
                choice.shut = registry.index.get(f"left {target}", -1) if leaves or target != scene.place else -1
            choice.open = choice.guard
            choice.cap = _forward_cap(registry, scene, choice)
            if choice.cap[0] >= 0:
                choice.effect.ops = (*choice.effect.ops, (choice.cap[0], True, 1, 0, choice.cap[1]))
                choice.open = none_of(choice.open, *choice.cap)
            for index in (*choice.gone, choice.shut, *((choice.used,) if choice.stay else ())):
                choice.open = none_of(choice.open, index)
        if scene.pick is not None:
            for piece in scene.pick.pieces.values():
                piece.at = registry.index.get(piece.ref, -1)
        if scene.board is not None:
            for question in scene.board.questions.values():
                question.at = registry.index.get(f"{scene.id}.{question.id}", -1)
