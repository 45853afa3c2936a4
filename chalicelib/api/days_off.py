"""The working-day calendar of the administrators: what is in force, a notice laid down, looked at, and confirmed.

The invariant: nobody brings a notice into force alone, and before it is, anybody of them sees which dates would move.
Case numbers, limits and dates only: an administrator reads no case.
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from chalice.app import Blueprint
from msgspec import Meta, Struct, to_builtins

from chalicelib import clock
from chalicelib.api import acting
from chalicelib.api.fields import line, text
from chalicelib.api.http import answer, body, endpoint, idempotency_key, query, session
from chalicelib.domain.case import PETITIONER
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotFound, NotYourStep, WrongStage
from chalicelib.domain.petition import kept_from
from chalicelib.domain.procedure import Rules
from chalicelib.store import lists, tenant
from chalicelib.store.cases import unpacked
from chalicelib.store.command import Command
from chalicelib.telemetry import logger

if TYPE_CHECKING:
    from chalicelib.domain.notices_of_days_off import DaysOff
    from chalicelib.store.calendars import Kept, Version

days_off = Blueprint(__name__)
PAGE = 100
STATES = {"proposed": "等候确认", "in_force": "已经生效"}
TAKEN = "另一位管理员刚刚录入或者确认，请刷新后再看"
TASK = "工作日历不足九十天，请在国务院办公厅公布放假安排后录入并确认；录入以前，超出部分的日期标为暂定。"


class DaysOffNotice(Struct, forbid_unknown_fields=True, kw_only=True):
    """A notice as the State Council published it."""

    form: Literal["json", "csv"]
    content: Annotated[str, text(20_000)]
    year: Annotated[int, Meta(ge=2019, le=2100)] | None = None
    papers: Annotated[list[Annotated[str, line(300)]], Meta(max_length=5)] = []


@days_off.route("/calendar", methods=["GET"])
@endpoint("calendar")
def shown() -> Any:
    """The calendar in force, how far it reaches, and every notice with who laid it down and who confirmed it."""
    from chalicelib.domain.notices_of_days_off import reaches

    kept, today = _kept(), clock.today()
    calendar = kept.calendar()
    return {
        "calendar": calendar.version,
        "first": calendar.first.isoformat(),
        "horizon": calendar.horizon.isoformat(),
        "days_ahead": (calendar.horizon - today).days,
        "task": "" if reaches(calendar, today) else TASK,
        "notices": [_shown(each) for each in kept.versions],
    }


@days_off.route("/calendar/notices", methods=["POST"])
@endpoint("propose_days_off")
def propose_days_off() -> Any:
    """Lay down a notice: checked against the calendar in force, and waiting for another administrator."""
    from chalicelib.domain import notices_of_days_off as notices
    from chalicelib.store import calendars

    asked, kept = body(DaysOffNotice), _kept()
    command = Command.of(acting.scope("propose_days_off"), idempotency_key(), to_builtins(asked))
    notice = notices.check(_read(asked), kept.calendar())
    by, at = session().user, clock.now()
    proposed = acting.once(lambda: calendars.propose(tenant.table(), notice, by=by, at=at, command=command), TAKEN)
    logger.info("days off proposed", extra={"notice": proposed.number, "year": notice.year, "user": session().user})
    return answer(_shown(proposed), status=201)


@days_off.route("/calendar/notices/{notice}/moves", methods=["GET"])
@endpoint("calendar")
def moves_of(notice: str) -> Any:
    """Which dates of open cases this notice would move, from when to when; a page looks at a hundred cases."""
    from chalicelib.domain.notices_of_days_off import with_notice
    from chalicelib.domain.recounting import moves

    found, kept, today, me = _found(notice), _kept(), clock.today(), acting.actor()
    rules = Rules(with_notice(kept.calendar(), found.notice, found.calendar), tenant.rules().limits)
    found_open, cursor = lists.open_cases(tenant.cases(), limit=PAGE, cursor=query("cursor"))
    rows = []
    for case in map(unpacked, found_open):
        hidden = kept_from(case, me)
        rows += [
            {
                "case_number": case.id,
                "limit": each.before.limit,
                "limit_label": rules.limits[each.before.limit].label,
                "of_petitioner": each.before.owner == PETITIONER,
                "due_before": each.before.due.isoformat(),
                "due": each.after.due.isoformat(),
                "becomes_certain": each.before.provisional and not each.after.provisional,
            }
            for each in moves(case, on=today, rules=rules)
            if each.before.about not in hidden
        ]
    return {"items": rows, "looked_at": len(found_open), "next_cursor": cursor}


@days_off.route("/calendar/notices/{notice}/confirm", methods=["POST"])
@endpoint("confirm_days_off")
def confirm_days_off(notice: str) -> Any:
    """Bring a notice into force that somebody else laid down; the sweep sets the dates anew and tells whom they are."""
    from chalicelib.domain import notices_of_days_off as notices
    from chalicelib.store import calendars
    from chalicelib.store.second_person import SamePerson

    found, kept, by, at = _found(notice), _kept(), session().user, clock.now()
    command = Command.of(acting.scope("confirm_days_off"), idempotency_key(), found.number)
    notices.check(found.notice, kept.calendar())
    try:
        in_force = acting.once(
            lambda: calendars.confirm(tenant.table(), found.number, by=by, at=at, command=command), TAKEN
        )
    except SamePerson:
        raise NotYourStep("录入和确认应当由两个人分别进行") from None
    except calendars.Superseded:
        raise WrongStage("这一年后来录入的放假安排已经生效，不能再确认较早的一份；确需改回的，请重新录入") from None
    tenant.forget_rules()
    if in_force is None:
        raise WrongStage("这份放假安排已经生效")
    logger.info("days off confirmed", extra={"notice": in_force.number, "user": session().user})
    return answer(_shown(in_force))


def _read(asked: DaysOffNotice) -> "DaysOff":
    from chalicelib.domain import notices_of_days_off as notices

    if asked.form == "json":
        return notices.of_json(asked.content)
    if asked.year is None:
        raise FieldsInvalid([FieldError("/year", "CSV没有年份，请填写", "missing")])
    return notices.of_csv(asked.content, asked.year, asked.papers)


def _kept() -> "Kept":
    from chalicelib.store import calendars

    return calendars.load(tenant.table())


def _found(number: str) -> "Version":
    found = next((each for each in _kept().versions if str(each.number) == number), None)
    if found is None:
        raise NotFound("没有这份放假安排")
    return found


def _shown(version: "Version") -> dict[str, Any]:
    return {
        "number": version.number,
        **version.notice.plain(),
        "calendar": version.calendar,
        "state": version.state,
        "state_label": STATES[version.state],
        "proposed_by": version.proposed_by,
        "proposed_at": version.proposed_at,
        "confirmed_by": version.confirmed_by,
        "confirmed_at": version.confirmed_at or None,
    }
