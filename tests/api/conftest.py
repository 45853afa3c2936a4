"""The people of the stories for the tests of the interface, and a faster transaction."""

import copy
from typing import Any

import pytest
from moto.dynamodb.models.table import Table

from tests.stories.conftest import petitioner as petitioner
from tests.stories.conftest import staff as staff


@pytest.fixture(autouse=True)
def _light_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a rollback moto copies whole tables, item by item; a transaction replaces items and never changes one."""

    def kept(table: Table, _memo: dict[int, Any]) -> Table:
        made = copy.copy(table)
        made.items = copy.copy(table.items)
        for key, rows in table.items.items():
            made.items[key] = copy.copy(rows)
        return made

    monkeypatch.setattr(Table, "__deepcopy__", kept, raising=False)
