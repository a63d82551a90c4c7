"""A part of what somebody lacks builds on nothing that is left out, and ends where streams were signed."""

from hypothesis import given
from hypothesis import strategies as st

from app.sync.splitting import Tail, closed_part


@st.composite
def tails(draw: st.DrawFn) -> list[Tail]:
    made = []
    for _stream in range(draw(st.integers(1, 4))):
        clocks = sorted(draw(st.sets(st.integers(1, 60), min_size=1, max_size=20)))
        places = draw(st.none() | st.sets(st.integers(1, len(clocks))))
        made.append(Tail(clocks, None if places is None else sorted({*places, len(clocks)})))
    return made


def is_closed(made: list[Tail], counts: list[int]) -> bool:
    taken = max((tail.clocks[count - 1] for tail, count in zip(made, counts, strict=True) if count), default=0)
    left = (tail.clocks[count] for tail, count in zip(made, counts, strict=True) if count < len(tail.clocks))
    return taken <= min(left, default=taken)


@given(tails(), st.integers(1, 70))
def test_a_part_is_closed_and_small_and_goes_forward(made: list[Tail], most: int) -> None:
    counts = closed_part(made, most)
    assert sum(counts) > 0
    assert is_closed(made, counts)
    assert all(tail.ends is None or not count or count in tail.ends for tail, count in zip(made, counts, strict=True))
    if all(tail.ends is None for tail in made) and len({clock for tail in made for clock in tail.clocks}) == sum(
        len(tail.clocks) for tail in made
    ):
        assert sum(counts) == min(most, sum(len(tail.clocks) for tail in made))


def test_everything_goes_where_it_fits() -> None:
    assert closed_part([Tail([1, 2, 3], None), Tail([2, 9], [2])], 5) == [3, 2]


def test_a_stream_that_was_signed_nowhere_is_left_out() -> None:
    assert closed_part([Tail([1, 2, 3], None), Tail([4, 5], [])], 4) == [3, 0]
