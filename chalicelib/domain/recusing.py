"""回避 (第二十八条第三款): 各级机关、单位工作人员与信访事项或者信访人有直接利害关系的，应当回避.

The Regulation names nobody who decides. As provinces have it, the head decides of his people, and the level above
of a head. Nobody decides about himself; whoever stands back takes no step of the case any more (the engine refuses).
"""

from collections.abc import Mapping, Sequence
from datetime import date

from chalicelib.domain.case import PETITIONER, RECUSING, REREVIEWING, REVIEWING, UNIT_HEAD, Actor, Case, Change, Duty
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken
from chalicelib.domain.events.recusal import RecusalAsked, RecusalDecided
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.tables.recusal import GRANTED, RECUSAL, REFUSED
from chalicelib.domain.tables.road import agency

LAW = "第二十八条第三款"
NOT_ABOUT_HIMSELF = "不能决定自己的回避，应由上一级决定"
HIMSELF, HEAD = "himself", "unit_head"
POSTS = {
    "undertaker": "承办人",
    "second_reader": "审核人员",
    "reviewer": "复查（复核）人员",
    "hearing_chair": "听证主持人",
    HEAD: "单位负责人",
    HIMSELF: "本人",
}
"""Who should stand back; of himself only a member of staff speaks."""


def ask_recusal(case: Case, post: str, reason: str, *, tree: OfficeTree, by: Actor, on: date, rules: Rules) -> Change:
    """Ask that somebody stands back, or report that one has to stand back oneself (第二十八条第三款)."""
    check(PETITION.step("ask_recusal"), case, by)
    if (post == HIMSELF) == (by.role == PETITIONER):
        said = "请选择要求谁回避" if by.role == PETITIONER else "工作人员只能报告本人回避"
        raise FieldsInvalid([FieldError("/post", said, "not_a_choice")])
    if post == HIMSELF and case.desk(by.org) is None:
        raise NotYourStep("这件事项不由您的单位办理，不需要回避", law=LAW)
    org = _org_of(case, post, by)
    is_head = post == HEAD or (post == HIMSELF and by.role == UNIT_HEAD)
    facts = {"post": post, "of": org, "head": is_head, **({"user": by.user} if post == HIMSELF else {})}
    if any(dict(duty.facts) == facts for duty in case.duties_of(RECUSAL, "open")):
        raise RuleBroken("已经申请过，正在等候决定", law=LAW)
    decider = _decider(case, org, tree, is_head=is_head)
    asked, duty = case.with_new_duty(RECUSAL, decider, **facts)
    event = RecusalAsked(
        about=duty.id, post=post, org=decider, user=by.user if post == HIMSELF else None, text={"reason": reason}
    )
    granted = () if case.desk(decider) else (decider,)
    asked = asked.with_desk_beside(decider, RECUSING)
    change = take(PETITION, asked, "ask_recusal", event, by=by, on=on, rules=rules, about=duty.id)
    return Change(change.case, change.happened, granted)


