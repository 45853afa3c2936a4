"""Which telephone a person of a case is reached by: from the sealed contact, by his place in it."""

from collections.abc import Iterator

from chalicelib.domain.case import PETITIONER
from chalicelib.domain.owed.recipients import PROXY, REPRESENTATIVE, SIGNER, number_of
from chalicelib.domain.people import has_proxy
from chalicelib.store.cases import CaseFile


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


def phones_before(file: CaseFile, recipient: str) -> set[str]:
    """The numbers of those who are told the same before him: one text to one telephone is enough."""
    found: set[str] = set()
    for each in _in_order(file):
        if each == recipient:
            return found
        found.add(phone(file, each))
    return found


def _in_order(file: CaseFile) -> Iterator[str]:
    """Whoever comes first is told all that those after him are told."""
    yield PETITIONER
    if has_proxy(file.case.facts):
        yield PROXY
    yield from (f"{REPRESENTATIVE}:{number}" for number in range(1, len(file.contact.representatives) + 1))
    yield from (f"{SIGNER}:{number}" for number in range(1, len(file.contact.joint_signers) + 1))
