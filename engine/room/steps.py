"""One key on and one key back: what comes next by itself as a room stands, and what came before."""

from __future__ import annotations

from engine.play.inputs import Input
from engine.room.ballot import Ballot
from engine.room.inputs import AnyInput, Decide, Go, Hands, Page, Skip, Tell, Turn, Vote
from engine.room.rehearse import drawn_choice, drawn_votes
from engine.room.room import Room


def onward(room: Room) -> tuple[AnyInput, ...]:
    """What comes next by itself; nothing where the facilitator has to count or to choose.

    In a rehearsal the votes are drawn and ties are broken, so that one key leads from the beginning to the end.
    """
    state, drawn = room.state, room.setup.rehearsal
    if state.phase == "telling":
        return (Tell(state.told + 1),)
    if state.phase == "ended":
        return (Page(state.page + 1),)
    visit = room.visit
    assert visit is not None
    if state.phase == "ask":
        return (Turn("first"),)
    if state.phase in ("first", "second"):
        round_ = 1 if state.phase == "first" else 2
        ballot = room.ballot(round_)
        coming = drawn_votes(room, round_) if drawn and (room.missing(round_) or not ballot) else ()
        if any(not _is_in(vote, ballot) for vote in coming):
            return coming
        if not coming and (room.missing(round_) or not ballot):
            return ()
        return (Turn("reveal" if round_ == 1 else "shift", anyway=drawn),)
    if state.phase == "reveal":
        return (Turn("talk"),)
    if state.phase == "talk":
        return (Turn("second" if drawn and not visit.shifted else "decide"),)
    if state.phase == "shift":
        return (Turn("decide"),)
    wanted = room.outcome().input
    if wanted is None and drawn:
        wanted = drawn_choice(room)
    return () if wanted is None else (Decide(wanted),)


def skipping(room: Room) -> Decide | Skip | None:
    """What passes over the part that is on, or comes next, where the story offers that; None where it does not."""
    state, offer = room.state, room.offer
    if offer is not None and offer.skip and state.phase not in ("telling", "ended"):
        return Decide(Input(offer.scene, "skip"))
    if state.phase != "telling":
        return None
    here = room.stops[state.told - 1].scene if state.told and room.stops else ""
    coming = room.stops[state.told] if state.told < len(room.stops) else None
    ahead = coming.scene if coming is not None and coming.kind != "end" else ""
    for name in dict.fromkeys((here, ahead)):
        scene = room.story.scenes.get(name)
        if scene is None or scene.skip is None:
            continue
        if scene.decides:
            if offer is not None and offer.scene == name:
                return Decide(Input(name, "skip"))
        elif name == ahead:
            return Skip(name)
    return None


def _is_in(vote: AnyInput, ballot: Ballot) -> bool:
    if isinstance(vote, Hands):
        return ballot.counted(vote.item) == vote.count
    return isinstance(vote, Vote) and ballot.vote(vote.voter) == vote.items


def back(room: Room) -> AnyInput | None:
    """What one key back does: the stop before, the phase before, the decision before with its votes; None at the very beginning."""
    state, visit = room.state, room.visit
    if state.phase == "ended" and state.page:
        return Page(state.page - 1)
    if state.phase in ("telling", "ended", "ask"):
        if state.told and room.stops:
            return Tell(min(state.told, len(room.stops)) - 1)
        parent = state.nodes[state.node].parent
        return None if parent < 0 else Go(parent, keep=True)
    assert visit is not None
    if state.phase == "first":
        return Turn("ask")
    if state.phase in ("reveal", "shift"):
        return Turn("first" if state.phase == "reveal" else "second")
    if state.phase == "decide" and visit.shifted:
        return Turn("shift")
    if state.phase in ("decide", "second") and visit.talked:
        return Turn("talk")
    return Turn("reveal" if visit.revealed else "ask")


__all__ = ["back", "onward", "skipping"]
