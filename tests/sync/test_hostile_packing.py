"""What promises too much, or is far more than it looks, costs neither memory nor time."""

import resource
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

import msgspec

from app.sync.packing import PackingError, unpack

encode = msgspec.msgpack.encode
raw = msgspec.Raw
_STREAM = b"\x01" * 8
_NAMES = 40
_MEGABYTES = 100
"""Nothing that is refused may take more."""

_PROCESS = """
import sys
sys.path[:0] = sys.argv[1:]
from tests.sync.test_hostile_packing import hostile, honest, report
for name, raw in hostile().items():
    report(name, raw)
report("honest", honest())
"""


def report(name: str, packed: bytes) -> None:
    """Say whether it is taken, the memory that it takes in megabytes, and the time of the processor in seconds."""
    taken, memory, start = False, _memory(), time.process_time()
    with suppress(PackingError):
        unpack(packed, lambda _stream, _seq: None)
        taken = True
    seconds = time.process_time() - start
    sys.stdout.write(f"{name}\t{taken:d}\t{_memory() - memory}\t{seconds}\n")


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def block(**fields: object) -> list[Any]:
    """A block of one op, or of what is given."""
    plain: dict[str, Any] = {
        "stream": 0, "installation": bytes(16), "first": 1, "before": bytes(32), "hlc": [1], "at": [1],
        "authors": [0], "shapes": [0], "counts": [0], "salts": bytes(8), "hashes": b"",
        "high": [1], "low": bytes(8), "streams": [], "seqs": [], "parts": [],
        "signature": bytes(64),
    }  # fmt: skip
    return list((plain | fields).values())


def batch(**fields: object) -> bytes:
    """The bytes of a batch of that block."""
    plain: dict[str, Any] = {
        "streams": [_STREAM], "vector": [1], "authors": [None], "parts": [None],
        "shapes": [("person", ["a"])], "columns": [[[1]]], "blocks": [block()],
    }  # fmt: skip
    return encode(list((plain | fields).values()))


def filled(ops: int) -> list[Any]:
    """A block of as many ops."""
    many: dict[str, Any] = {
        "hlc": [1] * ops, "at": [1] * ops, "authors": [0] * ops, "shapes": [0] * ops, "counts": [0] * ops,
        "salts": bytes(8 * ops), "high": [1] * ops, "low": bytes(8 * ops),
    }  # fmt: skip
    return block(**many)


def column(ops: int) -> msgspec.Raw:
    """A small number for each op."""
    return raw(b"\xdd" + ops.to_bytes(4) + b"\x01" * ops)


def honest() -> bytes:
    """A tenth as many values as the largest of the hostile ones promise."""
    names = [f"cell{number}" for number in range(_NAMES)]
    return batch(shapes=[("person", names)], columns=[[raw(encode([1] * 20_000))] * _NAMES], blocks=[filled(20_000)])


def hostile() -> dict[str, bytes]:
    """Small or highly compressible bytes that promise, or are, far too much."""
    many, ops = 2_000_000, 200_000
    long = b"\xdd" + many.to_bytes(4)
    wide = [f"{number:064d}" for number in range(1000)]
    long_names = ["x" * 60 + str(number) for number in range(_NAMES)]
    versions = 20_000
    return {
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
            shapes=[("person", wide)], columns=[[raw(b"\x91\x01")] * 1000], blocks=[filled(ops)]
        ),
        "an op without end": batch(blocks=[block(counts=[2**63])]),
        "bodies far larger than the bytes": batch(
            shapes=[("person", long_names)], columns=[[column(ops)] * _NAMES], blocks=[filled(ops)]
        ),
        "many versions that share wide parts": batch(
            parts=[wide],
            blocks=[block(counts=[versions], streams=[0] * versions, seqs=[1] * versions, parts=[0] * versions)],
        ),
    }


def test_what_promises_too_much_is_refused_at_once() -> None:
    """In a process of its own, whose memory never gets smaller again and so tells what was used at the worst moment."""
    done = subprocess.run(
        [sys.executable, "-c", _PROCESS, *sys.path], capture_output=True, text=True, check=True, timeout=120
    )
    *refused, taken = [line.split("\t") for line in done.stdout.splitlines()]
    assert [name for name, *_ in refused] == list(hostile())
    assert taken[:2] == ["honest", "1"]
    for name, was_taken, megabytes, seconds in refused:
        assert was_taken == "0", name
        assert int(megabytes) < _MEGABYTES, (name, megabytes)
        # a slow machine is slow with both
        assert float(seconds) < float(taken[3]), (name, seconds, taken)
