"""Which track a kind of matter takes, and from when and for how long its period runs (第二十九条至第三十一条).

The invariant: a period once begun is never begun anew; a correction counts from the same day as the first acceptance.
"""

from calendar import monthrange
from datetime import date

from chalicelib.domain import intake
from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken, TrackMismatch
from chalicelib.domain.events.classification import PetitionReclassified
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take, with_clock
from chalicelib.domain.stages import ACCEPTED, REDO
from chalicelib.domain.tables.classification import LIMIT_OF_TRACK, has_desk_of_main_road

MONTHS_WHEN_SILENT = 2
"""行政机关在接到申请之日起两个月内不履行的 -- 《行政诉讼法》第四十七条, where the law of the field says nothing."""


def goes_with(track: str, kind: str) -> None:
    """Raise unless this kind of matter may take this track (第二十九条至第三十一条)."""
    wanted = intake.TRACKS_OF_KIND[kind]
    if track not in wanted:
        named = "或者".join(intake.TRACKS[each] for each in wanted)
        raise TrackMismatch(
            f"{intake.KINDS[kind]}类事项的办理途径是“{named}”",
            law="第二十九条至第三十一条",
            fields=[FieldError("/track", f"请选择{named}")],
        )


def arrived_on(case: Case) -> date:
    """When the organ that has to act got the matter: its own days for telling and objecting count from then too."""
    handed = [
        clock.start for limit in ("inform", "decide_acceptance", "object") if (clock := case.clock(limit)) is not None
    ]
    return max(handed) if case.agency and handed else case.received_on


def accepted_on(case: Case) -> date:
    """The day of acceptance (第三十四条: 受理之日); of one that was accepted another way, its period tells it."""
    if "accepted_on" in case.facts:
        return date.fromisoformat(case.facts["accepted_on"])
    periods = set(LIMIT_OF_TRACK.values()) - {LIMIT_OF_TRACK[intake.PERFORM_DUTY]}
    return min(clock.start for clock in case.clocks if clock.limit in periods)


def begins(case: Case) -> date:
    """The day from which the period of its track counts: a duty from the receipt, the others from the acceptance."""
    return arrived_on(case) if case.facts["track"] == intake.PERFORM_DUTY else accepted_on(case)


def named_days(case: Case, track: str, limit_days: int | None, basis: str, rules: Rules) -> dict[str, int]:
    """The days that the unit itself has to name: those of the law that gives it the duty, else two months."""
    if track != intake.PERFORM_DUTY:
        if limit_days is not None:
            said = "这一途径的期限由条例或者服务承诺规定，不用填写"
            raise FieldsInvalid([FieldError("/limit_days", said, "not_asked")])
        return {}
    if limit_days is not None and not basis:
        raise FieldsInvalid([FieldError("/basis", "请写明规定这一期限的法律、法规、规章", "missing")])
    begun = arrived_on(case)
    silent = rules.limits["perform_duty"].number or (months_after(begun, MONTHS_WHEN_SILENT) - begun).days
    return {"perform_duty": limit_days or silent}


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one: 没有对应日的，月末日为期间的最后一日 (民法典第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def reclassify(
    case: Case,
    reason: str,
    kind: str = "",
    track: str = "",
    category: str = "",
    limit_days: int | None = None,
    basis: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Correct the kind, the track or the category: 应当区分情况 (第二十九条至第三十一条).

    The period of the new track counts from where it would have counted had it been chosen at the acceptance; the
    petitioner is told. A report of misconduct is never filed as something else (第三十条).
    """
    step = PETITION.step("reclassify")
    check(step, case, by)
    if not has_desk_of_main_road(case, by):
        raise NotYourStep(f"“{step.label}”由登记单位或者责任单位办理", law=step.law)
    if kind == intake.REPORT_OF_MISCONDUCT:
        raise RuleBroken(
            "检举控告应通过检举控告渠道登记，不得在普通事项中办理，以免泄露给被检举、控告的人员或者单位",
            law="第三十条",
            fields=[FieldError("/kind", "请在检举控告渠道另行登记", "other_channel")],
        )
    before, wanted = case.facts["kind"], kind or case.facts["kind"]
    old, new = case.facts.get("track"), _track_after(case, wanted, track)
    recategorised = bool(category) and category != case.facts.get("category", "")
    if (wanted, new) == (before, old) and not recategorised:
        raise RuleBroken("类别、办理途径都没有变化，不需要更正", law=step.law)
    corrected = case.with_facts(kind=wanted, category=category or case.facts.get("category", ""))
    days: dict[str, int] = {}
    if new and new != old:
        days = named_days(case, new, limit_days, basis, rules)
        corrected = _without_period_of_track(corrected.with_facts(track=new), on)
    event = PetitionReclassified(
        org=by.org or "",
        kind_before=before,
        kind=wanted,
        track_before=old,
        track=new,
        recategorised=recategorised,
        text={name: said for name, said in (("reason", reason), ("basis", basis)) if said},
    )
    since = begins(corrected) if new else None
    return take(PETITION, corrected, "reclassify", event, by=by, on=on, since=since, rules=rules, days=days)


def _track_after(case: Case, kind: str, track: str) -> str | None:
    """The track a matter of this kind is on afterwards; before the acceptance it has none."""
    old: str | None = case.facts.get("track")
    if case.stage not in (ACCEPTED, REDO):
        if track:
            said = "受理时才确定办理途径，现在只更正类别"
            raise FieldsInvalid([FieldError("/track", said, "not_asked")])
        return None
    new = track or (old if old in intake.TRACKS_OF_KIND[kind] else intake.TRACK_OF_KIND[kind])
    goes_with(new, kind)
    if new != old and case.stage == REDO:
        raise RuleBroken("复查、复核要求重新办理的事项，应当按原来的途径重新作出处理意见", law="第三十五条、第三十六条")
    if new != old and case.facts.get("simple"):
        raise RuleBroken("按简易办理的事项，请先转为普通办理，再更正办理途径", law="第三十一条")
    return new


def _without_period_of_track(case: Case, on: date) -> Case:
    """The period of the track it was on has lost its object."""
    for limit in LIMIT_OF_TRACK.values():
        clock = case.running(limit)
        if clock is not None:
            case = with_clock(case, clock, clock.end(on, "moot"))
    return case
