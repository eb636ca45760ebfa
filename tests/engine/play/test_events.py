"""Events as bytes: the same for the same play, on every machine and in every version that says so."""

from __future__ import annotations

import os
import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from engine import load_story
from engine.play import events as ev
from engine.play.events import decode, encode
from engine.play.inputs import Input, parse_input
from engine.play.play import Play
from tests.engine.base import story_of

KINDS: tuple[type[ev.Event], ...] = get_args(ev.AnyEvent)
GOLDEN = Path(__file__).parent / "golden"
BEATS = Path(__file__).parent.parent.parent / "fixtures" / "beats"


def value(annotation: Any) -> Any:
    """Some value of a type that is not its default."""
    origin = get_origin(annotation)
    if origin is Literal:
        return get_args(annotation)[-1]
    if origin in (Union, types.UnionType):
        return value(get_args(annotation)[0])
    if origin is tuple:
        return (value(get_args(annotation)[0]), value(get_args(annotation)[0]))
    if origin is dict:
        key, inner = get_args(annotation)
        return {value(key): value(inner)}
    if annotation is bool:
        return True
    if annotation is int:
        return -7
    if annotation is str:
        return 'é 😂 "x"\n\ue000m\ue001'
    if issubclass(annotation, msgspec.Struct):
        return full(annotation)
    raise AssertionError(annotation)


def full(kind: type[Any]) -> Any:
    """An event of a kind with every field set."""
    return kind(
        **{name: value(annotation) for name, annotation in get_type_hints(kind).items() if name in kind.__struct_fields__}
    )


def test_every_kind_of_event_is_in_the_union() -> None:
    found = {one for one in vars(ev).values() if isinstance(one, type) and issubclass(one, ev.Event) and one is not ev.Event}
    assert found == set(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_goes_out_and_comes_back(kind: type[ev.Event]) -> None:
    event = full(kind)
    line = encode([event])
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    (back,) = decode(line)
    assert type(back) is kind
    assert back == event
    assert encode([back]) == line


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_cannot_be_changed(kind: type[ev.Event]) -> None:
    with pytest.raises(AttributeError):
        full(kind).at = 3


def test_the_order_in_which_dials_were_written_makes_no_difference() -> None:
    one = ev.DialsChanged(at=1, changes={"team": 100, "own": -100}, because="b", source="s")
    other = ev.DialsChanged(at=1, changes={"own": -100, "team": 100}, because="b", source="s")
    assert encode([one]) == encode([other])


@pytest.mark.parametrize("line", [b"{}", b'{"type": "Nothing", "at": 1}', b"not json", b'{"type": "Breath", "at": "soon"}'])
def test_what_is_no_event_is_refused(line: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(line + b"\n")


def test_nothing_is_nothing() -> None:
    assert encode([]) == b""
    assert decode(b"") == []


# Only beats whose people all have names: made-up ones may change with the library that makes them.
GOLDEN_PLAYS = {
    "leave-expiry": ["photo: crop", "corridor: silence", "what-photo: angel", "jo-asks: what"],
    "board": ["switches: pick ends", "mum: call", "the-flip: link where=kit-post, when=gate"],
    "own-up": ["scroll-back: clear-first", "tell-it: pick what, tired, since", "cora: add"],
    "routes": ["which-door: staff", "which-door: speak-up", "which-door: enough", "tuesday: stand"],
}


@pytest.mark.parametrize("name", GOLDEN_PLAYS)
def test_the_events_are_those_on_record(name: str) -> None:
    """A change here is a change of what every front end and every save sees. To accept it: SEENBY_GOLDEN=write."""
    play = Play.replay(load_story(BEATS / f"{name}.yaml"), 42, [parse_input(line) for line in GOLDEN_PLAYS[name]], "Alex")
    path = GOLDEN / f"{name}.jsonl"
    if os.environ.get("SEENBY_GOLDEN") == "write":
        path.write_bytes(encode(play.events))
    assert play.ended
    assert encode(play.events).split(b"\n") == path.read_bytes().split(b"\n")


# Inputs


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (Input("meme", choice="speak-up"), "meme: speak-up"),
        (Input("taps", "pick", picks=("one", "two")), "taps: pick one, two"),
        (Input("taps", "pick"), "taps: pick"),
        (Input("wall", "link", picks=("where=post", "when=map")), "wall: link where=post, when=map"),
        (Input("wall", "link"), "wall: link"),
        (Input("bridge", "lapse"), "bridge: (lapse)"),
        (Input("photo", "skip"), "photo: (skip)"),
    ],
)
def test_an_input_as_a_line(given: Input, line: str) -> None:
    assert str(given) == line
    assert parse_input(line) == given
    assert parse_input(f"  {line.replace(': ', ' :   ')}  ") == given


@pytest.mark.parametrize("line", ["", "meme", "meme:", ": speak-up", "   :  "])
def test_a_line_that_is_no_input(line: str) -> None:
    with pytest.raises(ValueError, match="expected `scene: choice`"):
        parse_input(line)


def test_inputs_of_a_play_can_be_written_down_and_read_again() -> None:
    story = story_of()
    lines = ["meme: look", "meme: (lapse)", "several: pick three, one", "wall: link where=post", "last: bye"]
    play = Play.replay(story, 1, [parse_input(line) for line in lines])
    assert [str(given) for given in play.inputs] == lines
    assert play.ended
