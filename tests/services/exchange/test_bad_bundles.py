"""Law 11: whatever is wrong with a bundle, a clear sentence in the reader's language and no change at all.

Also what an enrolled office may send that is properly signed and yet nonsense, because its program is broken.
"""

import random
import secrets
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from unittest.mock import patch
from uuid import UUID, uuid4

import msgspec
import pyrage
import pytest
import sqlalchemy as sa
import zstandard

from app.domain.people import NewPerson
from app.errors import UserError
from app.hub import Hub
from app.i18n import LANGUAGES, current_language, use_language
from app.services import people
from app.services.exchange import revoking, trust
from app.services.exchange.overview import overview
from app.storage import incoming, oplog, schema
from app.storage.unit_of_work import UnitOfWork
from app.sync import bundle as bundles
from app.sync.trust import Identity, sign
from tests.factories import DAY, START
from tests.services.exchange.network import Site
from tests.services.exchange.state import refuse_what_is_no_sentence, state_of
from tests.soak import Tell, amount, new_dice
from tests.sync.conftest import Mutation


@pytest.fixture(autouse=True)
def _language_is_put_back() -> Iterator[None]:
    before = current_language()
    yield
    use_language(before)


def write_by(
    sender: Hub,
    recipient: Hub,
    payload: bytes = b"ops",
    expires_at: int | None = None,
    base: Mapping[bytes, int] | None = None,
) -> bytes:
    """A bundle as a program of the sender could write it, with whatever in it."""
    return bundles.write_bundle(
        payload,
        sender=sender.write(trust.own_identity),
        keys=sender.write(trust.own_keys),
        recipients=[recipient.write(trust.own_identity)],
        base=base or {},
        ops=0,
        made_at=START,
        program="0.1.0",
        expires_at=expires_at,
    )


def seal_by(sender: Hub, recipient: Hub, compressed: bytes) -> bytes:
    """A bundle that is properly signed and encrypted, whatever it holds."""
    reader = recipient.write(trust.own_identity)
    header = {
        "id": secrets.token_hex(8), "from": sender.actor.installation_id.hex, "to": [reader.installation.hex],
    }  # fmt: skip
    outside = bundles.MAGIC + msgspec.json.encode(header) + b"\n"
    sealed: bytes = pyrage.encrypt(compressed, [pyrage.x25519.Recipient.from_str(reader.keys.age)])
    return outside + b64encode(sign(sender.write(trust.own_keys), outside + sealed)) + b"\n" + sealed


