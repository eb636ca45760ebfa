"""The blocks of the documentation, and what they claim.

An HTML comment before a block says what the block is:

    <!-- file: examples/first.yaml -->                  the whole of that file
    <!-- fragment: examples/marrow.yaml -->             some lines of that file, perhaps indented less
    <!-- plain: examples/marrow.yaml, walk.txt, from "one line" to "another" -->   what plain mode prints, from one line to another
    <!-- finding: examples/first.yaml, "old" => "new" -->   what is said when `old` stands as `new` in that file
    <!-- walk: examples/marrow.yaml, walk.txt, "old" => "new" -->   the same of a walkthrough
    <!-- career: examples/tea, tea -->                  what is proved of a career of that pack, without the seconds

and `<!-- stumbles -->` stands before a table of lines that go wrong, what is said about each, and what to write instead.

`python -m tests.docs.blocks` writes all of these anew, as they now are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine import load_story
from engine.play.inputs import Input
from engine.play.reading import only_reading
from engine.proof.career import prove_career
from engine.script.findings import ScenarioError
from engine.script.read import read
from engine.story.compile import compile_story
from game.career.proving import career_text
from game.decisions_file import ScriptProblem, read_script
from game.packs import read_pack
from game.plain import Plain, skip_prompt
from game.session import Session

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SEED = 7
PLAYER = "Alex"
_BLOCK = re.compile(
    r"(?:^<!-- (?P<kind>[a-z-]+)(?:: (?P<about>.*?))? -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
_PLAIN = re.compile(r'(?P<file>\S+\.yaml)(?:, (?P<walk>\S+\.txt))?, from "(?P<first>.*?)" to "(?P<last>.*?)"')
_FINDING = re.compile(r'(?P<file>\S+\.yaml)(?:, (?P<walk>\S+\.txt))?, "(?P<old>.*?)" => "(?P<new>.*)"')
STUMBLES = "<!-- stumbles -->\n"
_ROW = re.compile(r"^\| (?P<where>[^|`]+) \| `(?P<wrong>[^`]+)` \| (?P<says>.*) \| `(?P<right>[^`]+)` \|$", re.M)
_TAB = "⇥"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a document."""

    document: Path
    line: int
    kind: str
    about: str
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.document.name}:{self.line}"


def blocks(document: Path) -> Iterator[Block]:
    """The fenced blocks of a document."""
    text = document.read_text("utf-8")
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(document, line, found["kind"] or "", found["about"] or "", found["language"], found["text"])


@functools.lru_cache
def played(file: Path, walk: Path | None) -> tuple[str, ...]:
    """What a terminal shows when a scenario is played in plain mode with the decisions of a walkthrough."""
    lines: list[str] = []
    session = Session.unsaved(load_story(file), SEED, PLAYER)
    decisions = [] if walk is None else [one.input for one in read_script(walk.read_text("utf-8"), walk.name)]
    answers: list[str] = []

    def answer(prompt: str) -> str | None:
        if prompt.startswith(skip_prompt()):
            skips = bool(decisions) and only_reading(session.story, decisions[0])
            if skips:
                decisions.pop(0)
            lines.append(f"{prompt}{'s' if skips else ''}")
            return "s" if skips else ""
        if not answers:
            if not decisions:
                return None
            answers.extend(_typed(session, decisions.pop(0)))
        lines.append(f"{prompt}{answers[0]}")
        return answers.pop(0)

    Plain(session, answer, lines.append).run()
    assert not decisions, f"{walk}: decisions are left over: {decisions}"
    return tuple(lines)


def _typed(session: Session, given: Input) -> list[str]:
    """What a person types for a decision: numbers, and 1 to send what then stands as a draft."""
    offer = session.offer
    assert offer is not None
    assert offer.scene == given.scene, f"{offer.scene} is asked, not {given.scene}"
    numbers = {option.id: number for number, option in Plain._numbered(offer)}
    if given.how == "skip":
        return ["s"]
    if given.how == "link":
        cards = {card.id: number for number, card in enumerate(offer.cards, 1)}
        pinned = dict(pick.split("=") for pick in given.picks)
        return [str(cards[pinned[question.id]]) if question.id in pinned else "0" for question in offer.questions]
    if given.how == "pick":
        sends = given.picks and (offer.send is not None or offer.looks == "pieces")
        return [", ".join(str(numbers[pick]) for pick in given.picks) or "0", *(["1"] if sends else [])]
    chosen = session.story.scenes[offer.scene].lapse if given.how == "lapse" else given.choice  # plain mode has no limits
    option = next(option for option in offer.options if option.id == chosen)
    sends = option.send is not None or option.forward is not None
    return [str(numbers[option.id]), *(["1"] if sends else [])]


def plain_output(about: str) -> str:
    """The lines of plain mode that a `plain` block is to show."""
    asked = _PLAIN.fullmatch(about)
    assert asked is not None, f"cannot read: {about}"
    file = DOCS / asked["file"]
    walk = file.with_suffix("") / asked["walk"] if asked["walk"] else None
    lines = played(file, walk)
    opening = asked["first"].split("\\n")
    starts = [number for number, line in enumerate(lines) if line.startswith(opening[-1])]
    first = next((at for at in starts if list(lines[at - len(opening) + 1 : at]) == opening[:-1]), None)
    assert first is not None, f"no line begins with “{asked['first']}”"
    first -= len(opening) - 1
    last = next((number for number, line in enumerate(lines) if number >= first and line.startswith(asked["last"])), None)
    assert last is not None, f"no later line begins with “{asked['last']}”"
    return "".join(f"{line}\n" for line in lines[first : last + 1])


