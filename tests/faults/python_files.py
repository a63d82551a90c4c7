"""Python's own ways of writing to files, made to ask before each step."""

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.faults.steps import CREATE, FOLDER, REMOVE, RENAME, RIGHTS, SYNC, WRITE, Steps

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Stream:
    """A binary stream whose writes are steps; one that is cut short has written half."""

    def __init__(self, stream: Any, path: str, steps: Steps) -> None:  # noqa: ANN401 - any binary stream
        self._stream, self._path, self._steps = stream, path, steps

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        return getattr(self._stream, name)

    def __enter__(self) -> "_Stream":
        return self

    def __exit__(self, *_error: object) -> None:
        self._stream.close()

    def write(self, content: Any) -> Any:  # noqa: ANN401 - anything with bytes
        def half() -> None:
            self._stream.write(memoryview(content)[: len(content) // 2])
            self._stream.flush()

        _ask(self._steps, WRITE, self._path, half)
        return self._stream.write(content)


@contextmanager
def asked_first(steps: Steps) -> Iterator[None]:
    """Within the block every step of writing asks `steps`."""
    really_open, really_fdopen, really_io_open = os.open, os.fdopen, io.open

    def open_descriptor(path: Any, flags: int, *rest: Any, **named: Any) -> int:  # noqa: ANN401 - as os.open
        if flags & _WRITES:
            _ask(steps, CREATE, _path_of(path, named.get("dir_fd")))
        return really_open(path, flags, *rest, **named)

    def open_stream(descriptor: int, mode: str = "r", *rest: Any, **named: Any) -> Any:  # noqa: ANN401 - as os.fdopen
        stream = really_fdopen(descriptor, mode, *rest, **named)
        return _Stream(stream, _path_of(descriptor), steps) if mode == "wb" else stream

    def open_file(path: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:  # noqa: ANN401 - as open
        if not isinstance(path, int) and set(mode) & set("wax+"):
            _ask(steps, CREATE, _path_of(path))
            stream = really_io_open(path, mode, *rest, **named)
            return _Stream(stream, _path_of(path), steps) if "b" in mode else stream
        return really_io_open(path, mode, *rest, **named)

    def asking(verb: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def asked(path: Any, *rest: Any, **named: Any) -> Any:  # noqa: ANN401 - as the function of os
            _ask(steps, verb, _path_of(path, named.get("dir_fd")))
            return do(path, *rest, **named)

        return asked

    verbs = {
        "fsync": SYNC, "replace": RENAME, "rename": RENAME, "unlink": REMOVE, "remove": REMOVE, "rmdir": REMOVE,
        "mkdir": FOLDER, "chmod": RIGHTS,
    }  # fmt: skip
    changed: dict[str, Any] = {name: asking(verb, getattr(os, name)) for name, verb in verbs.items()}
    changed |= {"open": open_descriptor, "fdopen": open_stream}
    with (
        patch.multiple(os, **changed),
        patch.object(io, "open", open_file),
        patch.object(builtins, "open", open_file),
    ):
        yield


def _ask(steps: Steps, verb: str, path: str, half: Callable[[], object] = lambda: None) -> None:
    if number := steps.take(verb, path, half):
        raise OSError(number, os.strerror(number), path)


def _path_of(path: Any, folder: int | None = None) -> str:  # noqa: ANN401 - a path or a descriptor
    """The whole path of a file, as the system knows it where it is open."""
    if isinstance(path, int):
        return str(Path(f"/proc/self/fd/{path}").readlink())
    name = Path(os.fsdecode(path))
    return str(name if folder is None else Path(f"/proc/self/fd/{folder}").readlink() / name)
