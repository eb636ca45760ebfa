"""What the player may do now, as an event."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from engine.play.events import CardShown, DecisionOffered, Option, QuestionShown
from engine.play.world import World
from engine.story.model import SILENCE, Board, Choice, Pick, Place, Scene, Template
from engine.story.slots import fill
from engine.words import _, n_, put


def shuffled(ids: list[str], seed: int, scene: str) -> list[str]:
    """`ids` in the order to show them: drawn by the seed for this scene, the same each time and on every machine."""
    draw = int.from_bytes(sha256(f"{seed}\x1forder\x1f{scene}".encode()).digest(), "big")
    for last in range(len(ids) - 1, 0, -1):
        draw, other = divmod(draw, last + 1)
        ids[last], ids[other] = ids[other], ids[last]
    return ids


def audience_words(place: Place, name: str, members: int, words: Mapping[str, str]) -> str:
    """Who sees what is sent to a place of this name with so many members (the player too), in words."""
    more = fill(place.audience, words)
    if place.kind == "group":
        count = put(n_("1 person in this group", "{count} people in this group", members), count=str(members))
        return put(_("{count}, {more}"), count=count, more=more or _("and whoever they show it to"))
    if place.kind == "feed" and not members:
        return more or _("anyone who looks")
    if place.kind == "feed":
        count = put(n_("1 follower", "{count} followers", members), count=f"{members:,}")
        return put(_("{count}, {more}"), count=count, more=more or _("and anyone they share it with"))
    if place.kind in ("in-person", "call"):
        return more or _("whoever is in earshot")
    if place.kind == "mail":
        return more or _("those it is addressed to, and whoever they show it to")
    if place.kind == "dm":
        return put(_("{name}, {more}"), name=name, more=more or _("and whoever they show it to"))
    return more or name


_NOTHING: dict[str, str] = {}


class Offerer:
    """Makes the offers of one play."""

    __slots__ = ("members", "names", "seed", "words", "world")

    def __init__(
        self, world: World, seed: int, words: Mapping[str, str], names: dict[str, str], members: dict[str, int]
    ) -> None:
        self.world = world
        self.seed = seed
        self.words = words
        self.names = names
        """Names of the places at present."""
        self.members = members
        """How many are in each place at present."""

    def offer(self, scene: Scene) -> DecisionOffered:
        """The decision of `scene` as it stands now."""
        if scene.choices:
            return self._one(scene)
        if scene.pick is not None:
            return self._several(scene, scene.pick)
        assert scene.board is not None
        return self._board(scene, scene.board)

    def _text(self, template: Template) -> str:
        return template if template.__class__ is str else fill(template, self.words)

    def _audience(self, place: str | None, scene: Scene) -> str:
        target = place or scene.place
        if target is None:
            return ""
        return audience_words(self.world.story.places[target], self.names[target], self.members[target], self.words)

    def _not_now(self, scene: Scene) -> dict[str, str]:
        return {action: self._text(reason) for action, reason in scene.not_now.items()} if scene.not_now else _NOTHING

    def _one(self, scene: Scene) -> DecisionOffered:
        choices = scene.choices
        order = shuffled([name for name in choices if name != SILENCE], self.seed, scene.id)
        silence: str | None = None
        if SILENCE in choices:
            order.append(SILENCE)
            silence = SILENCE
        options: list[Option] = []
        for name in order:
            choice = choices[name]
            option = choice.option
            if option is None:
                option = self._option(choice, scene)
                if option is None:
                    continue
            elif choice.open is not None and not choice.open.test(self.world.values):
                if choice.else_ is None and not choice.gone and choice.shut < 0:
                    continue
                option = self._option(choice, scene)
                if option is None:
                    continue
            options.append(option)
            if silence is None and choice.action == "wait":
                silence = name
        return DecisionOffered(
            at=self.world.clock,
            scene=scene.id,
            place=scene.place,
            kind="one",
            ask=self._text(scene.ask),
            options=tuple(options),
            silence=silence,
            no_silence=self._text(scene.no_silence),
            limit=scene.limit,
            skip=scene.skip is not None,
            not_now=self._not_now(scene),
        )

    def _option(self, choice: Choice, scene: Scene) -> Option | None:
        values = self.world.values
        if choice.stay and values[choice.used]:
            return None
        why = ""
        if choice.guard is not None and not choice.guard.test(values):
            if choice.else_ is None:
                return None
            why = self._text(choice.else_)
        elif any(values[index] for index in choice.gone):
            why = _("That message is gone.")
        elif choice.shut >= 0 and values[choice.shut]:
            why = _("You are not in there any more.")
        elif choice.cap[0] >= 0 and values[choice.cap[0]] >= choice.cap[1]:
            why = n_(
                "The app sends this to one chat at a time: it has been forwarded many times.",
                "The app sends this to {count} chats at a time.",
                choice.cap[1],
            ).replace("{count}", str(choice.cap[1]))
        sends = choice.send is not None or choice.forward is not None
        option = Option(
            id=choice.id,
            label=self._text(choice.label),
            action=choice.action,
            thought=self._text(choice.thought),
            on=choice.on,
            to=choice.to,
            send=self._text(choice.send) if choice.send is not None else None,
            forward=choice.forward,
            react=choice.react,
            audience=self._audience(choice.to, scene) if sends else "",
            look=choice.look,
            stay=choice.stay,
            available=not why,
            why_not=why,
        )
        if not why and not sends and choice.label.__class__ is str and choice.thought.__class__ is str:
            choice.option = option  # the same for every play: nothing in it depends on one
        return option

    def _several(self, scene: Scene, pick: Pick) -> DecisionOffered:
        text = self._text
        pieces: list[Option] = []
        for name in shuffled(list(pick.pieces), self.seed, scene.id):
            piece = pick.pieces[name]
            open_ = piece.guard is None or bool(piece.guard.test(self.world.values))
            if not open_ and piece.else_ is None:
                continue
            pieces.append(
                Option(
                    id=name,
                    label=text(piece.label),
                    action="settings" if pick.looks == "switches" else "write",
                    thought=text(piece.thought),
                    available=open_,
                    why_not="" if open_ else text(piece.else_ or ""),
                    cost=piece.cost,
                )
            )
        return DecisionOffered(
            at=self.world.clock,
            scene=scene.id,
            place=scene.place,
            kind="several",
            ask=text(pick.ask),
            options=tuple(pieces),
            no_silence=text(scene.no_silence),
            least=pick.least,
            most=pick.most,
            ordered=pick.ordered,
            looks=pick.looks,
            done=text(pick.done),
            send=text(pick.send) if pick.send is not None else None,
            to=pick.to,
            audience=self._audience(pick.to, scene) if pick.send is not None or pick.looks == "pieces" else "",
            skip=scene.skip is not None,
            not_now=self._not_now(scene),
        )

    def _board(self, scene: Scene, board: Board) -> DecisionOffered:
        text = self._text
        return DecisionOffered(
            at=self.world.clock,
            scene=scene.id,
            place=scene.place,
            kind="board",
            ask=text(board.ask),
            done=text(board.done),
            cards=tuple(
                CardShown(id=card.id, text=text(card.text), owner=text(card.owner))
                for card in board.cards.values()
                if card.guard is None or card.guard.test(self.world.values)
            ),
            questions=tuple(QuestionShown(id=question.id, ask=text(question.ask)) for question in board.questions.values()),
            no_silence=text(scene.no_silence),
            skip=scene.skip is not None,
            not_now=self._not_now(scene),
        )
