"""What the compiler says of a scenario: every finding at its very place, with a hint that says what to write."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.play.stepper import Stepper
from engine.script.codes import CODES
from engine.script.findings import ScenarioError
from engine.script.read import read
from engine.story.compile import compile_story
from engine.story.registry import At, Registry
from engine.story.scripts import written_at
from tests.engine.base import BASE, changed
from tests.engine.searching import random_play

ENGINE = Path(__file__).parent.parent.parent.parent / "engine"
MEME = "      silence:\n        thought: Not my place.\n"


class Case(NamedTuple):
    name: str
    code: str
    message: str
    """A part of it."""
    hint: str
    """A part of it."""
    edits: tuple[tuple[str, str], ...]
    """What is changed; `‸` marks where the finding points."""


def case(name: str, code: str, message: str, hint: str, *edits: tuple[str, str]) -> Case:
    return Case(name, code, message, hint, edits)


CASES = [
    # People
    case("a speaker", "SB201", "no person 'Kol'", "did you mean 'Col'?", ("Col: all right?", "‸Kol: all right?")),
    case("a speaker after a condition", "SB201", "no person 'Kol'", "'Col'", ("Col: all right?", "{if spoke} ‸Kol: all right?")),
    case("a name with a quote in it", "SB201", "no person 'O'Neal'", "did you mean 'O'Neil'?", ("name: Sgt Alder", "name: O'Neil"), ("Col: all right?", "‸O'Neal: all right?")),
    case("a call", "SB201", "no person 'joe'", "'jo'", ("jo-dm: {dm: jo}", "jo-dm: {call: ‸joe}")),
    case("who reacts", "SB201", "no person 'Joe'", "did you mean 'jo'?", ("Jo reacts", "‸Joe reacts")),
    case("who types", "SB201", "no person 'Tom'", "known: Col, Sgt Alder, col, jo, sgt", ("> Nobody looks up.", "‸Tom is typing")),
    case("who leaves", "SB201", "no person 'Tom'", "known: ", ("> Nobody looks up.", "* ‸Tom leaves")),
    case("who adds", "SB201", "no person 'Tom'", "known: ", ("> Nobody looks up.", "* ‸Tom adds Jo")),
    case("who is added", "SB201", "no person 'Tom'", "known: ", ("> Nobody looks up.", "* Jo adds ‸Tom")),
    case("who sets the timer", "SB201", "no person 'Tom'", "known: ", ("> Nobody looks up.", "* ‸Tom turns off disappearing messages")),
    case("who renames", "SB201", "no person 'Tom'", "known: ", ("> Nobody looks up.", "* ‸Tom changes the name: The team")),
    case("who deletes", "SB201", "no person 'Tom'", "known: ", ("> Nobody looks up.", "* ‸Tom deletes quip")),
    case("with", "SB201", "no person 'rashid'", "known: ", ("with: [col, jo]", "with: [col, ‸rashid]")),
    case("admin", "SB201", "no person 'cal'", "did you mean 'col'?", ("admin: [col]", "admin: [‸cal]")),
    case("a dm", "SB201", "no person 'joe'", "did you mean 'jo'?", ("jo-dm: {dm: jo}", "jo-dm: {dm: ‸joe}")),
    case("whose phone", "SB201", "no person 'sarge'", "", ("phone: sgt", "phone: ‸sarge")),
    case("do: whom", "SB201", "no person 'joe'", "'jo'", ("react: 😂", "do: [‸remove joe from team]")),
    case("a condition's person", "SB201", "no person 'joe'", "'jo'", ("    if: spoke\n    text", "    if: ‸joe in team\n    text")),
    # Places
    case("in", "SB202", "no place 'teem'", "did you mean 'team'?", ("  several:\n    in: team", "  several:\n    in: ‸teem")),
    case("to", "SB202", "no place 'jo-md'", "did you mean 'jo-dm'?", ("send: Bye.", "send: Bye.\n        to: ‸jo-md")),
    case("in place:", "SB202", "no place 'jo-md'", "'jo-dm'", ("> Nobody looks up.", "in ‸jo-md:\n      Col: hm")),
    case("do: where", "SB202", "no place 'tam'", "'team'", ("react: 😂", "do: [‸leave tam]")),
    case("a condition's place", "SB202", "no place 'tem'", "'team'", ("not (left team)", "not (left ‸tem)")),
    case("pick to", "SB202", "no place 'pages'", "'page'", ("ask: Two of them.", "ask: Two of them.\n      to: ‸pages")),
    # Messages
    case("on", "SB203", "no message 'quib'", "did you mean 'quip'?", ("react: 😂\n        on: quip", "react: 😂\n        on: ‸quib")),
    case("forward", "SB203", "no message 'quib'", "'quip'", ("send: Bye.", "forward: ‸quib\n        to: page")),
    case("reply to", "SB203", "no message 'quib'", "'quip'", ("(reply to quip)", "(reply to ‸quib)")),
    case("a comment on", "SB203", "no message 'quib'", "'quip'", ("(reply to quip)", "(on ‸quib)")),
    case("a reaction to", "SB203", "no message 'quib'", "'quip'", ("😂 to quip", "😂 to ‸quib")),
    case("counters of", "SB203", "no message 'quib'", "'quip'", ("quip gets 4", "‸quib gets 4")),
    case("read by", "SB203", "no message 'quib'", "'quip'", ("> Nobody looks up.", "‸quib read by 4")),
    case("deletes", "SB203", "no message 'quib'", "'quip'", ("> Nobody looks up.", "* Col deletes ‸quib")),
    case("do: delete", "SB203", "no message 'quib'", "'quip'", ("react: 😂", "do: ‸delete quib")),
    case("seen", "SB203", "no message 'quib'", "'quip'", ("{if seen quip}", "{if seen ‸quib}")),
    case("gone", "SB203", "no message 'quib'", "'quip'", ("    if: spoke\n    text", "    if: not gone ‸quib\n    text")),
    # Scenes
    case("next", "SB204", "no scene 'sevral'", "did you mean 'several'?", ("next: several", "next: ‸sevral")),
    case("next of a choice", "SB204", "no scene 'lost'", "did you mean 'last'?", ("send: Bye.", "send: Bye.\n        next: ‸lost")),
    case("a branch", "SB204", "no scene 'lst'", "'last'", ("days >= 2, go: last}", "days >= 2, go: ‸lst}")),
    case("later", "SB204", "no scene 'thawing'", "'thaw'", ("scene: thaw", "scene: ‸thawing")),
    case("otherwise", "SB204", "no scene 'frosty'", "'frost'", ("otherwise: frost", "otherwise: ‸frosty")),
    case("reckoning", "SB204", "no scene 'years'", "'years-on'", ("scene: years-on", "scene: ‸years")),
    case("start", "SB204", "no scene 'mem'", "'meme'", ("begins: ", "start: ‸mem\nbegins: ")),
    case("cheapest", "SB204", "no scene 'mem'", "'meme'", ("cheapest: meme", "cheapest: ‸mem")),
    case("unseen", "SB204", "no scene 'mem'", "'meme'", ("    meme: Somebody", "    ‸mem: Somebody")),
    case("a condition's scene", "SB204", "no scene 'mem'", "'meme'", ("    if: spoke\n    text", "    if: ‸mem.speak\n    text")),
    # Flags and choices in conditions
    case("a flag", "SB205", "no flag 'spike'", "did you mean 'spoke'?", ("    if: spoke\n    text", "    if: ‸spike\n    text")),
    case("a flag in a comparison", "SB205", "no flag 'day'", "'days'", ("spoke and days >= 2", "spoke and ‸day >= 2")),
    case("a flag in a line", "SB205", "no flag 'spok'", "'spoke'", ("> Nobody looks up.", "{if not ‸spok} > Nobody looks up.")),
    case("a flag of a block", "SB205", "no flag 'spok'", "'spoke'", ("{if seen quip}", "{if seen quip and ‸spok}")),
    case("a choice", "SB206", "no choice 'meme.speek'", "did you mean 'meme.speak'?", ("    if: spoke\n    text", "    if: ‸meme.speek\n    text")),
    case("a piece", "SB206", "'several.on'", "'several.one'", ("{if: several.one > several.two", "{if: several.one > ‸several.on")),
    case("a question asked for", "SB206", "'wall.were'", "'wall.where'", ("    if: spoke\n    text", "    if: ‸wall.were\n    text")),
    case("the lapse", "SB206", "no choice 'laguh'", "did you mean 'laugh'?", ("{seconds: 60}", "{seconds: 60, lapse: ‸laguh}")),
    case("the lapse by default", "SB206", "no choice 'silence'", "known: ", ("limit: {seconds: 60}", "‸limit: {seconds: 60}"), (MEME, "      wait: {label: Wait, action: wait}\n")),
    case("what a card tells", "SB206", "no question 'were'", "did you mean 'where'?", ("tells: [where, when]", "tells: [‸were, when]")),
    # Names
    case("you in a place", "SB207", "`in` asks for somebody of the cast", "write `not (left team)`", ("    if: spoke\n    text", "    if: ‸you in team\n    text")),
    case("a slot called as a person", "SB208", "`{col}` would be a slot and somebody", "another id", ("slots: {canteen", "slots: {‸col: c, canteen")),
    case("somebody called as a slot", "SB208", "`{union}` is a slot that every organisation has", "another id", ("  col: {name", "  ‸union: {name: Al}\n  col: {name")),
    case("a slot called as the player", "SB208", "`{you}` stands for the player", "another id", ("slots: {canteen", "slots: {‸you: c, canteen")),
    case("a flag called as a dial", "SB209", "'trust' is a dial", "another name", ("  found: {", "  ‸trust: {from: 0, to: 2}\n  found: {")),
    case("a dial that is set", "SB209", "'team' is a dial", "write it under `dials`", ("set: {spoke: yes", "set: {‸team: 1, spoke: yes")),
    case("a flag called as a word", "SB209", "'seen' means something else in an `if`", "another name", ("  found: {", "  ‸seen: {}\n  found: {")),
    case("a word that is set", "SB209", "'left' means something else in an `if`", "another name", ("set: {spoke: yes", "set: {‸left: yes, spoke: yes")),
    case("bounds", "SB210", "'found' goes from 2 to 2", "a larger `to`", ("found: {from: 0, to: 2}", "found: ‸{from: 2, to: 2}")),
    case("wide bounds", "SB210", "goes from 0 to 20000", "at most 10000 apart", ("found: {from: 0, to: 2}", "found: ‸{from: 0, to: 20000}")),
    case("starts", "SB210", "'found' starts at 7, outside 0 to 2", "mend `starts`", ("found: {from: 0, to: 2}", "found: {from: 0, to: 2, starts: ‸7}")),
    case("a number undeclared", "SB211", "'roses' is given the number +1, but is not declared", "`roses: {from: 0, to: 9}`", ("set: {spoke: yes", "set: {roses: ‸+1, spoke: yes")),
    case("a number later", "SB211", "'roses' is given the number 3", "under `flags`", ("scene: thaw, if", "set: {roses: ‸3}, scene: thaw, if")),
    case("a number for a yes or no", "SB211", "'calm' is given the number +1, but stands under `flags` as a yes or no", "say between which numbers", ("  found: {", "  calm: {}\n  found: {"), ("set: {spoke: yes", "set: {calm: ‸+1, spoke: yes")),
    case("the count of a board", "SB211", "'clus' is to hold a number", "`clus: {from: 0, to: 2}`", ("count: clues", "count: ‸clus")),
    case("somebody called you", "SB212", "`{you}` stands for the player", "another id", ("  col: {name", "  ‸you: {name: Al}\n  col: {name")),
    case("somebody called them", "SB212", "`{them}` stands for the player", "another id", ("  col: {name", "  ‸them: {name: Al}\n  col: {name")),
    case("two of one name", "SB213", "'Col' is also 'col'", "ids in scripts", ("name: Sgt Alder", "name: ‸Col")),
    case("a name that is an id", "SB213", "'jo' is also", "rename one", ("  jo: {is", "  joan: {name: ‸jo}\n  jo: {is")),
    case("two messages", "SB214", "two messages are called 'quip'", "another id", ("> Nobody looks up.", "‸Jo [quip]: me too")),
    case("a message beside one that depends", "SB214", "two messages are called 'extra'", "another id", ("> Nobody looks up.", "{if spoke} Jo [extra]: a\n      ‸Jo [extra]: b")),
    case("what is sent is called as another", "SB214", "two messages are called 'quip'", "another id", ("send: Bye.", "send: Bye.\n        sent: ‸quip")),
    case("said nowhere", "SB215", "where this is said", "give the scene `in: place`", ("  thaw:\n    in: team\n    script: |\n      Col", "  thaw:\n    script: |\n      ‸Col")),
    case("sent nowhere", "SB215", "where this is sent", "say `to: place`", ("  last:\n    in: jo-dm", "  last:"), ("      Jo: bye {you}", "      in jo-dm:\n      Jo: bye {you}"), ("        send: Bye.", "        ‸send: Bye.")),
    case("no kind of place", "SB216", "'page' has no kind", "one of: group, dm, feed", ("page: {feed: The page, followers: 100}", "‸page: {followers: 100}")),
    case("two kinds of place", "SB216", "'page' has group and feed", "one of: group", ("page: {feed", "‸page: {group: G, feed")),
    case("you among the members", "SB217", "names the cast, not the player", "leave `you` out", ("with: [col, jo]", "with: [col, ‸you]")),
    case("a dm with oneself", "SB217", "`you` is the player", "a dm is with somebody of the cast", ("jo-dm: {dm: jo}", "jo-dm: {dm: ‸you}")),
    case("one's own phone", "SB217", "`you` is the player", "leave `phone` out", ("phone: sgt", "phone: ‸you")),
    case("a statement", "SB218", "'S35' is not the number of a statement", "from S1 to S34", ("[S1, S34]", "[S1, ‸S35]")),
    case("a statement in words", "SB218", "'s1' is not the number", "from S1 to S34", ("[S1, S34]", "[‸s1, S34]")),
    case("a fact", "SB218", "'F1' is not the number of a fact", "like F1.3", ("[F1.3, C12]", "[F1.3, ‸F1]")),
    # Slots in texts
    case("a slot", "SB220", "no slot '{canten}'", "did you mean 'canteen'?", ("A biscuit.", "A ‸{canten} biscuit.")),
    case("a slot in a line", "SB220", "no slot '{polcy}'", "did you mean 'policy'?", ("Col: all right?", "Col: all ‸{polcy} right?")),
    case("a slot after a mask", "SB220", "no slot '{canten}'", "'canteen'", ("mocks {canteen}", "mocks ‸{canten}")),
    case("a slot in a line that goes on", "SB220", "no slot '{canten}'", "'canteen'", ("was {canteen} for you", "was ‸{canten} for you")),
    case("a slot in prose", "SB220", "no slot '{zebra}'", "give it a default under `slots`", ("> Nobody looks up.", "> Nobody ‸{zebra} looks up.")),
    case("a slot in a notice", "SB220", "no slot '{polcy}'", "'policy'", ("> Nobody looks up.", "* Read ‸{polcy}.")),
    case("a slot in a new text", "SB220", "no slot '{polcy}'", "'policy'", ("> Nobody looks up.", "* Col edits quip: the ‸{polcy}")),
    case("a slot in a new name", "SB220", "no slot '{polcy}'", "'policy'", ("> Nobody looks up.", "* Col changes the name: ‸{polcy}")),
    case("a slot in a subject", "SB220", "no slot '{polcy}'", "'policy'", ("Col: well, well", "Col (subject: the ‸{polcy} of it): well {you}")),
    case("a slot in a block", "SB220", "no slot '{colin}'", "'col'", ("Not for me, {col}.", "Not for me,\n          ‸{colin}.")),
    case("a part of nobody", "SB220", "no slot '{policy.full}'", "only people have parts: full", ("A biscuit.", "A ‸{policy.full} biscuit.")),
    case("an unknown part", "SB220", "no slot '{jo.age}'", "a person has full, handle", ("A biscuit.", "A ‸{jo.age} biscuit.")),
    case("a brace alone", "SB220", "a lone '{'", "write '{{'", ("A biscuit.", "A ‸{biscuit.")),
    case("a closing brace alone", "SB220", "a lone '}'", "write '}}'", ("A biscuit.", "A bis‸}cuit.")),
    case("no name in braces", "SB220", "'{the canteen}' is not the name of a slot", "one word, such as {policy}", ("A biscuit.", "A ‸{the canteen} biscuit.")),
    case("pronouns unasked", "SB220", "no slot '{they}'", "`pronouns: yes`", ("A biscuit.", "A ‸{they} biscuit.")),
    case("a name before anybody has one", "SB220", "no slot '{jo}'", "only slots such as {org}", ("title: The base", "title: The ‸{jo} base")),
    case("a slot in the blurb", "SB220", "no slot '{canten}'", "'canteen'", ("blurb: A card.", "blurb: A ‸{canten}.")),
    case("a slot in who somebody is", "SB220", "no slot '{canten}'", "'canteen'", ("is: on your team", 'is: "on ‸{canten} team"')),
    case("a slot in a name of a place", "SB220", "no slot '{canten}'", "'canteen'", ("group: Team 4", 'group: "Team ‸{canten}"')),
    case("a slot in what a flag is", "SB220", "no slot '{canten}'", "'canteen'", ("is: days that went by", 'is: "days ‸{canten}"')),
    case("a slot in a slot", "SB221", "the words of 'canteen' hold a brace", "write the words out", ("slots: {canteen: the canteen}", 'slots: {canteen: ‸"the {org} canteen"}')),
    # Effects
    case("no reason", "SB230", "dials move without a reason", "add `because: |`", ("        dials: {team: -1}\n        because: |\n          One line was enough.\n", "        ‸dials: {team: -1}\n")),
    case("no reason later", "SB230", "dials move without a reason", "because", ("scene: thaw, if", "‸dials: {team: 1}, scene: thaw, if")),
    case("no reason in the reckoning", "SB230", "dials move without a reason", "because", ("{after: 4 years,", "{‸dials: {own: 1}, after: 4 years,")),
    case("out of bounds", "SB231", "'days' cannot be 9; it goes from 0 to 5", "mend the number", ("set: {days: 2}", "set: {days: ‸9}")),
    case("brought twice", "SB232", "'thaw' is brought twice", "a scene for each", ("otherwise: frost}", "otherwise: frost}\n          - {after: 4 days, scene: ‸thaw}")),
    case("otherwise than what", "SB233", "`otherwise` without `if`", "say when with `if`", ("scene: thaw, if: spoke, otherwise: frost", "scene: thaw, ‸otherwise: frost")),
    case("else than what", "SB233", "`else` without `if`", "say when with `if`", ("send: Bye.", "send: Bye.\n        ‸else: No.")),
    case("a piece's else", "SB233", "`else` without `if`", "say when with `if`", ("three: {label: The three}", "three: {label: The three, ‸else: No.}")),
    case("no time at all", "SB234", "'soon' is no time of day", "hours and minutes", ("after: 3 days,", "after: 3 days, at: ‸soon,")),
    case("no time of day", "SB234", "'day 2, 10:00' is no time of day", "such as `10:00`", ("after: 3 days,", 'after: 3 days, at: ‸"day 2, 10:00",')),
    # The flow
    case("the start is a consequence", "SB242", "would begin with 'thaw'", "`start: …`", ("begins: ", "start: ‸thaw\nbegins: ")),
    case("the first scene is a consequence", "SB242", "would begin with 'prelude'", "`start: …`", ("scenes:\n", "scenes:\n  ‸prelude:\n    in: team\n    script: \"Col: hm\"\n"), ("reckoning:\n", "reckoning:\n  p: {after: 1 day, scene: prelude}\n")),
    case("a scene that leads nowhere", "SB243", "'several' leads nowhere", "or `next: end`", ("  several:", "  ‸several:"), ("    next: wall\n", "")),
    case("a choice that leads nowhere", "SB243", "'bye' leads nowhere", "a `next`", ("      bye:\n", "      ‸bye:\n"), ("      silence: {}\n    next: end\n", "      silence: {next: end}\n"), ("    if: not (left team)\n", "")),
    case("a scene that may be passed over leads nowhere", "SB243", "'last' leads nowhere", "`next: end`", ("  last:\n", "  ‸last:\n"), ("      silence: {}\n    next: end\n", "      silence: {next: end}\n"), ("send: Bye.", "send: Bye.\n        next: end")),
    case("a consequence that asks", "SB244", "'thaw' is a consequence and asks for a decision", "only read", ("  thaw:\n    in: team\n", "  ‸thaw:\n    in: team\n    choices:\n      silence: {next: end}\n")),
    case("a consequence that goes on", "SB244", "'thaw' is a consequence and has a `next`", "leave `next` out", ("  thaw:\n    in: team\n", "  thaw:\n    in: team\n    ‸next: end\n")),
    case("a consequence with a moment", "SB244", "'thaw' is a consequence and has a `when`", "`after` says when", ("  thaw:\n    in: team\n", "  thaw:\n    in: team\n    ‸when: +1 day\n")),
    case("a consequence unseen", "SB245", "'thaw' shows nothing", "write its `script`", ("  thaw:\n    in: team\n    script: |\n      Col: all right?\n", "  ‸thaw:\n    in: team\n")),
    case("a circle", "SB246", "in a circle: meme → several → wall → last → meme", "send one of them on elsewhere", ("  meme:\n    when", "  ‸meme:\n    when"), ("    next: end\n", "    next: meme\n")),
    case("a circle of consequences", "SB246", "in a circle: thaw → thaw", "every play must end", ("  thaw:\n    in: team\n", "  ‸thaw:\n    in: team\n    later: [{after: 1 day, scene: thaw}]\n")),
    case("a telling that lasts", "SB248", "this telling changes what lasts", "into the scene's `script`", ("      colder: {script: \"> Nobody says anything.\"}", "      ‸colder: {script: \"* Col deletes quip\"}"), ("    if: spoke\n    text", "    if: gone quip\n    text")),
    case("no last ending", "SB249", "the last ending, 'other', has an `if`", "leave its `if` out", ("  other: {title", "  ‸other: {if: spoke, title")),
    case("an ending too early", "SB249", "'good' has no `if`, so no later ending", "move it to the end", ("good: {title: Good, if: spoke and trust >= 0,", "‸good: {title: Good,")),
    case("no last way on", "SB250", "the last way on has an `if`", "without `if`", (", {go: last}]", ", ‸{if: found > 0, go: last}]")),
    case("a way on too early", "SB250", "hides those after it", "move it to the end", ("[{if: spoke and days >= 2, go: last}", "[‸{go: last}")),
    case("next to a consequence", "SB251", "'thaw' is a consequence, so nothing leads to it with `next`", "lead to another scene", ("next: several", "next: ‸thaw")),
    # Decisions
    case("two decisions", "SB260", "'several' asks twice: choices and pick", "make two scenes", ("  several:\n    in: team\n", "  ‸several:\n    in: team\n    choices:\n      silence: {}\n")),
    case("nothing leads on", "SB261", "every choice comes back", "let one lead on", ("    choices:\n      bye:\n        label: Say bye\n        send: Bye.\n      silence: {}\n", "    no-silence: You cannot.\n    ‸choices:\n      bye:\n        label: Say bye\n        stay: yes\n")),
    case("a limit on a pick", "SB262", "only a scene with `choices` has a time limit", "leave `limit` out", ("  several:\n    in: team\n", "  several:\n    in: team\n    ‸limit: {seconds: 9}\n")),
    case("no silence", "SB263", "'last' has no silence", "`no-silence: …`", ("    choices:\n      bye:", "    ‸choices:\n      bye:"), ("      silence: {}\n", "")),
    case("a pick without silence", "SB263", "silence is impossible", "`least: 0`", ("    pick:\n", "    ‸pick:\n      least: 1\n")),
    case("all may be shut", "SB264", "every choice that leads on may be closed", "the silence, say", ("    choices:\n      bye:", "    ‸choices:\n      bye:"), ("silence: {}", "silence: {if: spoke}"), ("send: Bye.", "if: days > 1")),
    case("all act on what may go", "SB264", "may be closed", "the silence, say", ("    choices:\n      bye:", "    no-silence: You cannot.\n    ‸choices:\n      bye:"), ("      silence: {}\n", ""), ("send: Bye.", "on: quip"), ("> Nobody looks up.", "* Col deletes quip")),
    case("the lapse may be shut", "SB265", "'laugh' cannot always be taken", "always there", ("{seconds: 60}", "{seconds: 60, lapse: ‸laugh}"), ("react: 😂\n        on: quip", "react: 😂\n        on: quip\n        if: days > 1")),
    case("the lapse is a look", "SB265", "'look' cannot always be taken", "always there", ("{seconds: 60}", "{seconds: 60, lapse: ‸look}")),
    case("no label", "SB266", "'laugh' has no label", "`label: …`", ("      laugh:\n        label: Laugh\n        react: 😂\n        on: quip", "      ‸laugh:\n        action: go")),
    case("a reserved id", "SB267", "'skip' cannot be the id of a choice", "another id", ("      laugh:\n", "      ‸skip:\n")),
    case("a scene called end", "SB267", "no scene can be called 'end'", "another id", ("  thaw:\n    in", "  ‸end:\n    in"), ("scene: thaw", "scene: end")),
    case("a reaction in words", "SB275", "'haha' is no reaction", "write an emoji", ("react: 😂\n", "react: ‸haha\n")),
    case("a rule without halves", "SB276", "no two halves", "say what happens and what one does then", ("  cheapest: meme\n", "  cheapest: meme\n  rules: [‸Be careful]\n")),
    case("a witness without a name", "SB280", "nobody can say who 'bob' is", "an id of your own with a `name`", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    ‸bob: {in: team}\n")),
    case("a witness misspelled", "SB280", "nobody can say who 'kol' is", "did you mean 'col'?", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    ‸kol: {in: team}\n")),
    case("a witness who speaks up", "SB281", "a witness only tells", "as prose", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    col:\n      after: |\n        > It was late.\n        ‸Col: no\n")),
    case("words on what never came", "SB282", "'quip' never reaches col", "add the message to `only`", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    col: {in: page, on: {‸quip: \"> So.\"}}\n")),
    case("words on what was left out", "SB282", "'quip' never reaches col", "its place to `in`", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    col: {only: my-word, on: {‸quip: \"> So.\"}}\n"), ("send: Bye.\n", "send: Bye.\n        sent: my-word\n")),
    case("words on no message", "SB203", "no message 'quib'", "'quip'", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    col: {on: {‸quib: \"> So.\"}}\n")),
    case("only no message", "SB203", "no message 'quib'", "'quip'", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    col: {only: [‸quib]}\n")),
    case("from no message", "SB203", "no message 'quib'", "'quip'", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    col: {from: ‸quib}\n")),
    case("a witness nowhere", "SB202", "no place 'teem'", "'team'", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    col: {in: [‸teem]}\n")),
    case("a witness of no scene", "SB204", "no scene 'memo'", "'meme'", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    col: {scenes: [‸memo]}\n")),
    case("a witness's condition", "SB205", "no flag 'spook'", "'spoke'", ("  cheapest: meme\n", "  cheapest: meme\n  seen-by:\n    col: {after: \"{if ‸spook} > So.\"}\n")),
    case("touches nobody", "SB201", "no person 'kol'", "'col'", ("send: Bye.\n", "send: Bye.\n        affects: [‸kol]\n")),
    case("touches the player", "SB217", "`affects` names the cast", "leave `you` out", ("send: Bye.\n", "send: Bye.\n        affects: [‸you]\n")),
    case("a reaction to nothing", "SB268", "a reaction to what?", "`on: message`", ("react: 😂\n        on: quip", "‸react: 😂")),
    case("forwarded nowhere", "SB268", "forwarded to whom?", "`to: place`", ("send: Bye.", "‸forward: quip")),
    case("a look that changes", "SB269", "'look' is a look and changes something", "use `stay: yes`", ("      look:\n        look: yes", "      ‸look:\n        look: yes\n        takes: 1 hour")),
    case("stays and leads on", "SB270", "'look' comes back to this decision and has a `next`", "leave one", ("look: yes\n", "look: yes\n        ‸next: end\n")),
    case("more than there are", "SB271", "at least 3 must be picked, but only 2 are there for certain", "take the `if` out", ("most: 2", "least: ‸3\n      most: 3"), ("    pick:\n", "    no-silence: No.\n    pick:\n")),
    case("dearer than allowed", "SB271", "uses up 3 of 2", "raise `most`", ("most: 2", "least: ‸2\n      most: 2"), ("    pick:\n", "    no-silence: No.\n    pick:\n"), ("three: {label", "three: {cost: 2, label")),
    case("sent is not sent", "SB272", "'laugh' sends nothing, so 'haha' is never there", "add `send:`", ("react: 😂\n", "react: 😂\n        ‸sent: haha\n")),
    case("a rule called as a piece", "SB273", "'one' is also the id of a piece", "another id", ("order: {if", "‸one: {if")),
    case("a piece called pick", "SB273", "'pick' is also the id of the pick itself", "another id", ("three: {label", "‸pick: {label")),
    case("a rule called as a question", "SB273", "'where' is also the id of a question", "another id", ("        when: {ask: When?}\n", "        when: {ask: When?}\n      rules:\n        ‸where: {if: spoke}\n")),
    case("a way without a leak", "SB285", "'cold' tells of a leak", "`leak: photo`", ("cold: {weight: 2,", "cold: {way: ‸never,")),
    case("a leak without tellings", "SB285", "nothing is told of this leak", "a `way` each", ("  thaw:\n    in: team", "  thaw:\n    ‸leak: quip\n    in: team")),
    case("a telling without a way", "SB285", "when 'colder' is told", "`way: passed-on`", ("    tellings:\n      cold: {weight: 2,", "    leak: quip\n    tellings:\n      cold: {way: out,"), ("      colder:", "      ‸colder:")),
    case("a way that is not told", "SB285", "nothing is told when it is passed on", "`way: passed-on`", ("    tellings:\n      cold: {weight: 2,", "    leak: quip\n    ‸tellings:\n      cold: {way: found,"), ("colder: {script", "colder: {way: never, script")),
    case("a leak of no message", "SB203", "no message 'quib'", "'quip'", ("    tellings:\n      cold: {weight: 2,", "    leak: ‸quib\n    tellings:\n      cold: {way: out,"), ("colder: {script", "colder: {way: never, script")),
    case("a leak from elsewhere", "SB285", "'far' is on the phone of somebody else", "the player's own phone", ("theirs: {dm: jo, phone: sgt}", "theirs: {dm: jo, phone: sgt, past: \"Jo [far]: hm\"}"), ("    tellings:\n      cold: {weight: 2,", "    leak: ‸far\n    tellings:\n      cold: {way: out,"), ("colder: {script", "colder: {way: never, script")),
    case("too many habits", "SB286", "9 people in 'team' have a habit, and there are 8 others", "fewer a habit", ("admin: [col], audience: and the cat}", "‸habits: {careful: 8}}"), ("col: {name: Col, is", "col: {name: Col, habit: talker, is")),
    case("trust that stays", "SB287", "'bun' moves no trust", "`gain: 0.1`", ("codas:\n", "stakeholders:\n  all: {name: All, saw: {‸bun: {what: A bun., if: spoke, severity: 0.2, reach: 0}}}\ncodas:\n")),
    case("more than all that is found", "SB124", "`phone` and `backup`", "up to 1", ("codas:\n", "‸leaks: {phone: 0.9, backup: 0.9}\ncodas:\n")),
    case("a decision on another phone", "SB274", "'theirs' is on the phone of somebody else", "in a place of the player's own", ("  last:\n    in: jo-dm", "  last:\n    in: ‸theirs")),
    case("sent from another phone", "SB274", "'theirs' is on the phone of somebody else", "scene to read", ("send: Bye.", "send: Bye.\n        to: ‸theirs")),
    case("a pick sent from another phone", "SB274", "'theirs' is on the phone", "scene to read", ("ask: Two of them.", "ask: Two of them.\n      to: ‸theirs")),
]  # fmt: skip


def test_the_base_has_nothing_to_say_about() -> None:
    made = changed()
    assert made.findings == []
    assert made.story is not None


@pytest.mark.parametrize("one", CASES, ids=lambda one: f"{one.code} {one.name}")
def test_finding(one: Case) -> None:
    made = changed(*one.edits)
    assert len(made.marks) == 1, "the case says where"
    (line, column) = made.marks[0]
    found = [finding for finding in made.findings if finding.code == one.code]
    assert len(found) == 1, [str(finding) for finding in made.findings]
    finding = found[0]
    assert (finding.line, finding.column) == (line, column), str(finding)
    assert one.message in finding.message
    assert one.hint in finding.hint
    assert finding.severity == CODES[one.code].severity
    assert [other for other in made.findings if other.code != one.code] == [], "and nothing else is wrong with it"
    assert (made.story is None) == (finding.severity == "error")


def test_no_scenes_and_no_endings() -> None:
    head = BASE[: BASE.index("scenes:\n")]
    source = read(f"{head}scenes: {{}}\nendings: {{}}\n".encode(), "base.yaml")
    with pytest.raises(ScenarioError) as caught:
        compile_story(source)
    assert [finding.code for finding in caught.value.findings] == ["SB241"]
    scenes = "scenes:\n  one: {in: team, script: 'Col: hm', next: end}\n"
    source = read(f"{head}{scenes}endings: {{}}\n".encode(), "base.yaml")
    with pytest.raises(ScenarioError) as caught:
        compile_story(source)
    (finding,) = caught.value.findings
    assert (finding.code, finding.line, finding.column) == ("SB249", head.count("\n") + 3, 1)
    source = read(
        f"{head}scenes:\n  one: {{in: team, next: []}}\nendings: {{e: {{title: E, epilogue: E}}}}\n".encode(), "base.yaml"
    )
    with pytest.raises(ScenarioError) as caught:
        compile_story(source)
    assert {finding.code for finding in caught.value.findings} == {"SB250"}


def test_everything_is_told_at_once_and_once() -> None:
    made = changed(
        ("{if seen quip}", "{if seen quib}"),
        ("  was {canteen} for you", "  was {canten} for you\n      Jo: and again\n      Jo: and once more"),
        ("next: several", "next: sevral"),
        ("scene: years-on", "scene: years"),
        ("covers: [S1, S34]", "covers: [S99]"),
    )
    assert [finding.code for finding in made.findings] == ["SB218", "SB204", "SB203", "SB220", "SB204"]
    assert made.story is None


def test_a_warning_alone_stops_nothing() -> None:
    made = changed(("covers: [S1, S34]", "covers: [S99]"))
    assert made.story is not None
    assert [finding.severity for finding in made.findings] == ["warning"]


def test_every_code_that_is_raised_has_a_title_and_a_case() -> None:
    raised: set[str] = set()
    for path in (ENGINE / "story").glob("*.py"):
        raised |= set(re.findall(r'"(SB2\d\d)"', path.read_text(encoding="utf-8")))
    assert raised == {code for code in CODES if code.startswith("SB2")}
    assert raised == {one.code for one in CASES if one.code.startswith("SB2")} | {"SB241"}
    for code in raised:
        assert CODES[code].title[0].isupper()
        assert not CODES[code].title.endswith(".")


def test_hints_are_there_and_plain() -> None:
    for one in CASES:
        for finding in changed(*one.edits).findings:
            assert finding.hint, str(finding)
            for word in ("None", "guard", "parse", "index", "tuple", "null", "traceback"):
                assert word not in f"{finding.message} {finding.hint}".split(), str(finding)


def test_a_damaged_scenario_never_gives_more_than_findings() -> None:
    """Lines are dropped, doubled, swapped and cut: whatever comes of it is a story or findings."""
    draw = random.Random(2)
    lines = BASE.splitlines()
    outcomes = {"story": 0, "findings": 0}
    for _ in range(400):
        damaged = list(lines)
        for _ in range(draw.randint(1, 3)):
            at = draw.randrange(len(damaged))
            kind = draw.choice(["drop", "double", "swap", "cut", "word"])
            if kind == "drop":
                del damaged[at]
            elif kind == "double":
                damaged.insert(at, damaged[at])
            elif kind == "swap":
                other = draw.randrange(len(damaged))
                damaged[at], damaged[other] = damaged[other], damaged[at]
            elif kind == "cut":
                damaged[at] = damaged[at][: draw.randint(0, len(damaged[at]))]
            else:
                words = re.findall(r"[a-z-]{3,}", BASE)
                damaged[at] = re.sub(r"[a-z-]{3,}", draw.choice(words), damaged[at], count=1)
        source = read("\n".join(damaged).encode(), "base.yaml")
        try:
            story = compile_story(source)
            outcomes["story"] += 1
            for seed in range(2):
                played = random_play(story, draw, seed)
                assert played.ended, "what compiles can be played to its end"
                assert Stepper(story).play(played.inputs) == played.state
        except ScenarioError as problem:
            outcomes["findings"] += 1
            findings = problem.findings
        else:
            continue
        assert findings
        assert all(1 <= finding.line <= len(damaged) + 1 for finding in findings)
    assert min(outcomes.values()) > 20, outcomes


def test_a_rule_whose_condition_cannot_be_read_is_left_out() -> None:
    made = changed(("{if: several.one > several.two", "{if: several.one >> several.two"))
    assert made.story is None
    assert {finding.code[:3] for finding in made.findings} == {"SB1"}


def test_where_a_text_stands_in_its_script() -> None:
    rows = ("Col: Col: hi", "Jo:", "  one", "  // a note", "", "  two three", "> so (subject: a b): a b")
    assert written_at(rows, 0, 0, "Col: hi", 5) == (0, 10)
    assert written_at(rows, 1, 0, "one\n\ntwo three", 9) == (5, 6)
    assert written_at(rows, 6, 0, "a b", 2) == (6, 23)
    assert written_at(rows, 6, 0, "so", 1) == (6, 3), "not at the end of the row: where it is found"
    assert written_at(rows, 6, 0, "elsewhere", 1) == (6, 0)
    assert written_at(("a one", "  other"), 0, 0, "one two", 4) == (0, 0)


def test_where_a_word_of_a_condition_stands() -> None:
    registry = changed().source
    at = At(Registry(registry, registry.scenario), ("scenes",), 2, 3, ("{if a-b and b} Jo: x", "{if b}", "{else}"))  # type: ignore[arg-type]
    assert at._at("b", 0) == {"row": 1, "col": 4}
    assert at._at("a-b", 0) == {"row": 0, "col": 4}
    assert at._at("c", 0) == {"row": 2, "col": 3}
