"""An exported chat becomes the skeleton of a scenario, in which nobody is who they were."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.script.emoji import risky
from engine.story.slots import standard_slots
from engine.text import clean, clean_name
from game.author.chat import Chat, Message
from game.author.copying import schema_file
from game.author.edit import braced, quoted
from game.author.masking import KINDS, Ledger, Masker, wants_an_eye
from game.author.people import words_of
from game.words import _, n_

MOST = 200
"""So many messages are taken, the last of them, unless somebody says otherwise."""
PAUSE = timedelta(hours=4)
"""After so long a silence a new scene begins."""
LONGEST_SCENE = 40
"""Messages of one scene."""
_NO_IDS = frozenset(("you", "not", "and", "or", "in", "null", "yes", "no", "true", "false", "on", "off", *standard_slots()))
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KINDS = {
    "picture": ("picture", "A picture. Write what it shows."),
    "voice": ("voice note 0:20", "Write what is said."),
    "video": ("video", "A video. Write what it shows."),
    "document": ("document", "A document. Write what it is."),
    "contact": ("document", "A contact card."),
    "sticker": ("sticker", "A sticker. Write what it shows."),
    "gif": ("gif", "A moving picture. Write what it shows."),
    "location": ("location", "A place on the map."),
    "poll": ("poll", "A poll. Write what it asks."),
}


@dataclass(frozen=True, slots=True)
class Eye:
    """A line of the new file that wants a human eye. `line` counts from 1."""

    line: int
    kind: str
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A skeleton, and what became of the chat."""

    text: str
    ledger: Ledger
    eyes: tuple[Eye, ...]
    messages: int
    left_out: int
    people: dict[str, str]


def imported(
    chat: Chat,
    everything: str,
    *,
    scenario: str,
    title: str,
    me: str = "",
    also: Sequence[str] = (),
    locale: str = "en_GB",
    seed: int = 7,
    most: int = MOST,
) -> Imported:
    """The skeleton of a scenario from a chat. `everything` is the text of the exported file: no word of it is made up anew.

    `me` is the sender whom the player stands for. Raises ValueError when Faker does not know the locale.
    """
    named = [*chat.senders, *(name for name in chat.named if name not in chat.senders)]
    masker = Masker(named, also, chat.subjects, everything, locale=locale, seed=seed)
    taken = chat.messages[-most:]
    writer = _Writer(masker, me, taken)
    text = writer.file(scenario, masker.mask(title), len(named))
    small = set(re.findall(r"(?<!\w)[a-z][\w'’]*", everything))
    made_up = [*masker.full.values(), *masker.people.values(), masker.group]
    made_up += [instead for made in masker.ledger.made.values() for instead in made.values()]
    return Imported(
        text,
        masker.ledger,
        tuple(_eyes(text, made_up, small)),
        len(taken),
        len(chat.messages) - len(taken),
        dict(masker.people),
    )


def steady(text: str) -> str:
    """Text without emoji that terminals disagree about: each has become its nearest steady one."""
    found = list(risky(text)) if "\n" not in text else []
    if "\n" in text:
        return "\n".join(steady(line) for line in text.split("\n"))
    for at, emoji, _why, hint in reversed(found):
        instead = hint[1:-1] if hint.startswith("'") else "🙂"
        if hint == "the name of the country":
            instead = ""
        text = text[:at] + instead + text[at + len(emoji) :]
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Co", "Cn", "Cs"))