def zeros() -> bytes:
    """Two gigabytes of them, in some ten thousand bytes."""
    size, piece = 2 * 2**30, bytes(2**24)
    compressor = zstandard.ZstdCompressor(level=1).compressobj(size)
    return b"".join(compressor.compress(piece) for _ in range(size // len(piece))) + compressor.flush()


def _resigned(content: bytes, thief: Site) -> bytes:
    """Somebody who is enrolled too puts his own name to it."""
    _magic, line, _signature, sealed = content.split(b"\n", 3)
    header = msgspec.json.decode(line) | {"from": thief.hub.actor.installation_id.hex}
    outside = bundles.MAGIC + msgspec.json.encode(header) + b"\n"
    return outside + b64encode(sign(thief.hub.write(trust.own_keys), outside + sealed)) + b"\n" + sealed


def _flipped(content: bytes, at: int) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1
    return bytes(changed)


def _stranger(sites: list[Site]) -> bytes:
    """From an office that Tanger does not know: one that is new, with keys of its own."""
    unknown = Identity(uuid4(), "AGD", "A", {"fr": "Agadir"}, sites[2].hub.write(trust.own_identity).keys)
    with patch.object(trust, "own_identity", lambda _uow: unknown):
        return write_by(sites[2].hub, sites[1].hub)


def _revoked(sites: list[Site]) -> bytes:
    content = sites[3].export()
    sites[1].hub.write(lambda uow: revoking.revoke("BML", uow))
    return content


Make = Callable[[list[Site], bytes], bytes]
BAD: dict[str, Make] = {
    "a bit of the header": lambda _sites, good: _flipped(good, 40),
    "a bit of the signature": lambda _sites, good: _flipped(good, good.index(b"\n", 20) + 30),
    "a bit of the content": lambda _sites, good: _flipped(good, len(good) - 100),
    "cut at the end": lambda _sites, good: good[:-1],
    "cut in the middle": lambda _sites, good: good[: len(good) // 2],
    "cut in the header": lambda _sites, good: good[:50],
    "nothing but its first line": lambda _sites, good: good[:14],
    "empty": lambda _sites, _good: b"",
    "extended": lambda _sites, good: good + b"\0",
    "doubled": lambda _sites, good: good + good,
    "another form": lambda _sites, good: good.replace(b"bundle 1", b"bundle 9", 1),
    "a picture": lambda _sites, _good: b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "zeros": lambda _sites, _good: bytes(100_000),
    "zeros after a sound first line": lambda _sites, _good: bundles.MAGIC + bytes(100_000),
    "two gigabytes of zeros, packed": lambda sites, _good: seal_by(sites[0].hub, sites[1].hub, zeros()),
    "no zstd": lambda sites, _good: seal_by(sites[0].hub, sites[1].hub, b"PK\x03\x04" + bytes(100)),
    "expired": lambda sites, _good: write_by(sites[0].hub, sites[1].hub, expires_at=sites[1].clock() - DAY),
    "signed again": lambda sites, good: _resigned(good, sites[2]),
    "for somebody else": lambda sites, _good: sites[0].export("OUJ"),
    "from a stranger": lambda sites, _good: _stranger(sites),
    "from nobody any more": lambda sites, _good: _revoked(sites),
    "no batch of ops": lambda sites, _good: write_by(sites[0].hub, sites[1].hub, b"\xc1" * 50),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_is_bad_is_said_in_three_languages_and_changes_nothing(sites: list[Site], bad: str) -> None:
    rabat, tanger = sites[:2]
    rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow))
    good = rabat.export()
    content = BAD[bad](sites, good)
    before = state_of(tanger)
    said = {}
    for language in LANGUAGES:
        use_language(language)
        with pytest.raises(UserError) as caught:
            tanger.take_in(content)
        said[language] = str(caught.value)
        refuse_what_is_no_sentence(said[language])
    assert len(set(said.values())) == len(LANGUAGES), said
    assert any("؀" <= letter <= "ۿ" for letter in said["ar"])
    assert state_of(tanger) == before
    assert tanger.hub.check() == []
    assert not list(tanger.paths.backups.glob("before-*"))
    if "nobody" not in bad:
        assert tanger.take_in(good).created["person"] == 1


def test_what_was_taken_in_before_is_known_and_changes_nothing(sites: list[Site]) -> None:
    rabat, tanger = sites[:2]
    rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow))
    content = rabat.export()
    tanger.take_in(content)
    before = state_of(tanger)
    assert tanger.take_in(content).known
    assert state_of(tanger) == before


def _try_mutations(sites: list[Site], times: int, dice: random.Random) -> None:
    rabat, tanger = sites[:2]
    rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow))
    good, mutation = rabat.export(), Mutation(dice)
    before = state_of(tanger)
    for _number in range(times):
        with pytest.raises(UserError):
            tanger.take_in(mutation.apply(good))
    assert state_of(tanger) == before
    assert tanger.hub.check() == []
    assert tanger.take_in(good).ops_new


def test_mutations_change_nothing(sites: list[Site], tell: Tell) -> None:
    _try_mutations(sites, 200, new_dice(tell))


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_many_mutations_change_nothing(sites: list[Site], tell: Tell) -> None:
    times = amount("MUTATIONS") // 10
    _try_mutations(sites, times, new_dice(tell))
    tell(f"{times} mutated bundles, 0 accepted, nothing changed")


# properly signed nonsense -------------------------------------------------------------------------------------------

