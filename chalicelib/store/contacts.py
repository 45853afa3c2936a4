"""The people of a case as they are sealed, and by what they can be found again.

The invariant: names and numbers leave here sealed, or as keyed hashes that nobody without the key can try out.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from chalicelib.domain.case import Case
from chalicelib.domain.intake import Companion, Contact, Proxy
from chalicelib.domain.values import replace
from chalicelib.store import items, keys, projection
from chalicelib.store.sealing import DataKey, place
from chalicelib.store.table import Item, Put, Write

PHONE, IDENTITY, NAME = "phone", "identity", "name"
"""What a person is found by."""
MOST_LINKS = 20
"""So many pointers are written with a new case; a transaction holds a hundred writes."""

Hashed = Callable[[str, str], str]
"""Field and value to the name of a list."""


def written(case: Case, contact: Contact, key: DataKey, hashed: Hashed) -> list[Item]:
    """What is written of the people of a new case: the sealed contact, and pointers to the case, at most twenty.

    The principal is listed by his telephone with the contact itself, by his name with the registration (`named`).
    """
    return [_contact_item(case, contact, key, hashed), *_links(case, contact, hashed)]


def named(write: Write, case: Case, contact: Contact, hashed: Hashed) -> Write:
    """The event of the registration stands in the list of the principal's name.

    A pointer of its own costs three write units, an entry of the index one.
    """
    if not contact.name or not isinstance(write, Put) or write.item["sk"] != keys.event(1):
        return write
    listed = {
        "list_name": hashed(NAME, exact(contact.name)),
        "list_key": keys.by_time(case.registered_at, case.id),
    }
    return replace(write, item=write.item | listed)


def read(key: DataKey, contact: Sequence[Item], joined: Sequence[Item]) -> Contact:
    """The people of a case, those who joined later last. Raises SealBroken."""
    found = _unsealed(key, contact[0]) if contact else Contact()
    if not joined:
        return found
    signers = [Companion(*json.loads(key.unseal(item["sealed"], place(item)))) for item in joined]
    return replace(found, joint_signers=(*found.joint_signers, *signers))


def joining(case: Case, signer: Companion, number: int, key: DataKey, hashed: Hashed) -> list[Item]:
    """What is written for one who joins: the contact as it was filed is never written again."""
    item: Item = {"pk": keys.case(case.id), "sk": keys.signer(number), "kind": items.SIGNER}
    item["sealed"] = key.seal(json.dumps([signer.name, signer.phone], ensure_ascii=False).encode(), place(item))
    return [item, projection.link(case, "person", hashed(PHONE, signer.phone))]


def completed(case: Case, contact: Contact, key: DataKey, hashed: Hashed) -> list[Item]:
    """What is written when something that was missing has come: a name that came later has a pointer of its own."""
    by_name = [projection.link(case, "person", hashed(NAME, exact(contact.name)))] if contact.name else []
    return [_contact_item(case, contact, key, hashed), *by_name]


def exact(name: str) -> str:
    """A name as it is compared: blanks in it mean nothing."""
    return "".join(name.split())


def told(contact: Contact) -> Iterator[tuple[str, str]]:
    """By what a case is found, the most important first; a proxy is found, but he is not the petitioner."""
    beside = (*contact.representatives, *contact.joint_signers)
    if contact.proxy and contact.proxy.phone:
        yield PHONE, contact.proxy.phone
    yield from petitioners(replace(contact, representatives=(), joint_signers=()))
    yield from ((PHONE, each.phone) for each in beside if each.phone)
    yield from ((NAME, exact(each.name)) for each in beside if each.name)


def petitioners(contact: Contact) -> Iterator[tuple[str, str]]:
    """What the same person is known by (同人: 信访人、联名人、代表; of a proxy his principal)."""
    for field, held in ((PHONE, contact.phone), (IDENTITY, contact.identity_number), (NAME, exact(contact.name))):
        if held:
            yield field, held
    for each in (*contact.representatives, *contact.joint_signers):
        yield from ((field, held) for field, held in ((PHONE, each.phone), (NAME, exact(each.name))) if held)


def sealed(case: Case, contact: Contact, key: DataKey) -> Item:
    """Who files, sealed, and in no list."""
    item: Item = {"pk": keys.case(case.id), "sk": keys.CONTACT, "kind": items.CONTACT}
    return item | {"sealed": key.seal(json.dumps(_plain(contact), ensure_ascii=False).encode(), place(item))}


def _contact_item(case: Case, contact: Contact, key: DataKey, hashed: Hashed) -> Item:
    item = sealed(case, contact, key)
    if contact.phone:
        item["list_name"] = hashed(PHONE, contact.phone)
        item["list_key"] = keys.by_time(case.registered_at, case.id)
    return item


def _links(case: Case, contact: Contact, hashed: Hashed) -> list[Item]:
    listed = {hashed(PHONE, contact.phone), hashed(NAME, exact(contact.name))}
    found = dict.fromkeys(name for name in (hashed(*each) for each in told(contact)) if name not in listed)
    return [projection.link(case, "person", name) for name in list(found)[:MOST_LINKS]]


def _plain(contact: Contact) -> dict[str, Any]:
    found = {name: held for name, held in vars(contact).items() if held}
    for name in ("representatives", "joint_signers"):
        if name in found:
            found[name] = [[each.name, each.phone] for each in found[name]]
    if contact.proxy is not None:
        found["proxy"] = [contact.proxy.name, contact.proxy.phone, contact.proxy.relation]
    return found


def _unsealed(key: DataKey, item: Item) -> Contact:
    found: dict[str, Any] = json.loads(key.unseal(item["sealed"], place(item)))
    for name in ("representatives", "joint_signers"):
        found[name] = tuple(Companion(*row) for row in found.get(name, ()))
    if "proxy" in found:
        found["proxy"] = Proxy(*found["proxy"])
    return Contact(**found)
