"""Bundle files: what comes back, and all that is refused."""

import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec
import pyrage
import pytest
import zstandard

from app.sync import bundle as bundles
from app.sync.bundle import (
    KNOWN_CAPABILITIES,
    LARGEST_CONTENT,
    MAGIC,
    MOST_RECIPIENTS,
    BundleError,
    read_header,
)
from app.sync.trust import sign
from tests.soak import Tell, amount, new_dice
from tests.sync.conftest import NOW, Mutation, Party

REASONS = {
    bundles.NOT_A_BUNDLE,
    bundles.ALTERED,
    bundles.UNKNOWN_SENDER,
    bundles.NOT_FOR_US,
    bundles.TOO_LARGE,
    bundles.NEEDS_NEWER,
    bundles.EXPIRED,
}


def _refused(party: Party, content: bytes, now: int = NOW) -> str:
    with pytest.raises(BundleError) as caught:
        party.open(content, now)
    assert caught.value.reason in REASONS
    return caught.value.reason


def _manifest(sender: Party, recipient: Party, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    plain: dict[str, Any] = {
        "id": bytes.fromhex("0011223344556677"),
        "from": sender.identity.installation.bytes,
        "to": [recipient.identity.installation.bytes],
        "made_at": NOW,
        "expires_at": None,
        "requires": sorted(KNOWN_CAPABILITIES),
        "program": "0.1.0",
        "base": {},
        "ops": 0,
    }
    return plain | changes


def _seal(sender: Party, recipient: Party, compressed: bytes, outside: object = None) -> bytes:
    """A bundle as anybody who is enrolled could make it, with whatever inside, properly signed."""
    header = outside or {
        "id": "0011223344556677",
        "from": sender.identity.installation.hex,
        "to": [recipient.identity.installation.hex],
    }
    first = MAGIC + (header if isinstance(header, bytes) else msgspec.json.encode(header)) + b"\n"
    sealed: bytes = pyrage.encrypt(compressed, [pyrage.x25519.Recipient.from_str(recipient.identity.keys.age)])
    return first + b64encode(sign(sender.keys, first + sealed)) + b"\n" + sealed


def _fill(content: object) -> bytes:
    return zstandard.compress(msgspec.msgpack.encode(content))


def test_every_recipient_opens_it(parties: list[Party]) -> None:
    sender, *others = parties[:3]
    content = sender.send(*others, payload=b"the ops" * 100)
    for party in others:
        opened = party.open(content)
        assert opened.payload == b"the ops" * 100
        assert opened.sender == sender.identity
        assert opened.manifest.base == {b"stream-1": 7}
        assert (opened.manifest.made_at, opened.manifest.ops, opened.manifest.program) == (NOW, 3, "0.1.0")
        assert opened.manifest.header == read_header(content)
        assert opened.id == read_header(content).key
    assert sender.send(others[0]) != sender.send(others[0])


def test_nothing_of_the_content_is_readable_outside(parties: list[Party]) -> None:
    content = parties[0].send(parties[1], payload=b"CANARY" * 50)
    assert b"CANARY" not in content
    assert b"stream-1" not in content


def test_only_recipients_open_it(parties: list[Party]) -> None:
    sender, recipient, third, _ = parties
    content = sender.send(recipient)
    assert _refused(third, content) == bundles.NOT_FOR_US
    assert _refused(replace(recipient, keys=third.keys), content) == bundles.NOT_FOR_US
    listed = {**msgspec.json.decode(content.split(b"\n")[1]), "to": [third.identity.installation.hex]}
    assert (
        _refused(third, _seal(sender, recipient, _fill([_manifest(sender, third), b""]), listed)) == bundles.NOT_FOR_US
    )


def test_unknown_senders_are_refused(parties: list[Party]) -> None:
    _, recipient, _, stranger = parties
    assert _refused(recipient, stranger.send(recipient)) == bundles.UNKNOWN_SENDER
    claimed = replace(stranger, identity=parties[0].identity)
    assert _refused(recipient, claimed.send(recipient)) == bundles.ALTERED


def test_stripping_and_signing_again_is_caught(parties: list[Party]) -> None:
    """An enrolled installation can't pass off another's content as its own, nor as meant for somebody else."""
    sender, recipient, thief, _ = parties
    _magic, _line, _signature, sealed = sender.send(recipient).split(b"\n", 3)
    for header in (
        {
            "id": "0011223344556677",
            "from": thief.identity.installation.hex,
            "to": [recipient.identity.installation.hex],
        },
        {**msgspec.json.decode(_line), "from": thief.identity.installation.hex},
    ):
        first = MAGIC + msgspec.json.encode(header) + b"\n"
        assert (
            _refused(recipient, first + b64encode(sign(thief.keys, first + sealed)) + b"\n" + sealed) == bundles.ALTERED
        )


def test_what_the_sender_says_outside_must_stand_inside(parties: list[Party]) -> None:
    sender, recipient, third, _ = parties
    sound = _manifest(sender, recipient)
    assert recipient.open(_seal(sender, recipient, _fill([sound, b"ops"]))).payload == b"ops"
    changes: tuple[dict[str, Any], ...] = (
        {"id": b"another!"},
        {"from": third.identity.installation.bytes},
        {"to": [third.identity.installation.bytes]},
        {"to": [recipient.identity.installation.bytes, third.identity.installation.bytes]},
        {"to": []},
        {"id": "0011223344556677"},
        {"made_at": -1},
        {"made_at": 2**63},
        {"ops": -1},
        {"base": {b"short": 1}},
        {"base": {b"8 bytes!": -1}},
        {"base": 5},
        {"program": "x" * 65},
    )
    for change in changes:
        content = _seal(sender, recipient, _fill([sound | change, b"ops"]))
        assert _refused(recipient, content) == bundles.ALTERED, change
    for inside in ([sound], [], [sound, "text"], [sound, b"ops", 1], sound, 7, [[1], b""], b"\xc1"):
        assert _refused(recipient, _seal(sender, recipient, _fill(inside))) == bundles.ALTERED


def test_what_a_newer_version_adds_to_the_manifest_is_passed_over(parties: list[Party]) -> None:
    sender, recipient = parties[:2]
    newer = _manifest(sender, recipient, weather=["fine", {"wind": 3}])
    assert recipient.open(_seal(sender, recipient, _fill([newer, b"ops"]))).payload == b"ops"


def test_what_it_requires_is_looked_at_first(parties: list[Party]) -> None:
    sender, recipient = parties[:2]
    newer = _manifest(sender, recipient, requires=["ops-1", "ops-2"])
    for inside in ([newer, b"ops"], [newer, {"ops": "otherwise"}, b"more"], [newer | {"base": "otherwise"}, b"ops"]):
        assert _refused(recipient, _seal(sender, recipient, _fill(inside))) == bundles.NEEDS_NEWER
    assert _refused(recipient, sender.send(recipient).replace(b"bundle 1", b"bundle 2", 1)) == bundles.NEEDS_NEWER


def test_expired_bundles_are_refused(parties: list[Party]) -> None:
    sender, recipient = parties[:2]
    content = sender.send(recipient, expires_at=NOW + 10)
    assert recipient.open(content, NOW + 10).manifest.expires_at == NOW + 10
    assert _refused(recipient, content, NOW + 11) == bundles.EXPIRED


def test_a_replayed_bundle_has_the_same_id(parties: list[Party]) -> None:
    """The ledger knows it again; nothing about the file can be changed to give it another."""
    sender, recipient = parties[:2]
    content = sender.send(recipient)
    assert recipient.open(content).id == recipient.open(bytes(content)).id
    assert len({read_header(sender.send(recipient)).id for _ in range(50)}) == 50


def test_every_flipped_bit_is_refused(parties: list[Party]) -> None:
    sender, recipient = parties[:2]
    content = sender.send(recipient)
    for place in range(len(content)):
        for bit in range(8):
            changed = bytearray(content)
            changed[place] ^= 1 << bit
            _refused(recipient, bytes(changed))


def test_cut_and_extended_files_are_refused(parties: list[Party]) -> None:
    sender, recipient = parties[:2]
    content = sender.send(recipient)
    for end in range(len(content)):
        _refused(recipient, content[:end])
    for more in (b"\n", b"\0", content, bytes(5000)):
        assert _refused(recipient, content + more) == bundles.ALTERED
        _refused(recipient, more + content)


def _try_mutations(times: int, parties: list[Party], mutation: Mutation) -> None:
    sender, recipient = parties[:2]
    content = sender.send(recipient)
    for _ in range(times):
        _refused(recipient, mutation.apply(content))


def test_mutations_are_refused(parties: list[Party], mutation: Mutation) -> None:
    _try_mutations(20_000, parties, mutation)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_a_million_mutations_are_refused(parties: list[Party], tell: Tell) -> None:
    times = amount("MUTATIONS")
    _try_mutations(times, parties, Mutation(new_dice(tell)))
    tell(f"{times} mutations of a bundle, 0 accepted")


def test_an_enrolled_sender_breaks_nothing_either(parties: list[Party], mutation: Mutation) -> None:
    """Properly signed nonsense at each layer ends in a refusal too, not in a crash."""
    sender, recipient = parties[:2]
    inside = msgspec.msgpack.encode([_manifest(sender, recipient), b"ops"])
    compressed = zstandard.compress(inside)
    for _ in range(1500):
        for nonsense in (mutation.apply(compressed), zstandard.compress(mutation.apply(inside))):
            with suppress(BundleError):
                recipient.open(_seal(sender, recipient, nonsense))
    header, _, sealed = sender.send(recipient).split(b"\n", 3)[1:]
    for _ in range(1500):
        damaged = mutation.apply(sealed)
        first = MAGIC + header + b"\n"
        _refused(recipient, first + b64encode(sign(sender.keys, first + damaged)) + b"\n" + damaged)


@pytest.mark.parametrize(
    "header",
    [
        b'{"id":"0011223344556677","from":"%s", "to":["%s"]}',
        b'{"id":"0011223344556677","from":"%s","to":["%s"],"more":1}',
        b'{"id":"0011223344556677","id":"0011223344556677","from":"%s","to":["%s"]}',
        b'{"from":"%s","to":["%s"],"id":"0011223344556677"}',
        b'{"id":"001122334455667","from":"%s","to":["%s"]}',
        b'{"id":"001122334455667G","from":"%s","to":["%s"]}',
        b'{"id":"0011223344556677\\n","from":"%s","to":["%s"]}',
        b'{"id":"0011223344556677","from":"{%s}","to":["%s"]}',
        b"[]",
        b"",
        b"[" * 8_000,
    ],
)
def test_a_header_is_written_in_one_way(parties: list[Party], header: bytes) -> None:
    sender, recipient = parties[:2]
    if b"%s" in header:
        ids = [party.identity.installation.hex.encode() for party in (sender, recipient)]
        header = header % tuple(ids)
    content = _seal(sender, recipient, _fill([_manifest(sender, recipient), b"ops"]), header or b" ")
    assert _refused(recipient, content) == bundles.ALTERED


def test_so_many_recipients_and_no_more(parties: list[Party]) -> None:
    sender, recipient = parties[:2]
    content = sender.send(*[recipient] * MOST_RECIPIENTS)
    assert len(read_header(content).recipients) == MOST_RECIPIENTS
    assert recipient.open(content).payload == b"ops"
    with pytest.raises(BundleError) as caught:
        sender.send(*[recipient] * (MOST_RECIPIENTS + 1))
    assert caught.value.reason == bundles.TOO_LARGE
    for count in (MOST_RECIPIENTS + 1, 230, 20_000):
        many = {
            "id": "0011223344556677",
            "from": sender.identity.installation.hex,
            "to": [recipient.identity.installation.hex] * count,
        }
        assert _refused(recipient, _seal(sender, recipient, b"", many)) == bundles.ALTERED


def test_more_keys_than_recipients_are_not_even_read(parties: list[Party]) -> None:
    """Reading the head of an age file takes the square of its length."""
    sender, recipient = parties[:2]
    header = sender.send(recipient).split(b"\n", 2)[1]
    for sealed in (
        b"age-encryption.org/v1\n" + b"-> a\n\n" * 200_000 + b"--- " + b"A" * 43 + b"\n" + bytes(100),
        b"age-encryption.org/v1\n" + b"-> a " + b"A" * 2_000_000,
        b"age-encryption.org/v1\n-> a\n\n---\n" + b"-> a\n\n" * 200_000,
        b"age-encryption.org/v1\n-> a\n\n--- \n" + b"-> a\n\n" * 200_000,
    ):
        first = MAGIC + header + b"\n"
        content = first + b64encode(sign(sender.keys, first + sealed)) + b"\n" + sealed
        start = time.process_time()
        _refused(recipient, content)
        assert time.process_time() - start < 5


def test_a_bundle_that_nobody_would_open_is_not_written(parties: list[Party], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "LARGEST_CONTENT", 1000)
    with pytest.raises(BundleError) as caught:
        parties[0].send(parties[1], payload=bytes(1000))
    assert caught.value.reason == bundles.TOO_LARGE


def _frames() -> Iterator[tuple[str, bytes, str]]:
    """Compressed contents that are not what they say, or far too much."""
    small = zstandard.compress(bytes(1000))
    unstated = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1000))
    yield "no size", unstated, bundles.ALTERED
    yield "two frames", small + small, bundles.ALTERED
    yield "bytes after the frame", small + b"x", bundles.ALTERED
    yield "skippable frame", b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + small, bundles.ALTERED
    yield "cut", small[:-1], bundles.ALTERED
    yield "nothing", b"", bundles.ALTERED
    yield "no zstd", b"PK\x03\x04" + bytes(100), bundles.ALTERED
    for stated in (0, 1, 999, 1001, LARGEST_CONTENT):
        yield f"states {stated} of 1000", _restated(small, stated), bundles.ALTERED
    yield "states too much", _restated(small, LARGEST_CONTENT + 1), bundles.TOO_LARGE
    yield "states 2**63", _restated(small, 2**63), bundles.TOO_LARGE


