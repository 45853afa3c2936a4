"""Who may do what: a table of actions, and the relation of a person to a case. Pure; whatever is not allowed is denied.

Two questions in order: may this role make this call at all (`may_call`), and may this person see this case
(`may_see`). Which step of a case is whose is the procedure's own table.
"""

from chalicelib.domain import recusal
from chalicelib.domain.case import (
    ADMINISTRATORS,
    BUREAU,
    CLERK,
    JOINT_MEETING,
    LEADER,
    PETITIONER,
    REPORT,
    SECURITY_ADMIN,
    SUPERVISOR,
    SYSTEM_ADMIN,
    UNIT_HEAD,
    WINDOW,
    Actor,
    Case,
)
from chalicelib.domain.offices import OfficeTree

EVERYBODY = "everybody"
"""No session is needed."""
DESK_STAFF = (WINDOW, CLERK, UNIT_HEAD, BUREAU)
READERS = (BUREAU, CLERK, UNIT_HEAD)
"""Posts that may read a report of misconduct, if their own body has it."""
OVERSEERS = (BUREAU, JOINT_MEETING, LEADER, SUPERVISOR)
INSPECTORS = (BUREAU, SUPERVISOR, JOINT_MEETING)
"""Who opens tasks of supervision (第三十八条)."""
ANNOUNCERS = (BUREAU, LEADER)
"""Who releases or stops a text to many petitioners; the bureau writes it, and nobody releases his own."""
STAFF = (WINDOW, CLERK, UNIT_HEAD, BUREAU, JOINT_MEETING, LEADER, SUPERVISOR)

CALLS: dict[str, tuple[str, ...]] = {
    "health": (EVERYBODY,),
    "meta": (EVERYBODY,),
    "guide": (EVERYBODY,),
    "send_code": (EVERYBODY,),
    "sign_in": (EVERYBODY,),
    "sign_in_staff": (EVERYBODY,),
    "track": (EVERYBODY,),
    "report": (EVERYBODY,),
    "sms_receipts": (EVERYBODY,),
    "sign_out": (PETITIONER, *STAFF, *ADMINISTRATORS),
    "see_myself": (PETITIONER, *STAFF, *ADMINISTRATORS),
    "file": (PETITIONER,),
    "my_petitions": (PETITIONER,),
    "register": DESK_STAFF,
    "register_report": DESK_STAFF,
    "import": DESK_STAFF,
    "worklist": STAFF,
    "colleagues": STAFF,
    "see_leave": (*STAFF, SYSTEM_ADMIN),
    "set_leave": (*STAFF, SYSTEM_ADMIN),
    "proposal": DESK_STAFF,
    "ledger": OVERSEERS,
    "messages": STAFF,
    "search": STAFF,
    "candidates": STAFF,
    "statistics": (*OVERSEERS, UNIT_HEAD),
    "watch": OVERSEERS,
    "findings": (SUPERVISOR, SYSTEM_ADMIN),
    "completeness": (SUPERVISOR, SYSTEM_ADMIN),
    "open_inspection": INSPECTORS,
    "inspections": STAFF,
    "view_case": (PETITIONER, *STAFF),
    "material": (PETITIONER, *STAFF),
    "export": (PETITIONER, *STAFF),
    "deadline_proofs": (PETITIONER, *STAFF),
    "receipts": (PETITIONER, *STAFF),
    "inclusion": (PETITIONER, *STAFF),
    "roots": (EVERYBODY,),
    "take_step": (PETITIONER, *STAFF),
    "calendar": ADMINISTRATORS,
    "propose_days_off": (SYSTEM_ADMIN,),
    "confirm_days_off": (SYSTEM_ADMIN, SECURITY_ADMIN),
    "days_lost": (BUREAU, LEADER, SYSTEM_ADMIN),
    "propose_days_lost": (BUREAU, LEADER),
    "confirm_days_lost": (BUREAU, LEADER),
    "announcements": ANNOUNCERS,
    "write_announcement": (BUREAU,),
    "release_announcement": ANNOUNCERS,
    "stop_announcement": ANNOUNCERS,
    "own_refusal": (PETITIONER,),
    "enter_refusal": (WINDOW, BUREAU),
    "sealed_list": READERS,
    "sealed_read": READERS,
    "sealed_step": READERS,
}
"""Action of the interface -> who may call it. A route whose action is missing here serves nobody."""


def is_public(action: str) -> bool:
    """True when no session is needed."""
    return EVERYBODY in CALLS.get(action, ())


def may_call(role: str, action: str) -> bool:
    """May this role make this call at all?"""
    allowed = CALLS.get(action, ())
    return EVERYBODY in allowed or role in allowed


def may_see(actor: Actor, case: Case, tree: OfficeTree, *, is_own: bool = False) -> bool:
    """May this person see this case? Desks give it, the tree gives it to who oversees, an accusation takes it away.
    Nobody sees a report of misconduct here: `may_read_report` decides that, in a function of its own.

    不得将信访人的检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位。-- 第三十条第三款
    """
    if case.procedure == REPORT:
        return False
    if actor.role == PETITIONER:
        return is_own
    if actor.role not in STAFF or actor.org is None or actor.org not in tree.offices:
        return False
    if not recusal.permits(case.accused, tree.path(actor.org)):
        return False
    if case.desk(actor.org) is not None:
        return True
    return actor.role in OVERSEERS and any(tree.is_within(desk.org, area(actor.org, tree)) for desk in case.desks)


def may_read_report(actor: Actor, case: Case, tree: OfficeTree, *, name: str) -> bool:
    """May this person read a report of misconduct? Its holder's people alone, and of them nobody who is accused.

    No overseer reaches it by the tree, and nobody who withdrew (第二十八条第三款) or bears the name of an accused.
    """
    if case.procedure != REPORT or actor.role not in READERS or actor.user is None:
        return False
    if actor.org is None or actor.org not in tree.offices:
        return False
    if case.desk(actor.org) is None or actor.user in case.facts.get("recused", ()):
        return False
    return recusal.permits(case.accused, tree.path(actor.org), user=actor.user, name=name)


def may_set_leave(actor: Actor, user: str, role: str, org: str) -> bool:
    """May this person say when somebody is away? His own absence, his people's as head of their unit, anybody's as
    administrator of the system. A head has no say over who administers it.
    """
    if actor.role not in CALLS["set_leave"] or actor.user is None:
        return False
    if actor.user == user or actor.role == SYSTEM_ADMIN:
        return True
    return actor.role == UNIT_HEAD and actor.org == org and role not in ADMINISTRATORS


def area(org: str, tree: OfficeTree) -> str:
    """What an office oversees: a government its whole area, a bureau or department the area it belongs to."""
    return tree.area_of(org)