def decide_recusal(
    case: Case,
    granted: bool,
    users: Sequence[str] = (),
    reason: str = "",
    successor: str | None = None,
    duty_id: str | None = None,
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Decide that these people stand back and who goes on, or with a reason that nobody has to (第二十八条第三款)."""
    duty = _to_decide(case, duty_id, by)
    facts = _standing_back(case, duty, users, successor, by) if granted else {}
    if not granted and not reason:
        raise FieldsInvalid([FieldError("/reason", "不同意回避的，应当说明理由", "missing")])
    event = RecusalDecided(
        about=duty.id,
        post=duty.facts["post"],
        org=duty.org,
        granted=granted,
        users=tuple(users) if granted else (),
        successor=successor if granted else None,
        own="user" in duty.facts,
        text={"reason": reason} if reason else {},
    )
    decided = case.with_duty(duty, GRANTED if granted else REFUSED).with_facts(**facts)
    change = take(PETITION, decided, "decide_recusal", event, by=by, on=on, rules=rules, about=duty.id)
    return Change(_without_desk_of_who_decided(change.case, duty), change.happened)


def _standing_back(case: Case, duty: Duty, users: Sequence[str], successor: str | None, by: Actor) -> dict[str, object]:
    """The facts of a recusal that is granted."""
    if not users:
        raise FieldsInvalid([FieldError("/users", "请写明由谁回避", "missing")])
    if by.user in users:
        raise NotYourStep(NOT_ABOUT_HIMSELF, law=LAW)
    if duty.facts.get("user") and duty.facts["user"] not in users:
        raise FieldsInvalid([FieldError("/users", "报告回避的本人应当在内", "missing")])
    recused = list(dict.fromkeys((*case.facts.get("recused", ()), *users)))
    if successor in recused:
        raise FieldsInvalid([FieldError("/successor", "接手的人不能是回避的人", "recused")])
    facts: dict[str, object] = {"recused": recused}
    if duty.facts["head"]:
        facts["heads_recused"] = {**case.facts.get("heads_recused", {}), duty.facts["of"]: duty.org}
    if successor:
        facts["undertaker"] = successor
    return facts


def _to_decide(case: Case, duty_id: str | None, by: Actor) -> Duty:
    """The application that this person decides. Raises RuleBroken, NotYourStep, FieldsInvalid."""
    check(PETITION.step("decide_recusal"), case, by)
    waiting = [duty for duty in case.duties_of(RECUSAL, "open") if duty_id in (None, duty.id)]
    if not waiting:
        raise RuleBroken("没有等候决定的回避申请", law=LAW)
    mine = [duty for duty in waiting if duty.org == by.org]
    if not mine:
        raise NotYourStep("这份回避申请不由您的单位决定", law=LAW)
    if len(mine) > 1:
        raise FieldsInvalid([FieldError("/duty", "有几份回避申请，请写明决定哪一份", "missing")])
    (duty,) = mine
    if by.user and by.user in (duty.facts.get("user"), *_holders(case, str(duty.facts["post"]))):
        raise NotYourStep(NOT_ABOUT_HIMSELF, law=LAW)
    return duty


def _holders(case: Case, post: str) -> tuple[str | None, ...]:
    """Who holds a post, as far as the case knows."""
    draft, first = case.facts.get("draft") or {}, case.facts.get("first_handler") or {}
    known: Mapping[str, tuple[str | None, ...]] = {
        "undertaker": (draft.get("by"), first.get("user")),
        "second_reader": (draft.get("read_by"),),
    }
    return known.get(post, ())


def _org_of(case: Case, post: str, by: Actor) -> str:
    """In which office the person works who should stand back."""
    if post == HIMSELF:
        return str(by.org)
    reviewing = [desk.org for desk in case.desks if {REVIEWING, REREVIEWING} & set(desk.capacities)]
    if post == "reviewer" and not reviewing:
        raise FieldsInvalid([FieldError("/post", "这件事项没有在复查、复核，请选择其他人员", "not_a_choice")])
    return reviewing[-1] if reviewing and post in ("reviewer", "hearing_chair") else agency(case)


def _decider(case: Case, org: str, tree: OfficeTree, *, is_head: bool) -> str:
    """The office whose head decides: the person's own, or the level above for a head and for a head who stood back."""
    heads = case.facts.get("heads_recused", {})
    if not is_head and org not in heads:
        return org
    above = heads.get(org) or tree.offices[org].parent
    if above is None or tree.offices[above].kind == "external":
        raise RuleBroken("应由上级机关决定，请向其提出", law=LAW)
    return str(above)


def _without_desk_of_who_decided(case: Case, duty: Duty) -> Case:
    """The desk of who decided ends, unless another application waits there."""
    waits = any(other.org == duty.org for other in case.duties_of(RECUSAL, "open"))
    return case if waits else case.without_desk_of(duty.org, RECUSING)
