"""Whom of an office a notice reaches: who holds the post today, over which telephone, and who is told instead.

| the text | in the office it names | in every office above |
|---|---|---|
| any | the holder of the post; where nobody holds it, whoever else left a number | the same |
| lateness, to the people at work | whoever works there | the same |
| lateness, to a head, leader or supervisor | the holder of that very post | whoever leads or supervises there |

The invariant: lateness told upward never ends with whoever is late: an empty post is passed over, and put down as a
gap.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from chalicelib import clock
from chalicelib.domain import recusal
from chalicelib.domain.case import ADMINISTRATORS, BUREAU, CLERK, LEADER, SUPERVISOR, UNIT_HEAD
from chalicelib.domain.owed.recipients import is_person
from chalicelib.domain.owed.upward import line_upward
from chalicelib.domain.reaching_upward import ABSENT, NO_PHONE, RECUSED, VACANT, Gap, record_gaps
from chalicelib.domain.values import value
from chalicelib.store import people
from chalicelib.store.cases import CaseFile, Command, StaleCase
from chalicelib.store.proofs import Proof
from chalicelib.store.table import Busy
from chalicelib.telemetry import logger, metric
from chalicelib.triggers import recipients

if TYPE_CHECKING:
    from chalicelib.triggers.notices import Post

POSTS = {"org": CLERK, "head": UNIT_HEAD, "leader": LEADER, "supervisor": SUPERVISOR}
"""What stands before the colon of a recipient: whom in the office, or in the government over it."""
UPPER = (UNIT_HEAD, LEADER, SUPERVISOR, BUREAU)
"""Who stands in for an empty post one level up: whoever leads there, supervises, or works for the petition bureau."""
OF_THE_GOVERNMENT = ("leader", "supervisor")
CLIMBS = ("S17", "S17b", "S17c")
"""Texts that lateness goes up with: they pass over whoever cannot be reached, and the gap is put down (第四十条)."""
NOBODY = "nobody"
"""Whose inbox it is when everybody here is accused: what is owed stays on record, and an alarm tells."""
NOTED_AT_MOST = 3
"""Tries to put a gap down while others write: the next rung finds it again."""


@value
class Reach:
    """Which office is told, over which number, and which posts on the way were empty. No office: a person is told."""

    office: str
    phone: str
    gaps: tuple[Gap, ...] = ()


def reach(post: "Post", file: CaseFile, proof: Proof) -> Reach:
    """Over which telephone the recipient of a row is told now. An empty number: a person has to tell."""
    if is_person(proof.recipient):
        return Reach("", recipients.phone(file, proof.recipient))
    return office(post, file, proof.recipient, climbs=proof.text in CLIMBS)


def office(post: "Post", file: CaseFile, recipient: str, *, climbs: bool = False) -> Reach:
    """The office named, or the next one above when nobody is there who may know.

    What `climbs` goes past those without a number too. Who is accused, or below who is, or has recused himself is
    passed over (第二十八条、第三十条第三款).
    """
    kind, _, org = recipient.partition(":")
    tree, case = post.tree(), file.case
    start = (tree.government_of(org) if kind in OF_THE_GOVERNMENT and org in tree.offices else None) or org
    line = list(line_upward(start, tree, case.accused))
    recused, gaps, is_there = case.facts.get("recused", ()), [], ""
    for each in line:
        roles = (POSTS[kind], *(UPPER if each != start else ()))
        is_strict = climbs and POSTS[kind] != CLERK
        phone = post.holder_of(each, roles, recused) if is_strict else post.mobile_of(each, POSTS[kind], recused)
        if phone or (phone is not None and not climbs):
            return Reach(each, phone, tuple(gaps))
        is_there = is_there or (each if phone is not None else "")
        if climbs:
            gaps.append(Gap(kind, each, NO_PHONE if phone is not None else post.gap_of(each, roles, recused)))
    if is_there:
        return Reach(is_there, "", tuple(gaps))
    metric("NoticeForNobody")
    may_know = recusal.permits(case.accused, tree.path(case.office))
    keeper = case.office if may_know else (line[-1] if line else NOBODY)
    return Reach(keeper, "", tuple(gaps))


def note_gaps(post: "Post", case_id: str, found: Reach) -> None:
    """Put down that posts were empty to which lateness was to be told, for whoever supervises. Sending goes on."""
    instead = found.office if found.office in post.tree().offices else None
    for _ in range(NOTED_AT_MOST if found.gaps else 0):
        held = post.cases.load(case_id)
        change = record_gaps(held.case, found.gaps, instead)
        if change is None:
            return
        command = Command.of("law", f"{case_id}|{held.case.version}", [event.wire for event in change.events])
        try:
            post.cases.commit(held, change, command, at=post.now(), tree=post.tree(), rules=post.rules())
        except StaleCase:
            continue
        except Busy:
            logger.warning("gap not put down", extra={"case": case_id})
        return


def mobile_of(org: str, role: str, without: Collection[str] = ()) -> str | None:
    """Where an organ is reached: somebody of this post, else whoever else of it left a number; `""` if nobody did.

    None when nobody works there who may be told: `without` have recused themselves, others are away today, and
    whoever stands in for a head or a leader is one level up, not below. Administrators have no part in a case.
    """
    staff = _staff(org)
    may = _may(staff, without)
    holders = [user for user in staff if user.role == role]
    if not may or (role != CLERK and holders and not any(user in may for user in holders)):
        return None
    return _first_number(may, (role, BUREAU))


def holder_of(org: str, roles: Sequence[str], without: Collection[str] = ()) -> str | None:
    """Where whoever holds one of these posts is reached, the first of them first; `""` if none left a number.

    None when nobody who may be told holds one, whoever else works there: he may be the one who is late.
    """
    may = [user for user in _may(_staff(org), without) if user.role in roles]
    return _first_number(may, roles) if may else None


def gap_of(org: str, roles: Sequence[str], without: Collection[str] = ()) -> str:
    """Why nobody of these posts was there: nobody holds one, whoever does is away, or has recused himself."""
    staff, today = _staff(org), clock.today()
    holders = staff if CLERK in roles else [user for user in staff if user.role in roles]
    if not holders:
        return VACANT
    return ABSENT if any(user.is_away(today) and user.id not in without for user in holders) else RECUSED


def _first_number(staff: Sequence[people.User], roles: Sequence[str]) -> str:
    order = {role: at for at, role in enumerate(roles)}
    in_order = sorted(staff, key=lambda user: (order.get(user.role, len(order)), user.id))
    loaded = (people.load_user(user.id) for user in in_order)
    return next((user.phone for user in loaded if user and user.phone), "")


def _may(staff: Sequence[people.User], without: Collection[str]) -> list[people.User]:
    today = clock.today()
    return [user for user in staff if user.id not in without and not user.is_away(today)]


def _staff(org: str) -> list[people.User]:
    return [user for user in people.find_by_org(org) if user.role not in ADMINISTRATORS]
