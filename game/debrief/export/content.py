"""What stands in an exported debrief, as blocks: both forms are written from these, by the writers of the guide.

Each part is a function that gives blocks; another part is another line in `PARTS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.debrief.build import build, dial_labels
from engine.debrief.model import Debrief, Moment, Motion, Reason, TranscriptLine
from engine.futures import delay
from engine.futures.ledger import ledger
from engine.play.play import Play
from engine.script.times import duration_words
from engine.text import plain
from engine.words import put
from game.clock import DAY, moment_words
from game.debrief.courses import Grid, dial_course, dials_table, worlds_courses, worlds_table
from game.debrief.dials import hundredths, signed
from game.debrief.export.charts import dials_chart, worlds_chart
from game.debrief.export.nameless import nameless, without_names
from game.debrief.rules import rule_words
from game.debrief.timeline import note_words
from game.guide.blocks import Block, Bullets, Chart, Guide, Heading, Para, Run, Script, ScriptLine, Table, words
from game.lookback import left_out_words, second_thoughts
from game.play.ending import support_words
from game.words import _, n_

MOST_STAKES = 20
"""Rows of the ledger."""
MOST_WITNESSES = 4
"""Threads with other eyes; the author's witnesses come first."""
PATIENCE = 60.0
"""Seconds that every way on may take. A file is to say the same on a slow machine, so it is the number of states that bounds it and not the clock."""

_STAMPED = re.compile(r"^\s*\S+ \d\d:\d\d\s+(.+?): (.*)$", re.DOTALL)
_NUMBERED = re.compile(r"^\d+\. ")


@dataclass
class Source:
    """What the parts are made from: a play in which nobody has the player's name."""

    play: Play
    rule: tuple[str, str] | None = None
    """As the player wrote it."""
    names: tuple[str, ...] = ()
    """What must not be in the rule: the pseudonym, and the name used in the play."""
    known: str = ""
    """All other text of the file: what stands there names nobody."""
    date: str = ""
    still_out: tuple[str, ...] = ()
    """What earlier parts of a career put at stake, as it stands now: told of plays in which nobody has the player's name."""

    @cached_property
    def debrief(self) -> Debrief:
        """The debrief of that play."""
        return build(self.play)


def exported(
    play: Play,
    *,
    rule: tuple[str, str] | None = None,
    names: Iterable[str] = (),
    date: str = "",
    still_out: Iterable[str] = (),
) -> Guide:
    """The debrief of a play as blocks, without the player's name.

    `names` are all that the player is called; the one used in the play is among them by itself. `date` is the day of playing, which
    is left out unless somebody asks for it. `still_out` are sentences about plays before this one, from plays that are `nameless` too.
    """
    source = Source(nameless(play), rule, (play.name or "", *names), date=date, still_out=tuple(still_out))
    blocks: list[Block] = []
    for part in PARTS:
        blocks += part(source)
    source.known = " ".join([source.play.story.title, *texts(blocks)])
    place = next(index for index, block in enumerate(blocks) if isinstance(block, Heading) and block.id == "rule")
    blocks[place : place + 1] = list(_rule(source))
    subtitle = _("Looking back on a play")
    return Guide(
        _one(source.debrief.title), f"{subtitle}, {date}" if date else subtitle, source.play.story.scenario.language, blocks
    )


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text in blocks, for those who look for a word."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Para):
            yield from (run.text for run in block.words)
        elif isinstance(block, Bullets):
            yield from (run.text for item in block.items for run in item)
        elif isinstance(block, Table):
            yield from (block.caption, *block.head)
            yield from (run.text for row in block.rows for cell in row for part in cell for run in part)
        elif isinstance(block, Script):
            yield from (f"{line.who} {line.text} {line.condition}" for line in block.lines)
        elif isinstance(block, Chart):
            yield block.words


def _one(text: str) -> str:
    """A text of the story on one line; what is masked is described."""
    return " ".join(plain(text).split())


# The parts