class _Writer:
    """Writes the file."""

    def __init__(self, masker: Masker, me: str, messages: Sequence[Message]) -> None:
        self.masker = masker
        self.me = me.strip().casefold()
        self.messages = messages
        self.begin = messages[0].at
        self.ids = self._cast()
        self.numbers: dict[str, int] = {}
        self.clock = self.begin

    def _cast(self) -> dict[str, str]:
        """An id for each sender among the messages."""
        ids: dict[str, str] = {}
        for message in self.messages:
            if message.who is None or message.who in ids or self._is_me(message.who):
                continue
            letters = unicodedata.normalize("NFKD", self.masker.people[message.who]).encode("ascii", "ignore").decode().lower()
            base = re.sub(r"[^a-z0-9]+", "-", letters).strip("-0123456789") or f"person-{len(ids) + 1}"
            name, number = base, 2
            others = {other.casefold() for who, other in self.masker.people.items() if who != message.who}
            while name in ids.values() or name in _NO_IDS or name in others:
                name, number = f"{base}-{number}", number + 1
            ids[message.who] = name
        return ids

    def _is_me(self, who: str) -> bool:
        return who.casefold() in (self.me, "you")

    def file(self, scenario: str, title: str, people: int) -> str:
        scenes = self._scenes()
        cast = [f"  {one}: {{name: {_flow(self.masker.people[who])}, is: write who this is}}" for who, one in self.ids.items()]
        if not cast:
            cast = ["  somebody: {name: Robin, is: write who this is}"]
        inside = ", ".join(self.ids.values()) or "somebody"
        lines = [
            f"# yaml-language-server: $schema={schema_file()}",
            "# Made from an exported chat. Names, numbers, addresses and links in it were made up by the machine, which cannot know every name.",
            "# Read every line before anybody else does, and change what a colleague could recognise: the trade, the town, the object.",
            "seenby: 1",
            f"id: {scenario}",
            f"title: {quoted(braced(steady(title)))}",
            "blurb: Write one or two sentences for the card.",
            f"minutes: {max(5, min(40, len(self.messages) // 8))}",
            "note: Write what a player may want to know beforehand.",
            f"begins: {_DAYS[self.begin.weekday()]} {self.begin:%H:%M}",
            "you: {is: write who the player is here}",
            "",
            "cast:",
            *cast,
            "",
            "places:",
            "  group:",
            f"    group: {quoted(self.masker.group or _('The group'))}",
            f"    members: {max(people, len(self.ids) + 1)}",
            f"    with: [{inside}]",
            "    audience: and whoever they show it to",
            "",
            "scenes:",
        ]
        for number, (name, part) in enumerate(scenes):
            lines += self._scene(name, part, scenes[number + 1][0] if number + 1 < len(scenes) else "")
        lines += _REST.split("\n")
        return "\n".join(lines).rstrip("\n") + "\n"

    def _scenes(self) -> list[tuple[str, list[Message]]]:
        parts: list[list[Message]] = []
        for message in self.messages:
            new = not parts or message.at - parts[-1][-1].at >= PAUSE or len(parts[-1]) >= LONGEST_SCENE
            if new:
                parts.append([])
            parts[-1].append(message)
        names: list[str] = []
        for part in parts:
            base = _DAYS[part[0].at.weekday()].lower()
            number = 1 + sum(name == base or name.startswith(f"{base}-") for name in names)
            names.append(base if number == 1 else f"{base}-{number}")
        return list(zip(names, parts, strict=True))

    def _scene(self, name: str, part: Sequence[Message], following: str) -> list[str]:
        start = part[0].at
        self.clock = max(self.clock, start)
        lines = [f"  {name}:", f"    when: {self._moment(start)}", "    in: group", "    script: |"]
        said = max(
            (number for number, message in enumerate(part) if message.who is not None and message.kind != "deleted"), default=-1
        )
        for number, message in enumerate(part):
            lines += (f"      {line}".rstrip() for line in self._message(message, last=not following and number == said))
        if following:
            lines += [f"    next: {following}", ""]
            return lines
        return [*lines, *_DECISION.split("\n")]

    def _moment(self, at: datetime) -> str:
        return f"day {(at.date() - self.begin.date()).days + 1}, {at:%H:%M}"

    def _message(self, message: Message, *, last: bool) -> list[str]:
        lines: list[str] = []
        gap = int((message.at - self.clock).total_seconds())
        if gap >= 3600:
            lines.append(f"... {self._moment(message.at)}")
        elif gap >= 60:
            lines.append(f"... {gap // 60} {'minute' if gap < 120 else 'minutes'}")
        self.clock = max(self.clock, message.at)
        text = self._words(message.text)
        if message.who is None and "end-to-end encrypted" in message.text.casefold():
            return lines
        if message.who is None:
            return [*lines, f"* {text.rstrip('.:')}."] if text.strip(". ") else lines
        who = "You" if self._is_me(message.who) else self.masker.people[message.who]
        if message.kind == "deleted":
            return [*lines, f"* {who} took a message back."]
        about, words = _KINDS.get(message.kind, ("", ""))
        brackets = [about] if about else []
        brackets += ["view once"] if message.once else []
        brackets += ["edited"] if message.edited else []
        name = self._id("last" if last else message.kind) if last or message.kind == "picture" else ""
        head = who + (f" [{name}]" if name else "") + (f" ({', '.join(brackets)})" if brackets else "")
        said = text or words or "…"
        if text and message.kind == "picture":
            said = f"{words} With it: {text}"
        first, *more = said.split("\n")
        lines.append(f"{head}: {first or '…'}")
        for line in more:
            # What goes on after an empty line begins a new paragraph; a line that begins with // would be a note.
            lines += ["", f"  {re.sub('^//', '/ /', line)}"] if line else []
        return lines

    def _id(self, kind: str) -> str:
        if kind == "last":
            return "last"
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return f"{kind}-{self.numbers[kind]}"

    def _words(self, text: str) -> str:
        lines = (" ".join(clean(line).split()) for line in text.split("\n"))
        whole = "\n".join(line for line in lines if line)
        masked = self.masker.mask(whole)
        for _again in range(3):
            if not survivors(masked, self.masker.ledger):
                break
            masked = self.masker.mask(masked)
        if survivors(masked, self.masker.ledger):
            masked = _("A line that could not be made safe. Write it anew.")
        return braced(steady(masked))


