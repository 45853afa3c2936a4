"""A page whose reading failed on its way is read again from its beginning: nothing it gave before is lost.

DynamoDB answers at most one megabyte at once, so a page of large rows is several answers.
"""

from collections.abc import Callable
from contextlib import contextmanager

import pytest
from botocore.exceptions import ClientError

from chalicelib.store import dynamo, findings
from chalicelib.store.dynamo import CasesTable
from chalicelib.store.findings import Finding

LARGE = "x" * 380_000
ROWS = 5


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dynamo, "FIRST_WAIT_S", 0)


@contextmanager
def throttled_once(operation: str, *, at: int):  # type: ignore[no-untyped-def]
    """The answer of this number is refused, once."""
    asked = iter(range(1, 1000))
    numbers: list[int] = []

    def refuse(**_: object) -> None:
        numbers.append(next(asked))
        if numbers[-1] == at:
            raise ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, operation)

    events, name = dynamo.connection().client.meta.events, f"before-send.dynamodb.{operation}"
    events.register_first(name, refuse)
    try:
        yield numbers
    finally:
        events.unregister(name, refuse)


def of_the_walk(table: CasesTable) -> list[str]:
    return [row["sk"] for row in table.walk(limit=ROWS).items]


def of_the_findings(_table: CasesTable) -> list[str]:
    return [each.sk[0] for each in findings.page(findings.MENDED, limit=ROWS)[0]][::-1]


@pytest.mark.parametrize(("operation", "read"), [("Scan", of_the_walk), ("Query", of_the_findings)])
def test_a_page_that_failed_on_its_way_is_whole(
    dynamodb: CasesTable, operation: str, read: Callable[[CasesTable], list[str]]
) -> None:
    for number in range(ROWS):
        dynamodb.put({"pk": "p", "sk": str(number), "kind": "text", "sealed": LARGE.encode()})
        entry = Finding("unreadable", "p", f"{number}{LARGE}", "2026-03-02T00:00:00Z")
        findings.Entry(findings.MENDED, str(number), state=findings._state(entry)).save()
    with throttled_once(operation, at=2) as numbers:
        found = read(dynamodb)
    assert found == [str(number) for number in range(ROWS)]
    assert len(numbers) > 3, "it was one answer: the test tests nothing"
