"""Both tables under one name, and the cases of a small county over either of them."""

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

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
    return MemoryTable() if request.param == "memory" else request.getfixturevalue("dynamodb")


@pytest.fixture
def dynamodb(world: object) -> CasesTable:
    """The table on DynamoDB, empty: each transaction of moto copies every table with all its stream records."""
    for moto_table in dynamodb_backends[DEFAULT_ACCOUNT_ID]["cn-north-1"].tables.values():
        moto_table.items.clear()
        if moto_table.stream_shard is not None:
            moto_table.stream_shard.items.clear()
    return CasesTable()


@pytest.fixture
def cases(table: Table) -> Cases:
    """No case yet, and the county's office tree at its first version."""
    return small_county(table)


def small_county(table: Table) -> Cases:
    """The cases of the small county over this table."""
    pk, sk = keys.TREE
    table.put({"pk": pk, "sk": sk, "kind": items.TREE, "version": TREE.version})
    return Cases(table, open_keys())


def open_keys() -> Keys:
    """Keys that need no KMS."""
    return Keys(lambda kind: kind.encode().ljust(32, b"."), lambda: 0.0)
