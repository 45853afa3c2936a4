"""Which telephone a person of a case is reached by: from the sealed contact, by his place in it."""

from collections.abc import Iterator

from chalicelib.domain.case import PETITIONER
from chalicelib.domain.owed.recipients import PROXY, REPRESENTATIVE, SIGNER, number_of
from chalicelib.domain.people import has_proxy
from chalicelib.store import keys, proofs
from chalicelib.store.cases import CaseFile
from chalicelib.store.proofs import DELIVERED, HANDED, SENT, TOLD, Proof
from chalicelib.store.table import Item, Table


def phone(file: CaseFile, recipient: str) -> str:
    """His number, empty when he left none: then a person tells him."""
    contact, kind = file.contact, recipient.partition(":")[0]
    if kind == PETITIONER:
        return contact.phone
    if kind == PROXY:
        return contact.proxy.phone if contact.proxy else ""
    people = {REPRESENTATIVE: contact.representatives, SIGNER: contact.joint_signers}[kind]
    at = number_of(recipient) - 1
    return people[at].phone if at < len(people) else ""


def same_told_before(table: Table, file: CaseFile, proof: Proof, number: str) -> list[Proof]:
    """The rows of those who come before him, are told the same of this event, and have his number.

    One text to one telephone is enough, but only if it comes: what the file says of a row that has not ended may be
    old by now, and that row is read again. Nobody waits for whoever waits for him: only those before him are looked at.
    """
    if not number:
        return []
    rows = {item["sk"]: item for item in file.notices}
    shared = (keys.notice(proof.seq, each, proof.channel) for each in _before(file, proof.recipient, number))
    found = (_now(table, rows[sk]) for sk in shared if sk in rows)
    return [each for each in found if each is not None]


def has_told(row: Proof) -> bool:
    """True for a row by which its number is told, now or by a person.

    A proxy's counts when it has ended: he may be revoked before his next try, and then nobody is told by it.
    """
    if row.state == SENT:
        return row.has_ended or row.recipient != PROXY
    return row.state in (DELIVERED, HANDED, TOLD)


def _before(file: CaseFile, recipient: str, number: str) -> Iterator[str]:
    for each in _in_order(file):
        if each == recipient:
            return
        if phone(file, each) == number:
            yield each


def _now(table: Table, item: Item) -> Proof | None:
    row = proofs.proof(item)
    return row if row.has_ended else proofs.at(table, *row.key)


def _in_order(file: CaseFile) -> Iterator[str]:
    """Whoever comes first is told all that those after him are told."""
    yield PETITIONER
    if has_proxy(file.case.facts):
        yield PROXY
    yield from (f"{REPRESENTATIVE}:{number}" for number in range(1, len(file.contact.representatives) + 1))
    yield from (f"{SIGNER}:{number}" for number in range(1, len(file.contact.joint_signers) + 1))
