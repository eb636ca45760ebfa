"""The findings of `seenby check`, beyond those of reading and compiling: `SB3..` structure, `SB4..` text, `SB5..` choices."""

from __future__ import annotations

from engine.script.codes import CODES, Code

CHECK_CODES: dict[str, Code] = {
    # Where a story leads.
    "SB300": Code("info", "Not every play was looked at"),
    "SB301": Code("warning", "No play comes to a scene"),
    "SB302": Code("warning", "An option can never be taken"),
    "SB303": Code("warning", "No play comes to an ending"),
    "SB304": Code("warning", "A coda is never told"),
    "SB305": Code("warning", "A consequence never comes"),
    "SB306": Code("info", "A consequence always comes, whatever its `if` says"),
    "SB307": Code("warning", "Waiting does not lead on"),
    "SB308": Code("info", "Here one cannot stay silent"),
    "SB309": Code("warning", "Lines that depend on something are never told"),
    "SB310": Code("info", "Lines that depend on something are always told"),
    "SB311": Code("info", "A flag is set and never asked for"),
    "SB312": Code("warning", "A flag is asked for and never set"),
    "SB313": Code("warning", "A flag is declared and never used"),
    "SB314": Code("warning", "An ending has no epilogue, or none in some plays"),
    "SB315": Code("info", "There are no questions for the debrief"),
    "SB316": Code("warning", "A `skip` stands where nothing is told"),
    "SB317": Code("warning", "A consequence is marked `optional`"),
    "SB318": Code("warning", "Somebody answers in public by accident"),
    "SB319": Code("warning", "A scene shows nothing and does nothing"),
    "SB320": Code("warning", "The player speaks where they may have left"),
    "SB321": Code("info", "A consequence may come to a place that the player has left"),
    "SB322": Code("info", "A slot has only its standard words"),
    "SB323": Code("info", "A slot has words and no text asks for it"),
    "SB324": Code("warning", "The words of a slot are written out"),
    "SB325": Code("warning", "A flag is carried and never asked for"),
    "SB326": Code("warning", "A short session never comes to a scene that it should have"),
    "SB327": Code("info", "A short session cannot come to an ending"),
    "SB328": Code("warning", "A choice acts on a message that a short session never sees"),
    "SB329": Code("info", "A sentence begins with the small letters of a slot"),
    "SB330": Code("info", "Statements of the source text that a pack covers, and those that it does not"),
    "SB331": Code("warning", "Two places have the same name"),
    "SB332": Code("warning", "A notice tells again what the phone says by itself"),
    "SB333": Code("warning", "A scene has a note and cannot be skipped"),
    "SB334": Code("warning", "A scene can begin later than it says"),
    "SB335": Code("warning", "Something is told where the player no longer is"),
    "SB336": Code("warning", "A choice settles a condition in its own script"),
    # What the parts of a career hand on; what its lines say by themselves is for the reader (`SB340` to `SB343`).
    "SB344": Code("warning", "A carried flag that no earlier part sets"),
    "SB345": Code("error", "A carried flag does not fit what earlier parts make of it"),
    "SB346": Code("warning", "A part of a career has a flag of its own where others carry one"),
    "SB347": Code("warning", "The parts of a career call the player by different names"),
    "SB348": Code("info", "An ending hangs on what comes when the next part has begun"),
    # Text.
    "SB401": Code("warning", "A message is too long for a chat"),
    "SB402": Code("warning", "A label is too long"),
    "SB403": Code("warning", "A thought is too long"),
    "SB404": Code("warning", "A title is too long"),
    "SB405": Code("warning", "A small terminal cannot show this at once"),
    "SB406": Code("warning", "The texts are hard to read"),
    "SB407": Code("info", "A long text is hard to read"),
    "SB408": Code("warning", "Something is half masked"),
    "SB409": Code("warning", "An address, a link or a number may be somebody's own"),
    # Choices.
    "SB501": Code("error", "Nothing beats waiting"),
    "SB502": Code("info", "How many decisions have one option that leads every dial"),
    "SB503": Code("warning", "More than a third of the decisions are obvious"),
    "SB504": Code("warning", "An option has no temptation, no gain and no scene of its own"),
    "SB510": Code("info", "The best option is the longest"),
    "SB511": Code("info", "The best option is written first"),
    "SB512": Code("info", "Only the best option has no absolute words"),
    "SB513": Code("info", "The question points at the best option"),
    "SB520": Code("warning", "The best option is the longest too often"),
    "SB521": Code("warning", "The best option is written first too often"),
    "SB522": Code("warning", "Only the best option has no absolute words, too often"),
}

ALL_CODES: dict[str, Code] = {**CODES, **CHECK_CODES}
"""Every finding there is, whoever finds it."""
