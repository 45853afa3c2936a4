"""Every night the root over all cases is made, kept under object lock and published; a night without is an alarm.

Then receipts are signed that no event brought: of notices that reached somebody after the last event of their case.
"""

import functools
import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib import clock
from chalicelib.settings import settings
from chalicelib.store import findings, keys, offices, roots, signing
from chalicelib.store.fault import LEAF, Fault
from chalicelib.store.receipts import lacks
from chalicelib.store.roots import Compared
from chalicelib.store.side_by_side import side_by_side
from chalicelib.store.signing import Envelope, Signer
from chalicelib.store.table import Busy, Denied
from chalicelib.store.tenant import cases, rules, table
from chalicelib.telemetry import logger, metric
from chalicelib.triggers import receipts

AT_ONCE = 8
"""Cases read side by side: most of the time of each is waiting for the table, and a run has ten minutes."""
STOP_BEFORE_MS = 30_000


def publish(event: Any) -> dict[str, Any]:
    """The timer's way in. A day has one root: asked twice, it is published once."""
    left = getattr(getattr(event, "context", None), "get_remaining_time_in_millis", lambda: 60_000)
    at, signer = clock.now(), signing.kms_signer()
    signing.publish(table(), signer, keys.instant(at))
    found = roots.found(table(), offices.tree())
    told = _root(found, signer, at)
    return told | _receipts(found, signer, lambda: left() > STOP_BEFORE_MS)


def _root(found: set[str], signer: Signer, at: datetime) -> dict[str, Any]:
    done = roots.publish(
        table(),
        cases().keys,
        found,
        signer,
        at,
        tell=lambda compared: _tell(compared, at),
        keep=_keep,
        at_once=AT_ONCE,
    )
    metric("RootPublished")
    if done is None:
        logger.info("the day has its root")
        return {"published": False}
    told = {"rewritten": len(done.compared.wrong), "missing": done.compared.missing}
    logger.info("root published", extra=told)
    return {"published": True, **told}


def _receipts(found: set[str], signer: Signer, has_time: Callable[[], bool]) -> dict[str, int]:
    """Sign what is missing, while there is time; in another order each night, so that the same ones never wait."""
    shuffled = random.sample(sorted(found), len(found))
    signed = failed = 0
    reached = (pk for pk in shuffled if has_time())
    for pk, made in side_by_side(reached, lambda pk: _sign(pk.removeprefix(keys.case("")), signer), AT_ONCE):
        signed, failed = signed + (made or 0), failed + (made is None)
        if made is None:
            logger.error("receipts not signed", extra={"place": findings.called(cases().keys, pk)})
    return {"receipts": signed, "unsigned": failed}


def _sign(case_id: str, signer: Signer) -> int | None:
    """How many were missing; None for a case that cannot be read: it holds up no other, and is listed elsewhere.

    That nobody answers is no fault of the case: the run ends with an error, which rings, and is done again.
    """
    try:
        return receipts.issue(cases(), rules(), signer, case_id) if lacks(table(), case_id) else 0
    except (Busy, Denied):
        raise
    except Exception:  # whatever a damaged row does to its reader
        return None


def _tell(compared: Compared, at: datetime) -> None:
    """Ring, and list what was found: it is seen in one night only, and has to be read on any later day."""
    if not compared.wrong and not compared.missing:
        return
    metric("EventTampered")
    of = cases().keys
    places = [findings.called(of, fault.pk) for fault in compared.wrong[:20]]
    logger.critical(
        "cases do not go on from what was published of them", extra={"places": places, "missing": compared.missing}
    )
    for fault in compared.wrong:
        findings.note(findings.finding(fault, at, sealed=fault.pk in compared.sealed))
    for blinded in compared.gone:
        findings.note(findings.finding(Fault("leaf_gone", f"{LEAF}{blinded}", keys.CASE), at, sealed=True))


def _keep(envelope: Envelope, leaves: bytes) -> None:
    """Put root and leaves into the bucket, whose lock lets nobody change or remove them for ten years."""
    from chalicelib.store import chain

    on = chain.decoded(envelope["statement"])["on"]
    for name, body in ((f"roots/{on}.leaves.jsonl", leaves), (f"roots/{on}.json", chain.coded(envelope))):
        _s3().put_object(Bucket=settings.roots_bucket, Key=name, Body=body, ChecksumAlgorithm="SHA256")


@functools.cache
def _s3() -> Any:
    import botocore.session
    from botocore.config import Config

    config = Config(connect_timeout=2, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 3})
    return botocore.session.get_session().create_client("s3", region_name=settings.region, config=config)
