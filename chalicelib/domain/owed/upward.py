"""Who is told instead: never an accused organ or what stands below it (第三十条第三款); then the next one above.

The invariant: what is owed to an office ends with an office; who may not know is passed over, not the notice.
"""

from collections.abc import Iterable, Iterator

from chalicelib.domain import recusal
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed.base import Notice
from chalicelib.domain.owed.recipients import is_person
from chalicelib.domain.values import replace


def line_upward(org: str, tree: OfficeTree, accused: Iterable[str] = ()) -> Iterator[str]:
    """The office, the petition bureau beside or above it, then everything above: only who may know.

    Organs outside the tenant have nobody here who could be told.

    Above a government stands no bureau of its own: that comes last, so that something stands there at all.
    """
    if org not in tree.offices:
        yield org
        return
    bureau = tree.bureau_of(org)
    beside = () if bureau is None or tree.is_within(bureau.id, org) else (bureau.id,)
    line = dict.fromkeys((org, *beside, *tree.path(org)[1:], *((bureau.id,) if bureau else ())))
    banned = tuple(accused)
    inside = (each for each in line if tree.offices[each].kind != "external")
    yield from (each for each in inside if recusal.permits(banned, tree.path(each)))


def redirected(notices: Iterable[Notice], accused: Iterable[str], tree: OfficeTree) -> tuple[Notice, ...]:
    """What one event owes, with accused offices replaced by the next above; nobody is told twice over one channel."""
    banned = tuple(accused)
    found: dict[tuple[str, str], Notice] = {}
    for notice in notices:
        post, colon, org = notice.recipient.partition(":")
        if colon and banned and not is_person(notice.recipient):
            org = next(line_upward(org, tree, banned), "")
            if not org:
                continue
            notice = replace(notice, recipient=f"{post}:{org}")
        found.setdefault((notice.recipient, notice.channel), notice)
    return tuple(found.values())
