"""Exchange for peers that know messages only."""

from tests.benchmarks.sync_race.replica import Received, RefusedError, Replica


def meet_by_messages(one: Replica, other: Replica) -> Received:
    """A message in each direction, the second made after the first was taken in. Raises RefusedError after both."""
    told: list[str] = []
    refused: list[RefusedError] = []
    for sender, receiver in ((one, other), (other, one)):
        try:
            told += receiver.receive(sender.send(receiver.name), sender.name).told
        except RefusedError as error:
            refused.append(error)
    if refused:
        raise refused[0]
    return Received(tuple(told))
