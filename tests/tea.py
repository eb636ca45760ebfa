"""The small stories about tea in Team 4 that careers are tried with: what stands at the head of each."""

from __future__ import annotations


def tea_story(id_: str, title: str, rest: str) -> str:
    """A scenario in which Col, who is on your team, says something in the team's group. `rest` begins with its flags or scenes."""
    return f"""\
seenby: 1
id: {id_}
title: {title}
minutes: 3
begins: Monday 09:00
cast:
  col: {{name: Col, is: on your team}}
places:
  team: {{group: Team 4, members: 9, with: [col]}}
{rest}"""
