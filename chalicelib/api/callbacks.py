"""What the SMS gateway tells by itself: receipts of texts that we sent. No session: the request is signed.

The invariant: denied by default. Without a gateway, without its key or with a signature that is wrong or older than
five minutes nothing is read; and whether a number is known here, the answer never tells. A receipt that comes again,
in order or out of it, changes nothing that was known better (`store/delivery.py`), so a replay is harmless.
"""

from typing import Annotated, Any, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import clock
from chalicelib.api import http
from chalicelib.api.http import body, endpoint
from chalicelib.api.problems import SignatureRefused
from chalicelib.settings import settings
from chalicelib.telemetry import metric

callbacks = Blueprint(__name__)
PATH = "/callbacks/sms"
BODY_LIMIT = 64 * 1024


class SmsReceipt(msgspec.Struct, forbid_unknown_fields=True):
    """What became of one text, under our own number of it."""

    out_id: Annotated[str, Meta(min_length=1, max_length=200, pattern="^[A-Za-z0-9_-]+$")]
    state: Literal["accepted", "delivered", "failed", "rejected"]


class SmsReceipts(msgspec.Struct, forbid_unknown_fields=True):
    """The receipts of one callback."""

    receipts: Annotated[list[SmsReceipt], Meta(min_length=1, max_length=100)]


@callbacks.route(PATH, methods=["POST"])
@endpoint("sms_receipts", public=True)
def take_receipts() -> Any:
    """Keep what the gateway says became of texts."""
    _signed_by_gateway()
    told = body(SmsReceipts, most=BODY_LIMIT)
    from chalicelib.notices.gateway import FATES
    from chalicelib.store import announced, delivery
    from chalicelib.store.tenant import table

    said = [(each.out_id, FATES[each.state]) for each in told.receipts]
    in_bulk = [each for each in said if announced.OUT_ID.fullmatch(each[0])]
    by_law = [each for each in said if each not in in_bulk]
    unknown = delivery.take(table(), by_law, clock.now()) + announced.take(table(), in_bulk, clock.now())
    for _ in range(unknown):
        metric("ReceiptOfNothing")  # a code's, most of the time: those have no proof
    return {"received": len(told.receipts)}


def _signed_by_gateway() -> None:
    """Raises SignatureRefused, Busy."""
    if settings.sms_sender != "gateway":
        raise SignatureRefused("签名不正确")
    from chalicelib.notices.signing import is_signed
    from chalicelib.store import keyring

    if not is_signed(keyring.gateway_key(), PATH, http.raw(), clock.now(), http.request().headers):
        metric("CallbackRefused")
        raise SignatureRefused("签名不正确")
