"""群发通知: written by the bureau, looked at and released by a second person, stopped, reported. And who wants none.

The invariant: no telephone number leaves here; of recipients there are counts, and reasons, and nothing else. What a
petitioner refuses or wants again is his own, by whichever way he proved himself.
"""

from typing import TYPE_CHECKING, Annotated, Any

from chalice.app import Blueprint
from msgspec import Meta, Struct, to_builtins

from chalicelib import clock
from chalicelib.api import acting
from chalicelib.api.fields import OfficeId, Phone, line
from chalicelib.api.http import answer, body, endpoint, idempotency_key, query, query_int, session
from chalicelib.api.problems import Malformed
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotFound, WrongStage
from chalicelib.domain.identity import is_mobile
from chalicelib.profiles.profile import Profile, current
from chalicelib.store import guard, offices
from chalicelib.store.tenant import cases
from chalicelib.telemetry import logger

if TYPE_CHECKING:  # seldom asked for: no cold start waits for it
    from chalicelib.domain.announcements import Announcement
    from chalicelib.store.announcements import Announcements

announcements = Blueprint(__name__)
MOST_PAGES = 100
"""A preview looks at so many pages of fifty open cases, and says when there are more."""
TAKEN = "另一位同事刚刚改动过，请刷新后再看"
NO_MONEY = "本单位没有安排群发短信的额度，不能群发"


class AnnouncementWritten(Struct, forbid_unknown_fields=True, kw_only=True):
    """A text to all petitioners with an open matter, or to those of one category or of one office."""

    text: Annotated[str, line(70)]
    category: Annotated[str, Meta(max_length=40)] = ""
    org: OfficeId | None = None


class Refusal(Struct, forbid_unknown_fields=True):
    """No bulk notices from now on, or again."""

    refuses: bool


class RefusalTold(Struct, forbid_unknown_fields=True):
    """What somebody said over the telephone or at the window: of which number, and that he wants none, or some."""

    phone: Phone
    refuses: bool


@announcements.route("/announcements", methods=["GET"])
@endpoint("announcements")
def list_announcements() -> Any:
    """What was written to many, the last first."""
    cursor = query("cursor")
    if cursor and not (cursor.isascii() and cursor.isdigit() and 0 < len(cursor) <= 6 and int(cursor)):
        raise Malformed("参数cursor不正确")
    found, before = _kept().newest(limit=query_int("limit", 50), before=int(cursor or 0))
    return {"items": [_shown(each) for each in found], "next_cursor": str(before) if before else None}


@announcements.route("/announcements", methods=["POST"])
@endpoint("write_announcement")
def write_announcement() -> Any:
    """Lay a text down; nobody gets it before a second person has released it."""
    from chalicelib.domain.announcements import Audience
    from chalicelib.notices import announcing
    from chalicelib.store.command import Command

    asked, tenant = body(AnnouncementWritten), _tenant()
    _check_money()
    announcing.check(asked.text, tenant.phone, tenant.signature)
    _check_audience(asked, tenant)
    command = Command.of(acting.scope("write_announcement"), idempotency_key(), to_builtins(asked))
    audience, by, at = Audience(asked.category, asked.org or ""), session().user or "", clock.now()
    written = acting.once(lambda: _kept().write(asked.text, audience, command, by=by, at=at), TAKEN)
    _log(written)
    return answer(_shown(written), status=201)


@announcements.route("/announcements/{announcement}", methods=["GET"])
@endpoint("announcements")
def announcement_report(announcement: str) -> Any:
    """How it stands (群发情况): who wrote and released it, how many got it, and why others did not."""
    return _reported(_found(announcement))


@announcements.route("/announcements/{announcement}/preview", methods=["GET"])
@endpoint("announcements")
def preview_announcement(announcement: str) -> Any:
    """Before it is released: the text as it will be received, how many will get it, the cost, how long it takes."""
    from chalicelib.domain.announcements import takes
    from chalicelib.notices.wording import units
    from chalicelib.store import announced
    from chalicelib.store.bulk_quota import bulk_quota

    this, kept, tenant = _found(announcement), _kept(), current()
    recipients = refused = 0
    is_all = True
    for number, page in enumerate(announced.petitioners(cases(), this.audience)):
        if number == MOST_PAGES:
            is_all = False
            break
        refusing = kept.refusing([index for index, _ in page])
        refused += len(refusing)
        recipients += len(page) - len(refusing)
    quota, received = bulk_quota(), _received(this, tenant)
    pace = quota.pace() if quota.is_given else None
    seconds, days = takes(recipients, pace) if pace else (None, None)
    price = tenant.text_price_fen
    return {
        "received": received,
        "units": units(received),
        "recipients": recipients,
        "is_all": is_all,
        "refused": refused,
        "segments": recipients,
        "fen": None if price is None else recipients * price,
        "seconds": seconds,
        "days": days,
        "per_day": pace.per_day if pace else None,
    }


@announcements.route("/announcements/{announcement}/release", methods=["POST"])
@endpoint("release_announcement")
def release_announcement(announcement: str) -> Any:
    """Let it go out. Nobody releases what he wrote; who released it already is told so."""
    from chalicelib.domain.announcements import release

    _found(announcement)
    _check_money()
    return _moved(announcement, release)


