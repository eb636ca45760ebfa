"""What an author may write: the types of a scenario file.

These types are the single source of the format. The reader walks them to check a file, the JSON Schema for editors is made
from them, and every `meta(...)` description is what a trainer sees while typing.

Fields whose YAML key differs from the Python name are renamed to kebab case (`not_now` is `not-now`).
Keys that are Python keywords end in an underscore here (`if_`, `in_`, `is_`, `with_`, `from_`, `else_`, `do_`).
Text stays text; conditions, moments, durations, scripts, passages, changes and `do` lines (`Condition`, `Moment`, ...) are
objects that the reader makes from what is written (it keeps line and column for each).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Literal

import msgspec

from engine.odds import Content, Habit, Habits
from engine.script.conditions import Condition
from engine.script.ids import ID
from engine.script.lines import Script
from engine.script.passage import Passage
from engine.script.times import Duration, Moment

Id = Annotated[str, msgspec.Meta(pattern=f"^{ID}$", extra={"kind": "id"})]
Text = Annotated[str, msgspec.Meta(extra={"kind": "text"})]
"""Words shown to a player: may hold `{slots}`, `{you}`, names and `masked:`."""
Begins = Annotated[str, msgspec.Meta(extra={"kind": "begins"})]
Version = Annotated[Literal[1], msgspec.Meta(extra={"kind": "version"})]
Dial = Annotated[int, msgspec.Meta(ge=-3, le=3)]
"""A change of a dial, in points."""
Count = Annotated[int, msgspec.Meta(ge=0)]
OneOrMore = Annotated[int, msgspec.Meta(ge=1)]


Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
"""A number from 0 to 1; `40 %` may be written as well."""


def meta(description: str) -> msgspec.Meta:
    """What an editor shows beside a key."""
    return msgspec.Meta(description=description)


def of_leak(name: str) -> msgspec.Meta:
    """Bounds and words of a number of the leak model, which stand in `engine.odds`."""
    facts = next(each for each in fields(Habits) if each.name == name)
    words = f"{facts.metadata['says'].capitalize()}; {facts.default:g} without this ({facts.metadata['source']})."
    return msgspec.Meta(ge=facts.metadata["low"], le=facts.metadata["high"], description=words)


OfContent = Annotated[
    Content | None,
    meta("How much people like to pass it on: `dull`, `ordinary`, `picture` or `striking`. Without this it is guessed."),
]
Way = Literal["passed-on", "found", "out", "never"]
"""What a telling tells of a leak: a member passed it on, it was found later, either of the two, or neither."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a flag: `yes`, `no`, `3` (to that value) or `+1`, `-1` (`by` that much)."""

    value: int
    by: bool = False
    text: str = ""


Verb = Literal["leave", "mute", "unmute", "remove", "add", "delete", "timer"]


@dataclass(frozen=True, slots=True)
class Lasting:
    """One line of `do`: `leave team`, `mute team 2 hours`, `remove jo from team`, `delete meme`, `timer team off`."""

    verb: Verb
    place: str | None = None
    person: str | None = None
    message: str | None = None
    seconds: int = 0
    text: str = ""


DialName = Literal["trust", "team", "people", "own", "security"]
DIALS: tuple[str, ...] = ("trust", "team", "people", "own", "security")
Action = Literal[
    "reply", "react", "forward", "post", "share", "comment", "like", "report", "challenge", "check", "ask", "delete",
    "leave", "mute", "remove", "settings", "screenshot", "correct", "own-up", "call", "go", "write", "sign", "wait", "look",
]  # fmt: skip


class Form(msgspec.Struct, kw_only=True, frozen=True, rename="kebab", omit_defaults=True, forbid_unknown_fields=True):
    """Common behaviour of everything that an author writes."""


