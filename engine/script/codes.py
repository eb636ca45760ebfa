"""The findings that reading a file can yield: code, severity and a one-line title. `SB1..` is reading; later stages have `SB2..` and up."""

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
}
