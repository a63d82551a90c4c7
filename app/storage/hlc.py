"""Hybrid logical clock (Kulkarni et al., 2014): orders what causality leaves open, whatever the computer's clock says.

Packed into 64 bits: 48 of milliseconds, 16 of a counter. It never goes back, so a clock set back is harmless; a clock
years ahead drags it along, which is harmless too, because it only breaks ties.
"""

import secrets
from uuid import UUID

_COUNTER_BITS = 16
LATEST_MS = 2**46 - 2**24
"""A computer that claims a later moment (in the year 4199) is taken to be there."""
LARGEST = 2**62 - 1
"""No reading of a program that works is beyond this."""


def tick(last: int, now: int) -> int:
    """The next reading after `last`, at `now` (epoch ms) on this computer's clock."""
    return max(last + 1, clamp(now) << _COUNTER_BITS)


def clamp(now: int) -> int:
    """A moment (epoch ms) as ops can state it: no clock of a computer is believed to be before 1970."""
    return min(max(now, 0), LATEST_MS)


def wall_ms(reading: int) -> int:
    """The milliseconds of a reading."""
    return reading >> _COUNTER_BITS


def id_at(reading: int) -> UUID:
    """A UUID version 7 (RFC 9562) whose time is that of the reading: ids sort as they were made, also in one ms."""
    random = secrets.randbits(58)
    counter = reading & 0xFFFF
    value = (wall_ms(reading) & 0xFFFFFFFFFFFF) << 80 | 7 << 76 | (counter >> 4) << 64
    return UUID(int=value | 2 << 62 | (counter & 0xF) << 58 | random)
