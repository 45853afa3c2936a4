"""Signs the receipts of a case when something happened in it: beside the request, so that nobody waits for it."""

import json
from typing import Any

from chalicelib import clock
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules
from chalicelib.store import keys, receipts, signing
from chalicelib.store.cases import Cases
from chalicelib.store.signing import Signer
from chalicelib.store.tenant import cases, rules
from chalicelib.triggers import batches


def sign(event: Any) -> dict[str, list[dict[str, str]]]:
    """Sign what the cases of one SQS batch have no receipt for."""
    signer = signing.kms_signer()
    return batches.each(
        event, lambda body: issue(cases(), rules(), signer, json.loads(body)["data"]["case"]), consumer="receipts"
    )


def issue(of: Cases, by: Rules, signer: Signer, case_id: str) -> int:
    """Everything of one petition that has no receipt yet, whatever event brought us here; how many were signed."""
    case, events = of.history(case_id)
    if case.procedure != PETITION.name:
        return 0
    at = clock.now()
    signing.publish(of.table, signer, keys.instant(at))
    return receipts.write(of.table, case, events, by, signer, at)