IfHolds = Annotated[
    Condition | None, meta("Only when this holds: flags, `scene.choice`, dials, `left team`, `seen meme`; `and or not`.")
]
Dials = Annotated[
    dict[DialName, Dial],
    meta("What changes: `{trust: +1, team: -2}`. Dials are trust, team, people, own and security; from -3 to +3."),
]
Because = Annotated[Text | None, meta("The reason for the change of dials, in a sentence. It is shown in the debrief.")]
Sets = Annotated[dict[Id, Change], meta("Flags that change: `{challenged: yes, roses: +1, days: 3}`.")]
Takes = Annotated[Duration | None, meta("How long it takes: `10 minutes`.")]
Affects = Annotated[
    list[Id], meta("Whom it touches: people of the cast, `[mrs-p, lorna]`. The debrief names them beside the decision.")
]
Lines = Annotated[
    Script | None,
    meta("What happens, one line a message: `Col: text`, `> prose`, `* notice`, `... 20 minutes`. Begin with `|`."),
]


class Later(Form, frozen=True, kw_only=True):
    """Something that comes due after a delay."""

    after: Annotated[Duration, meta("How long after the choice it comes due: `3 days`.")]
    at: Annotated[Text | None, meta("The time of day at which it comes then, such as `10:00`: the first after that delay.")] = (
        None
    )
    scene: Annotated[Id, meta("The scene that is then shown. It has no decision and no `next`.")]
    if_: IfHolds = msgspec.field(name="if", default=None)
    otherwise: Annotated[Id | None, meta("The scene that is shown instead when `if` does not hold.")] = None
    promise: Annotated[bool, meta("`yes` when this is an act that the player put off.")] = False
    dials: Dials = {}
    because: Because = None
    set: Sets = {}
    affects: Affects = []


class NextIf(Form, frozen=True, kw_only=True):
    """One branch of `next`."""

    go: Annotated[Id, meta("The scene that follows, or `end`.")]
    if_: IfHolds = msgspec.field(name="if", default=None)


Next = Annotated[
    Id | list[NextIf] | None,
    meta("The scene that follows, or `end`. May branch: `[{if: challenged, go: spine}, {go: swap}]`; the last has no `if`."),
]


class Effects(Form, frozen=True, kw_only=True):
    """What a choice, a piece, a rule or an arrival changes."""

    dials: Dials = {}
    because: Because = None
    late: Annotated[
        Duration | None,
        meta("How late this report comes: the good of it counts less. Within a day all, 3 days 80 %, 3 weeks 50 %."),
    ] = None
    set: Sets = {}
    do_: Annotated[list[Lasting], meta("What lasts: `[leave team, mute team 2 hours, remove jo from team, delete meme]`.")] = (
        msgspec.field(name="do", default=[])
    )
    later: Annotated[list[Later], meta("What comes due after a delay: a list of `{after: 3 days, scene: marnie-thaws}`.")] = []
    affects: Affects = []


class Choice(Effects, frozen=True, kw_only=True):
    """What the player can do in a scene."""

    label: Annotated[Text | None, meta("What is done, in neutral words. No option is labelled good or bad.")] = None
    action: Annotated[Action | None, meta("What kind of act it is. Mostly follows from the rest.")] = None
    on: Annotated[Id | None, meta("The message that it acts on; the menu of that message offers it.")] = None
    to: Annotated[Id | None, meta("The place that it goes to; without it, the place of the scene.")] = None
    content: OfContent = None
    send: Annotated[Text | None, meta("What the player would send. It stands as a draft first, with its audience.")] = None
    sent: Annotated[
        Id | None, meta("An id for the message that is sent, so that later lines can count, quote or delete it.")
    ] = None
    react: Annotated[Text | None, meta("The reaction itself, an emoji. Goes with `on`.")] = None
    forward: Annotated[Id | None, meta("The message that is forwarded. Goes with `to`.")] = None
    thought: Annotated[Text | None, meta("The inner voice: a sentence that a decent person could think.")] = None
    if_: IfHolds = msgspec.field(name="if", default=None)
    else_: Annotated[Text | None, meta("Why it cannot be done when `if` does not hold. Without this it is hidden then.")] = (
        msgspec.field(name="else", default=None)
    )
    script: Lines = None
    takes: Takes = None
    look: Annotated[bool, meta("`yes`: only looking. It is free, shows its script and comes back to the same decision.")] = (
        False
    )
    stay: Annotated[bool, meta("`yes`: it acts, then comes back to the same decision; once.")] = False
    next: Next = None


