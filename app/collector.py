"""The collector of circular garbage, which is in the way where very many objects are made that all stay for a while."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let the collector rest: it would look through all ops of an import again and again, for a third of its time.

    What is not circular is freed all the same.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
