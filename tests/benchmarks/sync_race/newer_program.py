"""A newer Wasl: this one, but its people have one more field. `python -m tests.benchmarks.sync_race.newer_program`."""

import importlib
from collections.abc import Callable
from typing import Any
from unittest import mock

import sqlalchemy as sa

from tests.benchmarks.sync_race.columns import NEWER_CELL


def _with_one_more(make: Callable[..., sa.Table]) -> Callable[..., sa.Table]:
    def make_table(name: str, metadata: sa.MetaData, first: Any, *others: Any, **options: Any) -> sa.Table:  # noqa: ANN401
        more = [sa.Column(NEWER_CELL, sa.Text, nullable=False, server_default="")] if name == "person" else []
        return make(name, metadata, first, *more, *others, **options)

    return make_table


if __name__ == "__main__":
    with mock.patch.object(sa, "Table", _with_one_more(sa.Table)):
        importlib.import_module("app.storage.schema")
    importlib.import_module("tests.benchmarks.sync_race.newer_wasl").serve()
