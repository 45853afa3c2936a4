"""Which unit takes a matter that units dispute, and who goes on when a unit is no more (第二十四条)."""

from collections.abc import Sequence
from datetime import date

from chalicelib.domain.case import DECIDING, LEAD, Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken, TargetRefused
from chalicelib.domain.events.routing import DisputeSubmitted, PetitionSucceeded, UnitDesignated, UnitsConsulted
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, inherit, take
from chalicelib.domain.receiving import may_be_sent, may_handle
from chalicelib.domain.tables.road import agency
from chalicelib.domain.tables.routing import is_disputed
from chalicelib.domain.values import replace

DISPUTES, SUCCESSORS = "第二十四条第一款", "第二十四条第二款"


def consult_units(
    case: Case,
    units: Sequence[str],
    result: str,
    agreed: str | None = None,
    *,
    tree: OfficeTree,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Record that the units concerned were consulted, and who takes the matter if they agreed (第二十四条第一款)."""
    check(PETITION.step("consult_units"), case, by)
    named = tuple(dict.fromkeys(units))
    wrong = [
        FieldError(f"/units/{place}", "没有这个单位，请从单位名录中选择")
        for place, each in enumerate(units)
        if tree.get(each) is None
    ]
    if len(named) < 2:
        wrong.append(FieldError("/units", "请选择参加协商的两个以上单位", "too_few"))
    if agreed is not None and agreed not in named:
        wrong.append(FieldError("/agreed", "同意受理的应是参加协商的单位"))
    if wrong:
        raise FieldsInvalid(wrong)
    if agreed is not None:
        may_be_sent(case, agreed, tree)
    event = UnitsConsulted(org=case.office, units=named, agreed=agreed, text={"result": result})
    consulted = case.with_facts(consulted=list(named), agreed=agreed)
    return take(PETITION, consulted, "consult_units", event, by=by, on=on, rules=rules)


def submit_dispute(case: Case, reason: str, *, tree: OfficeTree, by: Actor, on: date, rules: Rules) -> Change:
    """Ask the common superior, and without one the joint meeting, which unit takes the matter (第二十四条第一款)."""
    check(PETITION.step("submit_dispute"), case, by)
    if case.facts.get("agreed"):
        raise RuleBroken("有关单位已经协商同意，请转送给同意受理的单位", law=DISPUTES)
    if not is_disputed(case):
        raise RuleBroken("应当先由所涉及的单位协商，并登记协商结果", law=DISPUTES)
    above = deciding(case, tree)
    asked = case.with_facts(decider=above.id).with_desk_beside(above.id, DECIDING)
    event = DisputeSubmitted(org=case.office, to=above.id, text={"reason": reason})
    change = take(PETITION, asked, "submit_dispute", event, by=by, on=on, rules=rules)
    return Change(change.case, change.happened, (above.id,))


def deciding(case: Case, tree: OfficeTree) -> Office:
    """Who decides: 其共同的上一级机关、单位; 没有共同的上一级机关、单位的，由共同的信访工作联席会议. Raises RuleBroken.

    An organ outside this system cannot decide in it: then too the joint meeting coordinates.
    """
    units = [each for each in case.facts["consulted"] if each in tree.offices]
    above = tree.common_superior(units) if units else None
    if above is not None and above.active and above.kind != "external":
        return above
    meeting = tree.joint_meeting_of(case.office)
    if meeting is None:
        raise RuleBroken("单位名录中没有可以裁定的上级机关或者联席会议", law=DISPUTES)
    return meeting


def designate(case: Case, to: str, reason: str, *, tree: OfficeTree, by: Actor, on: date, rules: Rules) -> Change:
    """Decide which unit takes the matter: it cannot object any more (第二十四条第一款)."""
    check(PETITION.step("designate"), case, by)
    office = may_handle(to, tree)
    if office.is_bureau:
        raise TargetRefused("不能指定信访部门办理", fields=[FieldError("/to", "请选择有权处理的单位")])
    decided = replace(case.with_desk(to, LEAD), agency=to).with_facts(designated=True)
    event = UnitDesignated(org=by.org or "", to=to, text={"reason": reason})
    change = take(PETITION, decided, "designate", event, by=by, on=on, rules=rules)
    return Change(change.case.without_desk(DECIDING), change.happened, (to,))


def succeed(
    case: Case, to: str | None = None, reason: str = "", *, tree: OfficeTree, by: Actor, on: date, rules: Rules
) -> Change:
    """Let the office that goes on with the powers of an abolished one go on with the matter (第二十四条第二款).

    Where it is not clear who that is, the government names an office, and the record says so.
    """
    check(PETITION.step("succeed"), case, by)
    old = tree.get(agency(case))
    if old is not None and old.active:
        raise RuleBroken(f"{old.name}没有撤销或者合并，不能由其他单位承继", law=SUCCESSORS)
    heir = tree.successor_of(old.id) if old is not None else None
    chosen = to or (heir.id if heir is not None else None)
    if chosen is None:
        said = "单位名录没有写明由谁继续行使职权，请选择本级党委、政府指定的单位"
        raise FieldsInvalid([FieldError("/to", said, "missing")])
    is_named = heir is None or chosen != heir.id
    if is_named and not reason:
        said = "不是名录中的承继单位的，请写明本级党委、政府指定的依据"
        raise FieldsInvalid([FieldError("/reason", said, "missing")])
    if may_handle(chosen, tree).is_bureau:
        raise TargetRefused("不能由信访部门承继", fields=[FieldError("/to", "请选择有权处理的单位")])
    moved, dates = inherit(_handed(case, agency(case), chosen), agency(case), chosen, rules=rules)
    text = {"reason": reason} if reason else {}
    event = PetitionSucceeded(org=agency(case), to=chosen, named_by_government=is_named, text=text, clocks=dates)
    change = take(PETITION, moved, "succeed", event, by=by, on=on, rules=rules)
    return Change(change.case, change.happened, (chosen,))


def _handed(case: Case, old: str, new: str) -> Case:
    """The case in which one office holds everything that another one held: desks, duties, the registration itself."""
    held = case.desk(old)
    for capacity in held.capacities if held else ():
        case = case.without_desk_of(old, capacity).with_desk_beside(new, capacity)
    duties = tuple(replace(each, org=new) if each.org == old else each for each in case.duties)
    return replace(
        case,
        duties=duties,
        agency=new if case.agency == old else case.agency,
        office=new if case.office == old else case.office,
    )
