"""From hearing the petitioner to the signed opinion (第三十一条第六项、第三十二条): one function per step.

On the petition procedure an opinion passes three hands: one drafts it, another one reads it, the head signs it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chalicelib.domain import gates, intake, quality
from chalicelib.domain.case import UNIT_HEAD, Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, QualityGate, RuleBroken
from chalicelib.domain.events import OpinionGiven
from chalicelib.domain.events.opinion import (
    ClaimsConfirmed,
    DraftReturned,
    MarkedHistorical,
    MatterInvestigated,
    OpinionDrafted,
    OpinionRead,
    PetitionerHeard,
)
from chalicelib.domain.intake import Opinion
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.review import not_the_same_again
from chalicelib.domain.tables.road import agency, is_answered_directly
from chalicelib.domain.values import replace

LONGEST_PROMISE = 366
"""Days. A date further off is a slip of the keyboard, or no promise."""


def confirm_claims(case: Case, claims: Sequence[str], *, by: Actor, on: date, rules: Rules) -> Change:
    """Say again, with the petitioner, what is asked for: the opinion answers these claims (第三十二条: 投诉请求)."""
    check(PETITION.step("confirm_claims"), case, by)
    if case.facts.get("draft"):
        raise RuleBroken("已经拟稿，退改以后才能重新确认诉求", law="第三十二条")
    if not 1 <= len(claims) <= 10:
        raise FieldsInvalid([FieldError("/claims", "请写明1至10项诉求", "out_of_range")])
    event = ClaimsConfirmed(org=agency(case), claims=len(claims), text={"claims": list(claims)})
    confirmed = case.with_facts(claims=len(claims), claims_in=case.version + 1)
    return take(PETITION, confirmed, "confirm_claims", event, by=by, on=on, rules=rules)


def hear_petitioner(
    case: Case,
    how: str,
    held_on: date,
    note: str,
    present: str = "",
    place: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Hear the facts and reasons of the petitioner, before an opinion is written (第三十一条第六项)."""
    check(PETITION.step("hear_petitioner"), case, by)
    _while_handled(case, held_on, on)
    event = PetitionerHeard(org=agency(case), how=how, held_on=held_on, text=_said(note, present, place))
    return take(PETITION, _with_latest(case, "heard", held_on), "hear_petitioner", event, by=by, on=on, rules=rules)


