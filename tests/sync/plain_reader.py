"""A reader of what bundles hold, written from docs/bundle-format.md alone and with nothing but the standard library."""

import hashlib
import struct
from typing import Any

_SIZED = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4, 0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4}
_NUMBERS = {
    0xCA: "f", 0xCB: "d", 0xCC: "B", 0xCD: "H", 0xCE: "I", 0xCF: "Q", 0xD0: "b", 0xD1: "h", 0xD2: "i", 0xD3: "q",
}  # fmt: skip


def read_value(raw: bytes, at: int) -> tuple[Any, int]:
    """The MessagePack value at a place, and where the next one begins."""
    kind = raw[at]
    at += 1
    if kind <= 0x7F or kind >= 0xE0:
        return (kind if kind <= 0x7F else kind - 256), at
    if kind in (0xC0, 0xC2, 0xC3):
        return {0xC0: None, 0xC2: False, 0xC3: True}[kind], at
    if kind in _NUMBERS:
        form = ">" + _NUMBERS[kind]
        return struct.unpack_from(form, raw, at)[0], at + struct.calcsize(form)
    if kind <= 0xBF:
        size = kind & (0x1F if kind >= 0xA0 else 0x0F)
    else:
        width = _SIZED[kind]
        size = int.from_bytes(raw[at : at + width])
        at += width
    if kind <= 0x8F or kind in (0xDE, 0xDF):
        items, at = read_values(raw, at, 2 * size)
        return dict(zip(items[::2], items[1::2], strict=True)), at
    if kind <= 0x9F or kind in (0xDC, 0xDD):
        return read_values(raw, at, size)
    content = raw[at : at + size]
    return (content if 0xC4 <= kind <= 0xC6 else content.decode()), at + size


def read_values(raw: bytes, at: int, count: int) -> tuple[list[Any], int]:
    """So many values one after the other."""
    items = []
    for _ in range(count):
        item, at = read_value(raw, at)
        items.append(item)
    return items, at


def read_whole(raw: bytes) -> Any:  # noqa: ANN401 - whatever MessagePack holds
    """The one value that some bytes are."""
    value, end = read_value(raw, 0)
    if end != len(raw):
        raise ValueError("bytes are left over")
    return value


def write(value: Any) -> bytes:  # noqa: ANN401 - whatever MessagePack holds
    """MessagePack in shortest form, as far as hashes and bodies need it."""
    if value is None or isinstance(value, bool):
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, str):
        return _head(len(value.encode()), 0xA0, 32, (0xD9, 0xDA, 0xDB)) + value.encode()
    if isinstance(value, bytes):
        return _head(len(value), 0, 0, (0xC4, 0xC5, 0xC6)) + value
    if isinstance(value, dict):
        items = [part for pair in value.items() for part in pair]
        return _head(len(value), 0x80, 16, (0, 0xDE, 0xDF)) + b"".join(map(write, items))
    return _head(len(value), 0x90, 16, (0, 0xDC, 0xDD)) + b"".join(map(write, value))


def _integer(value: int) -> bytes:
    if -32 <= value < 128:
        return struct.pack("b", value)
    signed = value < 0
    width = next(width for width in (1, 2, 4, 8) if (-value * 2 - 1 if signed else value) < 1 << 8 * width)
    return bytes([(0xD0 if signed else 0xCC) + width.bit_length() - 1]) + value.to_bytes(width, signed=signed)


def _head(size: int, short: int, below: int, kinds: tuple[int, int, int]) -> bytes:
    if size < below:
        return bytes([short | size])
    for kind, width in zip(kinds, (1, 2, 4), strict=True):
        if kind and size < 1 << 8 * width:
            return bytes([kind]) + size.to_bytes(width)
    raise ValueError("too long")


def read_ops(payload: bytes) -> list[dict[str, Any]]:
    """The ops of a payload, each with its row, its body and its hash."""
    streams, _vector, authors, parts, shapes, columns, blocks = read_whole(payload)
    rows: dict[tuple[bytes, int], bytes] = {}
    taken = [0] * len(shapes)
    ops = []
    for (which, installation, first, before, hlcs, later, who, kinds, counts, salts, hashes, high, low, others, backs, some, signature) in blocks:  # fmt: skip  # noqa: E501
        own, clock, top, named, versions, salted, digest = streams[which], 0, 0, 0, 0, 0, before
        if len(signature) != 64:
            raise ValueError("not signed")
        if first == 1 and before != hashlib.sha256(b"wasl stream" + own + installation).digest():
            raise ValueError("another genesis")
        for index, kind in enumerate(kinds):
            seq = first + index
            clock += hlcs[index]
            replaced = [
                [streams[others[n]], seq - backs[n], parts[some[n]]] for n in range(versions, versions + counts[index])
            ]
            versions += counts[index]
            if replaced and replaced[0][0] == own:
                row = rows[own, replaced[0][1]]
            else:
                top = (top + high[named]) % 2**64
                row = top.to_bytes(8) + low[8 * named : 8 * named + 8]
                named += 1
            rows[own, seq] = row
            table, names = shapes[kind]
            values = [column[taken[kind]] for column in columns[kind]]
            taken[kind] += 1
            body = None if names == 1 else values[0] if names == 0 else write([dict(zip(names, values, strict=True)), replaced])  # fmt: skip  # noqa: E501
            if body is None:
                body_hash = hashes[32 * (index - salted) : 32 * (index - salted) + 32]
            else:
                body_hash = hashlib.sha256(salts[8 * salted : 8 * salted + 8] + body).digest()
                salted += 1
            header = write([own, seq, clock, clock // 65_536 + later[index], authors[who[index]], table, row])
            digest = hashlib.sha256(digest + header + body_hash).digest()
            ops.append({"stream": own, "seq": seq, "hlc": clock, "at": clock // 65_536 + later[index], "author": authors[who[index]], "table": table, "row": row, "body": body, "hash": digest})  # fmt: skip  # noqa: E501
    return ops