def opening(source: Source) -> Iterator[Block]:
    """How it ended."""
    debrief = source.debrief
    if debrief.ending is not None:
        yield Para(words(_one(debrief.ending_title)), "lead")
        for text in (debrief.epilogue, *debrief.codas):
            for part in plain(text).split("\n\n"):
                if part.strip():
                    yield Para(words(_one(part)))
    else:
        yield Para(words(_("This play is not over.")), "lead")
    count = len(debrief.decisions())
    said = n_("You decided once.", "You decided {n} times.", count).format(n=count)
    if debrief.second_thoughts:
        said += " " + second_thoughts(debrief.second_thoughts)
    yield Para(words(said))
    if debrief.left_out:
        yield Para(words(left_out_words()), "aside")
        yield Bullets([words(Run(_one(told), "quiet")) for told in debrief.left_out])
    yield Para(words(_("Whoever played is not named here. Where the story used their name it says “You”.")), "aside")


def transcript(source: Source) -> Iterator[Block]:
    """What was seen and done, and what each decision set in motion."""
    if source.debrief.carried:
        yield Heading(2, _("What came from before"), "carried")
        yield Bullets([words(_one(line)) for line in source.debrief.carried])
    yield Heading(2, _("What you saw and did"), "transcript")
    for moment in source.debrief.moments:
        yield from _moment(source, moment)


def _moment(source: Source, moment: Moment) -> Iterator[Block]:
    yield Heading(3, _one(moment.title) or _("The beginning"))
    when = _("{moment}, day {n}").format(moment=moment_words(source.play.story, moment.at), n=f"{moment.at // DAY + 1:,}")
    place = _("{name}’s phone, {place}").format(name=moment.phone, place=moment.place) if moment.phone else moment.place
    yield Para(words(f"{when} · {_one(place)}" if place not in ("", moment.title) else when), "aside")
    split = moment.before if moment.decision >= 0 else len(moment.lines)
    if moment.lines[:split]:
        yield Script([_line(line) for line in moment.lines[:split]])
    for draft in moment.drafts:
        if draft.strip():
            yield Para(words(Run(put(_("You wrote, and took back: “{draft}”"), draft=_one(draft)), "soft")))
    for taken in moment.taken:
        yield Para(words(_("You decided: "), Run(_one(taken), "strong")), "keep")
    if moment.how == "lapse":
        yield Para(words(_("The time ran out.")), "aside")
    if moment.thought:
        yield Para(words(Run(f"“{_one(moment.thought)}”", "soft")))
    if moment.lines[split:]:
        yield Script([_line(line) for line in moment.lines[split:]])
    came = [words(_reason(reason)) for reason in moment.reasons if reason.because or any(reason.changes.values())]
    for motion in moment.motions:
        came += _motion(motion)
    if came:
        yield Para(words(Run(_("What it set in motion"), "strong")), "keep")
        yield Bullets(came)
    if moment.affects and moment.decision >= 0:
        yield Para(words(put(_("It touched: {people}."), people=", ".join(_one(name) for name in moment.affects))), "aside")
    if moment.waiting:
        places = ", ".join(f"{_one(place)} ({count})" for place, count in moment.waiting)
        yield Para(words(put(_("Meanwhile something had come in from: {places}"), places=places)), "aside")
    if moment.elsewhere:
        yield Para(words(_("Within the hour, where you could not see it:")), "aside")
        yield Script([_line(line) for line in moment.elsewhere])
    if moment.missed:
        yield Para(words(_("Said where you no longer were:")), "aside")
        yield Script([_line(line) for line in moment.missed])
    if moment.unseen:
        yield Para(words(Run(_("What you did not see: "), "strong"), _one(moment.unseen)))
    if moment.alternatives:
        others = "; ".join(_one(label) for label in moment.alternatives)
        yield Para(words(Run(put(_("You could also have: {choices}"), choices=others), "quiet")), "aside")


def _line(line: TranscriptLine) -> ScriptLine:
    note = note_words(line.note) if line.note else ""
    who = "" if line.kind in ("prose", "notice") else _("You") if line.own else _one(line.name)
    return ScriptLine(who, f"{_one(line.text)} ({note})" if note else _one(line.text))