def _restated(frame: bytes, size: int) -> bytes:
    """A frame (RFC 8878, 3.1.1.1) of one segment whose header states another size, in eight bytes."""
    descriptor = frame[4]
    held = {0: 1 if descriptor & 0x20 else 0, 1: 2, 2: 4, 3: 8}[descriptor >> 6]
    window = 0 if descriptor & 0x20 else 1
    kept = frame[5 : 5 + window]
    return (
        frame[:4] + bytes([descriptor & 0x3F | 0xC0]) + kept + size.to_bytes(8, "little") + frame[5 + window + held :]
    )


@pytest.mark.parametrize(("frame", "reason"), [pytest.param(f, r, id=n) for n, f, r in _frames()])
def test_frames_that_lie_are_refused(parties: list[Party], frame: bytes, reason: str) -> None:
    assert _refused(parties[1], _seal(parties[0], parties[1], frame)) == reason


_BOMBS = """
import re, sys, time
from pathlib import Path
sys.path[:0] = sys.argv[1:]
import zstandard
from app.sync.bundle import BundleError
from tests.sync.conftest import make_party
from tests.sync.test_bundle import _restated, _seal

sender, recipient = make_party(), make_party("TNG")
recipient.enrolled[sender.identity.installation] = sender.identity
size = 2 * 2**30
def compress(**options):
    whole = [size] if options["write_content_size"] else []
    compressor = zstandard.ZstdCompressor(level=1, **options).compressobj(*whole)
    pieces = [compressor.compress(bytes(2**20)) for _ in range(size // 2**20)]
    return b"".join(pieces) + compressor.flush()
stated = compress(write_content_size=True)
bombs = [stated, _restated(stated, 1000), _restated(stated, 2**20), compress(write_content_size=False)]
for bomb in bombs:
    content = _seal(sender, recipient, bomb)
    start = time.process_time()
    try:
        recipient.open(content)
    except BundleError as error:
        print(error.reason, len(content), time.process_time() - start)
# not getrusage: Linux counts in what the process that started this one had used
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def test_two_gigabytes_of_zeros_are_refused_at_once() -> None:
    """In a process of its own, which tells the most memory that it ever used."""
    done = subprocess.run(
        [sys.executable, "-c", _BOMBS, *sys.path], capture_output=True, text=True, check=True, timeout=120
    )
    *bombs, megabytes = done.stdout.splitlines()
    assert [line.split()[0] for line in bombs] == [bundles.TOO_LARGE, *[bundles.ALTERED] * 3]
    for line in bombs:
        _reason, size, seconds = line.split()
        assert int(size) < 500_000
        assert float(seconds) < 1
    assert int(megabytes) < 200


def test_four_recipients_take_little(parties: list[Party]) -> None:
    """The fixed size; age puts in a random number of bytes to keep readers honest."""
    sizes = [len(parties[0].send(*parties[:4], payload=b"")) for _ in range(50)]
    assert sum(sizes) / len(sizes) < 1200
    assert max(sizes) < 1300
