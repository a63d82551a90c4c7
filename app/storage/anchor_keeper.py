"""Writes the anchor beside the store, off the way of whoever waits for a commit.

What was committed is durable without it. It takes two more waits for the disk (14 ms of the 38 of a visit), so it is
written by a thread that lives as long as there is something to write. Several commits in the meantime share one write.
"""

import logging
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from app.storage import anchor
from app.storage.anchor import Anchor

_log: Final = logging.getLogger(__name__)


class AnchorKeeper:
    """Keeps the newest anchor in a file. An anchor that lags behind by moments is no harm.

    The store proves that it has all that the anchor speaks of; a copy that is restored was made before it lagged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._newest: Anchor | None = None
        self._thread: Thread | None = None

    def keep(self, newest: Anchor) -> None:
        """Have an anchor written soon. Anchors are given in the order of their commits."""
        with self._lock:
            self._newest = newest
            if self._thread is None:
                self._thread = Thread(target=self._work_off, name="wasl-anchor")
                self._thread.start()

    def settle(self) -> None:
        """Wait until what was given is written."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work_off(self) -> None:
        while (wanted := self._take()) is not None:
            try:
                anchor.write_anchor(self._path, wanted)
            except OSError as error:
                _log.warning("anchor not written: %s", type(error).__name__)

    def _take(self) -> Anchor | None:
        with self._lock:
            wanted, self._newest = self._newest, None
            if wanted is None:
                # under the lock: whoever comes later starts another thread
                self._thread = None
            return wanted