class Piece(Effects, frozen=True, kw_only=True):
    """One thing that can be picked."""

    label: Annotated[Text, meta("What it is, in neutral words.")]
    thought: Annotated[Text | None, meta("The inner voice about it.")] = None
    if_: IfHolds = msgspec.field(name="if", default=None)
    else_: Annotated[Text | None, meta("Why it cannot be picked when `if` does not hold. Without this it is hidden then.")] = (
        msgspec.field(name="else", default=None)
    )
    cost: Annotated[Count, meta("How much of `most` it uses up; 1 without this.")] = 1


class Rule(Effects, frozen=True, kw_only=True):
    """Judges what was picked or pinned."""

    if_: Annotated[Condition, meta("When this holds: `statement.age > statement.wrong`, `answered >= 2`.")] = msgspec.field(
        name="if"
    )
    script: Lines = None


Rules = Annotated[dict[Id, Rule], meta("What is judged afterwards; all that hold count. Each has an id, an `if` and effects.")]


class Pick(Effects, frozen=True, kw_only=True):
    """Pick several: N of M, with caps and order."""

    from_: Annotated[dict[Id, Piece], meta("What can be picked, each with an id.")] = msgspec.field(name="from")
    ask: Annotated[Text | None, meta("A line above the pieces.")] = None
    least: Annotated[Count, meta("So many must be picked; 0 without this.")] = 0
    most: Annotated[OneOrMore | None, meta("So many can be picked; all without this.")] = None
    ordered: Annotated[bool, meta("`yes`: the order counts. `scene.piece` is then the place in it: 1, 2, …")] = False
    as_: Annotated[
        Literal["switches", "pieces", "members", "list"] | None, meta("How it looks; without this, as the place asks.")
    ] = msgspec.field(name="as", default=None)
    done: Annotated[Text | None, meta("What stands on the button at the end.")] = None
    rules: Rules = {}
    send: Annotated[Text | None, meta("What the player would send once it is picked.")] = None
    sent: Annotated[
        Id | None, meta("An id for the message that is sent, so that later lines can count, quote or delete it.")
    ] = None
    to: Annotated[Id | None, meta("The place that it goes to; without it, the place of the scene.")] = None
    content: OfContent = None
    script: Lines = None
    takes: Takes = None


class Card(Form, frozen=True, kw_only=True):
    """A clue card on a board."""

    text: Annotated[Text, meta("What stands on the card.")]
    from_: Annotated[
        Text | None, meta("Whose it is: `you`, somebody of the cast, or words. The player's own without this.")
    ] = msgspec.field(name="from", default=None)
    if_: IfHolds = msgspec.field(name="if", default=None)
    tells: Annotated[list[Id], meta("The questions that it answers.")] = []
    weight: Annotated[
        Share | None,
        meta("How likely this card alone is to answer them for a stranger who looks: `0.4` or `40 %`; 0.3 without this."),
    ] = None


class Question(Form, frozen=True, kw_only=True):
    """A question of a board."""

    ask: Annotated[Text, meta("The question, as it is shown.")]


class Board(Effects, frozen=True, kw_only=True):
    """Cards left by earlier choices and by other people, to be pinned under questions."""

    cards: Annotated[dict[Id, Card], meta("The cards, each with an id.")]
    questions: Annotated[dict[Id, Question], meta("The questions, each with an id.")]
    ask: Annotated[Text | None, meta("A line above the board.")] = None
    count: Annotated[Id | None, meta("The flag that gets the number of cards in sight.")] = None
    found: Annotated[Id | None, meta("The flag that gets the number of questions answered by a card that tells it.")] = None
    done: Annotated[Text | None, meta("What stands on the button at the end.")] = None
    rules: Rules = {}
    script: Lines = None


class Telling(Form, frozen=True, kw_only=True):
    """One way in which a scene is told; a draw decides which."""

    script: Annotated[Script, meta("What is shown when this telling is drawn.")]
    weight: Annotated[OneOrMore, meta("How likely it is beside the others; 1 without this.")] = 1
    way: Annotated[
        Way | None,
        meta(
            "With `leak` on the scene: what this tells. `passed-on`, `found`, `out` (either of them) or `never`; the odds decide."
        ),
    ] = None


