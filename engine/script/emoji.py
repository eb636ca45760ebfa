"""Emoji that terminals do not agree on: how wide they are differs, and what stands behind them moves."""

from __future__ import annotations

import re
from collections.abc import Iterator

VS16 = "\ufe0f"
ZWJ = "\u200d"
_TONES = "\U0001f3fb-\U0001f3ff"
_FLAGS = "\U0001f1e6-\U0001f1ff"
# Emoji of Unicode 15 and later, which older fonts and width tables do not know.
_NEW = (
    "\U0001f6d8\U0001f6dc\U0001fa75-\U0001fa77\U0001fa87-\U0001fa8f\U0001faad-\U0001faaf\U0001fabb-\U0001fabd\U0001fabe\U0001fabf"
    "\U0001fac6\U0001fac8\U0001facd-\U0001facf\U0001fada-\U0001fadf\U0001fae8-\U0001faea\U0001faef\U0001faf7\U0001faf8"
)
RISKY = re.compile(f"[{VS16}{ZWJ}\u20e3{_TONES}{_FLAGS}{_NEW}]")
"""Finds whether a text holds any of them."""

_BASE = f"[^\\s{VS16}{ZWJ}\u20e3{_TONES}]"
_CLUSTER = re.compile(
    f"[{_FLAGS}]{{1,2}}|{_BASE}[{VS16}{_TONES}\u20e3]*(?:{ZWJ}{_BASE}[{VS16}{_TONES}]*)*|[{VS16}{ZWJ}\u20e3{_TONES}]+"
)
_SAFE = {
    "☺": "🙂",
    "✔": "✓",
    "⚠": "❗",
    "☹": "🙁",
    "✌": "👍",
    "🩷": "💗",
    "🩵": "💙",
    "🩶": "🤍",
    "🫨": "😱",
    "🏳": "🌈",
    "🫷": "👋",
    "🫸": "👋",
}
_DEFAULT = "one of ❤ 😂 👍 ✅ 🔒"


def risky(line: str) -> Iterator[tuple[int, str, str, str]]:
    """Each risky emoji of a line: its index, itself, what is wrong with it, and what is safe instead (words for a hint)."""
    if not RISKY.search(line):
        return
    for found in _CLUSTER.finditer(line):
        emoji = found[0]
        if not RISKY.search(emoji):
            continue
        base = emoji[0]
        safe = _SAFE.get(base, base)
        plain = f"'{safe}'" if not RISKY.search(safe) else _DEFAULT
        if re.match(f"[{_FLAGS}]", base):
            yield found.start(), emoji, "is a flag", "the name of the country"
        elif ZWJ in emoji:
            yield found.start(), emoji, "is joined from several", plain
        elif re.search(f"[{_TONES}]", emoji):
            yield found.start(), emoji, "has a skin tone", plain
        elif "\u20e3" in emoji:
            yield found.start(), emoji, "is a keycap", f"'{base}'"
        elif VS16 in emoji:
            yield found.start(), emoji, "has a hidden variation mark (U+FE0F)", plain
        else:
            yield found.start(), emoji, "is newer than many terminals", plain
