"""Signs the receipts of a case when something happened in it: beside the request, so that nobody waits for it.

What reached somebody after the last event of a case has its receipt by the next morning: `triggers/roots.py`.
"""

import functools
import json
from typing import Any

from chalicelib import clock
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules
from chalicelib.store import keys, receipts, signing
from chalicelib.store.cases import Cases
from chalicelib.store.signing import Signer
from chalicelib.store.tenant import cases, rules, table
from chalicelib.triggers import batches


def sign(event: Any) -> dict[str, list[dict[str, str]]]:
    """Sign what the cases of one SQS batch have no receipt for."""
    signer = _signer()
    return batches.each(
        event, lambda body: issue(cases(), rules(), signer, json.loads(body)["data"]["case"]), consumer="receipts"
    )


def issue(of: Cases, by: Rules, signer: Signer, case_id: str) -> int:
    """Everything of one petition that has no receipt yet, whatever event brought us here; how many were signed."""
    case, events = of.history(case_id)
    if case.procedure != PETITION.name:
        return 0
    return receipts.write(of.table, case, events, by, signer, clock.now())


@functools.cache
def _signer() -> Signer:
    """The key of the office, whose public half is made known before anything is signed with it: once per process."""
    signer = signing.kms_signer()
    signing.publish(table(), signer, keys.instant(clock.now()))
    return signer
