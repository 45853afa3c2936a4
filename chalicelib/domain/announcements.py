"""群发通知: one text of the bureau to many petitioners. Who may do what with it, whom it reaches, how long it takes.

| state | means | goes on to |
|---|---|---|
| written | nobody has been told anything | released (by a second person), stopped |
| released | texts go out, behind everything that the law owes | ended, stopped |
| stopped | what has not gone out goes to nobody | |
| ended | nobody is left to be told | |

No law asks for such a text, so it waits for all that the law does ask for, and whoever refused it gets none. The
invariant: nobody releases what he wrote himself, and a report of misconduct (第三十条) makes nobody a recipient.
"""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.domain.case import Case
from chalicelib.domain.errors import NotYourStep, WrongStage
from chalicelib.domain.petition import PETITION
from chalicelib.domain.stages import UNDER_WAY
from chalicelib.domain.values import replace, value

WRITTEN, RELEASED, STOPPED, ENDED = "written", "released", "stopped", "ended"
STATES: Mapping[str, str] = {WRITTEN: "等候发布", RELEASED: "正在发送", STOPPED: "已停止", ENDED: "已发完"}

OWED, CLAIMED, SENT, FAILED = "owed", "claimed", "sent", "failed"
UNKNOWN, OPTED_OUT, NOT_SENT = "unknown", "opted_out", "stopped"
FATES: Mapping[str, str] = {
    OWED: "等候发送",
    CLAIMED: "正在发送",
    SENT: "已发出",
    FAILED: "没有发出",
    UNKNOWN: "结果不明，不再重发",
    OPTED_OUT: "本人不接收",
    NOT_SENT: "停止后未发",
}
"""What becomes of the text to one recipient, in the order of a report."""
FINAL = (SENT, FAILED, UNKNOWN, OPTED_OUT, NOT_SENT)


@value
class Audience:
    """Which petitioners: all with an open petition, or of one field or matter, or of one office (a unit, a place)."""

    category: str = ""
    org: str = ""


@value
class Announcement:
    """One text to many, and who did what with it. `laid`: how many recipients have their row; None before all have."""

    number: int
    text: str
    audience: Audience
    written_by: str
    written_at: datetime
    state: str = WRITTEN
    released_by: str = ""
    released_at: datetime | None = None
    stopped_by: str = ""
    stopped_at: datetime | None = None
    ended_at: datetime | None = None
    laid: int | None = None
    version: int = 0

    @property
    def is_under_way(self) -> bool:
        """The sweep has something to do with it."""
        return self.released_at is not None and self.ended_at is None


def is_reached(case: Case, audience: Audience) -> bool:
    """An open petition of this audience. Who has answered for it, or is accused in it, is no petitioner of it."""
    if case.procedure != PETITION.name or case.stage not in UNDER_WAY:
        return False
    category = str(case.facts.get("category", ""))
    if audience.category and audience.category not in (category, category.partition("/")[0]):
        return False
    return not audience.org or case.agency == audience.org or case.desk(audience.org) is not None


def release(this: Announcement, *, by: str, at: datetime) -> Announcement:
    """Let it go out; the same again when this very person released it before. Raises NotYourStep, WrongStage."""
    if this.state == RELEASED and this.released_by == by:
        return this
    if this.state != WRITTEN:
        raise WrongStage(f"这条群发通知{STATES[this.state]}，不能再发布")
    if this.written_by == by:
        raise NotYourStep("起草和发布应当由两个人分别进行，请另一位同事发布")
    return replace(this, state=RELEASED, released_by=by, released_at=at)


def stop(this: Announcement, *, by: str, at: datetime) -> Announcement:
    """Nobody gets it who has not got it yet; the same again when it was stopped before. Raises WrongStage."""
    if this.state == STOPPED:
        return this
    if this.state == ENDED:
        raise WrongStage("这条群发通知已发完，不能停止；需要更正的，请另写一条")
    return replace(this, state=STOPPED, stopped_by=by, stopped_at=at)


def end(this: Announcement, at: datetime) -> Announcement:
    """Nobody is left to be told, or to be spared."""
    return replace(this, state=ENDED if this.state == RELEASED else this.state, ended_at=at)


@value
class Pace:
    """How fast bulk texts may go: in a second, and in a day."""

    per_second: int
    per_day: int


def takes(recipients: int, pace: Pace) -> tuple[int, int]:
    """Seconds of sending, and on how many days: at least so long, for what the law owes comes first."""
    return -(-recipients // pace.per_second), -(-recipients // pace.per_day)