def _reason(reason: Reason) -> str:
    labels = dial_labels()
    changes = ", ".join(f"{labels.get(name, name)} {hundredths(value)}" for name, value in reason.changes.items() if value)
    parts = [f"{changes}." if changes else "", _one(reason.because), delay.explain(reason.late)]
    return " ".join(part for part in parts if part)


def _motion(motion: Motion) -> Iterator[tuple[Run, ...]]:
    title = _one(motion.title)
    if not title and motion.came not in ("prevented", "beyond"):
        return
    said = {
        "beyond": _("{time} later: still out there."),
        "prevented": _("{time} later something would have come. It did not."),
        "pending": _("{time} later, still to come: {title}."),
    }.get(motion.came, _("{time} later: {title}."))
    reasons = " ".join(_reason(reason) for reason in motion.reasons)
    yield words(Run(put(said, time=duration_words(motion.delay), title=title), "later"), f" {reasons}" if reasons else "")


def dials(source: Source) -> Iterator[Block]:
    """The dials with their reasons, and their course."""
    yield Heading(2, _("Where it left you"), "dials", fresh=True)
    yield Para(words(_("Five dials, from -10 to +10. They are compared one by one, and there is no total.")))
    for dial in source.debrief.dials:
        yield Heading(3, f"{dial.label}: {signed(dial.shown)}")
        if dial.reasons:
            yield Bullets(
                [
                    words(
                        Run(f"{hundredths(reason.changes[dial.name])} ", "strong"),
                        f"{_one(reason.what)}. {_one(reason.because)}",
                    )
                    for reason in dial.reasons
                ]
            )
        else:
            yield Para(words(_("Nothing that you did moved it.")), "aside")
    course = dial_course(source.debrief)
    yield Heading(3, _("From the beginning to the end"))
    if not course.moved:
        yield Para(words(_("No dial moved.")))
        return
    said = _("Time is squeezed: the longer a gap, the more. Slanted strokes on the axis mark a gap of more than a week.")
    yield Chart(dials_chart(course), said)
    yield _table(dials_table(course), [8, 37, 11, 11, 11, 11, 11])


def worlds(source: Source) -> Iterator[Block]:
    """When things are out, and what was at stake."""
    yield Heading(2, _("What could become of it"), "ledger", fresh=True)
    stakes = ledger(source.play)
    if not stakes.stakes:
        yield Para(words(_("You sent nothing, and nothing that others sent was of the kind that gets out.")))
    else:
        yield Para(
            words(_("How likely each thing is to get out of the place where it was sent. These are guesses with sources, made to compare: none of them moved a dial."))
        )  # fmt: skip
        courses = worlds_courses(source.play)
        said = _("The main things at stake, yours first. Time after each was sent, on a logarithmic axis.")
        yield Chart(worlds_chart(courses), said)
        yield _table(worlds_table(courses), [7, 28, 35, 6, 6, 6, 6, 6])
        yield Heading(3, _("All that was at stake"))
        rows = [
            [
                [words(_one(stake.title())), words(Run(f"“{_one(stake.text)}”" if stake.text else "", "quiet"))],
                [words(_one(stake.explain()))],
            ]
            for stake in stakes.stakes[:MOST_STAKES]
        ]
        yield Table([_("What"), _("How likely it is to get out")], rows, [45, 55])
        more = len(stakes.stakes) - MOST_STAKES
        if more > 0:
            yield Para(words(n_("And {n} less likely thing.", "And {n} less likely things.", more).format(n=more)), "aside")
    if stakes.late:
        yield Heading(3, _("What came late"))
        yield Bullets([words(Run(f"{_one(late.label)}. ", "strong"), late.explain()) for late in stakes.late])


