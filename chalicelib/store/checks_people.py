"""The people of a case: sealed, and found by telephone, identity number and exact name."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from chalicelib.domain.case import Case
from chalicelib.store import contacts, items, keys, projection
from chalicelib.store.fault import Fault, mend
from chalicelib.store.sealing import DataKey

if TYPE_CHECKING:
    from chalicelib.store.checks import CaseRows


def wrong(found: "CaseRows", case: Case, key: DataKey | None, person: Callable[[str, str], str]) -> Iterator[Fault]:
    """A contact that is gone, and lists of a person that lack the case. Raises SealBroken."""
    row = found.row(keys.CONTACT)
    if row is None:
        yield Fault("contact_missing", found.pk, keys.CONTACT)
        return
    if key is None:
        return
    filed = contacts.read(key, [row], [])
    listed = person(contacts.PHONE, filed.phone) if filed.phone else None
    if row.get("list_name") != listed or (listed and row.get("list_key") != keys.by_time(case.registered_at, case.id)):
        at = {"list_name": listed, "list_key": keys.by_time(case.registered_at, case.id)} if listed else {}
        bare = {name: held for name, held in row.items() if name not in ("list_name", "list_key")}
        yield Fault("person_link_missing", found.pk, keys.CONTACT, mend(case, bare | at))
    first = found.row(keys.event(1)) or {}
    standing = {each["list_name"] for each in found.of(items.LINK)} | {first.get("list_name"), listed}
    named = dict.fromkeys(person(*each) for each in contacts.told(filed))
    wanted = [name for name in named if name not in (listed, first.get("list_name"))][: contacts.MOST_LINKS]
    joined = contacts.read(key, [], found.of(items.SIGNER)).joint_signers
    wanted += [person(contacts.PHONE, each.phone) for each in joined]
    for name in dict.fromkeys(wanted):
        if name not in standing:
            link = projection.link(case, "person", name)
            yield Fault("person_link_missing", found.pk, link["sk"], mend(case, link))