class Limit(Form, frozen=True, kw_only=True):
    """A time limit on a decision; its lapse is the silence."""

    seconds: Annotated[OneOrMore, meta("How many seconds there are to decide.")]
    lapse: Annotated[Id, meta("The choice that is taken when the time runs out; `silence` without this.")] = "silence"


class Scene(Effects, frozen=True, kw_only=True):
    """A moment in the story."""

    in_: Annotated[Id | None, meta("The place where it happens.")] = msgspec.field(name="in", default=None)
    title: Annotated[Text | None, meta("Its name in the debrief; without this, its id in words.")] = None
    when: Annotated[Moment | None, meta("When it happens: `day 3, 03:05`, or `+20 minutes` after the clock on arrival.")] = None
    if_: Annotated[Condition | None, meta("When this does not hold, the scene is passed over to its `next`.")] = msgspec.field(
        name="if", default=None
    )
    optional: Annotated[Text | None, meta("A short session leaves this scene out; this line then tells what it misses.")] = None
    discuss: Annotated[Text | None, meta("What a room talks about once it has decided here: one open question.")] = None
    skip: Annotated[Text | None, meta("The player may skip this scene; this line is then shown instead.")] = None
    note: Annotated[
        Text | None,
        meta(
            "What is in this scene that somebody may not want to read, for the question of `skip`; without it, the scenario's `note`."
        ),
    ] = None
    script: Lines = None
    tellings: Annotated[
        dict[Id, Telling], meta("Several ways to tell this scene, instead of `script`. A draw decides; nothing else changes.")
    ] = {}
    leak: Annotated[
        Id | None,
        meta("The message of which the `tellings` tell what became of it. The odds that it is out by then draw one of them."),
    ] = None
    ask: Annotated[Text | None, meta("A line above the options.")] = None
    limit: Annotated[Limit | None, meta("A time limit: `{seconds: 60, lapse: silence}`.")] = None
    choices: Annotated[dict[Id, Choice], meta("What the player can do, each with an id. One of them is `silence`.")] = {}
    pick: Annotated[Pick | None, meta("Instead of `choices`: several things are picked.")] = None
    board: Annotated[Board | None, meta("Instead of `choices`: cards are pinned under questions.")] = None
    no_silence: Annotated[Text | None, meta("Why one cannot stay silent here; stands in place of the choice `silence`.")] = None
    not_now: Annotated[
        dict[Action, Text], meta("Why an action cannot be done here: `{forward: Not to anybody you know.}`.")
    ] = {}
    next: Next = None


class CastMember(Form, frozen=True, kw_only=True):
    """Somebody in the story."""

    name: Annotated[Text | None, meta("The name. Without it one is made up, the same for the same seed.")] = None
    is_: Annotated[Text | None, meta("Who it is, in a few words.")] = msgspec.field(name="is", default=None)
    locale: Annotated[str | None, meta("Where a made-up name comes from: `en_GB`, `pl_PL`.")] = None
    handle: Annotated[Text | None, meta("The name in feeds; made up without this.")] = None
    phone: Annotated[Text | None, meta("The phone number; one reserved for fiction is made up without this.")] = None
    job: Annotated[Text | None, meta("The job title; made up without this.")] = None
    pronouns: Annotated[Text | None, meta("The pronouns: `she/her`.")] = None
    habit: Annotated[
        Habit | None,
        meta(
            "What they do with what they were sent: `careful`, `talker` (shows things round) or `outsider` (belongs elsewhere)."
        ),
    ] = None


