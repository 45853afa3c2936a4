"""Every night the root over all cases is made, kept under object lock and published; a night without is an alarm."""

import functools
from datetime import datetime
from typing import Any

from chalicelib import clock
from chalicelib.settings import settings
from chalicelib.store import findings, keys, offices, roots, signing
from chalicelib.store.roots import Compared
from chalicelib.store.signing import Envelope
from chalicelib.store.tenant import cases, table
from chalicelib.telemetry import logger, metric

AT_ONCE = 8
"""Cases read side by side: one after the other, ten minutes would not do for forty thousand."""


def publish(_event: Any) -> dict[str, Any]:
    """The timer's way in. A day has one root: asked twice, it is published once."""
    at, signer = clock.now(), signing.kms_signer()
    signing.publish(table(), signer, keys.instant(at))
    done = roots.publish(
        table(),
        cases().keys,
        offices.tree(),
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


def _tell(compared: Compared, at: datetime) -> None:
    """Ring, and list what was found: it is seen in one night only, and has to be read on any later day."""
    if not compared.wrong and not compared.missing:
        return
    metric("EventTampered")
    places = [findings.digest(fault.pk) for fault in compared.wrong[:20]]
    logger.critical(
        "cases do not go on from what was published of them", extra={"places": places, "missing": compared.missing}
    )
    for fault in compared.wrong:
        findings.note(findings.finding(fault, at, sealed=fault.pk in compared.sealed))


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
