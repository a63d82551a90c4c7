"""Wrong passwords slow the next try down, whatever the clock does, and nobody for longer than five minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import open_hub, wait_before_next_try
from app.errors import WrongPasswordError
from app.hub import Hub
from app.paths import HubPaths
from app.storage.attempts import Attempts, read_attempts, wait_ms
from tests.factories import CHEAP, MANAGER, PASSWORD, YEAR, SettableClock

MOST = 300_000


def fail(paths: HubPaths, clock: SettableClock) -> float:
    with pytest.raises(WrongPasswordError) as caught:
        open_hub(paths, MANAGER, "faux-mot-de-passe", clock, CHEAP)
    return caught.value.wait_seconds


def test_the_third_wrong_password_slows_the_next_try(paths: HubPaths, clock: SettableClock) -> None:
    assert [fail(paths, clock) for _ in range(3)] == [0, 0, 2]
    # refused without being tried: the right one too, and the count stays
    with pytest.raises(WrongPasswordError):
        open_hub(paths, MANAGER, PASSWORD, clock, CHEAP)
    assert read_attempts(paths.attempts).failed == 3
    clock.moment += 2000
    assert fail(paths, clock) == 4
    clock.moment += 4000
    open_hub(paths, MANAGER, PASSWORD, clock, CHEAP).close()
    assert wait_before_next_try(paths, clock) == 0
    assert fail(paths, clock) == 0


def test_the_lock_screen_is_slowed_too(paths: HubPaths, hub: Hub, clock: SettableClock) -> None:
    for _ in range(3):
        with pytest.raises(WrongPasswordError):
            hub.verify_password("faux")
    with pytest.raises(WrongPasswordError):
        hub.verify_password(PASSWORD)
    assert wait_before_next_try(paths, clock) == 2
    clock.moment += 2000
    hub.verify_password(PASSWORD)
    assert not paths.attempts.exists()


def test_a_clock_set_back_locks_nobody_out_for_years(paths: HubPaths, clock: SettableClock) -> None:
    clock.moment += 10 * YEAR
    for _ in range(3):
        fail(paths, clock)
    clock.moment -= 10 * YEAR
    assert wait_before_next_try(paths, clock) == 2
    clock.moment += 2000
    assert wait_before_next_try(paths, clock) == 0
    open_hub(paths, MANAGER, PASSWORD, clock, CHEAP).close()


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"failed":"x"}', b"\xff", b'{"failed":"\xff"}', b'{"failed":-5}', b"[]"]
)
def test_a_damaged_record_of_attempts_is_none(paths: HubPaths, clock: SettableClock, content: bytes) -> None:
    paths.attempts.write_bytes(content)
    assert wait_before_next_try(paths, clock) == 0
    open_hub(paths, MANAGER, PASSWORD, clock, CHEAP).close()


@given(failed=st.integers(-5, 10**6), last=st.integers(-(10**15), 10**15), now=st.integers(-(10**15), 10**15))
def test_nobody_ever_waits_longer_than_five_minutes(failed: int, last: int, now: int) -> None:
    assert 0 <= wait_ms(Attempts(failed, last), now) <= MOST
    if failed < 3:
        assert wait_ms(Attempts(failed, last), now) == 0
    if now >= last + MOST:
        assert wait_ms(Attempts(failed, last), now) == 0
