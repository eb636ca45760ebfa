"""Events as plain lines, each once, in an order that can be listened to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from engine.play import events as ev
from engine.play.events import YOU, Event
from engine.play.phone import Entry, Phone
from engine.script.times import duration_words
from engine.story.model import Story
from engine.text import plain
from game.clock import DAY, clock_words, day_name, moment_words
from game.quiet import to_be_seen
from game.words import _, n_

_SAY_TIME = 5 * 60
"""Seconds of story time after which the time is said again."""
_QUOTE = 40
"""Characters of a message by which it is known again."""


def short(text: str, limit: int = _QUOTE) -> str:
    """The first words of a text on one line."""
    line = " ".join(plain(text).split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


_SAID = (ev.MessageShown, ev.Reacted, ev.Counted, ev.ReadBy, ev.Edited, ev.Typing, ev.Deleted, ev.Expired)
"""What belongs to words that were not told."""


class Narrator:
    """Tells one play. Keeps what has been said already: where one is, what time it is, who is typing."""

    def __init__(self, story: Story, phone: Phone) -> None:
        self.story = story
        self.phone = phone
        self._place: str | None = None
        self._time: int | None = None
        self._last: str | None = None
        self._typing: set[tuple[str, str]] = set()
        self._began = False
        self._past: dict[str, int] = {}

    def tell(self, events: Iterable[Event]) -> list[str]:
        """These events in lines. An empty line stands before what begins anew."""
        lines: list[str] = []
        for event in to_be_seen(events):
            tell = _TELL.get(type(event))
            if isinstance(event, ev.Edited):
                # The old words say which message it is.
                lines.extend(self._edited(event))
            self.phone.apply(event)
            if tell is not None:
                lines.extend(tell(self, event))
        return lines

    def pass_by(self, events: Iterable[Event]) -> None:
        """These have happened, and are not told: nothing that was said in them is taken in."""
        for event in events:
            if not isinstance(event, _SAID):
                self.phone.apply(event)

    def jump(self, phone: Phone) -> None:
        """Go on from another moment, after an undo or a rewind."""
        self.phone = phone
        self._place = self._time = self._last = None
        self._typing.clear()
        self._began = True

    def history(self, place: str) -> list[str]:
        """All that stands in a place, oldest first."""
        view = self.phone.places[place]
        lines: list[str] = []
        day: int | None = None
        for entry in view.entries:
            if entry.at // DAY != day:
                day = entry.at // DAY
                lines.append(_("{day}.").format(day=day_name(self.story, entry.at)))
            lines.extend(self._entry_lines(entry))
            if entry.reactions:
                lines.append(", ".join(f"{reaction.emoji} {reaction.count}" for reaction in entry.reactions))
        return lines or [_("Nothing stands here yet.")]

    def members(self, place: str) -> list[str]:
        """Who is in a place."""
        view = self.phone.places[place]
        if not view.members and not view.people:
            return [_("{place} has no list of members.").format(place=view.name)]
        head = n_("{place}: {count} person.", "{place}: {count} people.", view.members or len(view.people)).format(
            place=view.name, count=f"{view.members or len(view.people):,}"
        )
        lines = [head]
        if view.people and view.members > len(view.people) + 1:
            lines.append(_("Those you know:"))
        lines.extend(f"{person.name}, {person.what}." if person.what else f"{person.name}." for person in view.people)
        return lines

    # Where and when

    def _name(self, place: str) -> str:
        view = self.phone.places[place]
        if view.phone is not None:
            return _("On {name}'s phone, {place}").format(name=view.phone, place=view.name)
        return view.name

    def _where(self, place: str | None, at: int, *, fresh: bool = False) -> list[str]:
        """Say place and time when they are not what was said last."""
        told = self._time
        moved = told is None or at // DAY != told // DAY or abs(at - told) >= _SAY_TIME
        if place is None or place == self._place:
            if not moved:
                return []
            self._time = at
            if fresh or told is None or at // DAY != told // DAY:
                words = moment_words(self.story, at)
                return ["", _("{place}, {moment}.").format(place=self._name(place), moment=words) if place else f"{words}."]
            return [f"{clock_words(at)}."]
        self._place, self._time, self._last = place, at, None
        words = moment_words(self.story, at) if moved else clock_words(at)
        lines = ["", _("{place}, {moment}.").format(place=self._name(place), moment=words)]
        earlier = self._past.pop(place, 0)
        if earlier:
            lines.append(
                n_(
                    "({count} earlier message. Type h to read it.)", "({count} earlier messages. Type h to read them.)", earlier
                ).format(count=earlier)
            )
        return lines

    def _quoted(self, message: str, place: str) -> str:
        entry = self._entry(message, place)
        if entry is None:
            return _("a message")
        whose = _("your") if entry.own else _("{name}'s").format(name=entry.name) if entry.name else ""
        words = short(entry.text) if entry.state == "live" else _("message that is gone")
        return _("{whose} “{words}”").format(whose=whose, words=words).strip()

    def _entry(self, message: str, place: str) -> Entry | None:
        view = self.phone.places.get(place)
        found = view.find(message) if view is not None else None
        if found is None:
            for other in self.phone.places.values():
                found = other.find(message)
                if found is not None:
                    break
        return found

    # Events

    def _began_play(self, event: ev.PlayBegan) -> list[str]:
        return [event.title]

    def _scene(self, event: ev.SceneBegan) -> list[str]:
        self._began = True
        return self._where(event.place, event.at, fresh=True)

    def _passed(self, event: ev.TimePassed) -> list[str]:
        if event.at - event.since < 60:
            return []
        self._time = None
        return ["", _("{time} later.").format(time=event.words[:1].upper() + event.words[1:])]

    def _shown(self, event: ev.MessageShown) -> list[str]:
        if event.past and not self._began:
            self._past[event.place] = self._past.get(event.place, 0) + 1
            return []
        lines = self._where(event.place, self._time if event.past and self._time is not None else event.at)
        self._typing.discard((event.place, event.name))
        entry = self._entry(event.id, event.place)
        if entry is not None:
            lines.extend(self._entry_lines(entry, fresh=True))
        self._last = event.id
        return lines

    def _entry_lines(self, entry: Entry, *, fresh: bool = False) -> list[str]:
        """One entry of a place. `fresh`: it has just arrived."""
        if entry.state == "deleted":
            return [_("({name} deleted this message.)").format(name=entry.deleted_by)]
        if entry.state == "expired":
            return [_("(A message that has disappeared.)")]
        text = plain(entry.text).strip()
        if entry.kind == "prose":
            return text.splitlines()
        if entry.kind == "notice":
            return [_sentence(text)]
        name = _("You") if entry.own else entry.name
        about = self._about(entry, fresh)
        if entry.kind == "mail":
            lines = [_("Mail from {name}.").format(name=name) if not entry.own else _("Your mail.")]
            if entry.to:
                lines.append(_("To: {to}.").format(to=entry.to))
            if entry.subject:
                lines.append(_("Subject: {subject}.").format(subject=entry.subject))
            return [*lines, *text.splitlines()]
        if entry.kind == "post":
            name = _("You post") if entry.own else _("{name} posts").format(name=name)
        elif entry.kind == "comment":
            on = "" if (fresh and entry.on == self._last) or entry.on is None else self._quoted(entry.on, self._place or "")
            if entry.own:
                name = _("You comment on {post}").format(post=on) if on else _("You comment")
            else:
                name = (
                    _("{name} comments on {post}").format(name=name, post=on) if on else _("{name} comments").format(name=name)
                )
        head = ", ".join([name, *about])
        first, *more = text.splitlines() or [""]
        return [f"{head}: {first}".rstrip(), *more]

    def _about(self, entry: Entry, fresh: bool) -> list[str]:
        """What a message is, besides its words."""
        about: list[str] = []
        kinds = {
            "picture": _("picture"),
            "voice": _("voice note"),
            "video": _("video"),
            "document": _("document"),
            "sticker": _("sticker"),
            "gif": _("moving picture"),
            "link": _("link"),
            "location": _("location"),
            "poll": _("poll"),
        }
        if entry.kind in kinds:
            word = kinds[entry.kind]
            about.append(f"{word} {entry.length // 60}:{entry.length % 60:02}" if entry.length else word)
        if entry.forwarded:
            about.append(_("forwarded many times") if entry.forwarded == 2 else _("forwarded"))
        if entry.view_once:
            about.append(_("to be seen once"))
        if entry.edited:
            about.append(_("cropped") if entry.edited == "cropped" else _("edited"))
        if fresh and entry.past and self._time is not None and entry.at // DAY != self._time // DAY:
            about.append(_("from {moment}").format(moment=moment_words(self.story, entry.at)))
        if entry.reply_to is not None and entry.reply_name:
            about.append(
                _("replying to {name}, “{words}”").format(
                    name=_("you") if entry.reply_name == _("You") else entry.reply_name, words=short(entry.reply_text)
                )
                if entry.reply_text
                else _("replying to {name}").format(name=entry.reply_name)
            )
        return about

    def _typing_event(self, event: ev.Typing) -> list[str]:
        key = (event.place, event.name)
        if event.on:
            self._typing.add(key)
            return []
        if key not in self._typing:
            return []
        self._typing.discard(key)
        return [*self._where(event.place, event.at), _("{name} was typing, and stopped.").format(name=event.name)]

    def _about_message(self, place: str, message: str, at: int) -> tuple[list[str], str]:
        """Where it is, and which message is meant when it is not the last one."""
        last = message == self._last and place == self._place
        lines = self._where(place, at)
        return lines, "" if last else self._quoted(message, place)

    def _reacted(self, event: ev.Reacted) -> list[str]:
        lines, which = self._about_message(event.place, event.message, event.at)
        others = event.count - 1
        if event.sender == YOU:
            text = _("You react {emoji}").format(emoji=event.emoji)
        elif others > 0:
            text = n_("{name} and {count} other react {emoji}", "{name} and {count} others react {emoji}", others).format(
                name=event.name, count=others, emoji=event.emoji
            )
        else:
            text = _("{name} reacts {emoji}").format(name=event.name, emoji=event.emoji)
        return [*lines, _("{text} to {message}.").format(text=text, message=which) if which else f"{text}."]

    def _read(self, event: ev.ReadBy) -> list[str]:
        lines, which = self._about_message(event.place, event.message, event.at)
        if which:
            return [*lines, _("Read by {count}: {message}.").format(count=f"{event.count:,}", message=which)]
        return [*lines, _("Read by {count}.").format(count=f"{event.count:,}")]

    def _counted(self, event: ev.Counted) -> list[str]:
        lines, which = self._about_message(event.place, event.message, event.at)
        words: list[str] = []
        if event.likes is not None:
            words.append(n_("{count} like", "{count} likes", event.likes).format(count=f"{event.likes:,}"))
        if event.shares is not None:
            words.append(n_("{count} share", "{count} shares", event.shares).format(count=f"{event.shares:,}"))
        if event.comments is not None:
            words.append(n_("{count} comment", "{count} comments", event.comments).format(count=f"{event.comments:,}"))
        if not words:
            return lines
        text = ", ".join(words)
        return [*lines, f"{which[:1].upper()}{which[1:]}: {text}." if which else f"{text}."]

    def _edited(self, event: ev.Edited) -> list[str]:
        lines, which = self._about_message(event.place, event.message, event.at)
        which = which or _("That message")
        which = which[:1].upper() + which[1:]
        words = plain(event.text)
        if event.how == "cropped":
            return [*lines, _("{message} is cropped: {text}").format(message=which, text=words)]
        return [*lines, _("{message} now reads: {text}").format(message=which, text=words)]

    def _deleted(self, event: ev.Deleted) -> list[str]:
        # The entry is a tombstone already, so its words are not said again.
        lines = self._where(event.place, event.at)
        entry = self._entry(event.message, event.place)
        if event.by == YOU:
            return [*lines, _("You delete your message.") if entry is not None and entry.own else _("You delete a message.")]
        if entry is not None and entry.name == event.name:
            return [*lines, _("{name} deletes what they wrote: “{words}”.").format(name=event.name, words=short(entry.text))]
        return [*lines, _("{name} deletes a message.").format(name=event.name)]

    def _expired(self, event: ev.Expired) -> list[str]:
        entry = self._entry(event.message, event.place)
        if entry is None:
            return []
        lines = self._where(event.place, event.at)
        name = _("Your message") if entry.own else _("{name}'s message").format(name=entry.name)
        return [*lines, _("{message} has disappeared: “{words}”.").format(message=name, words=short(entry.text))]

    def _notice(self, event: Any) -> list[str]:
        """Notices stand in the place as the phone writes them."""
        lines = self._where(event.place, event.at)
        view = self.phone.places[event.place]
        entry = view.entries[-1] if view.entries else None
        return [*lines, _sentence(plain(entry.text))] if entry is not None and entry.kind == "notice" else lines

    def _muted(self, event: ev.Muted) -> list[str]:
        name = self.phone.places[event.place].name
        if not event.seconds:
            return [_("{place} is no longer muted.").format(place=name)]
        return [_("You mute {place}.").format(place=name)]

    def _seen_late(self, event: ev.SeenLate) -> list[str]:
        return [
            "",
            _("{place} is muted: you see this {time} late.").format(
                place=self.phone.places[event.place].name, time=duration_words(event.seconds)
            ),
        ]

    def _taken(self, event: ev.DecisionTaken) -> list[str]:
        if event.how == "skip":
            return []
        lines = [_("You decide: {label}").format(label=_sentence(plain(event.label)))]
        lines.extend(f"  {number}. {plain(label)}" for number, label in enumerate(event.labels, 1))
        if event.how == "lapse":
            lines.insert(0, _("The time is up."))
        return ["", *lines, ""]

    def _skipped(self, event: ev.Skipped) -> list[str]:
        return ["", plain(event.told)]

    def _left_out(self, event: ev.SceneCut) -> list[str]:
        return ["", plain(event.line)] if event.line else []

    def _ending(self, event: ev.EndingReached) -> list[str]:
        lines = ["", _("The end: {title}.").format(title=plain(event.title)), "", *plain(event.epilogue).strip().splitlines()]
        for coda in event.codas:
            lines.extend(["", *plain(coda).strip().splitlines()])
        return lines


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", ":")) or not text else f"{text}."


_TELL: dict[type[Event], Callable[[Narrator, Any], list[str]]] = {
    ev.PlayBegan: Narrator._began_play,
    ev.SceneBegan: Narrator._scene,
    ev.TimePassed: Narrator._passed,
    ev.MessageShown: Narrator._shown,
    ev.Typing: Narrator._typing_event,
    ev.Reacted: Narrator._reacted,
    ev.ReadBy: Narrator._read,
    ev.Counted: Narrator._counted,
    ev.Deleted: Narrator._deleted,
    ev.Expired: Narrator._expired,
    ev.Joined: Narrator._notice,
    ev.Left: Narrator._notice,
    ev.Renamed: Narrator._notice,
    ev.TimerSet: Narrator._notice,
    ev.Muted: Narrator._muted,
    ev.SeenLate: Narrator._seen_late,
    ev.DecisionTaken: Narrator._taken,
    ev.Skipped: Narrator._skipped,
    ev.SceneCut: Narrator._left_out,
    ev.EndingReached: Narrator._ending,
}
