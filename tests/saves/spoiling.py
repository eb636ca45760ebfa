"""Exports with one thing changed, whatever it is, for tests of what takes them in."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


def spoilt(data: st.DataObject, export: Any) -> Any:
    """A copy of what was exported, with any value at any depth put in place of one that was there."""
    out = copy.deepcopy(export)
    where = out
    while True:
        key = data.draw(st.sampled_from(sorted(where) if isinstance(where, dict) else range(len(where))))
        if isinstance(where[key], (dict, list)) and where[key] and data.draw(st.booleans()):
            where = where[key]
            continue
        where[key] = data.draw(json_values)
        return out
