"""Keeps one row of statistics per case up to date, from the case itself and not from the message."""

import json
from typing import Any

from chalicelib.domain.petition import PETITION
from chalicelib.store import statistics
from chalicelib.store.cases import Cases
from chalicelib.store.tenant import cases
from chalicelib.triggers import batches


def count(event: Any) -> dict[str, list[dict[str, str]]]:
    """Bring up to date the rows of all cases that one SQS batch names."""
    return batches.each(event, lambda body: record(cases(), json.loads(body)["data"]["case"]), consumer="statistics")


def record(of: Cases, case_id: str) -> bool:
    """Write the row of a petition as it stands now; False when this version was written before, or it is none."""
    case, events = of.history(case_id)
    if case.procedure != PETITION.name:
        return False
    return statistics.record(of.table, case, events)