def survivors(text: str, ledger: Ledger) -> list[str]:
    """Originals that stand in a text as whole words, whatever their case."""
    folded = text.casefold()
    return [
        original
        for made in ledger.made.values()
        for original, instead in made.items()
        if original.casefold() in folded
        and original.casefold() != instead.casefold()
        and re.search(rf"(?<!\w){re.escape(original.casefold())}(?!\w)", folded)
    ]


def _flow(words: str) -> str:
    value = quoted(words)
    return value if value[0] in "\"'" or not re.search(r"[,{}\[\]]", value) else f'"{value}"'


def _eyes(text: str, made_up: Sequence[str], small: set[str]) -> list[Eye]:
    """The lines of the new file that a human has to look at."""
    eyes: list[Eye] = []
    inside = False
    own = {word for name in made_up for word in words_of(name)}
    known = sorted((made for made in made_up if re.search(r"\d", made)), key=len, reverse=True)
    for number, line in enumerate(text.split("\n"), 1):
        if line == _DECISION.split("\n", 1)[0]:
            break
        if line.startswith("    script: |"):
            inside = True
            continue
        if inside and line.strip() and not line.startswith("      "):
            inside = False
        if not inside:
            continue
        said = line.strip()
        head = re.match(r"[^:\n]{1,80}?: ", said)
        words = said[head.end() :] if head is not None and not said.startswith(("*", "...")) else said.lstrip("* ")
        for instead in known if re.search(r"\d", words) else ():
            words = words.replace(instead, "…")
        if said.startswith("..."):
            continue
        eyes += (
            Eye(number, kind, tuple(hits), clean_name(said, 110)) for kind, hits in wants_an_eye(words, own, small).items()
        )
    return eyes


