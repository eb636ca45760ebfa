"""Go on with a play, also when its scenario was edited in the meantime.

The journal's inputs are taken one after another, by their stable ids, and at each one it is looked at whether it still is the decision
that it was: the same scene comes, the choice is there and open, and it leads to what it led to. At the first that is not,
the play stops there and says why; it never goes down another branch on its own. The rest stays in the journal as an old branch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from engine.story.cut import known_cut
from engine.story.given import begun_with
from engine.story.horizon import up_to
from engine.text import clean
from engine.words import _, n_
from saves.errors import decisions_words
from saves.journal import START, Journal, Node

if TYPE_CHECKING:
    from engine.play.events import DecisionOffered
    from engine.play.inputs import Input
    from engine.play.play import Play
    from engine.story.model import Story, Template

Kind = Literal[
    "edited", "new-scene", "scene-gone", "other-scene", "ended", "choice-gone", "choice-closed", "not-possible", "other-meaning",
    "other-ending", "goes-on", "counts-differ",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was. `words` says it to the player, in sentences; `scene` is where."""

    kind: Kind
    scene: str
    words: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """A play that goes on."""

    play: Play
    changed: tuple[Change, ...]
    """What changed since, for the player to read; empty when nothing did."""
    complete: bool
    """Every decision still fits: the play stands where it was left."""
    taken: int
    """How many decisions fit."""
    left: tuple[Input, ...]
    """Those that do not; they stay in the journal."""


def resume(journal: Journal, story: Story) -> Resumed:
    """The play that the journal holds, in this story.

    Nothing is written: an old play that is only looked at stays as it is. The journal stands at the last decision that fits, and the
    next one is recorded from there, under the story's hash. Raises ValueError when the story is another scenario.
    """
    if story.id != journal.scenario:
        raise ValueError(f"the play is of scenario {journal.scenario!r}, not {story.id!r}")
    story = up_to(known_cut(begun_with(story, journal.given), journal.cut), journal.horizon)
    nodes = journal.path_nodes()
    edited = bool(nodes) and nodes[-1].hash != story.hash
    play, taken, stop, differs = _walk(journal, story, nodes)
    changed: list[Change] = []
    if stop is not None:
        changed.append(_with_place(stop, taken, len(nodes), edited=edited))
    elif nodes:
        changed += _at_the_end(journal, story, play, nodes[-1])
        if edited and not changed:
            words = _("The story was edited since you played it. All your decisions still fit.")
            changed.append(Change("edited", nodes[-1].input.scene, words))
    if differs:
        words = n_(
            "{count} of your decisions counts otherwise for the dials now.",
            "{count} of your decisions count otherwise for the dials now.",
            differs,
        ).format(count=differs)
        changed.append(Change("counts-differ", nodes[taken - 1].input.scene, words))
    journal.stand(taken)
    journal.under(story)
    return Resumed(play, tuple(changed), stop is None, taken, tuple(node.input for node in nodes[taken:]))


def replayed(journal: Journal, story: Story, nodes: tuple[Node, ...] | None = None) -> Play:
    """The play at the journal's head (or after other `nodes` of a path), which is known to fit this story.

    Drafts taken back, and what was said of scenes to read, stand in their places. Raises NotPossible when it does not fit after all.
    """
    play = _begun(journal, story)
    for node in journal.path_nodes() if nodes is None else nodes:
        play.take(node.input)
        _note_drafts(journal, play, node.id)
    return play


def _begun(journal: Journal, story: Story) -> Play:
    from engine.play.play import Play

    story = up_to(known_cut(story, journal.cut), journal.horizon)
    play = Play.begin(story, journal.seed, journal.name or None, journal.pronouns, journal.given)
    _note_drafts(journal, play, START)
    return play


def _note_drafts(journal: Journal, play: Play, node: int) -> None:
    for draft in journal.drafts_at(node):
        if draft.read is None:
            play.note_draft(draft.choice, draft.text)
        else:
            play.note_reading(draft.scene, draft.read)


