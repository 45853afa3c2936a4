"""Keeps one row of statistics per case up to date, from the case itself and not from the message."""

import json
from typing import Any

from chalicelib.store import statistics
from chalicelib.store.cases import Cases
from chalicelib.store.tenant import cases
from chalicelib.triggers import batches


def count(event: Any) -> dict[str, list[dict[str, str]]]:
    """Bring up to date the rows of all cases that one SQS batch names."""
    return batches.each(event, lambda body: record(cases(), json.loads(body)["data"]["case"]), consumer="statistics")


def record(of: Cases, case_id: str) -> bool:
    """Write the row of a case as it stands now; False when this version was written before."""
    case, events = of.history(case_id)
    return statistics.record(of.table, case, events)