def report(made: Imported, *, show: bool = False) -> list[str]:
    """What was replaced, and what wants a human eye. With `show` the originals stand in it."""
    lines = [
        n_("{count} message was taken.", "{count} messages were taken.", made.messages).format(count=made.messages)
        + (
            " "
            + n_(
                "{count} earlier one was left out; --most takes more.",
                "{count} earlier ones were left out; --most takes more.",
                made.left_out,
            ).format(count=made.left_out)
            if made.left_out
            else ""
        ),
        "",
        _("Replaced:"),
    ]
    for kind, words in KINDS.items():
        if kind in made.ledger.counts:
            lines.append(
                _("  {kind}: {different} different, {times} times").format(
                    kind=_(words), different=len(made.ledger.made[kind]), times=made.ledger.counts[kind]
                )
            )
            if show:
                lines += (f"    {original}  →  {instead}" for original, instead in sorted(made.ledger.made[kind].items()))
    lines.append(_("  people who wrote or were spoken of: {count}").format(count=len(made.people)))
    if show:
        lines += (f"    {original}  →  {instead}" for original, instead in made.people.items())
    whys = {
        "capital": _("Words with a capital: is it a name, a street, a firm, a nickname?"),
        "date": _("Dates and months: could somebody look up what happened then?"),
        "number": _("Numbers: a door code, a bus, a flat, a car?"),
    }
    lines += [
        "",
        _(
            "What wants your eye, by line of the new file. A name written small, spelled wrongly or in pieces is not in this list."
        ),
    ]
    for kind, why in whys.items():
        hits = [eye for eye in made.eyes if eye.kind == kind]
        if hits:
            lines.append(f"{why} ({len(hits)})")
            lines += (f"  line {eye.line}: {', '.join(eye.words)}    {eye.text}" for eye in hits)
    if not made.eyes:
        lines.append(_("  Nothing that a machine would notice. Read it all the same."))
    return lines


_DECISION = """\
    # The first decision. Stop the chat where somebody could still do something, and delete what was said after it.
    # Each option needs a thought that a decent person could think; three colleagues should disagree about which to take.
    ask: Write what there is to decide.
    choices:
      say-something:
        label: Say something in the group
        # What you would send. It stands as a draft first, with the number of people who will read it.
        send: |
          Write what somebody would really say here.
        thought: |
          Somebody has to go first.
        set: {spoke: yes}
        # A change of a dial needs a `because`: what happened, not whether it was right. It is read in the debrief.
        dials: {people: +1, team: -1}
        because: |
          Write what changed in the group because you said it.
        later:
          - {after: 3 days, scene: days-later}
      tell-one-person:
        label: Write to one of them alone
        action: ask
        thought: |
          Nobody listens with forty people watching.
        set: {asked: yes}
        dials: {team: +1, people: -1}
        because: |
          Write what one quiet message did, and what it left standing for everybody else to see.
        later:
          - {after: 3 days, scene: days-later}
      # Silence is always there, and costs something.
      silence:
        thought: |
          It will have scrolled away by tonight.
        dials: {team: -1, people: -1}
        because: |
          Write who took your silence for a yes.
        later:
          - {after: 3 days, scene: days-later}
    next: end

  # A consequence: it comes when it is due, and has no decision of its own.
  days-later:
    in: group
    script: |
      {if spoke} > Write what is different three days after you spoke.
      {if asked} > Write what one person did with what you told them.
      {if not spoke and not asked} > Write what went on without you.
"""
_REST = """\
# Tried from the top; the first whose `if` holds is told. The last has no `if`.
endings:
  said: {if: spoke, title: Said, epilogue: Write how it ends for somebody who spoke.}
  quietly: {if: asked, title: Quietly, epilogue: Write how it ends for somebody who asked one person.}
  scrolled-by: {title: Scrolled by, epilogue: Write how it ends for somebody who let it go by.}
debrief:
  questions: ["When was it cheapest to act?", "Who else could have said something?"]
"""
