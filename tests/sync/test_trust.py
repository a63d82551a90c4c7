"""Identity files and fingerprints."""

import hashlib
from base64 import b64encode
from dataclasses import replace
from uuid import UUID

import msgspec
import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.sync import trust
from app.sync.trust import (
    Identity,
    IdentityError,
    PublicKeys,
    SecretKeys,
    fingerprint,
    is_signed,
    new_keys,
    read_identity,
    same_fingerprint,
    sign,
    write_identity,
)
from tests.sync.conftest import Mutation, Party

# RFC 8032, section 7.1, test 2
_SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
_PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
_SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
# the examples of the proquint article (Wilkerson 2009): addresses as two words each
_PROQUINTS = {
    "127.0.0.1": "lusab-babad",
    "63.84.220.193": "gutih-tugad",
    "63.118.7.35": "gutuk-bisog",
    "140.98.193.141": "mudof-sakat",
    "64.255.6.200": "haguz-biram",
    "128.30.52.45": "mabiv-gibot",
    "147.67.119.2": "natag-lisaf",
    "212.58.253.68": "tibup-zujah",
    "216.35.68.215": "tobog-higil",
    "216.68.232.21": "todah-vobij",
    "198.81.129.136": "sinid-makam",
    "12.110.110.204": "budov-kuras",
}


def test_signatures_are_ed25519() -> None:
    keys = SecretKeys(new_keys().age, _SEED)
    assert keys.public.ed25519 == _PUBLIC
    assert sign(keys, b"\x72") == _SIGNATURE
    assert is_signed(_PUBLIC, _SIGNATURE, b"\x72")
    assert not is_signed(_PUBLIC, _SIGNATURE, b"\x73")
    assert not is_signed(_PUBLIC[:-1], _SIGNATURE, b"\x72")


def test_secret_keys_do_not_show_themselves() -> None:
    keys = new_keys()
    assert keys.age not in f"{keys!r} {keys}"
    assert str(keys.ed25519) not in repr(keys)


def test_identity_file_comes_back(parties: list[Party]) -> None:
    for party in parties:
        content = write_identity(party.identity, party.keys)
        assert read_identity(content) == party.identity
        assert write_identity(read_identity(content), party.keys) == content
        assert party.keys.age.encode() not in content


def test_every_flipped_bit_is_refused(parties: list[Party]) -> None:
    content = write_identity(parties[0].identity, parties[0].keys)
    for place in range(len(content)):
        for value in (*(content[place] ^ 1 << bit for bit in range(8)), *b' \t\n"0aA=,', 0):
            if value != content[place]:
                with pytest.raises(IdentityError):
                    read_identity(content[:place] + bytes([value]) + content[place + 1 :])


@pytest.mark.soak
def test_every_other_byte_is_refused(parties: list[Party]) -> None:
    content = write_identity(parties[0].identity, parties[0].keys)
    tried = 0
    for place in range(len(content)):
        for value in range(256):
            if value != content[place]:
                with pytest.raises(IdentityError):
                    read_identity(content[:place] + bytes([value]) + content[place + 1 :])
                tried += 1
    assert tried == 255 * len(content)


def test_damage_is_refused(parties: list[Party], mutation: Mutation) -> None:
    content = write_identity(parties[0].identity, parties[0].keys)
    for end in range(len(content)):
        with pytest.raises(IdentityError):
            read_identity(content[:end])
    for _ in range(2000):
        with pytest.raises(IdentityError):
            read_identity(mutation.apply(content))


@pytest.mark.parametrize("more", [b" ", b"\n", b"x" * 20_000])
def test_longer_files_are_refused(parties: list[Party], more: bytes) -> None:
    with pytest.raises(IdentityError):
        read_identity(write_identity(parties[0].identity, parties[0].keys) + more)


def test_nobody_signs_for_another(parties: list[Party]) -> None:
    """Another's keys under one's own name, or one's own keys under another's name, without the keys that belong."""
    one, other = parties[:2]
    with pytest.raises(IdentityError):
        read_identity(write_identity(replace(one.identity, keys=other.identity.keys), one.keys))
    swapped = PublicKeys(other.identity.keys.age, one.identity.keys.ed25519)
    assert read_identity(write_identity(replace(one.identity, keys=swapped), one.keys)).keys == swapped
    assert fingerprint(replace(one.identity, keys=swapped)) != fingerprint(one.identity)


