"""Scripts as lines to read: who says what, what happens, when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.script.lines import Change, Count, Goto, Membership, Notice, Prose, React, Read, Rename, Say, Timer, Type, Wait
from engine.script.times import duration_words
from engine.story.model import Cue, Story
from game.clock import DAY, clock_words, day_name
from game.graph.texts import on_paper, one_line
from game.guide.conditions import ConditionWords
from game.words import _, n_


class Told(NamedTuple):
    """One line: who (empty for what happens), what, and on what condition (empty: always)."""

    who: str
    text: str
    condition: str = ""


def transcript(story: Story, words: dict[str, str], said: ConditionWords, cues: Sequence[Cue], place: str = "") -> list[Told]:
    """The lines of a script. `place` is where it begins; a line says when it goes on elsewhere."""
    return list(_lines(story, words, said, cues, place))


def word_count(cues: Sequence[Cue], words: dict[str, str]) -> int:
    """How many words of a script are read. A line with a condition counts half, since some players see it and some do not."""
    count = 0.0
    for cue in cues:
        size = len(on_paper(cue.text, words).split()) + len(on_paper(cue.subject, words).split())
        count += size / 2 if cue.guard is not None else size
    return round(count)


def _lines(story: Story, words: dict[str, str], said: ConditionWords, cues: Sequence[Cue], place: str) -> Iterator[Told]:
    here = place
    for cue in cues:
        condition = said.say(cue.line.cond.text) if cue.line.cond is not None else ""
        if cue.place and cue.place != here:
            here = cue.place
            where = story.places.get(here)
            if where is not None and not isinstance(cue.line, Goto):
                yield Told("", _("In {place}:").format(place=one_line(on_paper(where.name, words))))
        text = _text(story, words, cue)
        if text is not None:
            yield Told(_name(words, cue.who) if isinstance(cue.line, Say) else "", text, condition)


def _name(words: dict[str, str], who: str | None) -> str:
    if who is None:
        return ""
    return _("You") if who == "you" else words.get(who, who)


def _text(story: Story, words: dict[str, str], cue: Cue) -> str | None:
    """What a line says, or None when there is nothing to read."""
    line = cue.line
    who = _name(words, cue.who)
    text = on_paper(cue.text, words)
    if isinstance(line, Say):
        return _message(words, cue, line, text)
    if isinstance(line, Prose | Notice):
        return text
    if isinstance(line, React):
        others = n_("{who} and {count} other react {emoji}", "{who} and {count} others react {emoji}", line.count - 1)
        alone = _("{who} reacts {emoji}").format(who=who, emoji=line.emoji)
        return alone if line.count == 1 else others.format(who=who, count=line.count - 1, emoji=line.emoji)
    if isinstance(line, Count):
        counts = ((line.likes, _("likes")), (line.shares, _("shares")), (line.comments, _("comments")))
        return ", ".join(f"{number:,} {what}" for number, what in counts if number is not None)
    if isinstance(line, Read):
        return _("Read by {count}").format(count=line.count)
    if isinstance(line, Type):
        return _("{who} is typing").format(who=who) if line.on else None
    if isinstance(line, Wait):
        return _wait(story, line)
    if isinstance(line, Membership | Timer | Rename | Change):
        return _notice(words, cue, text)
    return None


def _message(words: dict[str, str], cue: Cue, line: Say, text: str) -> str:
    kinds = {
        "picture": _("picture"), "voice": _("voice note"), "video": _("video"), "document": _("document"), "sticker": _("sticker"),
        "gif": _("GIF"), "link": _("link"), "location": _("location"), "poll": _("poll"),
    }  # fmt: skip
    about = [kinds[line.kind]] if line.kind in kinds else []
    about += [_("forwarded many times") if line.forwarded == 2 else _("forwarded")] if line.forwarded else []
    subject = one_line(on_paper(cue.subject, words))
    about += [_("subject: {subject}").format(subject=subject)] if subject else []
    return f"({', '.join(about)}) {text}" if about else text


def _wait(story: Story, line: Wait) -> str | None:
    if line.until is not None and not line.until.relative:
        return f"{day_name(story, line.until.seconds)} {clock_words(line.until.seconds % DAY)}"
    seconds = line.until.seconds if line.until is not None else line.seconds
    return _("{time} later").format(time=duration_words(seconds, 2)) if seconds >= 60 else None


def _notice(words: dict[str, str], cue: Cue, text: str) -> str:
    line = cue.line
    who = _name(words, cue.who)
    by = _name(words, cue.by)
    if isinstance(line, Membership):
        return {
            "leaves": _("{who} leaves"), "joins": _("{who} joins"), "adds": _("{by} adds {who}"), "removes": _("{by} removes {who}"),
        }[line.how].format(who=who, by=by)  # fmt: skip
    if isinstance(line, Timer):
        if not line.seconds:
            return _("{who} turns off disappearing messages").format(who=who)
        return _("{who} turns on disappearing messages: {time}").format(who=who, time=duration_words(line.seconds))
    if isinstance(line, Rename):
        return _("{who} changes the name: {name}").format(who=who, name=text or line.name)
    assert isinstance(line, Change)
    how = {"deleted": _("deletes a message"), "edited": _("edits a message"), "cropped": _("a picture is cropped")}[line.how]
    return f"{who} {how}: {text}".strip() if text else f"{who} {how}".strip()
