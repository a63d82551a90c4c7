"""Statements about keys: followed from what one knows, as far as both keys have signed, and no further."""

from itertools import pairwise
from uuid import uuid4

import msgspec
import pytest

from app.sync.bundle import ALTERED, EXPIRED, MOST_STATEMENTS, BundleError, read_bundle, write_bundle
from app.sync.rotation import Statement, StatementError, follow, former_keys, read_statement, state_new_keys
from app.sync.trust import SecretKeys, new_keys
from tests.sync.conftest import NOW, Mutation, Party

WHO = uuid4()


def chain(*keys: SecretKeys) -> list[Statement]:
    return [state_new_keys(WHO, before, after, NOW) for before, after in pairwise(keys)]


def test_a_statement_comes_back() -> None:
    first, second = new_keys(), new_keys()
    statement = state_new_keys(WHO, first, second, NOW)
    assert read_statement(statement.raw) == statement
    assert (statement.before, statement.keys, statement.at) == (first.public.ed25519, second.public, NOW)


def test_the_chain_is_followed_from_any_key_of_it_and_back() -> None:
    keys = [new_keys() for _ in range(4)]
    statements = chain(*keys)
    for known in range(4):
        found = follow(WHO, keys[known].public, reversed(statements))
        assert [item.keys for item in found] == [item.public for item in keys[known + 1 :]]
        earlier = former_keys(WHO, keys[known].public.ed25519, statements)
        assert list(earlier) == [item.public.ed25519 for item in reversed(keys[:known])]
    assert follow(WHO, new_keys().public, statements) == ()
    assert follow(uuid4(), keys[0].public, statements) == ()
    assert former_keys(uuid4(), keys[3].public.ed25519, statements) == ()


def test_of_two_statements_from_one_key_the_first_counts() -> None:
    first, second, third = new_keys(), new_keys(), new_keys()
    statements = [state_new_keys(WHO, first, second, NOW), state_new_keys(WHO, first, third, NOW)]
    assert [item.keys for item in follow(WHO, first.public, statements)] == [second.public]


def test_a_chain_that_comes_back_to_its_beginning_ends() -> None:
    first, second = new_keys(), new_keys()
    statements = [*chain(first, second), *chain(second, first)]
    assert len(follow(WHO, first.public, statements)) == 2
    assert len(former_keys(WHO, first.public.ed25519, statements)) == 2


def test_both_keys_must_have_signed() -> None:
    victim, thief = new_keys(), new_keys()
    sound = msgspec.msgpack.decode(state_new_keys(WHO, victim, new_keys(), NOW).raw)
    forged = msgspec.msgpack.decode(state_new_keys(WHO, thief, thief, NOW).raw)
    for places in ((1,), (2, 3), (2, 3, 5), (2, 3, 6)):
        altered = list(forged)
        altered[1] = sound[1]
        for place in places:
            altered[place] = sound[place]
        with pytest.raises(StatementError):
            read_statement(msgspec.msgpack.encode(altered))


def test_no_mutation_of_a_statement_is_one(mutation: Mutation) -> None:
    raw = state_new_keys(WHO, new_keys(), new_keys(), NOW).raw
    for _ in range(1000):
        with pytest.raises(StatementError):
            read_statement(mutation.apply(raw))


def send(party: Party, to: Party, keys: SecretKeys, *statements: Statement) -> bytes:
    return write_bundle(
        b"ops", sender=party.identity, keys=keys, recipients=[to.identity], base={}, ops=0, made_at=NOW, program="1",
        chain=statements,
    )  # fmt: skip


def test_a_bundle_brings_the_way_to_its_keys(parties: list[Party]) -> None:
    sender, receiver = parties[:2]
    who, second, third = sender.identity.installation, new_keys(), new_keys()
    statements = [state_new_keys(who, sender.keys, second, NOW), state_new_keys(who, second, third, NOW)]
    opened = receiver.open(send(sender, receiver, third, *statements))
    assert opened.sender.keys == third.public
    assert list(opened.followed) == statements
    assert receiver.open(send(sender, receiver, sender.keys)).followed == ()
    for broken in (statements[1:], statements[:1], ()):
        with pytest.raises(BundleError) as caught:
            receiver.open(send(sender, receiver, third, *broken))
        assert caught.value.reason == ALTERED


def test_another_can_not_state_keys_for_the_sender(parties: list[Party]) -> None:
    sender, receiver, thief = parties[:3]
    who, made = sender.identity.installation, new_keys()
    for statement in (
        state_new_keys(who, thief.keys, made, NOW),
        state_new_keys(thief.identity.installation, thief.keys, made, NOW),
    ):
        with pytest.raises(BundleError) as caught:
            receiver.open(send(sender, receiver, made, statement))
        assert caught.value.reason == ALTERED


def test_what_former_keys_have_signed_is_out_of_date(parties: list[Party]) -> None:
    sender, receiver = parties[:2]
    content, former = send(sender, receiver, sender.keys), sender.keys.public.ed25519
    receiver.enrolled[sender.identity.installation] = parties[2].identity
    for replaced, reason in (((former,), EXPIRED), ((), ALTERED)):
        with pytest.raises(BundleError) as caught:
            read_bundle(
                content, me=receiver.identity.installation, keys=receiver.keys, known=receiver.enrolled.get, now=NOW,
                replaced=lambda _who, keys=replaced: keys,  # type: ignore[misc]
            )  # fmt: skip
        assert caught.value.reason == reason


def test_a_bundle_for_earlier_keys_still_opens(parties: list[Party]) -> None:
    sender, receiver = parties[:2]
    content = send(sender, receiver, sender.keys)
    opened = read_bundle(
        content, me=receiver.identity.installation, keys=new_keys(), known=receiver.enrolled.get, now=NOW,
        former=[new_keys(), receiver.keys],
    )  # fmt: skip
    assert opened.payload == b"ops"


def test_the_outside_does_not_grow_without_end(parties: list[Party]) -> None:
    sender, receiver = parties[:2]
    who, keys = sender.identity.installation, [sender.keys, *(new_keys() for _ in range(MOST_STATEMENTS + 1))]
    statements = [state_new_keys(who, before, after, NOW) for before, after in pairwise(keys)]
    content = send(sender, receiver, keys[-1], *statements)
    with pytest.raises(BundleError):
        receiver.open(content)
    receiver.enrolled[who] = type(sender.identity)(who, "RBT", "A", {}, keys[1].public)
    assert receiver.open(content).sender.keys == keys[-1].public
