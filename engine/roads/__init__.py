"""The other road: what the options that were not taken at a decision of a finished play would have come to, beside what was.

`crossing(play, number)` tells of one decision: each option with what it sets going at once, and one way on that repeats what the
player did later. `Ahead(story)` knows every way on: how far each dial can still go, which endings can still be reached, what can still be chosen.
`along(play, ahead)` goes down the player's own road and tells what was still possible when. Nothing here changes a play.
"""

from __future__ import annotations

from engine.roads.ahead import Ahead, Outlook, Spot
from engine.roads.along import Along, Had, Passed, Step, along
from engine.roads.crossing import Crossing, Parting, Road, Shut, crossing
from engine.roads.out import Hanging, Odds, hanging, imagined, odds_of

__all__ = [
    "Ahead", "Along", "Crossing", "Had", "Hanging", "Odds", "Outlook", "Parting", "Passed", "Road", "Shut", "Spot", "Step",
    "along", "crossing", "hanging", "imagined", "odds_of",
]  # fmt: skip
