"""After the opinion: promises kept or broken, return visits, relief (第三十二条、第三十七条)."""

from datetime import date

from chalicelib.domain.events.base import EVERYTHING, Event
from chalicelib.domain.values import happening


@happening
class CommitmentProved(Event):
    """第三十二条第二款: 督促执行. The unit says that it is done, and how one can see it."""

    seen = EVERYTHING
    wire, label, shown = "petition.commitment_proved", "报告落实情况", "责任单位说承诺的事已经办好，请您确认"
    org: str
    about: str
    due: date
    done_on: date


@happening
class CommitmentConfirmed(Event):
    """Whether a promise was kept, as the petitioner says; `visited`: to the bureau, at a return visit."""

    seen = EVERYTHING
    wire, label, shown = "petition.commitment_confirmed", "确认落实", "承诺的事是否办好，已经确认"
    org: str
    about: str
    kept: bool
    visited: bool
    broken: int
    """How many promises of this matter were broken so far."""


@happening
class PetitionRevisited(Event):
    """回访: the answers of the petitioner to closed questions; what else was said is sealed."""

    wire, label, shown = "petition.revisited", "回访", "信访部门已回访"
    inner = ("missed",)
    org: str
    reached: bool
    informed: bool | None = None
    satisfied: str | None = None
    carried_out: str | None = None
    solved: bool | None = None
    missed: int | None = None
    """On how many days nobody was reached so far."""


@happening
class MatterReopened(Event):
    """第三十二条第二款: what was not carried out is handled anew, under the eyes of the bureau."""

    seen = EVERYTHING
    wire, label, shown = "petition.reopened", "重新办理", "回访时反映没有解决，责任单位正在重新办理"
    org: str


@happening
class ReliefOffered(Event):
    """第三十七条第二款: 可以告知或者帮助其依法申请社会救助; 司法救助."""

    seen = EVERYTHING
    wire, label, shown = "petition.relief_offered", "告知救助途径", "已告知申请救助的途径"
    org: str
    about: str
    relief: str


@happening
class ReliefRecorded(Event):
    """What came of the application; the organ that grants relief decides by its own rules."""

    seen = EVERYTHING
    wire, label, shown = "petition.relief_recorded", "登记救助结果", "救助申请有了结果"
    org: str
    about: str
    result: str


EVENTS: tuple[type[Event], ...] = (
    CommitmentProved,
    CommitmentConfirmed,
    PetitionRevisited,
    MatterReopened,
    ReliefOffered,
    ReliefRecorded,
)