class Place(Form, frozen=True, kw_only=True):
    """Where things are said or shown."""

    group: Annotated[Text | None, meta("A group chat, by its name.")] = None
    dm: Annotated[Id | None, meta("A direct message with somebody of the cast.")] = None
    feed: Annotated[Text | None, meta("A public feed or page, by its name.")] = None
    mail: Annotated[Text | None, meta("A mailbox, by its name.")] = None
    settings: Annotated[Text | None, meta("A page of settings, by its name.")] = None
    in_person: Annotated[Text | None, meta("A place in the world: `The corridor`.")] = None
    call: Annotated[Id | None, meta("A call with somebody of the cast.")] = None
    letter: Annotated[Text | None, meta("A letter, by its name.")] = None
    form: Annotated[Text | None, meta("A form, by its name.")] = None
    records: Annotated[Text | None, meta("A records screen, by its name.")] = None
    board: Annotated[Text | None, meta("A board of cards, by its name.")] = None
    name: Annotated[Text | None, meta("What the place is called on the phone, when it should be something else.")] = None
    members: Annotated[Count | None, meta("How many people are in it.")] = None
    followers: Annotated[Count | None, meta("How many people follow it.")] = None
    with_: Annotated[list[Id], meta("Who of the cast is in it.")] = msgspec.field(name="with", default=[])
    audience: Annotated[Text | None, meta("Words after the number of people: `and whoever they show it to`.")] = None
    rule: Annotated[
        Text | None,
        meta("What was said about passing things on, in a few words: `nothing leaves the group`. It makes a leak less likely."),
    ] = None
    habits: Annotated[
        dict[Habit, Count],
        meta(
            "How many of the others have a habit, besides the cast: `{careful: 20, talker: 2, outsider: 5}`. The rest are ordinary."
        ),
    ] = {}
    admin: Annotated[list[Id], meta("Who runs it: people of the cast, or `you`.")] = []
    timer: Annotated[Duration | None, meta("Messages disappear after this long, from the start: `24 hours`.")] = None
    official: Annotated[bool, meta("`yes` for a place that the employer runs.")] = False
    own: Annotated[bool, meta("`yes` for the player's own page.")] = False
    phone: Annotated[Id | None, meta("On the phone of somebody else of the cast: read, never acted on.")] = None
    past: Annotated[Script | None, meta("What was said before, to scroll back to. `... day -2, 14:05` sets its time.")] = None


class Flag(Form, frozen=True, kw_only=True):
    """A fact that a later scene can ask for."""

    is_: Annotated[Text | None, meta("What it stands for, in a few words.")] = msgspec.field(name="is", default=None)
    from_: Annotated[int | None, meta("The lowest number; makes it a number instead of yes or no.")] = msgspec.field(
        name="from", default=None
    )
    to: Annotated[int | None, meta("The highest number.")] = None
    starts: Annotated[int | None, meta("The number at the beginning; without this 0, or the lowest.")] = None
    carried: Annotated[
        bool, meta("`yes`: in a career it begins as an earlier part left it. Played alone, it is what it starts as.")
    ] = False


class Reckon(Effects, frozen=True, kw_only=True):
    """What comes due after the last decision."""

    after: Annotated[Duration, meta("How long after the last decision: `8 months`.")]
    at: Annotated[Text | None, meta("The time of day at which it comes then, such as `10:00`: the first after that delay.")] = (
        None
    )
    scene: Annotated[Id, meta("The scene that is then shown. It has no decision and no `next`.")]
    if_: IfHolds = msgspec.field(name="if", default=None)
    otherwise: Annotated[Id | None, meta("The scene that is shown instead when `if` does not hold.")] = None


class Ending(Form, frozen=True, kw_only=True):
    """How a play ends."""

    title: Annotated[Text, meta("The name of the ending.")]
    epilogue: Annotated[Passage, meta("What is told at the very end. Lines of it may stand under `{if …}`, `{else}`, `{end}`.")]
    if_: Annotated[Condition | None, meta("The first ending whose condition holds is taken; the last has none.")] = (
        msgspec.field(name="if", default=None)
    )
    support: Annotated[bool, meta("`yes`: the support line is shown after it.")] = False


class Coda(Form, frozen=True, kw_only=True):
    """A short piece after any ending."""

    text: Annotated[Passage, meta("What is told. Lines of it may stand under `{if …}`, `{else}`, `{end}`.")]
    if_: IfHolds = msgspec.field(name="if", default=None)


