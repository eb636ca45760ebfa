"""What the player may do now, as an event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.play.events import CardShown, DecisionOffered, Option, QuestionShown
from engine.play.world import World
from engine.story.model import Choice, Place, Scene, Template
from engine.story.names import stream
from engine.story.slots import fill
from engine.words import _, n_

SILENCE = "silence"


def shuffled(ids: list[str], seed: int, scene: str) -> list[str]:
    """`ids` in the order to show them: drawn by the seed for this scene, the same each time."""
    draw = stream(seed, "order", scene).random
    for last in range(len(ids) - 1, 0, -1):
        other = int(draw() * (last + 1))
        ids[last], ids[other] = ids[other], ids[last]
    return ids


def audience_words(place: Place | None, name: str, words: Mapping[str, str]) -> str:
    """Who sees what is sent to a place, in words."""
    if place is None:
        return ""
    more = fill(place.audience, words)
    if place.kind == "group":
        count = n_("1 person in this group", "{count} people in this group", place.members).replace(
            "{count}", str(place.members)
        )
        return _("{count}, {more}").replace("{count}", count).replace("{more}", more or _("and whoever they show it to"))
    if place.kind == "feed":
        count = n_("1 follower", "{count} followers", place.members).replace("{count}", f"{place.members:,}")
        return _("{count}, {more}").replace("{count}", count).replace("{more}", more or _("and anyone they share it with"))
    if place.kind in ("dm", "mail"):
        return _("{name}, {more}").replace("{name}", name).replace("{more}", more or _("and whoever they show it to"))
    return more or name


def make_offer(world: World, scene: Scene, seed: int, words: Mapping[str, str], names: Mapping[str, str]) -> DecisionOffered:
    """The decision of `scene` as it stands now. `names` are the places' names at present."""
    story = world.story

    def text(template: Template) -> str:
        return template if isinstance(template, str) else fill(template, words)

    def audience(place: str | None) -> str:
        target = place or scene.place
        return audience_words(story.places[target], names.get(target, target), words) if target else ""

    not_now = {action: text(reason) for action, reason in scene.not_now.items()}
    common: dict[str, Any] = {
        "at": world.clock,
        "scene": scene.id,
        "place": scene.place,
        "skip": scene.skip is not None,
        "not_now": not_now,
        "no_silence": text(scene.no_silence),
    }
    if scene.choices:
        order = shuffled([name for name in scene.choices if name != SILENCE], seed, scene.id)
        if SILENCE in scene.choices:
            order.append(SILENCE)
        options = [
            option
            for option in (_option(world, scene.choices[name], text, audience) for name in order)
            if option is not None
        ]  # fmt: skip
        silence = SILENCE if SILENCE in scene.choices else None
        if silence is None:
            silence = next((choice.id for choice in scene.choices.values() if choice.action == "wait"), None)
        return DecisionOffered(
            **common, kind="one", ask=text(scene.ask), options=tuple(options), silence=silence, limit=scene.limit
        )
    if scene.pick is not None:
        pick = scene.pick
        pieces: list[Option] = []
        for name in shuffled(list(pick.pieces), seed, scene.id):
            piece = pick.pieces[name]
            open_ = piece.guard is None or bool(piece.guard.test(world.values))
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
            **common,
            kind="several",
            ask=text(pick.ask),
            options=tuple(pieces),
            least=pick.least,
            most=pick.most,
            ordered=pick.ordered,
            looks=pick.looks,
            done=text(pick.done),
            send=text(pick.send) if pick.send is not None else None,
            to=pick.to,
            audience=audience(pick.to) if pick.send is not None else "",
        )
    board = scene.board
    assert board is not None
    cards = tuple(
        CardShown(id=card.id, text=text(card.text), owner=text(card.owner))
        for card in board.cards.values()
        if card.guard is None or card.guard.test(world.values)
    )
    questions = tuple(QuestionShown(id=question.id, ask=text(question.ask)) for question in board.questions.values())
    return DecisionOffered(**common, kind="board", ask=text(board.ask), done=text(board.done), cards=cards, questions=questions)


def _option(
    world: World, choice: Choice, text: Callable[[Template], str], audience: Callable[[str | None], str]
) -> Option | None:
    values = world.values
    if choice.stay and values[choice.used]:
        return None
    why = ""
    if choice.guard is not None and not choice.guard.test(values):
        if choice.else_ is None:
            return None
        why = text(choice.else_)
    elif any(values[index] for index in choice.gone):
        why = _("That message is gone.")
    return Option(
        id=choice.id,
        label=text(choice.label),
        action=choice.action,
        thought=text(choice.thought),
        on=choice.on,
        to=choice.to,
        send=text(choice.send) if choice.send is not None else None,
        forward=choice.forward,
        react=choice.react,
        audience=audience(choice.to) if choice.send is not None or choice.forward is not None else "",
        look=choice.look,
        stay=choice.stay,
        available=not why,
        why_not=why,
    )
