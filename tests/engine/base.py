"""One small valid scenario with a bit of everything, and ways to change it in a test.

In what is put in, `‸` marks where a finding should point; the mark itself is taken out.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.script.findings import Finding, ScenarioError
from engine.script.read import Source, read
from engine.story.compile import compile_story
from engine.story.model import Story

MARK = "‸"

BASE = """\
seenby: 1
id: base
title: The base
blurb: A card.
minutes: 3
tone: plain
note: Nothing much.
covers: [S1, S34]
facts: [F1.3, C12]
begins: Monday 09:00
you: {is: the new one}
slots: {canteen: the canteen}
cast:
  col: {name: Col, is: on your team}
  jo: {is: in the control room}
  sgt: {name: Sgt Alder, is: your sergeant}
places:
  team: {group: Team 4, members: 9, with: [col, jo], admin: [col], audience: and the cat}
  jo-dm: {dm: jo}
  page: {feed: The page, followers: 100}
  theirs: {dm: jo, phone: sgt}
flags:
  days: {from: 0, to: 5, is: days that went by}
  found: {from: 0, to: 2}
  clues: {from: 0, to: 2}
scenes:
  meme:
    when: day 1, 10:00
    in: team
    script: |
      Col [quip] (picture): masked: it mocks {canteen}
      Jo reacts 😂 to quip
      quip gets 4 likes
      ... 5 minutes
      > Nobody looks up.
    limit: {seconds: 60}
    choices:
      speak:
        label: Say it is not for you
        on: quip
        send: |
          Not for me, {col}.
        thought: |
          Somebody goes first.
        dials: {team: -1}
        because: |
          One line was enough.
        set: {spoke: yes, days: +1}
        later:
          - {after: 3 days, scene: thaw, if: spoke, otherwise: frost}
      laugh:
        label: Laugh
        react: 😂
        on: quip
      look:
        look: yes
        label: Look who is in it
        script: |
          > Nine people.
      silence:
        thought: Not my place.
    next: several
  several:
    in: team
    pick:
      ask: Two of them.
      most: 2
      ordered: yes
      from:
        one: {label: The one}
        two: {label: The two, if: spoke, else: You said nothing.}
        three: {label: The three}
      rules:
        order: {if: several.one > several.two, set: {days: 2}}
    next: wall
  wall:
    in: page
    board:
      ask: What can be told?
      count: clues
      found: found
      cards:
        post: {text: A post, from: col, tells: [where]}
        map: {text: A map, if: spoke, tells: [where, when]}
      questions:
        where: {ask: Where?}
        when: {ask: When?}
    next: [{if: spoke and days >= 2, go: last}, {go: last}]
  last:
    in: jo-dm
    if: not (left team)
    script: |
      Jo: bye {you}
      {if seen quip}
      Jo (reply to quip): that one
        was {canteen} for you
      {end}
    choices:
      bye:
        label: Say bye
        send: Bye.
      silence: {}
    next: end
  thaw:
    in: team
    script: |
      Col: all right?
  frost:
    in: team
    tellings:
      cold: {weight: 2, script: "Col: hm"}
      colder: {script: "> Nobody says anything."}
  years-on:
    in: page
    script: |
      Col: well, well
reckoning:
  years: {after: 4 years, scene: years-on, if: spoke}
endings:
  good: {title: Good, if: spoke and trust >= 0, epilogue: It went well.}
  other: {title: Other, epilogue: It went.}
codas:
  biscuit:
    if: spoke
    text: A biscuit.
debrief:
  questions: [When was it cheapest?]
  cheapest: meme
  cheapest-because: It was early.
  unseen:
    meme: Somebody looked away.
"""


class Changed(NamedTuple):
    """The base with changes: its source, read and compiled, and where the marks stood."""

    source: Source
    story: Story | None
    marks: list[tuple[int, int]]

    @property
    def findings(self) -> list[Finding]:
        return sorted(self.source.findings, key=lambda finding: (finding.line, finding.column, finding.code))


def text_of(*edits: tuple[str, str]) -> str:
    """The text of the base with pieces of it replaced, each of which stands in it once."""
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text


def changed(*edits: tuple[str, str], slots: dict[str, str] | None = None) -> Changed:
    """The base with changes, whether it compiles or not."""
    text = text_of(*edits)
    marks: list[tuple[int, int]] = []
    while MARK in text:
        at = text.index(MARK)
        marks.append((text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)))
        text = text.replace(MARK, "", 1)
    source = read(text.encode(), "base.yaml")
    try:
        story = compile_story(source, slots)
    except ScenarioError:
        return Changed(source, None, marks)
    return Changed(source, story, marks)


def story_of(*edits: tuple[str, str], slots: dict[str, str] | None = None) -> Story:
    """The base with changes that leave it valid. Raises ScenarioError otherwise."""
    made = changed(*edits, slots=slots)
    if made.story is None:
        raise ScenarioError(made.findings)
    return made.story
