"""The findings that reading a file can yield: code, severity and a one-line title.

`SB1..` is reading, `SB2..` is what its parts say of each other, `SB340` to `SB343` is what the careers in a pack file say by themselves;
later stages have the rest of `SB3..` and up.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.script.findings import Severity


class Code(NamedTuple):
    """What a finding code stands for."""

    severity: Severity
    title: str


CODES: dict[str, Code] = {
    # The file.
    "SB101": Code("error", "The file is not UTF-8 text"),
    "SB102": Code("error", "A control or escape character stands in the text"),
    "SB103": Code("error", "The file is too large"),
    "SB104": Code("error", "The file is nested too deeply"),
    "SB105": Code("error", "A tab is used to indent"),
    "SB106": Code("error", "The YAML cannot be read"),
    "SB107": Code("error", "A text needs quotes"),
    "SB108": Code("warning", "A hashtag is lost, because YAML takes it for a comment"),
    "SB109": Code("error", "A key stands twice in the same place"),
    "SB110": Code("error", "A YAML tag is used"),
    "SB111": Code("error", "YAML anchors or aliases are used in a way that is not allowed"),
    "SB112": Code("error", "The file holds more than one YAML document"),
    "SB113": Code("error", "The file does not hold a scenario"),
    "SB114": Code("error", "A comma cuts a text in two"),
    "SB115": Code("warning", "An emoji moves the rest of the line in some terminals"),
    "SB117": Code("info", "More is wrong than is listed"),
    # Keys and values.
    "SB120": Code("error", "A key is not known here"),
    "SB121": Code("error", "A key is missing"),
    "SB122": Code("error", "A value is of the wrong kind"),
    "SB123": Code("error", "A whole number is wanted"),
    "SB124": Code("error", "A number is out of range"),
    "SB125": Code("error", "Yes or no is wanted"),
    "SB126": Code("error", "A word is not one of those that may stand here"),
    "SB127": Code("error", "An id is not spelled as ids are"),
    "SB128": Code("error", "A length of time cannot be read"),
    "SB129": Code("error", "A moment cannot be read"),
    "SB130": Code("warning", "Nothing stands after a key"),
    "SB131": Code("error", "A change of a flag cannot be read"),
    "SB132": Code("error", "A line of `do` cannot be read"),
    "SB133": Code("error", "The file is of another version of the format"),
    "SB134": Code("error", "A script stands in a folded block"),
    "SB135": Code("error", "A number is wanted"),
    # Conditions.
    "SB140": Code("error", "A condition cannot be read"),
    "SB141": Code("error", "A condition uses a sign of another language"),
    "SB142": Code("error", "A comparison lacks a side"),
    "SB143": Code("error", "A condition is too long or too deep"),
    # Script lines.
    "SB150": Code("error", "A line of a script has no known shape"),
    "SB151": Code("error", "A line of a script is indented without reason"),
    "SB152": Code("error", "An {if}, {else} or {end} does not fit"),
    "SB153": Code("error", "A word in round brackets is not known"),
    "SB154": Code("error", "A wait cannot be read"),
    "SB155": Code("error", "A reaction, counter or receipt cannot be read"),
    "SB156": Code("error", "A notice with an effect lacks something"),
    "SB157": Code("error", "A message is empty"),
    "SB158": Code("error", "The id of a message is not spelled as ids are"),
    "SB159": Code("info", "A notice with a full stop has no effect"),
    # What the parts of a scenario say of each other. People, places, messages, scenes, flags:
    "SB201": Code("error", "Nobody is called so"),
    "SB202": Code("error", "No place is called so"),
    "SB203": Code("error", "No message is called so"),
    "SB204": Code("error", "No scene is called so"),
    "SB205": Code("error", "No flag is called so"),
    "SB206": Code("error", "No choice, piece or question is called so"),
    "SB207": Code("error", "A condition asks whether the player is in a place"),
    "SB208": Code("error", "A slot has the name of somebody"),
    "SB209": Code("error", "A flag has a name that means something else"),
    "SB210": Code("error", "The bounds of a number do not fit"),
    "SB211": Code("error", "A flag is given a number that nobody declared"),
    "SB212": Code("error", "Somebody of the cast has a word of the player's for an id"),
    "SB213": Code("error", "Two of the cast go by the same name"),
    "SB214": Code("error", "Two messages have the same id"),
    "SB215": Code("error", "Nobody can say where something is said or sent"),
    "SB216": Code("error", "A place is not of one kind"),
    "SB217": Code("error", "The player stands where somebody of the cast is wanted"),
    "SB218": Code("warning", "A number of a statement or a fact cannot be right"),
    "SB220": Code("error", "A slot in a text is not known"),
    "SB221": Code("error", "The words of a slot hold a brace"),
    # Effects.
    "SB230": Code("error", "Dials move without a reason"),
    "SB231": Code("error", "A number is set beyond its bounds"),
    "SB232": Code("error", "A choice brings the same scene twice"),
    "SB233": Code("error", "An `otherwise` or `else` has no `if`"),
    "SB234": Code("error", "A time of day cannot be read"),
    # Where a story leads.
    "SB241": Code("error", "There are no scenes"),
    "SB242": Code("error", "The story begins with a consequence"),
    "SB243": Code("error", "A scene or a choice leads nowhere"),
    "SB244": Code("error", "A consequence decides, leads on or has a moment of its own"),
    "SB245": Code("error", "A consequence shows nothing"),
    "SB246": Code("error", "Scenes go round in a circle"),
    "SB248": Code("error", "A telling changes more than what is shown"),
    "SB249": Code("error", "The last ending has an `if`, or an earlier one has none"),
    "SB250": Code("error", "The last way on has an `if`, or an earlier one has none"),
    "SB251": Code("error", "A `next` leads to a consequence"),
    # Decisions.
    "SB260": Code("error", "A scene asks twice"),
    "SB261": Code("error", "Every choice comes back to the same decision"),
    "SB262": Code("error", "A time limit stands where there are no choices"),
    "SB263": Code("error", "Silence is impossible, and nothing says why"),
    "SB264": Code("error", "A player could be stuck in a decision"),
    "SB265": Code("error", "What happens when the time runs out may not be possible"),
    "SB266": Code("error", "A choice has no label"),
    "SB267": Code("error", "An id is kept for something else"),
    "SB268": Code("error", "A reaction lacks its message, or a forward its place"),
    "SB269": Code("error", "A look changes something"),
    "SB270": Code("error", "A choice comes back and leads on at once"),
    "SB271": Code("error", "More must be picked than may be there or is allowed"),
    "SB272": Code("error", "A choice that sends nothing names what it sends"),
    "SB273": Code("error", "Two parts of a decision have the same id"),
    "SB274": Code("error", "The player would act on the phone of somebody else"),
    "SB275": Code("error", "A reaction is no emoji"),
    "SB276": Code("error", "A rule has no two halves"),
    # The debrief.
    "SB280": Code("error", "Nobody can say who a witness is"),
    "SB281": Code("error", "A witness does something instead of telling"),
    "SB282": Code("warning", "A witness speaks of what never reaches them"),
    # What could become of it.
    "SB285": Code("error", "The tellings of a leak do not fit"),
    "SB286": Code("error", "More people have a habit than are in the place"),
    "SB287": Code("error", "What a stakeholder saw moves nothing"),
    # Careers, in a pack file.
    "SB340": Code("error", "A career has fewer than two parts"),
    "SB341": Code("error", "A part of a career is no scenario of its pack"),
    "SB342": Code("error", "A scenario stands twice in a career"),
    "SB343": Code("error", "A part of a career does not say how much later it comes"),
}
