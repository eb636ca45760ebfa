"""What a play looked like afterwards: `build(play)` gives a `Debrief`."""

from __future__ import annotations

from engine.debrief.build import build, dial_labels, shown_points
from engine.debrief.model import Debrief, DialLine, Moment, Motion, Reason, TranscriptLine

__all__ = ["Debrief", "DialLine", "Moment", "Motion", "Reason", "TranscriptLine", "build", "dial_labels", "shown_points"]
