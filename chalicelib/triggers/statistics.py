"""Keeps one row of statistics per case up to date, from the case itself and not from the message."""

import json
from functools import cache
from typing import Any

from chalicelib.store import statistics
from chalicelib.store.cases import Cases
from chalicelib.store.dynamo import CasesTable
from chalicelib.store.keyring import keys
from chalicelib.triggers import batches


def count(event: Any) -> dict[str, list[dict[str, str]]]:
    """Bring up to date the rows of all cases that one SQS batch names."""
    return batches.each(event, lambda body: record(cases(), json.loads(body)["data"]["case"]), consumer="statistics")


def record(cases: Cases, case_id: str) -> bool:
    """Write the row of a case as it stands now; False when this version was written before."""
    file = cases.read(case_id)
    return statistics.record(cases.table, file.case, file.events)


@cache
def cases() -> Cases:
    """The real ones, once per process."""
    return Cases(CasesTable(), keys())