NOWHERE = UUID(int=5).bytes
Said = tuple[str, dict[str, object], list[tuple[bytes, int, list[str] | None]]]
NONSENSE: dict[str, list[Said]] = {
    "a number for a name": [("person", {"name": 5}, [])],
    "nothing for a name": [("person", {"name": None}, [])],
    "bytes for a name": [("person", {"name": b"\xff\xfe"}, [])],
    "a list for a name": [("person", {"name": ["Awa"]}, [])],
    "a map for a phone": [("person", {"phones": {"a": 1}}, [])],
    "a fraction for a moment": [("person", {"created_at": 0.5}, [])],
    "a number beyond all numbers": [("person", {"created_at": 2**64 - 1}, [])],
    "the first of all moments": [("visit", {"arrived_at": -(2**63)}, [])],
    "text for a flag": [("person", {"deleted": "perhaps"}, [])],
    "a number for a flag": [("person", {"hidden": 2}, [])],
    "nothing at all": [("person", {}, [])],
    "a hub that nobody knows": [("person", {"name": "Awa", "hub_id": NOWHERE}, [])],
    "an id of another length": [("person", {"name": "Awa", "hub_id": b"short"}, [])],
    "a consent of nobody": [("consent", {"person_id": NOWHERE}, [])],
    "an unknown sex and a date that is none": [("person", {"sex": "?", "birth_date": "le 12 mars"}, [])],
    "an unknown state": [("visit", {"state": "floating"}, [])],
    "an unknown role": [("account", {"role": "emperor", "login": "x", "name": "x", "active": True}, [])],
    "a version that nobody wrote": [("person", {"name": "Awa"}, [(b"\x07" * 8, 1, None)])],
    "its bookkeeping": [("person", {"id": NOWHERE, "versions": b"\xc1"}, [])],
    "words of another language": [("person", {"name\" = 'x' --": "y"}, [])],
    "a table of the system": [("sqlite_master", {"sql": "DROP TABLE person"}, [])],
    "a local table": [("own_keys", {"age": "AGE-SECRET-KEY-1"}, [])],
}


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_that_is_properly_signed_breaks_nothing(sites: list[Site], nonsense: str) -> None:
    """Refused with a sentence, or taken in; in either case all that one does afterwards works."""
    rabat, tanger = sites[:2]

    def say_nonsense(uow: UnitOfWork) -> None:
        for table, cells, replaced in NONSENSE[nonsense]:
            uow.recorder._append(table, uow.new_id(), oplog.Body(_sound_cells(table, uow) | cells, replaced))

    rabat.hub.write(say_nonsense)
    content = rabat.export()
    before = state_of(tanger)
    refused = ""
    try:
        tanger.take_in(content)
    except UserError as error:
        refused = str(error)
    if refused:
        refuse_what_is_no_sentence(refused)
        assert state_of(tanger) == before
    assert tanger.hub.check() == []
    use_as_every_day(tanger)


def test_nonsense_that_waited_keeps_nothing_else_out(sites: list[Site]) -> None:
    """A bundle is looked into when what it builds on has come; it must not hold up the one that brings that."""
    rabat, tanger = sites[:2]
    rabat.hub.write(lambda uow: people.add(NewPerson("Awa Diop"), uow))
    with rabat.hub._store.bare() as connection:
        here = incoming.have(connection)
    assert tanger.take_in(write_by(rabat.hub, tanger.hub, b"\xc1 no ops", base=here)).waits
    assert tanger.take_in(rabat.export()).created["person"] == 1
    assert tanger.hub.read(overview).waiting == ()
    assert tanger.hub.check() == []


def _sound_cells(name: str, uow: UnitOfWork) -> dict[str, object]:
    """The cells without which no row of a table can be: what it points to."""
    found: dict[str, object] = {}
    for column in schema.SYNCED[name].c if name in schema.SYNCED else ():
        if column.foreign_keys and not column.nullable:
            [target] = [key.column.table for key in column.foreign_keys]
            first = uow.connection.scalar(sa.select(target.c.id).limit(1))
            if first is not None:
                found[str(column.name)] = first.bytes
    return found


def use_as_every_day(site: Site) -> None:
    """What people do at the desk and on the Exchange page."""
    made = site.hub.write(lambda uow: people.add(NewPerson("Fatou Ndiaye"), uow)).value.id
    assert made in {row.id for row in site.hub.read(lambda uow: people.search("fatou", uow))}
    for row in site.hub.read(lambda uow: people.search("awa", uow)):
        site.hub.read(lambda uow, row=row: people.show(row.id, uow))  # type: ignore[misc]
    assert site.disputes() is not None
    with suppress(UserError):
        site.export()
    site.reopen()
