"""The debrief as plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.debrief.model import Debrief, Moment, Motion, Reason
from engine.debrief.witness import Witness
from engine.play.play import Play
from engine.script.times import duration_words
from engine.story.model import DIAL_UNIT, Story
from engine.text import plain
from engine.words import put
from game.clock import moment_words
from game.words import _, n_

if TYPE_CHECKING:
    from game.debrief.futures import FuturesAtHand


def lookback(debrief: Debrief, story: Story, futures: FuturesAtHand | None = None) -> list[str]:
    """The debrief of a play: what you did and what it set in motion, the dials, what could have become of it, then the questions."""
    return list(_lines(debrief, story, futures))


def seen_lines(play: Play, witness: Witness) -> list[str]:
    """The same thread as somebody else had it, as plain lines."""
    from engine.debrief.seenby import seen_by
    from game.debrief.witnessed import told

    return list(told(seen_by(play, witness), play.story))


def witness_line(number: int, witness: Witness) -> str:
    """Somebody who can be asked, with the number that asks them."""
    words = put(_("{name}, {what}"), name=witness.name, what=plain(witness.what)) if witness.what else witness.name
    return f"{number}. {words.rstrip('.')}."


def second_thoughts(count: int) -> str:
    """How often something was written and not sent, as a sentence."""
    if count == 2:
        return _("Twice you wrote something and took it back.")
    return n_("Once you wrote something and took it back.", "{n} times you wrote something and took it back.", count).format(
        n=count
    )


def left_out_words() -> str:
    """What stands above the lines of scenes that a short session left out."""
    return _("Left out in this short session:")


def _lines(debrief: Debrief, story: Story, futures: FuturesAtHand | None) -> Iterator[str]:
    yield _("Looking back.")
    for moment in debrief.moments:
        if moment.decision >= 0 or moment.unseen or moment.missed:
            yield ""
            yield from _moment(moment, story)
    if debrief.second_thoughts:
        yield ""
        yield second_thoughts(debrief.second_thoughts)
    if debrief.left_out:
        yield ""
        yield left_out_words()
        yield from (f"- {' '.join(plain(told).split())}" for told in debrief.left_out)
    yield ""
    yield _("What it came to, from -10 to +10:")
    for dial in debrief.dials:
        yield ""
        yield _("{dial}: {value}.").format(dial=dial.label, value=_signed(dial.shown))
        for reason in dial.reasons:
            yield _reason(reason, dial.name)
    if futures is not None:
        from game.debrief.futures import plain_lines

        told = list(plain_lines(futures))
        yield from ("", *told) if told else ()
    if debrief.cheapest_title:
        yield ""
        yield _("It was cheapest to act at “{scene}”.").format(scene=debrief.cheapest_title)
        if debrief.cheapest_because:
            yield plain(debrief.cheapest_because)
    if debrief.questions:
        yield ""
        yield _("To think about, or to talk about:")
        for question in debrief.questions:
            yield f"- {plain(question)}"
    if debrief.support and debrief.support_line:
        yield ""
        yield _("If any of this was close to home: {line}.").format(line=plain(debrief.support_line))


def _moment(moment: Moment, story: Story) -> Iterator[str]:
    where = _("{moment}, {place}").format(moment=moment_words(story, moment.at), place=moment.place)
    yield _("{where}: {title}.").format(
        where=where if moment.place not in ("", moment.title) else moment_words(story, moment.at), title=moment.title
    )
    for taken in moment.taken:
        yield _("  You decided: {choice}").format(choice=plain(taken))
    if moment.thought:
        yield _("  You may have thought: “{thought}”").format(thought=plain(moment.thought))
    for draft in moment.drafts:
        yield _("  You wrote and took back: “{draft}”").format(draft=" ".join(plain(draft).split()))
    for reason in moment.reasons:
        yield f"  {_reason(reason)}"
    for motion in moment.motions:
        yield from _motion(motion)
    if moment.affects and moment.decision >= 0:
        yield put(_("  It touched: {people}."), people=", ".join(moment.affects))
    if moment.waiting:
        places = ", ".join(f"{place} ({count})" for place, count in moment.waiting)
        yield put(_("  Meanwhile something had come in from: {places}"), places=places)
    if moment.elsewhere:
        yield _("  Within the hour, where you could not see it:")
        for heard in moment.elsewhere:
            yield f"    {heard.place}, {heard.name}: {' '.join(plain(heard.text).split())}"
    if moment.alternatives:
        yield _("  You could also have: {choices}").format(choices="; ".join(plain(label) for label in moment.alternatives))
    if moment.missed:
        yield _("  Said where you no longer were:")
        for line in moment.missed:
            yield f"    {line.name}: {' '.join(plain(line.text).split())}"
    if moment.unseen:
        yield _("  What you did not see: {text}").format(text=" ".join(plain(moment.unseen).split()))


def _motion(motion: Motion) -> Iterator[str]:
    title = plain(motion.title)
    time = duration_words(motion.delay)
    if motion.came == "beyond":
        yield _("  {time} later: still out there.").format(time=time[:1].upper() + time[1:])
        return
    if not title:
        return
    if motion.came == "prevented":
        yield _("  What would have come {time} later did not: {title}.").format(time=time, title=title)
        return
    if motion.came == "pending":
        yield _("  Still to come, {time} later: {title}.").format(time=time, title=title)
        return
    yield _("  {time} later it led to: {title}.").format(time=time[:1].upper() + time[1:], title=title)
    for reason in motion.reasons:
        yield f"    {_reason(reason)}"


def _reason(reason: Reason, dial: str = "") -> str:
    """One change with its reason; with `dial` only that dial's part, said with what moved it."""
    because = plain(reason.because)
    late = _(" It counted {percent} % for being late.").format(percent=reason.late) if reason.late != 100 else ""
    if dial:
        text = _("{change}: {what}.").format(change=_signed_hundredths(reason.changes[dial]), what=plain(reason.what))
        return f"  {text} {because}{late}".rstrip()
    from engine.debrief.build import dial_labels

    labels = dial_labels()
    changes = ", ".join(
        f"{labels.get(name, name)} {_signed_hundredths(value)}" for name, value in reason.changes.items() if value
    )
    return f"{changes}. {because}{late}".strip()


def _signed(value: int) -> str:
    return f"+{value}" if value > 0 else str(value)


def _signed_hundredths(value: int) -> str:
    whole, rest = divmod(abs(value), DIAL_UNIT)
    number = f"{whole}" if not rest else f"{abs(value) / DIAL_UNIT:.2f}".rstrip("0")
    return f"{'-' if value < 0 else '+' if value else ''}{number}"
