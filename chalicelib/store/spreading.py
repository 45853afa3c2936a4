"""A notice that many joint signers are owed: one row stands for them all until it is first looked at.

The step that owes it writes one row, whatever their number; here each gets a row of his own, none is lost and none
is told twice.
"""

import secrets
from datetime import datetime

from chalicelib.domain.owed.recipients import SIGNER, SIGNERS, number_of
from chalicelib.domain.values import replace
from chalicelib.store.proofs import SPREAD, Proof, item
from chalicelib.store.table import Absent, Busy, Cancelled, Denied, Holds, Put, Table, Write

SPREAD_AT_ONCE = 90
"""So many rows go into one transaction; what is left waits under a row of its own."""


def spread(table: Table, proof: Proof, signers: int, now: datetime) -> None:
    """Give each joint signer a row in place of the one that stood for them all: in one transaction, so that none is
    lost and none is told twice. Found done already, it does nothing. Raises Busy, Denied.
    """
    first = number_of(proof.recipient)
    last = min(signers, first + SPREAD_AT_ONCE - 1)
    ended = replace(proof, state=SPREAD, wake_at=None, version=proof.version + 1)
    told = [f"{SIGNER}:{number}" for number in range(first, last + 1)]
    told += [f"{SIGNERS}:{last + 1}"] * (last < signers)
    rows = [
        Proof(proof.case_id, proof.seq, each, proof.channel, proof.texts, proof.owed_at, wake_at=now) for each in told
    ]
    writes: list[Write] = [Put(item(ended), Holds("version", proof.version))]
    writes += [Put(item(row), Absent()) for row in rows]
    try:
        table.transact(writes, secrets.token_hex(16))
    except Cancelled as cancelled:
        if cancelled.has("denied"):
            raise Denied("the transaction is denied to this role") from cancelled
        if not cancelled.has("condition"):
            raise Busy("the transaction met traffic") from cancelled
