"""Read rows straight from the pages of a damaged SQLite file.

SQLite itself stops at the first bad page, and when the first page is gone it reads nothing. The rows stand in leaf pages
that can be read one by one, without the tree above them (https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1).
Pages that were freed hold zeros (`secure_delete`), so nothing that was forgotten comes back.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

Value = int | float | str | bytes | None
Row = tuple[int, tuple[Value, ...]]
"""Row id and values."""

_LEAF = 0x0D
_MAGIC = b"SQLite format 3\x00"
_MOST_COLUMNS = 64


class _Broken(Exception):
    """A cell that does not hold together."""


def rows(data: bytes) -> Iterator[Row]:
    """Every row that can be read from the bytes of a file, page after page. Never raises on damage."""
    size = _page_size(data)
    for start in range(0, len(data), size):
        head = start + (100 if start == 0 else 0)
        yield from _leaf(data, start, head, size)


def _page_size(data: bytes) -> int:
    """The page size in the header, or SQLite's default when the header is gone."""
    if data[:16] == _MAGIC and len(data) >= 18:
        size = int.from_bytes(data[16:18], "big")
        size = 65536 if size == 1 else size
        if 512 <= size <= 65536 and size & (size - 1) == 0:
            return size
    return 4096


def _leaf(data: bytes, start: int, head: int, size: int) -> Iterator[Row]:
    if head + 8 > len(data) or data[head] != _LEAF:
        return
    count = int.from_bytes(data[head + 3 : head + 5], "big")
    for index in range(min(count, size // 4)):
        at = head + 8 + 2 * index
        offset = int.from_bytes(data[at : at + 2], "big")
        if not 8 <= offset < size:
            continue
        try:
            yield _cell(data, start + offset, start + size, size)
        except (_Broken, UnicodeDecodeError):
            continue


def _cell(data: bytes, at: int, end: int, size: int) -> Row:
    length, at = _varint(data, at)
    rowid, at = _varint(data, at)
    # How much of a long row stands in its own page: section 1.6 of the file format.
    most, least = size - 35, (size - 12) * 32 // 255 - 23
    if length <= most:
        local = length
    else:
        local = least + (length - least) % (size - 4)
        if local > most:
            local = least
    if length > len(data) or at + local > min(end, len(data)):
        raise _Broken
    payload = data[at : at + local]
    if local < length:
        payload += _overflow(data, int.from_bytes(data[at + local : at + local + 4], "big"), length - local, size)
    return rowid if rowid < 1 << 63 else rowid - (1 << 64), tuple(_record(payload))


def _overflow(data: bytes, page: int, wanted: int, size: int) -> bytes:
    found = bytearray()
    for _step in range(len(data) // size + 1):
        start = (page - 1) * size
        if page < 2 or start + size > len(data):
            raise _Broken
        found += data[start + 4 : start + 4 + min(size - 4, wanted - len(found))]
        if len(found) >= wanted:
            return bytes(found)
        page = int.from_bytes(data[start : start + 4], "big")
    raise _Broken


def _record(payload: bytes) -> Iterator[Value]:
    header, at = _varint(payload, 0)
    if header > len(payload):
        raise _Broken
    body = header
    for _column in range(_MOST_COLUMNS):
        if at >= header:
            break
        kind, at = _varint(payload, at)
        width = _width(kind)
        raw = payload[body : body + width]
        if len(raw) < width:
            raise _Broken
        body += width
        yield _value(kind, raw)
    if at != header or body != len(payload):
        raise _Broken


def _width(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    if kind in (10, 11):
        raise _Broken
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind]


def _value(kind: int, raw: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", raw)[0])
    if kind < 7:
        return int.from_bytes(raw, "big", signed=True)
    return raw if kind % 2 == 0 else raw.decode("utf-8")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(9):
        if at + index >= len(data):
            raise _Broken
        byte = data[at + index]
        if index == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    raise AssertionError
