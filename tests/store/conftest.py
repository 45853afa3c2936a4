"""Both tables under one name, and the cases of a small county over either of them."""

import pytest

from chalicelib.store import items, keys
from chalicelib.store.cases import Cases
from chalicelib.store.dynamo import CasesTable
from chalicelib.store.memory import MemoryTable
from chalicelib.store.sealing import Keys
from chalicelib.store.table import Table
from tests.domain.county import TREE


@pytest.fixture(params=["memory", "dynamodb"])
def table(request: pytest.FixtureRequest) -> Table:
    """The table in memory, and the one on DynamoDB."""
    if request.param == "memory":
        return MemoryTable()
    request.getfixturevalue("world")
    return CasesTable()


@pytest.fixture
def cases(table: Table) -> Cases:
    """No case yet, and the county's office tree at its first version."""
    pk, sk = keys.TREE
    table.put({"pk": pk, "sk": sk, "kind": items.TREE, "version": TREE.version})
    return Cases(table, open_keys())


def open_keys() -> Keys:
    """Keys that need no KMS."""
    return Keys(lambda kind: kind.encode().ljust(32, b"."), lambda: 0.0)
