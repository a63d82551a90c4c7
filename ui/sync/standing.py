"""What anybody at this computer may know of what goes on by itself, read at once."""

from dataclasses import dataclass

from app.bootstrap import UnitOfWork
from app.services import erasing
from app.services.exchange import automatic
from app.services.exchange.automatic import Automatic
from app.services.exchange.twice import count_twice


@dataclass(frozen=True, slots=True)
class Standing:
    """The order in force, whether clearing up after an erasure has yet to succeed, and how many are here twice."""

    order: Automatic | None
    unerased: bool
    twice: int

    @property
    def asks_to_be_told(self) -> bool:
        """Whether there is anything to look after or to be said at the foot of the window."""
        return self.order is not None or self.unerased or self.twice > 0


def read_standing(uow: UnitOfWork) -> Standing:
    """Read it, for anybody."""
    return Standing(automatic.current(uow), erasing.is_unfinished(uow), count_twice(uow))
