"""What petitioners may do beyond supplementing, urging and withdrawing. What they record stands in `own.py`."""

from collections.abc import Mapping

from chalicelib.domain import people
from chalicelib.domain.case import LEAD, PETITIONER, PRINCIPAL, Actor, Case
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events.own import EvidenceAttached, MaterialAttached, PetitionJoined, ProxyRevoked
from chalicelib.domain.procedure import STAY, Automatic, Step
from chalicelib.domain.stages import AFTERWARDS, UNDER_WAY
from chalicelib.domain.tables.matters import is_at_a_desk
from chalicelib.domain.tables.road import HANDLERS, STAFF


def has_proxy(case: Case) -> bool:
    """Somebody acts for the principal."""
    return people.has_proxy(case.facts)


def is_principals(case: Case, by: Actor) -> bool:
    """The principal himself, or the office that he called."""
    return by.standing == PRINCIPAL if by.role == PETITIONER else is_at_a_desk(case, by)


def is_open_to_join(case: Case) -> bool:
    """Who filed it wants others to join."""
    return bool(case.facts.get("open_to_join"))


def is_a_stranger(_case: Case, by: Actor) -> bool:
    """Somebody who has not brought it yet."""
    return not by.standing


MOST_FILES = 20


def has_room(case: Case) -> bool:
    """One more photo or paper may be attached."""
    return int(case.facts.get("files", 0)) < MOST_FILES


STEPS: tuple[Step, ...] = (
    Step(
        action="revoke_proxy", label="撤销代理", law="第十九条第一款",
        frm=(*UNDER_WAY, *AFTERWARDS), to=STAY, by=(PETITIONER, *STAFF), emits=ProxyRevoked,
        offered=has_proxy, offered_to=is_principals,
    ),
    Step(
        action="join", label="一起反映", law="第二十条第三款",
        frm=UNDER_WAY, to=STAY, by=(PETITIONER,), emits=PetitionJoined,
        offered=is_open_to_join, offered_to=is_a_stranger,
    ),
    Step(
        action="attach", label="上传照片、材料", law="第十九条第二款",
        frm=(*UNDER_WAY, *AFTERWARDS), to=STAY, by=(PETITIONER,), emits=MaterialAttached,
        offered=has_room,
    ),
    Step(
        action="attach_evidence", label="上传办理材料", law="第二十八条第一款",
        frm=(*UNDER_WAY, *AFTERWARDS), to=STAY, by=HANDLERS, desk=LEAD, emits=EvidenceAttached,
        offered=has_room,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