@announcements.route("/announcements/{announcement}/stop", methods=["POST"])
@endpoint("stop_announcement")
def stop_announcement(announcement: str) -> Any:
    """Nobody gets it who has not got it yet; before it was released, it is withdrawn."""
    from chalicelib.domain.announcements import stop

    return _moved(announcement, stop)


@announcements.route("/refusals", methods=["POST"])
@endpoint("enter_refusal")
def enter_refusal() -> Any:
    """Enter what somebody said over the telephone: no bulk notices to this number, or again."""
    told = body(RefusalTold)
    if not is_mobile(told.phone):
        raise FieldsInvalid([FieldError("/phone", "群发通知只发到手机，请填写11位手机号码", "not_a_mobile")])
    return _refused(guard.phone_index(told.phone), told.refuses, by=session().user or "")


@announcements.route("/my/refusal", methods=["GET"])
@endpoint("own_refusal")
def own_refusal() -> Any:
    """Do I get bulk notices?"""
    index = _own_index()
    return {"refuses": bool(index) and _kept().refuses(index), "has_phone": bool(index)}


@announcements.route("/my/refusal", methods=["POST"])
@endpoint("own_refusal")
def refuse() -> Any:
    """I want no bulk notices any more, or again; what concerns my own matter comes as before."""
    asked, index = body(Refusal), _own_index()
    if not index:
        raise FieldsInvalid([FieldError("/refuses", "这件事没有登记手机号码，本来就收不到群发通知", "no_phone")])
    return _refused(index, asked.refuses, by=session().role)


def _refused(index: str, refuses: bool, *, by: str) -> Any:
    acting.once(lambda: _kept().refuse(index, refuses=refuses, by=by, at=clock.now()), TAKEN)
    return {"refuses": refuses, "has_phone": True}


def _own_index() -> str:
    """By the mobile somebody signed in with, or by that of the case he opened with its query code; none: empty."""
    me = session()
    if me.phone_index:
        return me.phone_index
    file = cases().read(me.case_number)
    is_reached = acting.standing(file.case) and is_mobile(file.contact.phone)
    return guard.phone_index(file.contact.phone) if is_reached else ""


def _moved(number: str, decide: Any) -> Any:
    this = _found(number)
    decided = decide(this, by=session().user or "", at=clock.now())
    moved = acting.once(lambda: _kept().move(this, decided), TAKEN)
    _log(moved)
    return _reported(moved)


def _log(this: "Announcement") -> None:
    logger.info("bulk notice", extra={"announcement": this.number, "stands": this.state, "user": session().user})


def _check_audience(asked: AnnouncementWritten, tenant: Profile) -> None:
    wrong = []
    if asked.category and not tenant.has_category(asked.category):
        wrong.append(FieldError("/category", "没有这个类别", "unknown"))
    office = offices.tree().get(asked.org) if asked.org else None
    if asked.org and (office is None or not office.handles_petitions):
        wrong.append(FieldError("/org", "没有这个单位，或者它不办理信访事项", "unknown"))
    if wrong:
        raise FieldsInvalid(wrong)


def _tenant() -> Profile:
    """The profile, for whoever works for the bureau or leads here: nobody else writes in its name. Raises NotFound."""
    tenant = current()
    if session().org not in (tenant.bureau, tenant.root):
        raise NotFound("没有找到，或者您不能查看")
    return tenant


def _check_money() -> None:
    """Refuse where a tenant gives bulk notices no rates or no money: nothing would ever go out. Raises WrongStage."""
    from chalicelib.store.bulk_quota import bulk_quota

    if not bulk_quota().is_given:
        raise WrongStage(NO_MONEY)


def _kept() -> "Announcements":
    from chalicelib.store.announcements import Announcements

    return Announcements(cases().table, cases().keys)


def _found(number: str) -> "Announcement":
    _tenant()
    is_number = number.isascii() and number.isdigit() and len(number) <= 6
    found = _kept().find(int(number)) if is_number else None
    if found is None:
        raise NotFound("没有这条群发通知")
    return found


def _received(this: "Announcement", tenant: Profile) -> str:
    from chalicelib.notices.announcing import as_received

    return as_received(this.text, tenant.phone, tenant.signature)


def _shown(this: "Announcement") -> dict[str, Any]:
    from chalicelib.domain.announcements import STATES

    office = offices.tree().get(this.audience.org) if this.audience.org else None
    return {
        "number": this.number,
        "text": this.text,
        "category": this.audience.category,
        "org": this.audience.org or None,
        "org_name": office.name if office else "",
        "state": this.state,
        "state_label": STATES[this.state],
        "written_by": this.written_by,
        "written_at": this.written_at,
        "released_by": this.released_by,
        "released_at": this.released_at,
        "stopped_by": this.stopped_by,
        "stopped_at": this.stopped_at,
        "ended_at": this.ended_at,
    }


def _reported(this: "Announcement") -> dict[str, Any]:
    from chalicelib.domain.announcements import FATES
    from chalicelib.store import announced

    table = cases().table
    counted = announced.counts(table, this.number) if this.released_at else dict.fromkeys(FATES, 0)
    reasons = announced.reasons(table, this.number) if counted["failed"] else {}
    return _shown(this) | {
        "received": _received(this, current()),
        "recipients": this.laid,
        "counts": [{"state": state, "label": label, "count": counted[state]} for state, label in FATES.items()],
        "reasons": [{"reason": reason, "count": count} for reason, count in sorted(reasons.items())],
    }
