"""What SQLite writes to its files, made to ask before each step.

SQLite reaches files through a table of functions for each file that its VFS opens (https://sqlite.org/vfs.html). The
VFS's function for opening is replaced by one that gives each file a table in which writing, cutting and syncing ask
first. So a refusal comes from below SQLite, as it would from a disk, and all that is above it is the real thing.
"""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from errno import ENOSPC, EROFS
from typing import Final

import sqlcipher3._sqlite3 as driver

from tests.faults.steps import CREATE, REMOVE, SYNC, TRUNCATE, WRITE, Steps

# names as pointers: SQLite keeps more behind the end of a name than its letters
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_MAP = CFUNCTYPE(c_int, c_void_p, c_int, c_int, c_int, POINTER(c_void_p))


class _Methods(Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (
        ("version", c_int), ("close", c_void_p), ("read", c_void_p), ("write", _WRITE), ("truncate", _TRUNCATE),
        ("sync", _SYNC), ("size", c_void_p), ("lock", c_void_p), ("unlock", c_void_p), ("reserved", c_void_p),
        ("control", c_void_p), ("sector", c_void_p), ("device", c_void_p), ("map", _MAP), ("shm_lock", c_void_p),
        ("barrier", c_void_p), ("unmap", c_void_p), ("fetch", c_void_p), ("unfetch", c_void_p),
    )  # fmt: skip


class _File(Structure):
    """sqlite3_file."""

    _fields_ = (("methods", POINTER(_Methods)),)


class _Vfs(Structure):
    """sqlite3_vfs, as far as it is needed."""

    _fields_ = (
        ("version", c_int), ("file_size", c_int), ("longest", c_int), ("next", c_void_p), ("name", c_char_p),
        ("data", c_void_p), ("open", _OPEN), ("delete", _DELETE),
    )  # fmt: skip


_OK, _FULL = 0, 13
_IO: Final = {WRITE: 778, SYNC: 1034, TRUNCATE: 1546, REMOVE: 2570}
"""SQLITE_IOERR_WRITE, _FSYNC, _TRUNCATE, _DELETE (https://sqlite.org/rescode.html)."""
_CANT_OPEN, _READ_ONLY, _NO_ROOM_TO_MAP = 14, 8, 4874
_KEPT: list[object] = []
"""Files that stay open point to these for as long as the process lives."""


@contextmanager
def asked_first(steps: Steps) -> Iterator[None]:
    """Files that SQLite opens within the block ask `steps` before each step of writing, until the block ends."""
    vfs = _default_vfs()
    really_open, really_delete = _OPEN.from_buffer_copy(vfs.open), _DELETE.from_buffer_copy(vfs.delete)
    tables: dict[int, _Methods] = {}
    paths: dict[int, str] = {}
    asks = [True]

    def code(verb: str, path: str, half: object = None) -> int:
        number = steps.take(verb, path, half if callable(half) else lambda: None) if asks[0] and path else 0
        if number == 0:
            return _OK
        if verb == CREATE:
            return _CANT_OPEN
        return _FULL if number == ENOSPC and verb == WRITE else _READ_ONLY if number == EROFS else _IO[verb]

    def open_file(of: int, name: int | None, file: int, flags: int, out: object) -> int:
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        if path and not os.path.exists(path) and (refused := code(CREATE, path)):  # noqa: PTH110 - a path as SQLite has it
            return refused
        answer: int = really_open(of, name, file, flags, out)
        methods = ctypes.cast(file, POINTER(_File)).contents.methods
        if answer == _OK and methods:
            address = ctypes.addressof(methods.contents)
            if address not in tables:
                tables[address] = _asking(methods.contents, paths, code)
            paths[file] = path
            ctypes.cast(file, POINTER(_File)).contents.methods = ctypes.pointer(tables[address])
        return answer

    def delete(of: int, name: int, durable: int) -> int:
        path = os.fsdecode(ctypes.string_at(name))
        if os.path.exists(path) and (refused := code(REMOVE, path)):  # noqa: PTH110
            return refused
        answer: int = really_delete(of, name, durable)
        return answer

    opening, deleting = _OPEN(open_file), _DELETE(delete)
    _KEPT.extend((tables, opening, deleting, really_open, really_delete))
    vfs.open, vfs.delete = opening, deleting
    try:
        yield
    finally:
        vfs.open, vfs.delete = really_open, really_delete
        asks[0] = False


def _asking(really: _Methods, paths: dict[int, str], code: object) -> _Methods:
    """A table like another one, whose writing functions ask first."""
    ask = code if callable(code) else _never

    def write(file: int, content: int, amount: int, offset: int) -> int:
        def half() -> None:
            really.write(file, content, amount // 2, offset)

        return ask(WRITE, paths[file], half) or really.write(file, content, amount, offset)

    def truncate(file: int, size: int) -> int:
        return ask(TRUNCATE, paths[file]) or really.truncate(file, size)

    def sync(file: int, flags: int) -> int:
        return ask(SYNC, paths[file]) or really.sync(file, flags)

    def map_shared(file: int, region: int, size: int, extend: int, out: object) -> int:
        if extend and ask(WRITE, f"{paths[file]}-shm"):
            return _NO_ROOM_TO_MAP
        answer: int = really.map(file, region, size, extend, out)
        return answer

    made = _Methods()
    ctypes.pointer(made)[0] = really
    functions = _WRITE(write), _TRUNCATE(truncate), _SYNC(sync), _MAP(map_shared)
    _KEPT.extend((functions, really))
    made.write, made.truncate, made.sync = functions[:3]
    if really.version > 1 and ctypes.cast(really.map, c_void_p).value:
        made.map = functions[3]
    return made


def _never(*_step: object) -> int:
    return _OK


def _default_vfs() -> _Vfs:
    find = ctypes.CDLL(driver.__file__).sqlite3_vfs_find
    find.restype, find.argtypes = POINTER(_Vfs), (c_char_p,)
    found: _Vfs = find(None).contents
    return found