def findings_of(text: str, name: str) -> list[str]:
    """What is said about a scenario."""
    source = read(text.encode(), name)
    try:
        compile_story(source)
    except ScenarioError as error:
        return [str(finding) for finding in error.findings]
    return [str(finding) for finding in source.findings]


def finding_output(about: str) -> str:
    """The findings that a `finding` block is to show."""
    asked = _FINDING.fullmatch(about)
    assert asked is not None, f"cannot read: {about}"
    file = DOCS / asked["file"]
    text = file.read_text("utf-8")
    old, new = (asked[part].replace("\\n", "\n") for part in ("old", "new"))
    assert text.count(old) >= 1, f"{file.name} does not hold “{old}”"
    return "".join(f"{finding}\n" for finding in findings_of(text.replace(old, new, 1), file.name))


def walk_output(about: str) -> str:
    """What is said about a walkthrough that does not fit."""
    asked = _FINDING.fullmatch(about)
    assert asked is not None, f"cannot read: {about}"
    file = DOCS / asked["file"]
    walk = file.with_suffix("") / asked["walk"]
    text = walk.read_text("utf-8")
    assert asked["old"] in text, f"{walk.name} does not hold “{asked['old']}”"
    script = read_script(text.replace(asked["old"], asked["new"], 1), f"{walk.parent.name}/{walk.name}")
    session = Session.unsaved(load_story(file), SEED, PLAYER)
    try:
        Plain(
            session,
            lambda _prompt: None,
            lambda _line: None,
            script=script,
            interactive=False,
            script_name=f"{walk.parent.name}/{walk.name}",
        ).run()
    except ScriptProblem as problem:
        return f"{problem}\n"
    return ""


def career_output(about: str) -> str:
    """What `seenby prove` says of a career."""
    folder, _comma, name = about.partition(", ")
    pack = read_pack(DOCS / folder, {})
    assert pack is not None
    career = next(one for one in pack.careers if one.id == name)
    stories = [load_story(DOCS / folder / f"{part.scenario}.yaml") for part in career.parts]
    lines = "\n".join(career_text(career.title, stories, prove_career(stories, [part.after for part in career.parts])))
    return re.sub(r" \(\d+\.\d s\)", "", lines) + "\n"


@dataclass(frozen=True, slots=True)
class Stumble:
    """A row of the table of stumbles."""

    where: str
    wrong: str
    says: str
    right: str


def stumbles(text: str) -> list[Stumble]:
    """The rows of the table of stumbles of a document."""
    if STUMBLES not in text:
        return []
    table = text.partition(STUMBLES)[2].partition("\n\n")[0]
    return [Stumble(**found.groupdict()) for found in _ROW.finditer(table)]


def with_line(line: str, where: str) -> str:
    """The first example with one line changed: the first of its script, or the one with the same key."""
    text = (DOCS / "examples" / "first.yaml").read_text("utf-8")
    line = line.replace(_TAB, "\t")
    key = re.match(r"[a-z]+: ", line) if where != "a script" else None
    same = re.search(rf"^ *{key[0]}.*$", text, re.M) if key else None
    if same is not None:
        lead = len(same[0]) - len(same[0].lstrip())
        return text[: same.start()] + " " * lead + line + text[same.end() :]
    old = "      Des: Somebody has had the marrow.\n"
    assert old in text
    return text.replace(old, f"{line}\n" if line.startswith("\t") else f"      {line}\n")


def stumble_says(row: Stumble) -> str:
    """What the table says about a wrong line."""
    said = findings_of(with_line(row.wrong, row.where), "first.yaml")
    shown = [re.sub(r"^\S+ (SB\d+) \w+: ", r"\1: ", finding).replace("\n    ", "; ") for finding in said]
    return "<br>".join(dict.fromkeys(shown)).replace("|", "\\|")


def wanted(block: Block) -> str | None:
    """What a block ought to say, for the kinds that are made; None for the others."""
    if block.kind == "file":
        return (DOCS / block.about).read_text("utf-8")
    if block.kind == "plain":
        return plain_output(block.about)
    if block.kind == "finding":
        return finding_output(block.about)
    if block.kind == "walk":
        return walk_output(block.about)
    if block.kind == "career":
        return career_output(block.about)
    return None


def rewrite(document: Path) -> int:
    """Write what is made in a document anew. Returns how many blocks changed."""
    text = document.read_text("utf-8")
    changed = 0
    for block in blocks(document):
        made = wanted(block)
        if made is not None and made != block.text:
            head = f"<!-- {block.kind}: {block.about} -->\n```{block.language}\n"
            assert head + block.text in text
            text = text.replace(head + block.text, head + made, 1)
            changed += 1
    for row in stumbles(text):
        says = stumble_says(row)
        if says != row.says:
            old = f"| {row.where} | `{row.wrong}` | {row.says} | `{row.right}` |"
            assert old in text
            text = text.replace(old, f"| {row.where} | `{row.wrong}` | {says} | `{row.right}` |")
            changed += 1
    if changed:
        document.write_text(text, "utf-8")
    return changed


if __name__ == "__main__":
    for path in sorted(DOCS.glob("*.md")):
        print(f"{path.name}: {rewrite(path)} blocks written anew")
