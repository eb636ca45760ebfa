"""A cut: a story without some of the scenes that its author calls optional, for a session that is too short for all of it.

A cut is a story like any other, with the same values, consequences and endings: it is played, saved, stepped and proved by the very
same means. A scene that is left out is passed over to its `next`, as if its `if` did not hold: nothing is shown, set or chosen, and no
time passes in it. So what an author has to foresee is what there is to foresee with `if` anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from engine.story.model import Scene, Story, Values
from engine.words import _, put

Length = Callable[[frozenset[str]], int]
"""How many seconds a story takes when these scenes are left out."""


def optional_scenes(story: Story) -> tuple[str, ...]:
    """The scenes that may be left out, in the order of the file. What comes as a consequence is never left out."""
    return tuple(scene.id for scene in story.scenes.values() if scene.optional is not None and not scene.consequence)


def cut_story(story: Story, left_out: Iterable[str]) -> Story:
    """The story without these scenes; the whole of it when there are none.

    `left_out` is about the whole story, whatever was left out of the one that is given. Raises ValueError for a scene that is not
    there or is not optional.
    """
    wanted = frozenset(left_out)
    may = optional_scenes(story)
    unknown = sorted(wanted.difference(may))
    if unknown:
        raise ValueError(put(_("'{scene}' is no scene that may be left out."), scene=unknown[0]))
    cut = tuple(name for name in may if name in wanted)
    if cut == story.cut:
        return story
    scenes = {
        name: scene if scene.cut == (name in wanted) else replace(scene, cut=name in wanted)
        for name, scene in story.scenes.items()
    }
    return replace(story, scenes=scenes, cut=cut, machine=None)


def known_cut(story: Story, left_out: Iterable[str]) -> Story:
    """As `cut_story`, for a cut that was kept: what an edit has made no optional scene any more is played."""
    may = optional_scenes(story)
    return cut_story(story, [name for name in left_out if name in may])


def choose(story: Story, room: int, length: Length) -> tuple[str, ...]:
    """Which scenes to leave out so that the story takes no longer than `room`, seconds. In the order of the file.

    Nothing when the whole fits. Else the scene that saves the most goes first (of equals the later one, since a beginning misses
    more than an end), until it fits: so as few are left out as will do. All that may be left out, when even that is not enough.
    """
    out: frozenset[str] = frozenset()
    rest = list(reversed(optional_scenes(story)))
    while rest and length(out) > room:
        shortest = min(rest, key=lambda name: length(out | {name}))
        rest.remove(shortest)
        out |= {shortest}
    return tuple(name for name in optional_scenes(story) if name in out)


def comes(scene: Scene, values: Values) -> bool:
    """The scene would come now, were it not left out."""
    open_ = scene.guard is None or bool(scene.guard.test(values))
    return open_ and not (scene.left >= 0 and bool(values[scene.left]))


__all__ = ["Length", "choose", "comes", "cut_story", "known_cut", "optional_scenes"]
