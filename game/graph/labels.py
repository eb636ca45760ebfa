"""Labels of the pictures, as plain lines: what each drawing language then writes in its own way."""

from __future__ import annotations

from collections.abc import Sequence

from game.graph.machine import StoryMachine
from game.graph.storymap import Node, Option, Way
from game.graph.texts import folded, shortened
from game.words import _, n_

TITLE_LIMIT, LABEL_LIMIT, CONDITION_LIMIT = 34, 46, 42
"""Cells after which a label is cut or folded."""
LISTED = 6
"""So many labels are listed on an arrow; the rest is counted."""


def bare_words() -> frozenset[str]:
    """What stands in the place of a condition and is none."""
    return frozenset((_("otherwise"), _("passed over")))


def condition_lines(machine: StoryMachine, conditions: Sequence[str], limit: int = CONDITION_LIMIT) -> list[str]:
    """Each condition as `if …`, folded to two lines."""
    lines: list[str] = []
    for condition in conditions:
        if condition:
            said = condition if condition in bare_words() else _("if {condition}").format(condition=machine.say(condition))
            lines += folded(said, limit, 2)
    return lines


def way_lines(machine: StoryMachine, way: Way, *, named: bool, limit: int = CONDITION_LIMIT) -> list[str]:
    """What leads this way, and under which conditions; with `named` the options, a handful of them, the rest counted."""
    told = [option for option in way.options if option.kind != "skip"] if named else []
    lines = condition_lines(machine, way.conditions(), limit) if not (told and way.mixed) else []
    for option in told[:LISTED]:
        lines.append(f"{sign(option)} {shortened(option.label, LABEL_LIMIT)}")
        if way.mixed:
            lines += [f"   {line}" for line in condition_lines(machine, way.conditions(option), limit)]
    more = len(told) - LISTED
    if more > 0:
        lines.append(n_("and {count} more", "and {count} more", more).format(count=more))
    return lines


def sign(option: Option) -> str:
    """A sign for the kind of option: looking, acting and coming back, silence, skipping, a piece, a choice."""
    return {"look": "○", "stay": "↺", "silence": "–", "skip": "»", "piece": "+"}.get(option.kind, "▸")


def small_lines(machine: StoryMachine, node: Node) -> list[str]:
    """What stands under a title: when and where, on what condition, and what is wrong."""
    lines: list[str] = []
    if node.kind != "consequence":
        place = shortened(machine.map.place_name(node), 24)
        about = " · ".join(part for part in (machine.when_words(node), place) if part)
        lines += [about] if about else []
        lines += condition_lines(machine, [node.condition])
    if node.optional:
        lines.append(_("optional"))
    if not node.reached:
        lines.append("✗ " + _("no way leads here"))
    if node.dead:
        lines.append("✗ " + _("no way leads on to the end"))
    return lines


def node_lines(machine: StoryMachine, node: Node) -> list[str]:
    """A node's title and what stands under it."""
    return [shortened(node.title, TITLE_LIMIT), *small_lines(machine, node)]


def note_lines(machine: StoryMachine, way: Way, depth: int = 0, *, told: bool = False) -> list[tuple[str, str]]:
    """The lines of one consequence in a note, each as (its title in strong letters or nothing, the rest).

    What brings it and when, its condition, and what it brings itself. `told`: the delay stands at the head of the note.
    """
    node = machine.map.nodes[way.target]
    lead = "   " * depth
    after = "" if told else f" {', '.join(way.after)}:"
    title = shortened(node.title, TITLE_LIMIT)
    lines = [(title, f"{lead}↳{after} {title}")]
    small = way_lines(machine, way, named=True, limit=LABEL_LIMIT)
    lines += [("", f"{lead}     {line}") for line in small]
    for further in machine.map.from_node(way.target, "later"):
        lines += note_lines(machine, further, depth + 1)
    return lines
