"""The people of a case: sealed, and found by telephone, identity number and exact name; and found by nobody else."""

from collections.abc import Callable, Iterator, Set
from typing import TYPE_CHECKING

from chalicelib.domain.case import Case
from chalicelib.store import contacts, items, keys, projection
from chalicelib.store.fault import Fault, mend
from chalicelib.store.sealing import DataKey

if TYPE_CHECKING:
    from chalicelib.store.checks import CaseRows


def wrong(found: "CaseRows", case: Case, key: DataKey | None, person: Callable[[str, str], str]) -> Iterator[Fault]:
    """A contact that is gone, lists of a person that lack the case, and lists that must not have it. Raises SealBroken.

    Of a report of misconduct no list tells whose it is: there every one is baseless, and it takes no key to see that.
    """
    if key is None:
        yield from _baseless(found, case, frozenset())
    row = found.row(keys.CONTACT)
    if row is None:
        yield Fault("contact_missing", found.pk, keys.CONTACT)
        return
    if key is None:
        return
    filed = contacts.read(key, [row], [])
    listed = person(contacts.PHONE, filed.phone) if filed.phone else None
    place = keys.by_time(case.registered_at, case.id)
    if row.get("list_name") != listed or (listed and row.get("list_key") != place):
        at = {"list_name": listed, "list_key": place} if listed else {}
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
    # A proxy who was revoked is still among them: it is where his list is read that the case is left out.
    yield from _baseless(found, case, {*named, *wanted})


def _baseless(found: "CaseRows", case: Case, named: Set[str]) -> Iterator[Fault]:
    """A row that puts the case into the list of somebody who is none of its people, or into a ledger that lacks it.

    Who signs in with that telephone is shown number and title of a stranger's case. How it came there, and what else
    came with it, a person has to find out. What stands in the place of the case's own ledger is mended there.
    """
    mended = {row["sk"] for row in projection.ledger(None, case)}
    for row in (*found.of(items.EVENT), *found.of(items.LINK)):
        if "list_name" in row and row["list_name"] not in named and row["sk"] not in mended:
            yield Fault("link_baseless", found.pk, row["sk"])