class Witness(Form, frozen=True, kw_only=True):
    """Somebody who reads the same thread with other eyes, in the debrief."""

    name: Annotated[Text | None, meta("What they are called, when they are nobody of the cast: `A journalist`.")] = None
    is_: Annotated[Text | None, meta("Who they are here, in a few words: `the woman in the picture`.")] = msgspec.field(
        name="is", default=None
    )
    in_: Annotated[list[Id] | None, meta("The places that reached them; without this, those that they were in.")] = (
        msgspec.field(name="in", default=None)
    )
    from_: Annotated[Id | None, meta("The message that it begins with: nothing before it reached them.")] = msgspec.field(
        name="from", default=None
    )
    only: Annotated[
        list[Id],
        meta("These messages reached them, and of what stood around them nothing: a picture that was passed on, a cutting."),
    ] = []
    scenes: Annotated[
        list[Id], meta("Scenes that they saw themselves, as they were told in this play; those that never came are left out.")
    ] = []
    before: Annotated[Script | None, meta("What they say before anything else: prose, `> …`, with `{if …}` as elsewhere.")] = (
        None
    )
    on: Annotated[dict[Id, Script], meta("What they say under a message, when it reached them: `photo: |` and prose.")] = {}
    after: Annotated[Script | None, meta("What they say when they have read it all: prose, `> …`.")] = None


class Debrief(Form, frozen=True, kw_only=True):
    """What the debrief adds to the transcript."""

    questions: Annotated[list[Text], meta("Questions for the people who played.")] = []
    cheapest: Annotated[Id | None, meta("The scene where acting was cheapest.")] = None
    cheapest_because: Annotated[Text | None, meta("Why it was cheapest there.")] = None
    unseen: Annotated[
        dict[Id, Passage],
        meta("What went on elsewhere, by scene; shown beside it in the debrief. Lines of it may stand under `{if …}`."),
    ] = {}
    seen_by: Annotated[
        dict[Id, Witness],
        meta(
            "Who else may be asked to read it: somebody of the cast, `investigator`, `public`, `stranger`, or one with a `name`."
        ),
    ] = {}
    rules: Annotated[
        list[Text],
        meta("Rules to begin one's own from: `If a picture lands that somebody could be known by, then I ask whose it is.`"),
    ] = []


class You(Form, frozen=True, kw_only=True):
    """The player's part."""

    name: Annotated[Text | None, meta("The name of the protagonist; without it the player's own.")] = None
    is_: Annotated[Text | None, meta("Who the player is here, in a few words.")] = msgspec.field(name="is", default=None)


class Leaks(Form, frozen=True, kw_only=True):
    """Numbers of the leak model that this scenario sets. Shares may be written as `5 %`."""

    pass_on: Annotated[float | None, of_leak("pass_on")] = None
    half_life: Annotated[float | None, of_leak("half_life")] = None
    found: Annotated[float | None, of_leak("found")] = None
    careful: Annotated[float | None, of_leak("careful")] = None
    talker: Annotated[float | None, of_leak("talker")] = None
    outsider: Annotated[float | None, of_leak("outsider")] = None
    dull: Annotated[float | None, of_leak("dull")] = None
    picture: Annotated[float | None, of_leak("picture")] = None
    striking: Annotated[float | None, of_leak("striking")] = None
    anger: Annotated[float | None, of_leak("anger")] = None
    newcomer: Annotated[float | None, of_leak("newcomer")] = None
    rule: Annotated[float | None, of_leak("rule")] = None
    many_times: Annotated[float | None, of_leak("many_times")] = None
    kept: Annotated[float | None, of_leak("kept")] = None
    survives: Annotated[float | None, of_leak("survives")] = None
    phone: Annotated[float | None, of_leak("phone")] = None
    backup: Annotated[float | None, of_leak("backup")] = None
    onward: Annotated[float | None, of_leak("onward")] = None
    chats: Annotated[float | None, of_leak("chats")] = None
    chats_many: Annotated[float | None, of_leak("chats_many")] = None