@pytest.mark.parametrize(
    "age", ["", "age1", "AGE-SECRET-KEY-1", "age1" + "q" * 58, "ssh-ed25519 AAAA", "ag\u00e91" * 9]
)
def test_what_is_no_key_is_refused(parties: list[Party], age: str) -> None:
    party = parties[0]
    form = msgspec.json.decode(write_identity(party.identity, party.keys))
    forged = replace(party.identity, keys=PublicKeys(age, party.identity.keys.ed25519))
    signed = sign(party.keys, trust._signed_part(forged)) if age.isascii() else bytes(64)
    form |= {"age": age, "signature": b64encode(signed).decode()}
    with pytest.raises(IdentityError):
        read_identity(msgspec.json.format(msgspec.json.encode(form), indent=1) + b"\n")


def test_later_formats_are_refused(parties: list[Party]) -> None:
    content = write_identity(parties[0].identity, parties[0].keys)
    with pytest.raises(IdentityError):
        read_identity(content.replace(b'"wasl_identity": 1', b'"wasl_identity": 2'))


@pytest.mark.parametrize(("address", "words"), _PROQUINTS.items())
def test_words_are_proquints(address: str, words: str) -> None:
    number = bytes(map(int, address.split(".")))
    made = (trust._proquint(int.from_bytes(number[:2])), trust._proquint(int.from_bytes(number[2:])))
    assert "-".join(made) == words


def test_fingerprint_stays_what_it_is() -> None:
    """An identity that was read out by phone years ago still has the same words."""
    age = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    installation = UUID("0192d3a8-0000-7000-8000-0123456789ab")
    identity = Identity(installation, "RBT", "A", {}, PublicKeys(age, _PUBLIC))
    digest = hashlib.sha256(b"wasl identity 1\n" + installation.bytes + age.encode() + b"\n" + _PUBLIC).digest()
    assert digest[:10].hex() == "f1561ada1993523e508e"
    assert fingerprint(identity) == "zajik-dorip-dokig-jamuv-jafav"
    assert fingerprint(replace(identity, hub="TNG", names={"fr": "Tanger"})) == fingerprint(identity)


def test_fingerprint_covers_each_key(parties: list[Party]) -> None:
    identity = parties[0].identity
    fresh = new_keys().public
    others = {
        fingerprint(replace(identity, keys=replace(identity.keys, age=fresh.age))),
        fingerprint(replace(identity, keys=replace(identity.keys, ed25519=fresh.ed25519))),
        fingerprint(replace(identity, installation=parties[1].identity.installation)),
    }
    assert len(others | {fingerprint(identity)}) == 4


def test_words_may_be_typed_carelessly(parties: list[Party]) -> None:
    identity = parties[0].identity
    words = fingerprint(identity)
    for typed in (words, words.upper(), words.replace("-", " "), words.replace("-", ""), f"  {words.title()}. ",
                  words.replace("-", " – "), words.replace("-", "\n")):  # fmt: skip
        assert same_fingerprint(typed, identity)


def test_other_words_are_not_taken(parties: list[Party]) -> None:
    identity = parties[0].identity
    words = fingerprint(identity)
    first, _, rest = words.partition("-")
    for typed in ("", "-", first, rest, f"{words}-{first}", f"{rest}-{first}", fingerprint(parties[1].identity)):
        assert not same_fingerprint(typed, identity)
    for place, letter in enumerate(words):
        if letter != "-":
            other = "b" if letter != "b" else "d"
            assert not same_fingerprint(words[:place] + other + words[place + 1 :], identity)


def test_age_keys_are_those_of_age() -> None:
    keys = new_keys()
    secret = pyrage.x25519.Identity.from_str(keys.age)
    assert pyrage.decrypt(pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(keys.public.age)]), [secret]) == b"x"
    assert len({new_keys().ed25519 for _ in range(10)}) == 10
    Ed25519PrivateKey.from_private_bytes(keys.ed25519)
