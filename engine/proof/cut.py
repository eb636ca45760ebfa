"""What a cut loses: what every play could come to, and no play of the cut can."""

from __future__ import annotations

from engine.proof.model import Proof
from engine.story.model import Story

KINDS = ("scenes", "choices", "endings")


def lost_in_cut(cut: Story, proof: Proof, whole: Proof | None = None) -> dict[str, list[str]]:
    """Scenes on the way, choices and endings that no play of `cut` comes to, by kind; `proof` is of the cut.

    Named is only what is proved, and what the author did not mean to lose: the scenes that are left out are not, nor what they set in
    motion. With `whole`, the proof of the whole story, what no play of that comes to either is not named again.
    """
    before = whole.unreachable() if whole is not None else {}
    found: dict[str, list[str]] = {}
    for kind, names in proof.unreachable().items():
        if kind in KINDS:
            kept = [name for name in names if name not in before.get(kind, ()) and _core(cut, kind, name)]
            if kept:
                found[kind] = kept
    return found


def _core(cut: Story, kind: str, name: str) -> bool:
    if kind == "endings":
        return True
    scene = cut.scenes[name if kind == "scenes" else name.partition(".")[0]]
    return not scene.consequence and not scene.cut


__all__ = ["lost_in_cut"]