class Saw(Form, frozen=True, kw_only=True):
    """Something that a stakeholder came to know of."""

    what: Annotated[Text, meta("What they saw, in a sentence.")]
    if_: IfHolds = msgspec.field(name="if", default=None)
    gain: Annotated[Share, meta("The share of the missing trust that it builds: `0.1` is one conversation.")] = 0.0
    severity: Annotated[Share, meta("How bad it is for them: `0.1` a small thing, `0.5` what nobody forgets.")] = 0.0
    reach: Annotated[Share, meta("The share of them who hear of the bad part; all without this.")] = 1.0


class Stakeholder(Form, frozen=True, kw_only=True):
    """People whose trust is at stake."""

    name: Annotated[Text, meta("Who they are: `The people of the estate`.")]
    starts: Annotated[Share, meta("How much they trust at the beginning, from 0 to 1; 0.5 without this.")] = 0.5
    saw: Annotated[
        dict[Id, Saw], meta("What they came to know of, in the order of time, each with an id. All whose `if` holds count.")
    ]


class Scenario(Form, frozen=True, kw_only=True):
    """One story with its cast, places, scenes and endings."""

    seenby: Annotated[Version, meta("The version of the format: 1.")]
    id: Annotated[Id, meta("The id of the scenario. Saves know it by this, so do not change it later.")]
    title: Annotated[Text, meta("The title.")]
    minutes: Annotated[OneOrMore, meta("How many minutes one play takes.")]
    begins: Annotated[Begins, meta("The weekday and time of day 1: `Monday 21:10`.")]
    cast: Annotated[dict[Id, CastMember], meta("Who is in the story, each with an id.")]
    places: Annotated[dict[Id, Place], meta("Where things are said or shown, each with an id.")]
    scenes: Annotated[dict[Id, Scene], meta("The moments of the story, each with an id.")]
    endings: Annotated[dict[Id, Ending], meta("How it can end, in order: the first whose `if` holds. The last has none.")]
    blurb: Annotated[Text, meta("One or two sentences for the card on the home screen.")] = ""
    tone: Annotated[Text, meta("The tone in a few words: `serious, warm at first`.")] = ""
    sector: Annotated[Text, meta("Where it plays: `police response team`.")] = ""
    note: Annotated[Text | None, meta("What a player may want to know beforehand.")] = None
    covers: Annotated[list[str], meta("Statements of the source text that it covers: `[S16, S20]`.")] = []
    facts: Annotated[list[str], meta("Facts that it leans on: `[F1.3, F5.1]`.")] = []
    language: Annotated[str, meta("The language of the texts; `en-GB` without this.")] = "en-GB"
    author: Annotated[Text | None, meta("Who wrote it.")] = None
    licence: Annotated[Text | None, meta("On what terms it may be used.")] = None
    you: Annotated[You, meta('Who the player is: `{name: Sam, is: "probationary constable, third week"}`.')] = You()
    pronouns: Annotated[bool, meta("`yes`: the player is asked for pronouns, and `{they} {them} {their}` may be used.")] = False
    slots: Annotated[
        dict[Id, Text], meta("Words that an organisation fills in, with defaults: `{reporting_route: professional standards}`.")
    ] = {}
    not_now: Annotated[dict[Action, Text], meta("Reasons for taps on the phone that lead to no choice, by action.")] = {}
    start: Annotated[Id | None, meta("The first scene; without this the first in the file.")] = None
    flags: Annotated[dict[Id, Flag], meta("Facts that a later scene can ask for. Only numbers need to be declared.")] = {}
    reckoning: Annotated[dict[Id, Reckon], meta("What comes due after the last decision.")] = {}
    leaks: Annotated[
        Leaks, meta("Numbers of the leak model, where this story needs others: `{pass-on: 0.05, half-life: 1}`. See futures.")
    ] = Leaks()
    stakeholders: Annotated[
        dict[Id, Stakeholder], meta("People whose trust the debrief follows, each with what they saw.")
    ] = {}
    codas: Annotated[dict[Id, Coda], meta("Short pieces after any ending; all whose `if` holds.")] = {}
    debrief: Annotated[Debrief, meta("Questions, and what was not seen at the time.")] = Debrief()
