"""What promises too much, or is far more than it looks, costs neither memory nor time."""

import subprocess
import sys
from typing import Any

import msgspec

encode = msgspec.msgpack.encode
_STREAM = b"\x01" * 8

_HOSTILE = """
import resource, sys, time
sys.path[:0] = sys.argv[1:]
import msgspec
from tests.sync.test_hostile_packing import hostile
from app.sync.packing import PackingError, unpack
for name, raw in hostile().items():
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    try:
        unpack(raw, lambda _stream, _seq: None)
    except PackingError:
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        print(f"{name}\\t{grown // 1024}\\t{time.process_time() - start:.2f}")
    else:
        print(f"{name}\\ttaken")
"""


def hostile() -> dict[str, bytes]:
    """Small or highly compressible bytes that promise, or are, far too much."""
    many = 2_000_000
    long = b"\xdd" + many.to_bytes(4)

    def block(**fields: object) -> list[Any]:
        plain: dict[str, Any] = {
            "stream": 0, "installation": bytes(16), "first": 1, "before": bytes(32), "hlc": [1], "at": [1],
            "authors": [0], "shapes": [0], "counts": [0], "salts": bytes(8), "hashes": b"",
            "high": [1], "low": bytes(8), "streams": [], "seqs": [], "parts": [],
            "signature": bytes(64),
        }  # fmt: skip
        return list((plain | fields).values())

    def batch(**fields: object) -> bytes:
        plain: dict[str, Any] = {
            "streams": [_STREAM], "vector": [1], "authors": [None], "parts": [None],
            "shapes": [("person", ["a"])], "columns": [[[1]]], "blocks": [block()],
        }  # fmt: skip
        return encode(list((plain | fields).values()))

    raw = msgspec.Raw
    ops = 200_000
    filled = {
        "hlc": [1] * ops, "at": [1] * ops, "authors": [0] * ops, "shapes": [0] * ops, "counts": [0] * ops,
        "salts": bytes(8 * ops), "high": [1] * ops, "low": bytes(8 * ops),
    }  # fmt: skip
    wide = [f"{number:064d}" for number in range(1000)]
    cases = {
        "promised streams": b"\x97\xdd\xff\xff\xff\xff",
        "promised columns": batch(columns=raw(b"\xdd\xff\xff\xff\xff")),
        "promised values": batch(columns=[[raw(b"\xdd\xff\xff\xff\xff")]]),
        "many values": batch(columns=[[raw(long + b"\x01" * many)]]),
        "many empty columns": batch(columns=raw(long + b"\x90" * many)),
        "many empty columns of one shape": batch(columns=[raw(long + b"\x90" * many)]),
        "many ops": batch(blocks=[block(hlc=raw(long + b"\x01" * many))]),
        "many authors": batch(authors=raw(long + b"\xc0" * many)),
        "many parts": batch(parts=raw(long + b"\x90" * many)),
        "many shapes": batch(shapes=raw(long + b"\x92\xa1a\x90" * many)),
        "many blocks": batch(blocks=raw(long + b"\x90" * many)),
        "deep values": batch(columns=[[raw(b"\x91" + b"\x91" * many + b"\x01")]]),
        "wide shapes that many ops share": batch(
            shapes=[("person", wide)], columns=[[raw(b"\x91\x01")] * 1000], blocks=[block(**filled)]
        ),
        "an op without end": batch(blocks=[block(counts=[2**63])]),
    }
    long_names = ["x" * 60 + str(number) for number in range(40)]
    column = raw(b"\xdd" + ops.to_bytes(4) + b"\x01" * ops)
    cases["bodies far larger than the bytes"] = batch(
        shapes=[("person", long_names)], columns=[[column] * 40], blocks=[block(**filled)]
    )
    return cases


def test_what_promises_too_much_is_refused_at_once() -> None:
    """In a process of its own, whose memory never gets smaller again and so tells what was used at the worst moment."""
    done = subprocess.run(
        [sys.executable, "-c", _HOSTILE, *sys.path], capture_output=True, text=True, check=True, timeout=120
    )
    results = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(results) == len(hostile())
    for name, *spent in results:
        assert spent != ["taken"], name
        megabytes, seconds = int(spent[0]), float(spent[1])
        assert megabytes < (100 if "bodies" not in name else 1000), (name, megabytes)
        assert seconds < 5, (name, seconds)
