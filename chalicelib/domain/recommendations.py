"""The three recommendations of a petition bureau (第四十条) inside a case, and the written feedback each is owed."""

from datetime import date

from chalicelib.domain import oversight
from chalicelib.domain.case import ANSWERING, OPEN, Actor, Case, Change
from chalicelib.domain.complaints import no_longer_answering
from chalicelib.domain.errors import FieldError, FieldsInvalid, TargetRefused
from chalicelib.domain.events.supervision import RecommendationAnswered, RecommendationMade
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.supervision import addressee, the_duty


def recommend(
    case: Case,
    kind: str,
    text: str,
    org: str | None = None,
    *,
    tree: OfficeTree,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Recommend to mend the work, to mend a policy, or to hold to account whom it concerns (第四十条第一至三款)."""
    check(PETITION.step("recommend"), case, by)
    to = _whom(case, kind, org, tree=tree, by=by)
    begun, duty = case.with_new_duty(oversight.RECOMMENDATION, to, kind=kind, by=by.org)
    event = RecommendationMade(about=duty.id, org=to, advice=kind, text={"text": text})
    held = begun.with_desk_beside(to, ANSWERING)
    change = take(PETITION, held, "recommend", event, by=by, on=on, rules=rules, about=duty.id)
    return Change(change.case, change.happened, (to,))


def feed_back(
    case: Case, adopted: str, text: str, named: str | None = None, *, by: Actor, on: date, rules: Rules
) -> Change:
    """Say in writing whether a recommendation was adopted (第四十条第四款: 应当书面反馈采纳情况)."""
    check(PETITION.step("feed_back"), case, by)
    duty = the_duty(case, (oversight.RECOMMENDATION,), OPEN, named, org=by.org)
    answered = case.with_duty(duty, adopted)
    event = RecommendationAnswered(about=duty.id, org=duty.org, adopted=adopted, text={"text": text})
    change = take(PETITION, answered, "feed_back", event, by=by, on=on, rules=rules, about=duty.id)
    return no_longer_answering(change, duty.org)


def _whom(case: Case, kind: str, org: str | None, *, tree: OfficeTree, by: Actor) -> str:
    """改进工作 to the unit; 完善政策 to one's own Party committee and government; 追究责任 to who has the authority."""
    if kind == oversight.IMPROVE:
        return addressee(case, org, tree=tree, by=by)
    if kind == oversight.POLICY:
        government = tree.government_of(by.org or "")
        if org is not None and org != government:
            said = "完善政策的建议应当向本级党委和政府提出"
            raise TargetRefused(said, law="第四十条第二款", fields=[FieldError("/org", "可以不填")])
        return addressee(case, government, tree=tree, by=by)
    if org is None:
        raise FieldsInvalid([FieldError("/org", "请写明向哪个有管理权限的机关、单位提出", "missing")])
    if case.agency is not None and org in tree.below(case.agency):
        said = "追究责任的建议应当向有管理权限的机关、单位提出，不能向责任单位自己提出"
        raise TargetRefused(said, law="第四十条第三款", fields=[FieldError("/org", "请选择其上级或者有管理权限的单位")])
    return addressee(case, org, tree=tree, by=by)
