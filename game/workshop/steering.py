"""What the notes terminal may ask the projector to do: anything that is done in a room, one key on or back, the countdown, a break."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.room.inputs import AnyInput, RoomInput, decode, encode


class Steer(msgspec.Struct, frozen=True, tag=True, tag_field="steer", omit_defaults=True):
    """Something that only the projector can turn into what is done."""


class Onward(Steer, frozen=True):
    """One key on."""


class BackOne(Steer, frozen=True):
    """One key back."""


class CountdownDo(Steer, frozen=True):
    """Start the countdown with so many seconds, pause it, let it run on, give it so many seconds more, or take it away."""

    what: Literal["start", "pause", "resume", "extend", "stop"]
    seconds: float = 0.0


class Cover(Steer, frozen=True):
    """Lay a break or what has happened so far over the picture; asked for again, or with any key on or back, it goes."""

    what: Literal["pause", "recap"]


Command = AnyInput | Onward | BackOne | CountdownDo | Cover

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Onward | BackOne | CountdownDo | Cover] | None = None


def encode_command(command: Command) -> str:
    """A command as one line of JSON."""
    return encode(command) if isinstance(command, RoomInput) else _encoder.encode(command).decode()


def decode_command(text: str) -> Command:
    """The command that `encode_command` wrote. Raises msgspec.DecodeError for anything else."""
    global _decoder
    if not text.startswith('{"steer"'):
        return decode(text)
    if _decoder is None:
        _decoder = msgspec.json.Decoder(Onward | BackOne | CountdownDo | Cover)
    return _decoder.decode(text)


__all__ = ["BackOne", "Command", "CountdownDo", "Cover", "Onward", "Steer", "decode_command", "encode_command"]
