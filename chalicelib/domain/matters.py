"""Same person, same matter (第十九条、第三十六条): link, merge, split, and cut out what accuses somebody.

A repeated petition is always registered (第二十二条) and never refused by itself: a person says what it is, and both
sides keep the other's number. Functions over two cases answer two changes, which are committed together.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from chalicelib.domain import intake, receiving
from chalicelib.domain.case import Actor, Case, Change, Happened
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken
from chalicelib.domain.events import PetitionRegistered
from chalicelib.domain.events.matters import MattersLinked, MattersMerged, MatterSplit, MattersUnmerged, PartCutOut
from chalicelib.domain.intake import REPORT_OF_MISCONDUCT, Contact, Filing
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.stages import REPLIED
from chalicelib.domain.tables.matters import has_several_claims, is_at_a_desk, leads, stands_alone
from chalicelib.domain.tables.opinion import has_no_draft
from chalicelib.domain.tables.road import agency
from chalicelib.domain.values import replace

SAME_MATTER, SAME_PERSON, RELATED, NEW_FACTS = "same_matter", "same_person", "related", "new_facts"
VISIT_AFTER_ONLINE = "visit_after_online"
RELATIONS = {
    SAME_MATTER: "同一事项（重复提出）",
    NEW_FACTS: "同一事项，有新的事实和理由",
    SAME_PERSON: "同一信访人的另一事项",
    RELATED: "相关事项",
    VISIT_AFTER_ONLINE: "网上提出以后又来访",
}
"""What a person may say of two matters."""
REPEATS = (SAME_MATTER, VISIT_AFTER_ONLINE)
"""With these the later one is a 重复信访; the office that handled the first answers for it."""
SPLIT_FROM, SPLIT_INTO = "split_from", "split_into"
MOST_LINKS, MOST_MERGED = 20, 50
CLASSIFYING = "第二十九条至第三十一条"
CURRENT = ("title", "text", "claims")
"""What a split or a cut replaces in what was filed; the original stays where it was sealed."""

Pair = tuple[Change, Change]


def link(case: Case, other: Case, relation: str, note: str = "", *, by: Actor, on: date, rules: Rules) -> Pair:
    """Say how two matters belong together (第十九条第三款、第三十六条第三款); saying it again replaces it.

    Whether the later one is refused, ends, or is handled, its own steps say: here nothing is decided.
    """
    check(PETITION.step("link"), case, by)
    if not is_at_a_desk(case, by):
        raise NotYourStep("“关联”由登记单位、责任单位或者信访部门办理", law="第十九条第三款")
    _is_another(case, other)
    return (
        _linked(case, other, relation, note, by=by, on=on, rules=rules),
        _linked(other, case, relation, note, by=by, on=on, rules=rules),
    )


def _linked(case: Case, other: Case, relation: str, note: str, *, by: Actor, on: date, rules: Rules) -> Change:
    event = MattersLinked(other=other.id, relation=relation, text={"note": note} if note else {})
    return take(PETITION, related(case, other, relation, on), "link", event, by=by, on=on, rules=rules)


def related(case: Case, other: Case, relation: str, on: date) -> Case:
    """The case with what it is to another one: `links` holds relation, number and day, the newest word for each."""
    others = [row for row in case.facts.get("links", ()) if row[1] != other.id]
    if len(others) >= MOST_LINKS:
        raise RuleBroken(f"一件事项最多关联{MOST_LINKS}件", law="第十九条第三款")
    linked = case.with_facts(links=[*others, [relation, other.id, on.isoformat()]])
    if relation not in REPEATS:
        return _not_a_repeat_of(linked, other)
    if _moment(case) < _moment(other):
        return linked
    return linked.with_facts(repeat=True, repeat_of=other.id, charged_to=first_handler(other))


def first_handler(case: Case) -> str:
    """Who handled the matter when it was brought first: a repetition is charged to it (首办责任)."""
    first = case.facts.get("first_handler") or {}
    return str(case.facts.get("charged_to") or first.get("org") or agency(case))


def _not_a_repeat_of(case: Case, other: Case) -> Case:
    if case.facts.get("repeat_of") != other.id:
        return case
    kept = {name: held for name, held in case.facts.items() if name not in ("repeat", "repeat_of", "charged_to")}
    return replace(case, facts=kept)


def _moment(case: Case) -> tuple[date, datetime]:
    return case.received_on, case.registered_at


def register_after(registered: Change, earlier: Case, *, by: Actor, on: date, rules: Rules) -> Pair:
    """Register a visit about what was brought before (第二十二条: 应当予以登记), linked from its first moment on."""
    case = registered.case
    online = case.facts["channel"] == intake.VISIT and earlier.facts["channel"] in intake.ONLINE
    relation = VISIT_AFTER_ONLINE if online else SAME_MATTER
    first, *more = registered.happened
    assert isinstance(first.event, PetitionRegistered)
    told = Happened(replace(first.event, earlier=earlier.id), first.by)
    linked = Change(related(case, earlier, relation, on), (told, *more), registered.granted)
    return linked, _linked(earlier, case, relation, "", by=by, on=on, rules=rules)


def merge(case: Case, leading: Case, note: str = "", *, by: Actor, on: date, rules: Rules) -> Pair:
    """Handle a case together with a leading one of the same agency (第二十八条: 查明事实、分清责任).

    A mark and nothing more: each keeps its clocks, notices, opinion, rating and review.
    """
    check(PETITION.step("merge"), case, by)
    _is_another(case, leading)
    wrong = ""
    if agency(case) != agency(leading):
        wrong = "只有同一责任单位办理的事项可以并案"
    elif case.facts["kind"] != leading.facts["kind"]:
        wrong = "类别不同的事项办理途径不同，不能并案"
    elif case.stage == REPLIED:
        wrong = "已经作出处理意见的事项，不能再并入别的事项"
    elif not stands_alone(case) or leading.facts.get("merged_with"):
        wrong = "已经并案的事项，请先撤销并案"
    elif len(leading.facts.get("merged", ())) >= MOST_MERGED:
        wrong = f"一件事项最多并入{MOST_MERGED}件"
    if wrong:
        raise RuleBroken(wrong, law="第二十八条", fields=[FieldError("/other", wrong, "cannot_merge")])
    check(PETITION.step("merge"), leading, by)
    text = {"note": note} if note else {}
    follows = MattersMerged(other=leading.id, leads=False, text=text)
    leads_ = MattersMerged(other=case.id, leads=True, text=text)
    marked = leading.with_facts(merged=[*leading.facts.get("merged", ()), case.id])
    return (
        take(PETITION, case.with_facts(merged_with=leading.id), "merge", follows, by=by, on=on, rules=rules),
        take(PETITION, marked, "merge", leads_, by=by, on=on, rules=rules),
    )


def unmerge(case: Case, leading: Case, note: str = "", *, by: Actor, on: date, rules: Rules) -> Pair:
    """Take the mark away again, and nothing else (第二十八条)."""
    check(PETITION.step("unmerge"), case, by)
    if not leads(case, by):
        raise NotYourStep("“撤销并案”由责任单位办理", law="第二十八条")
    if case.facts.get("merged_with") != leading.id:
        raise RuleBroken("这件事项没有并入别的事项", law="第二十八条")
    text = {"note": note} if note else {}
    alone = case.with_facts(merged_with="")
    left = leading.with_facts(merged=[number for number in leading.facts.get("merged", ()) if number != case.id])
    return (
        take(PETITION, alone, "unmerge", MattersUnmerged(other=leading.id, text=text), by=by, on=on, rules=rules),
        take(PETITION, left, "unmerge", MattersUnmerged(other=case.id, text=text), by=by, on=on, rules=rules),
    )


def split(
    case: Case,
    number: str,
    claims: Sequence[int],
    kind: str,
    title: str,
    text: str = "",
    *,
    filed: Mapping[str, Any],
    contact: Contact,
    tree: OfficeTree,
    by: Actor,
    at: datetime,
    rules: Rules,
) -> Pair:
    """Give some claims their own number, because they are another kind of matter (第二十九条至第三十一条: 分类处理).

    The new one is registered where the whole was, and its clocks count from the day on which the whole was received:
    nobody waits longer because he wrote two things into one letter. `filed` is what the petition says now.
    Answers the new case first, then the one it was taken from.
    """
    check(PETITION.step("split"), case, by)
    if kind == REPORT_OF_MISCONDUCT:
        said = "检举控告部分应通过检举控告渠道另行登记，再用“移出检举内容”从本件移出"
        raise RuleBroken(said, law="第三十条", fields=[FieldError("/kind", said, "report_of_misconduct")])
    _has_no_draft(case)
    if not has_several_claims(case):
        raise RuleBroken("只有一项诉求的事项不能分案", law=CLASSIFYING)
    stated = list(filed["claims"])
    taken = sorted(set(claims))
    if not taken or not set(taken) <= set(range(1, len(stated) + 1)) or len(taken) == len(stated):
        said = f"请从第1至{len(stated)}项诉求中选择要分出的，至少留下一项"
        raise FieldsInvalid([FieldError("/claims", said, "out_of_range")])
    part = Filing(
        kind=kind,
        channel=case.facts["channel"],
        received_on=case.received_on,
        title=title,
        text=text or filed["text"],
        claims=tuple(stated[each - 1] for each in taken),
        place=filed.get("place", ""),
    )
    new = receiving.register(
        number,
        part,
        contact,
        tree.offices[case.office],
        by=by,
        at=at,
        rules=rules,
        person=case.facts.get("person", ""),
        known=case.facts.get("known"),
        bureau=case.facts.get("bureau", ""),
        split_from=case.id,
    )
    new_case = replace(related(new.case, case, SPLIT_FROM, at.date()), accused=case.accused)
    left = [claim for index, claim in enumerate(stated, start=1) if index not in taken]
    event = MatterSplit(
        into=number, kind=kind, claims=len(left), text={"title": filed["title"], "text": filed["text"], "claims": left}
    )
    parted = _now_says(related(case, new_case, SPLIT_INTO, at.date()), len(left))
    kept = take(PETITION, parted, "split", event, by=by, on=at.date(), rules=rules)
    return Change(new_case, new.happened, new.granted), kept


def cut_out(case: Case, title: str, text: str, claims: Sequence[str], *, by: Actor, on: date, rules: Rules) -> Change:
    """Take out what accuses somebody before the rest goes on (第三十条第三款: 不得透露或者转给被检举的人员或者单位).

    From then on everybody reads what is left; the whole stays sealed as it was filed, for the office that registered
    it. What was taken out has to be registered as a report of its own.
    """
    check(PETITION.step("cut_out"), case, by)
    _has_no_draft(case)
    left = list(claims) or [title]
    event = PartCutOut(claims=len(left), text={"title": title, "text": text, "claims": left})
    return take(PETITION, _now_says(case, len(left), cut=True), "cut_out", event, by=by, on=on, rules=rules)


def _has_no_draft(case: Case) -> None:
    """A draft answers the claims by their numbers."""
    if not has_no_draft(case):
        raise RuleBroken("已经拟稿，退改以后才能改变诉求", law="第三十二条")


def _now_says(case: Case, claims: int, *, cut: bool = False) -> Case:
    """What the petition says now stands in the text of the event that comes next."""
    marked = case.with_facts(claims=claims, text_at=case.version + 1, claims_in=case.version + 1)
    return marked.with_facts(cut=True) if cut else marked


def current(texts: Mapping[int, Mapping[str, Any]], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a petition says now: as it was filed, or what a split or a cut has left of it; the claims as they were
    confirmed since.
    """
    filed = dict(texts.get(1, {}))
    newer = texts.get(int(facts.get("text_at", 1)), {})
    confirmed = texts.get(int(facts.get("claims_in", 1)), {})
    said = {**newer, **({"claims": confirmed["claims"]} if "claims" in confirmed else {})}
    return filed | {name: said[name] for name in CURRENT if name in said}


def _is_another(case: Case, other: Case) -> None:
    if other.id == case.id:
        raise FieldsInvalid([FieldError("/other", "请填写另一件事项的编号", "same_case")])