def investigate(
    case: Case,
    how: str,
    held_on: date,
    note: str,
    present: str = "",
    place: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Investigate and verify; every call, visit and meeting is an entry of its own (第三十一条第六项)."""
    check(PETITION.step("investigate"), case, by)
    _while_handled(case, held_on, on)
    event = MatterInvestigated(org=agency(case), how=how, held_on=held_on, text=_said(note, present, place))
    who = dict.fromkeys(user for user in (*case.facts.get("investigators", ()), by.user) if user)
    looked = _with_latest(case, "investigated", held_on).with_facts(investigators=list(who))
    return take(PETITION, looked, "investigate", event, by=by, on=on, rules=rules)


def mark_historical(case: Case, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Mark an old matter: it is investigated anew and a leader takes it on, whatever was found before (第二十八条)."""
    check(PETITION.step("mark_historical"), case, by)
    if case.facts.get("historical"):
        raise RuleBroken("已经标记为历史遗留问题", law="第二十八条第一款")
    event = MarkedHistorical(org=agency(case), text={"reason": reason})
    # What was looked into before the mark is part of the old answer.
    marked = _without(case, "investigated", "draft").with_facts(historical=on.isoformat())
    return take(PETITION, marked, "mark_historical", event, by=by, on=on, rules=rules)


def draft_reply(
    case: Case,
    opinion: Opinion,
    *,
    claims: Sequence[str] = (),
    earlier: Sequence[str] = (),
    revoked: Opinion | None = None,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Draft the opinion; what the quality gate finds is kept with it, for who reads it next (第三十二条).

    `claims` are the words of the claims, `earlier` the replies given in this matter before, `revoked` the opinion
    that a review revoked: it does not come back the same. A new draft takes the place of the one before.
    """
    check(PETITION.step("draft_reply"), case, by)
    if is_answered_directly(case):
        raise RuleBroken("这件事项可以直接作出处理意见，不必拟稿", law="第三十二条")
    missing = gates.unprepared(case)
    if missing:
        raise RuleBroken(missing, law="第三十一条第六项")
    quality.complete(opinion, claims=case.facts["claims"])
    keeps_its_word(opinion, on)
    if revoked is not None:
        not_the_same_again(revoked, opinion)
    flags = _codes(quality.findings(opinion, claims, earlier))
    event = OpinionDrafted(
        org=agency(case),
        findings=tuple(each.finding for each in opinion.answers),
        flags=flags,
        failed=gates.failed(case, opinion, flags, on),
        commitments=len(opinion.commitments),
        text=opinion.text(),
    )
    draft = {"seq": case.version + 1, "by": by.user, **({"flags": list(flags)} if flags else {})}
    return take(PETITION, case.with_facts(draft=draft), "draft_reply", event, by=by, on=on, rules=rules)


def second_read(case: Case, note: str = "", override_reason: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """Read the draft of somebody else; what the quality gate found is mended, or let through with a reason that is
    kept (第二十八条、第三十二条)."""
    check(PETITION.step("second_read"), case, by)
    draft = _draft(case)
    _is_another(draft, by, "核稿")
    if draft.get("read_by"):
        raise RuleBroken("这份稿子已经核过，等待签发", law="第三十二条")
    flags = tuple(draft.get("flags", ()))
    if flags and not override_reason:
        raise QualityGate(
            f"稿子没有通过质量关：{_named(flags)}。请退改，或者写明放行的理由",
            law="第三十二条",
            fields=[FieldError("/override_reason", "放行须写明理由，理由会一并存档", "missing")],
        )
    event = OpinionRead(
        org=agency(case),
        draft=draft["seq"],
        overridden=bool(flags),
        text=_filled(note=note, override_reason=override_reason if flags else ""),
    )
    read = case.with_facts(draft={**draft, "read_by": by.user})
    return take(PETITION, read, "second_read", event, by=by, on=on, rules=rules)


def return_draft(case: Case, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Give a draft back to be mended, with a reason: by its reader, or by the head (第二十八条、第三十二条)."""
    check(PETITION.step("return_draft"), case, by)
    draft = _draft(case)
    if by.role != UNIT_HEAD:
        _is_another(draft, by, "退改")
    event = DraftReturned(org=agency(case), draft=draft["seq"], text={"reason": reason})
    returns = int(case.facts.get("draft_returns", 0)) + 1
    back = _without(case, "draft").with_facts(draft_returns=returns)
    return take(PETITION, back, "return_draft", event, by=by, on=on, rules=rules)


def sign(
    case: Case,
    draft: Mapping[str, Any],
    checks: Sequence[str],
    note: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Sign the draft that a second person has read: with it the opinion is given (第三十二条、第三十四条).

    `draft` is the text of the draft's event, `checks` the four that the head has gone through. What did not pass
    does not forbid his signature, but he says why he gives it.
    """
    check(PETITION.step("sign"), case, by)
    held = _draft(case)
    if not held.get("read_by"):
        raise RuleBroken("稿子还没有由第二个人核过，不能签发", law="第三十二条")
    opinion, flags = Opinion.of(draft), tuple(held.get("flags", ()))
    quality.complete(opinion, claims=case.facts["claims"])
    failed = gates.failed(case, opinion, flags, on)
    _ticked(checks, failed, note)
    event = OpinionGiven(
        org=agency(case),
        findings=tuple(each.finding for each in opinion.answers),
        drafted_by=held["by"],
        read_by=held["read_by"],
        signed_by=by.user,
        flags=flags,
        failed=failed,
        overridden=bool(flags),
        text={**opinion.text(), **_filled(note=note)},
    )
    return take(
        PETITION,
        given(_without(case, "draft"), opinion, on, held["by"], held["read_by"], by.user),
        "sign",
        event,
        by=by,
        on=on,
        rules=rules,
    )


def given(case: Case, opinion: Opinion, on: date, *hands: str | None) -> Case:
    """The case with the opinion that the next event gives: its day, its place among the events, who had a hand in it
    (whoever reviews it is nobody of them, 第二十八条第三款), and what has to be carried out (第三十二条第二款)."""
    signed = list(dict.fromkeys(user for user in hands if user))
    promised = [[each.claim, each.due.isoformat()] for each in opinion.commitments]
    return _without(case, "promised").with_facts(
        replied_on=on.isoformat(),
        opinion=case.version + 1,
        signed=signed,
        supported=any(each.finding == intake.SUPPORT for each in opinion.answers),
        **({"promised": promised} if promised else {}),
    )


def keeps_its_word(opinion: Opinion, on: date) -> None:
    """A promise names a day to come (第三十二条第二款). Raises FieldsInvalid."""
    wrong = [
        FieldError(f"/commitments/{place}/due", "承诺的日期应在今天之后、一年以内", "out_of_range")
        for place, each in enumerate(opinion.commitments)
        if not 0 <= (each.due - on).days <= LONGEST_PROMISE
    ]
    if wrong:
        raise FieldsInvalid(wrong)


def _while_handled(case: Case, held_on: date, on: date) -> None:
    """The work of handling lies between the acceptance and today."""
    accepted = str(case.facts.get("first_handler", {}).get("on", "")) or case.received_on.isoformat()
    if not date.fromisoformat(accepted) <= held_on <= on:
        raise FieldsInvalid([FieldError("/held_on", f"日期应在受理之日（{accepted}）至今天之间", "out_of_range")])


def _draft(case: Case) -> Mapping[str, Any]:
    draft: Mapping[str, Any] | None = case.facts.get("draft")
    if not draft:
        raise RuleBroken("还没有拟稿", law="第三十二条")
    return draft


def _is_another(draft: Mapping[str, Any], by: Actor, what: str) -> None:
    if draft["by"] == by.user:
        raise NotYourStep(f"“{what}”应当由拟稿人以外的人办理", law="第三十二条")


def _ticked(checks: Sequence[str], failed: Sequence[str], note: str) -> None:
    left = [label for code, label in gates.CHECKS.items() if code not in checks]
    wrong = [FieldError("/checks", f"签发前请逐项核对，还没有核对：{'、'.join(left)}", "missing")] if left else []
    if failed and not note:
        named = "、".join(gates.LABELS[code] for code in failed)
        wrong.append(FieldError("/note", f"{named}没有通过，请写明仍然签发的理由", "missing"))
    if wrong:
        raise FieldsInvalid(wrong)


def _with_latest(case: Case, name: str, day: date) -> Case:
    return case.with_facts(**{name: max(str(case.facts.get(name, "")), day.isoformat())})


def _without(case: Case, *names: str) -> Case:
    return replace(case, facts={name: held for name, held in case.facts.items() if name not in names})


def _codes(found: Sequence[quality.Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.code for each in found))


def _named(flags: Sequence[str]) -> str:
    return "、".join(quality.FLAGS[flag] for flag in flags)


def _said(note: str, present: str, place: str) -> dict[str, str]:
    return _filled(note=note, present=present, place=place)


def _filled(**parts: str) -> dict[str, str]:
    return {name: said for name, said in parts.items() if said}