def beyond(source: Source) -> Iterator[Block]:
    """What a stranger reads off a page, and whose trust it was."""
    from engine.futures.outlook import outlook
    from game.debrief.futures import caution

    found = outlook(source.play)
    for board in found.boards:
        yield Heading(3, put(_("{board}, to a stranger who looks"), board=_one(board.title)))
        yield Bullets([words(_one(exposure.explain())) for exposure in board.exposures])
    if found.trust:
        yield Heading(3, _("Whose trust it was"))
        for held in found.trust:
            yield Para(words(Run(_one(held.explain()), "strong")), "keep")
            yield Bullets([words(_one(step.explain())) for step in held.steps])
        yield Para(words(caution()), "aside")


def still_out(source: Source) -> Iterator[Block]:
    """What earlier parts of a career put at stake."""
    if source.still_out:
        yield Heading(3, _("Still out there, from earlier parts"))
        yield Bullets([words(_one(said)) for said in source.still_out])


def _table(grid: Grid, widths: list[int]) -> Table:
    return Table(grid.head, [[[words(cell)] for cell in row] for row in grid.rows], widths, grid.caption)


def seen(source: Source) -> Iterator[Block]:
    """The same thread as others had it."""
    from engine.debrief.seenby import seen_by
    from game.debrief.witnessed import told

    found = source.debrief.witnesses[:MOST_WITNESSES]
    if not found:
        return
    yield Heading(2, _("Seen by"), "seen-by", fresh=True)
    yield Para(words(_("The same thread, as others had it. Nobody saw all of it.")))
    for witness in found:
        head, *lines = told(seen_by(source.play, witness), source.play.story)
        yield Heading(3, _one(head))
        said = [_told(line) for line in lines if line.strip()]
        if said:
            yield Script(said)


def _told(line: str) -> ScriptLine:
    """A line of what a witness had. One with a moment says who; the moment itself stands in the transcript."""
    found = _STAMPED.match(line)
    return ScriptLine(found[1], _one(found[2])) if found is not None else ScriptLine("", _one(line))


def road(source: Source) -> Iterator[Block]:
    """What each decision opened and shut."""
    from game.debrief.roads_plain import PlainRoads

    lines = PlainRoads(source.play, PATIENCE).answer("o") or []
    if not any(_NUMBERED.match(line) for line in lines):
        return
    yield Heading(2, _("Your road, and the others"), "road", fresh=True)
    waiting: list[str] = []
    for line in [*lines[1:], ""]:
        if line.startswith(" ") and line.strip():
            waiting.append(line)
            continue
        if waiting:
            yield Bullets([words(_one(one)) for one in waiting])
            waiting = []
        if line.strip():
            yield Para(words(Run(_one(line), "strong")), "keep") if _NUMBERED.match(line) else Para(words(_one(line)))


def cheapest(source: Source) -> Iterator[Block]:
    """Where acting was cheapest."""
    debrief = source.debrief
    if debrief.cheapest_title:
        yield Heading(2, _("When it was cheapest to act"), "cheapest")
        yield Para(words(Run(f"{_one(debrief.cheapest_title)}. ", "strong"), _one(debrief.cheapest_because)))


def questions(source: Source) -> Iterator[Block]:
    """What to think about, or to talk about."""
    if source.debrief.questions:
        yield Heading(2, _("To think about, or to talk about"), "questions")
        yield Bullets([words(_one(question)) for question in source.debrief.questions], ordered=True)


def rule(source: Source) -> Iterator[Block]:
    """The place of the rule. It is filled in last: whether a word of it names anybody hangs on the rest of the file."""
    yield Heading(2, "", "rule")


def _rule(source: Source) -> Iterator[Block]:
    if source.rule is not None:
        situation, action = (without_names(part, source.names, source.known) for part in source.rule)
        yield Heading(2, _("The rule for next time"), "rule")
        yield Para(words(rule_words(situation, action)), "quote")


def support(source: Source) -> Iterator[Block]:
    """Where to turn."""
    if source.debrief.support:
        yield Para(words(Run(support_words(_one(source.debrief.support_line)), "later")))


Part = Callable[[Source], Iterable[Block]]
PARTS: tuple[Part, ...] = (
    opening,
    transcript,
    dials,
    worlds,
    beyond,
    still_out,
    seen,
    road,
    cheapest,
    questions,
    rule,
    support,
)
"""The file, from top to bottom."""
