"""A shipped scenario taken into a trainer's own folder and set somewhere else.

The text is edited at exact places and never written anew from its data, so that comments, order and layout stay as they were. Before
anything is written, the copy is read and compiled, and every walkthrough is played on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from engine.script.findings import ScenarioError, did_you_mean
from engine.script.read import Source, read
from engine.script.yaml12 import Node
from engine.story.compile import compile_story
from engine.story.model import Story
from engine.story.slots import standard_slots
from engine.text import clean, clean_name
from game.author.edit import AuthorProblem, Edits, quoted
from game.author.eye import Concern, concerns
from game.author.people import ALSO_WORDS, TITLES, Namer, name_trouble, words_of
from game.author.walks import Walk, trouble_of
from game.clock import clock_words, day_name
from game.words import _, n_

_ID = re.compile(r"[a-z][a-z0-9_-]*")
_SCHEMA_LINE = re.compile(r"^(# yaml-language-server: \$schema=)\S+", re.MULTILINE)
_SAID = re.compile(r"(?m)^(?P<head>[ \t]*(?:\{if [^{}\n]*\}[ \t]*)?(?:[^\W\d_][^\n:<>/]{0,80}?: +|> ?))(?P<words>[^\n]*)$")
_BRACED = re.compile(r"\{[^{}\n]*\}|\[[a-z][a-z0-9_-]*\]")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be different in a copy. Names and slots by their ids; `words` are replaced wherever they stand."""

    id: str = ""
    title: str = ""
    sector: str = ""
    begins: str = ""
    locale: str = ""
    new_names: bool = False
    seed: int = 7
    names: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that has been tried, not yet written."""

    id: str
    text: str
    story: Story
    walks: tuple[Walk, ...]
    changes: tuple[str, ...]
    """What is different, in sentences."""
    concerns: tuple[Concern, ...]
    broken_walks: tuple[str, ...] = ()


def copied(
    source: Source,
    story: Story,
    walks: Sequence[Walk],
    wishes: Wishes,
    pack_words: Mapping[str, str] | None = None,
    org_words: Mapping[str, str] | None = None,
) -> Copied:
    """A copy of a scenario, re-set as wished and tried.

    `pack_words` are the words that its pack gave to its slots: those in use go into the copy, which will stand without that pack. `org_words` are the organisation's, for trying it.
    Raises AuthorProblem when a wish cannot be met, ScenarioError when the copy could not be played.
    """
    edits = Edits(source.text)
    changes: list[str] = []
    scenario = source.scenario
    assert scenario is not None
    if wishes.id and not _ID.fullmatch(wishes.id):
        raise AuthorProblem(
            _("“{id}” is no id. An id has small letters, digits, - and _, and begins with a letter.").format(
                id=clean_name(wishes.id)
            )
        )
    own_id = wishes.id or scenario.id
    if own_id != scenario.id:
        edits.value(("id",), own_id)
        changes.append(_("The id is now {id}.").format(id=own_id))
    for key, words in (("title", wishes.title), ("sector", wishes.sector), ("begins", wishes.begins)):
        if words:
            edits.put((key,), quoted(clean_name(words, 120)), "title")
            changes.append(f"{key}: {clean_name(words, 120)}")
    _slots(edits, source, story, wishes, pack_words or {}, changes)
    names = _names(source, wishes, changes)
    literal = {**_org_names(source, wishes), **names, **{old: new for old, new in wishes.words.items() if old.strip()}}
    _locale(edits, source, wishes, changes)
    _replace(edits, literal, set(names), changes)
    for person, member in scenario.cast.items():
        if member.name is not None and member.name in literal:
            edits.value(("cast", person, "name"), quoted(literal[member.name]))
    text = _SCHEMA_LINE.sub(lambda found: f"{found[1]}{schema_file()}", edits.done())
    copy = read(text.encode(), f"{own_id}.yaml")
    made = compile_story(copy, org_words)
    _same_shape(story, made)
    if wishes.begins:
        changes += _moved(story, made)
    broken = tuple(trouble for trouble in (trouble_of(made, walk) for walk in walks) if trouble)
    known = [
        *(member.name or "" for member in made.scenario.cast.values()),
        *literal.values(),
        *story.slots.values(),
        made.title,
    ]
    spans = [(start, end) for start, end, node in Edits(text).words() if node is not None]
    eye = concerns(text, spans, known, times=made.start_clock != story.start_clock)
    return Copied(own_id, text, made, tuple(walks), tuple(changes), tuple(eye), broken)


def write_copy(copy: Copied, folder: Path, *, force: bool = False) -> list[Path]:
    """Write a copy and its walkthroughs into a folder. Returns the files written.

    Raises AuthorProblem when one is there already and `force` was not given, and OSError.
    """
    file = folder / f"{copy.id}.yaml"
    beside = [folder / copy.id / walk.name for walk in copy.walks]
    there = [one for one in (file, *beside) if one.exists()]
    if there and not force:
        raise AuthorProblem(
            n_(
                "{file} is there already. Give the copy another id with --id, another folder, or say --force to write over it.",
                "{file} and {count} more files are there already. Give the copy another id with --id, another folder, or say --force to write over them.",
                len(there),
            ).format(file=there[0], count=len(there) - 1)
        )
    if file.is_dir():
        raise AuthorProblem(_("{file} is a folder. Give the copy another id with --id.").format(file=file))
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(copy.text, "utf-8", newline="\n")
    for path, walk in zip(beside, copy.walks, strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_text(walk.text, "utf-8", newline="\n")
    return [file, *beside]


def schema_file() -> Path | Traversable:
    """The description of the format that editors read."""
    return resources.files("engine") / "schema" / "scenario.schema.json"


# What is to be different


def _slots(
    edits: Edits, source: Source, story: Story, wishes: Wishes, pack_words: Mapping[str, str], changes: list[str]
) -> None:
    """Give slots their new words, and keep those that the pack gave."""
    assert source.scenario is not None
    plain = standard_slots()
    own = source.scenario.slots
    known = sorted({*plain, *own, *pack_words})
    for slot, words in wishes.slots.items():
        if slot not in known:
            guess = did_you_mean(slot, known) or _("known are {slots}.").format(slots=", ".join(known))
            raise AuthorProblem(_("This scenario has no slot “{slot}”; {hint}").format(slot=clean_name(slot), hint=guess))
        if not clean(words).strip():
            raise AuthorProblem(_("The slot “{slot}” needs words.").format(slot=slot))
        if "{" in words or "}" in words:
            raise AuthorProblem(_("The words of “{slot}” hold a brace. Words for a slot are plain text.").format(slot=slot))
        changes.append(f"{{{slot}}}: {clean_name(words, 200)}")
    kept = {
        slot: words
        for slot, words in pack_words.items()
        if slot in story.slots_used and slot not in own and slot not in wishes.slots and words != plain.get(slot)
    }
    for slot, words in kept.items():
        changes.append(_("{{{slot}}} keeps the words of its pack: {words}").format(slot=slot, words=words))
    added = {slot: words for slot, words in {**wishes.slots, **kept}.items() if slot not in own}
    for slot, words in wishes.slots.items():
        if slot in own:
            edits.value(("slots", slot), quoted(words))
    if added and not own:
        edits.put(("slots",), "{" + ", ".join(f"{slot}: {_flow(words)}" for slot, words in added.items()) + "}", "begins")
    elif added:
        for slot, words in added.items():
            edits.put(("slots", slot), _flow(words), "begins")


def _moved(story: Story, made: Story) -> list[str]:
    """What another beginning does to the moments of the scenes, in sentences."""
    said: list[str] = []
    if made.weekday != story.weekday:
        said.append(
            _("Day 1 was a {was} and is a {now}; every day of the story moves with it.").format(
                was=day_name(story, 0), now=day_name(made, 0)
            )
        )
    if made.start_clock == story.start_clock:
        return said
    said.append(_("Times of day stay as they were: {time} is still {time}.").format(time=_first_time(made)))
    moments = [(scene.id, scene.when) for scene in made.scenes.values() if scene.when is not None and not scene.relative]
    gone = [name for name, when in moments if story.start_clock <= when < made.start_clock]
    if gone:
        said.append(
            _("It now begins after the moment of {scenes}, so they come at once: give them another `when`.").format(
                scenes=", ".join(gone)
            )
        )
    return said


def _first_time(story: Story) -> str:
    """The time of day of the first scene that has one, or that of the beginning."""
    times = [scene.when for scene in story.scenes.values() if scene.when is not None and not scene.relative]
    return clock_words(times[0] if times else story.start_clock)


def _flow(words: str) -> str:
    """Words as a value within braces, where a comma would end them."""
    value = quoted(words)
    return value if value[0] in "\"'" else f'"{value}"'


def _names(source: Source, wishes: Wishes, changes: list[str]) -> dict[str, str]:
    """New names by the old ones."""
    assert source.scenario is not None
    cast = source.scenario.cast
    wanted: dict[str, str] = {}
    by_name = {(member.name or "").casefold(): person for person, member in cast.items() if member.name}
    for given, name in wishes.names.items():
        person = given if given in cast else by_name.get(given.casefold(), "")
        if not person:
            raise AuthorProblem(
                _("There is nobody called “{name}” in this scenario; {hint}").format(
                    name=clean_name(given),
                    hint=did_you_mean(given, cast) or _("there are {cast}.").format(cast=", ".join(cast)),
                )
            )
        name = clean_name(name)
        trouble = name_trouble(name)
        if trouble:
            raise AuthorProblem(trouble)
        wanted[person] = name
    if wishes.new_names:
        namer = Namer(
            wishes.seed,
            wishes.locale or source.scenario.language,
            [*(member.name or "" for member in cast.values()), *wanted.values(), *cast],
        )
        for person, member in cast.items():
            words = words_of(member.name or "")
            if person not in wanted and len(words) == 1 and words[0] not in TITLES and member.name != wishes.slots.get("org"):
                try:
                    wanted[person] = namer.first(member.pronouns or "")
                except ValueError as error:
                    raise AuthorProblem(str(error)) from None
    after = {person: wanted.get(person, member.name or "") for person, member in cast.items()}
    seen: dict[str, str] = {}
    for person, name in after.items():
        small = name.casefold()
        if not small:
            continue
        other = seen.setdefault(small, person)
        clash = other if other != person else (small if small in cast and small != person else "")
        if clash and (person in wanted or clash in wanted):
            raise AuthorProblem(
                _("“{name}” is taken: {one} and {other} could not be told apart. Choose another name.").format(
                    name=name, one=clash, other=person
                )
            )
    found: dict[str, str] = {}
    for person, name in wanted.items():
        old = cast[person].name
        if old is None:
            changes.append(
                _("{person} had no name of their own and was made up; write `name: {name}` yourself.").format(
                    person=person, name=name
                )
            )
        elif old != name:
            changes.append(f"{old} → {name}")
            found[old] = name
    return {**_parts(found, [member.name or "" for member in cast.values()]), **found}


def _parts(names: Mapping[str, str], everybody: Sequence[str]) -> dict[str, str]:
    """What becomes of a part of a name that stands alone: Fenwick, of Cllr Fenwick."""
    whole = {name for name in everybody if " " not in name}
    found: dict[str, str] = {}
    for old, new in names.items():
        before = [part for part in old.split() if part.casefold() not in TITLES]
        after = [part for part in new.split() if part.casefold() not in TITLES]
        if len(old.split()) < 2 or not before or not after:
            continue
        for at, part in enumerate(before):
            becomes = after[-1] if at == len(before) - 1 else after[min(at, len(after) - 1)]
            if len(part) > 2 and part not in whole and part[:1].isupper():
                found.setdefault(part, becomes)
    return found


def _org_names(source: Source, wishes: Wishes) -> dict[str, str]:
    """Names of the organisation that stand in the text as they are: what was the word of a slot, with a capital."""
    assert source.scenario is not None
    return {
        old: clean_name(wishes.slots[slot], 200)
        for slot, old in source.scenario.slots.items()
        if slot in wishes.slots and old[:1].isupper() and " " in old and not name_trouble(wishes.slots[slot])
    }


def _locale(edits: Edits, source: Source, wishes: Wishes, changes: list[str]) -> None:
    if not wishes.locale:
        return
    assert source.scenario is not None
    try:
        found = Namer(1, wishes.locale).faker
    except ValueError as error:
        raise AuthorProblem(str(error)) from None
    del found
    nameless = [person for person, member in source.scenario.cast.items() if member.name is None]
    for person in nameless:
        edits.put(("cast", person, "locale"), wishes.locale.replace("-", "_"), "cast")
    if nameless:
        changes.append(_("Made-up names are of {locale}: {people}.").format(locale=wishes.locale, people=", ".join(nameless)))
    elif not wishes.new_names:
        changes.append(
            _(
                "Everybody here has a name of their own, so {locale} changes nobody. --new-names makes up new ones for all."
            ).format(locale=wishes.locale)
        )


# Replacing words


def _replace(edits: Edits, literal: Mapping[str, str], names: set[str], changes: list[str]) -> None:
    """Replace whole words wherever people read them, in comments too."""
    literal = {old: new for old, new in literal.items() if old != new}
    if not literal:
        return
    # All at once, the longest first: two people may swap names.
    exact = {variant: becomes for old, new in literal.items() for variant, becomes in ((old.upper(), new.upper()), (old, new))}
    pattern = _pattern(exact)
    small = {
        old.lower(): new.lower() for old, new in literal.items() if old in names and old.lower() not in ALSO_WORDS | TITLES
    }
    speech = _pattern(small) if small else None
    counts: dict[str, int] = {}

    def put(words: str, node: Node | None) -> str:
        def becomes(found: re.Match[str]) -> str:
            counts[found[0]] = counts.get(found[0], 0) + 1
            return _safe(exact[found[0]], node)

        done = _outside_braces(words, lambda part: pattern.sub(becomes, part))
        if speech is None or node is None or node.style != "|":
            return done

        def spoken(found: re.Match[str]) -> str:
            counts["small"] = counts.get("small", 0) + 1
            return small[found[0]]

        def line(found: re.Match[str]) -> str:
            assert speech is not None
            return found["head"] + _outside_braces(found["words"], lambda part: speech.sub(spoken, part))

        return _SAID.sub(line, done)

    for start, end, node in list(edits.words()):
        words = edits.text[start:end]
        new = put(words, node)
        if new != words:
            edits.replace(start, end, new)
    if counts:
        changes.append(
            n_(
                "{count} place where such a word stood was changed.",
                "{count} places where such words stood were changed.",
                sum(counts.values()),
            ).format(count=sum(counts.values()))
        )
    changes.extend(
        _("“{word}” stands nowhere in this scenario.").format(word=old)
        for old in literal
        if old not in counts and old not in names
    )


def _pattern(words: Mapping[str, str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<![\w@])(?:" + "|".join(re.escape(word) for word in ordered) + r")(?!\w)")


def _outside_braces(words: str, change: object) -> str:
    """Change the text between slots, conditions and ids in brackets, and leave those alone."""
    assert callable(change)
    parts: list[str] = []
    at = 0
    for found in _BRACED.finditer(words):
        parts += (change(words[at : found.start()]), found[0])
        at = found.end()
    parts.append(change(words[at:]))
    return "".join(parts)


def _safe(words: str, node: Node | None) -> str:
    """Words as they may stand inside a value that is there already."""
    if node is not None and node.style == "'":
        return words.replace("'", "''")
    if node is not None and node.style == '"':
        return words.replace("\\", "\\\\").replace('"', '\\"')
    return words


def _same_shape(before: Story, after: Story) -> None:
    """Hold the copy to the scenes, choices and endings of the original."""
    one, other = before.scenario, after.scenario
    same = (
        list(one.scenes) == list(other.scenes)
        and list(one.endings) == list(other.endings)
        and list(one.cast) == list(other.cast)
        and list(one.places) == list(other.places)
        and all(list(scene.choices) == list(other.scenes[name].choices) for name, scene in one.scenes.items())
    )
    if not same:
        raise AuthorProblem(
            _("With these words the copy would be a different story. Try words without braces, brackets and colons.")
        )


__all__ = ["Copied", "ScenarioError", "Wishes", "copied", "write_copy"]