def _walk(journal: Journal, story: Story, nodes: tuple[Node, ...]) -> tuple[Play, int, Change | None, int]:
    """Take input after input. Returns the play, how many fit, why the next does not, and how many changed the dials otherwise."""
    from engine.play.play import NotPossible

    play = _begun(journal, story)
    differs = 0
    dials_then = dials_now = dict(play.dials)
    for taken, node in enumerate(nodes):
        stop = _unfit(journal, story, play, node)
        if stop is None:
            try:
                play.take(node.input)
            except NotPossible as problem:
                stop = Change(
                    "not-possible",
                    node.input.scene,
                    _("What you decided in “{scene}” is not possible any more: {reason}").format(
                        scene=_title(journal, story, node.hash, node.input.scene), reason=clean(problem.reason)
                    ),
                )
        if stop is None and (stop := _other_meaning(journal, story, play, node)) is not None:
            play = replayed(journal, story, nodes[:taken])
        if stop is not None:
            return play, taken, stop, differs
        if node.outcome is not None and node.outcome.dials:
            moved_then = _moved(dials_then, node.outcome.dials)
            differs += moved_then != _moved(dials_now, play.dials)
            dials_then = node.outcome.dials
        dials_now = play.dials
        _note_drafts(journal, play, node.id)
    return play, len(nodes), None, differs


def _moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {dial: after[dial] - before.get(dial, 0) for dial in after if after[dial] != before.get(dial, 0)}


# What does not fit


def _unfit(journal: Journal, story: Story, play: Play, node: Node) -> Change | None:
    """Why the decision cannot be taken as it was, when the offer alone tells."""
    scene, offer = node.input.scene, play.offer
    before = _title(journal, story, node.hash, scene)
    if offer is None:
        return Change("ended", scene, _("The story ends here now, where “{scene}” came before.").format(scene=before))
    if offer.scene != scene:
        return _other_scene(journal, story, offer, node, before)
    wanted: tuple[str, ...]
    if node.input.how == "choose":
        wanted = (node.input.choice,)
    elif node.input.how == "pick":
        wanted = node.input.picks
    elif node.input.how == "link":
        wanted = tuple(card for _question, card in node.input.links)
    else:
        return None
    if offer.kind != {"choose": "one", "pick": "several", "link": "board"}[node.input.how]:
        return Change("not-possible", scene, _("In “{scene}” you decide in another way now.").format(scene=before))
    return _choices_gone(journal, story, offer, node, wanted, before)


def _other_scene(journal: Journal, story: Story, offer: DecisionOffered, node: Node, before: str) -> Change:
    """Another scene comes than the one that was decided in."""
    now = _title(journal, story, story.hash, offer.scene)
    then = journal.outline(node.hash)
    gone = node.input.scene not in story.scenes
    if gone:
        words = _("The scene “{scene}” is no longer in this story. “{now}” comes here instead.").format(scene=before, now=now)
        return Change("scene-gone", node.input.scene, words)
    if then is not None and offer.scene not in then:
        words = _("A new scene was added here: “{now}”. “{scene}” may come later.").format(now=now, scene=before)
        return Change("new-scene", offer.scene, words)
    words = _("The story takes another way here now: “{now}” comes, where “{scene}” came before.").format(now=now, scene=before)
    return Change("other-scene", offer.scene, words)


def _choices_gone(
    journal: Journal, story: Story, offer: DecisionOffered, node: Node, wanted: tuple[str, ...], scene: str
) -> Change | None:
    """A choice, piece or card that is not there any more, or not open."""
    open_ = {option.id: option for option in offer.options}
    cards = {card.id for card in offer.cards}
    for choice in wanted:
        if choice in cards or (choice in open_ and open_[choice].available):
            continue
        label = _choice(journal, story, node, choice)
        if choice in open_:
            words = _("“{choice}” is not open to you in “{scene}” any more: {reason}").format(
                choice=label, scene=scene, reason=clean(open_[choice].why_not)
            )
            return Change("choice-closed", node.input.scene, words)
        if _exists(story, node.input.scene, choice):
            words = _("“{choice}” is no longer offered at this point of “{scene}”.").format(choice=label, scene=scene)
            return Change("choice-closed", node.input.scene, words)
        words = _("“{choice}” was taken out of “{scene}”.").format(choice=label, scene=scene)
        return Change("choice-gone", node.input.scene, words)
    return None


def _other_meaning(journal: Journal, story: Story, play: Play, node: Node) -> Change | None:
    """A decision that fits and has other consequences than it had, as far as the story remembers them.

    A flag that the story no longer has cannot matter, and one that it has gained is what the author wants of old plays too.
    """
    if node.outcome is None:
        return None
    now = {var.name: play.values[var.index] for var in story.vars if var.kind in ("flag", "number")}
    for flag, value in node.outcome.flags.items():
        if now.get(flag, value) != value:
            words = _(
                "What you decided in “{scene}”, “{choice}”, no longer means the same: of “{flag}” the story now notes something else."
            )
            return Change(
                "other-meaning",
                node.input.scene,
                words.format(
                    scene=_title(journal, story, node.hash, node.input.scene),
                    choice=_decision(journal, story, node),
                    flag=_flag(story, flag),
                ),
            )
    return None


def _at_the_end(journal: Journal, story: Story, play: Play, last: Node) -> list[Change]:
    """All decisions fit: whether what comes next is what came next."""
    ending = journal.ending()
    if ending is not None and play.ending is not None and ending.ending != play.ending:
        titles = {one.id: one for one in story.endings}
        now = _template(story, titles[play.ending].title)
        before = _template(story, titles[ending.ending].title) if ending.ending in titles else clean(ending.ending)
        words = _("Your play ends otherwise now: with “{now}”, where it was “{then}”.").format(now=now, then=before)
        return [Change("other-ending", last.input.scene, words)]
    if last.outcome is None or last.outcome.scene == (play.offer.scene if play.offer is not None else ""):
        return []
    if play.offer is None:
        before = _title(journal, story, last.hash, last.outcome.scene)
        words = _("The story ends here now, where “{scene}” came before.").format(scene=before)
        return [Change("ended", last.outcome.scene, words)]
    now = _title(journal, story, story.hash, play.offer.scene)
    if not last.outcome.scene:
        words = _("Your play had ended here. The story goes on now, with “{now}”.").format(now=now)
        return [Change("goes-on", play.offer.scene, words)]
    before = _title(journal, story, last.hash, last.outcome.scene)
    then = journal.outline(last.hash)
    if then is not None and play.offer.scene not in then and last.outcome.scene in story.scenes:
        words = _("A new scene was added here: “{now}”. “{scene}” may come later.").format(now=now, scene=before)
        return [Change("new-scene", play.offer.scene, words)]
    words = _("When you stopped, “{scene}” was next. Now “{now}” is.").format(scene=before, now=now)
    return [Change("other-scene", play.offer.scene, words)]


def _with_place(stop: Change, taken: int, count: int, *, edited: bool) -> Change:
    """Where the play stands now, after what changed."""
    # The same file and another outcome: then it is the engine that was changed.
    why = _("The story was edited.") if edited else _("This version of Seenby plays the story otherwise.")
    if taken:
        stands = _("You stand after your first {decisions}.").format(decisions=decisions_words(taken))
    else:
        stands = _("You stand at the beginning.")
    rest = n_(
        "The {count} that came after is kept as an old branch.",
        "The {count} that came after are kept as an old branch.",
        count - taken,
    ).format(count=count - taken)
    return Change(stop.kind, stop.scene, f"{stop.words} {why} {stands} {rest}")


# Words for ids


def _title(journal: Journal, story: Story, story_hash: str, scene: str) -> str:
    """A scene's title: as it was called then, else as it is called now, else its id."""
    then = journal.outline(story_hash) if story_hash != story.hash else None
    if then is not None and scene in then:
        return clean(then[scene].title)
    if scene in story.scenes:
        return _template(story, story.scenes[scene].title)
    return clean(scene)


def _choice(journal: Journal, story: Story, node: Node, choice: str) -> str:
    from saves.outline import outline_of

    for outline in (journal.outline(node.hash), outline_of(story)):
        if outline is not None and node.input.scene in outline and choice in outline[node.input.scene].choices:
            return clean(outline[node.input.scene].choices[choice])
    return clean(choice)


def _decision(journal: Journal, story: Story, node: Node) -> str:
    if node.input.how == "choose":
        return _choice(journal, story, node, node.input.choice)
    if node.input.how == "pick":
        return ", ".join(_choice(journal, story, node, pick) for pick in node.input.picks)
    return clean(str(node.input).partition(": ")[2])


def _exists(story: Story, scene: str, choice: str) -> bool:
    from saves.outline import outline_of

    return choice in outline_of(story)[scene].choices


def _flag(story: Story, flag: str) -> str:
    declared = story.scenario.flags.get(flag)
    return clean(declared.is_ if declared is not None and declared.is_ else flag.replace("-", " ").replace("_", " "))


def _template(story: Story, template: Template) -> str:
    from saves.outline import plain

    return clean(plain(story, template))
