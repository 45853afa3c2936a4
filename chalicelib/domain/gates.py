"""三关四查: the three gates 时限、程序、质量 and the four checks 不拖延、不敷衍、不失信、不草办.

Each is a pure predicate over the case, the opinion and today. What did not pass is recorded with the draft and with the
signature, and shown to whoever decides; which of it forbids a step, the step's own function says.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from chalicelib.domain import aftercare, intake, quality
from chalicelib.domain.case import Case, Clock
from chalicelib.domain.intake import Opinion
from chalicelib.domain.tables.joint import open_duties
from chalicelib.domain.tables.road import agency, is_on_procedure
from chalicelib.domain.values import value

LAST_DAYS = 3
"""An opinion of the last three days was put off until the end."""
LEAST_FACTS = 20
"""So many characters tell at least who was asked and what was found."""
NOTICES = ("inform", "inform_direct")

TIME, PROCEDURE, QUALITY = "time", "procedure", "quality"
NO_DELAY, NO_BRUSH_OFF, NO_BROKEN_WORD, NO_CARELESS = "no_delay", "no_brush_off", "no_broken_word", "no_careless"


@value
class Drafted:
    """What is looked at: the case, its opinion, the findings of the quality gate, and the day."""

    case: Case
    opinion: Opinion
    flags: tuple[str, ...]
    today: date


@value
class Gate:
    """One gate or check: its article, and what keeps a matter from passing; nothing keeps it when that is empty."""

    code: str
    label: str
    law: str
    passed: str
    hindrance: Callable[[Drafted], str]


@value
class Result:
    """How a gate looks for one case."""

    code: str
    label: str
    law: str
    passed: bool
    words: str


def is_led(case: Case) -> bool:
    """A leader has taken it on (第十八条第二款: 包案)."""
    return bool(case.facts.get("leader_led") or case.duties_of("leader_led"))


def unprepared(case: Case) -> str:
    """What still has to be done before an opinion can be written; empty when nothing has."""
    asked = open_duties(case)
    if asked:
        return f"还有{len(asked)}个协办单位没有反馈意见，请等待反馈或者解除协办（第二十四条）"
    if not is_on_procedure(case):
        return ""
    if not case.facts.get("heard"):
        return "还没有听取信访人陈述事实和理由，请先登记“听取陈述”"
    historical = str(case.facts.get("historical", ""))
    if str(case.facts.get("investigated", "")) < (historical or "1"):
        return "历史遗留问题须重新调查核实" if historical else "还没有调查核实，请先登记“调查核实”"
    if historical and not is_led(case):
        return "历史遗留问题须有领导包案"
    return ""


def uninformed(case: Case) -> str:
    """What the petitioner should have been told and was not, as far as the case knows."""
    waiting = any(case.running(limit) for limit in NOTICES)
    return "还没有书面告知信访人接收情况和办理途径" if waiting else ""


def results(case: Case, opinion: Opinion, flags: tuple[str, ...], today: date) -> tuple[Result, ...]:
    """Every gate and check, in their order."""
    drafted = Drafted(case, opinion, flags, today)
    found = []
    for gate in GATES:
        hindrance = gate.hindrance(drafted)
        found.append(Result(gate.code, gate.label, gate.law, not hindrance, hindrance or gate.passed))
    return tuple(found)


def failed(case: Case, opinion: Opinion, flags: tuple[str, ...], today: date) -> tuple[str, ...]:
    """The codes of what did not pass: what an event keeps of it."""
    return tuple(each.code for each in results(case, opinion, flags, today) if not each.passed)


def shown(case: Case, opinion: Opinion, today: date, flags: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Every gate and check as a page shows it."""
    return [
        {"code": each.code, "label": each.label, "law": each.law, "passed": each.passed, "words": each.words}
        for each in results(case, opinion, flags, today)
    ]


def recorded(failed_then: Sequence[str]) -> list[dict[str, Any]]:
    """How they stood when an opinion was given, from what its event keeps."""
    return [
        {
            "code": each.code,
            "label": each.label,
            "law": each.law,
            "passed": each.code not in failed_then,
            "words": "作出意见时没有通过" if each.code in failed_then else each.passed,
        }
        for each in GATES
    ]


def handling_clocks(case: Case) -> list[Clock]:
    """The running dates of the unit for this answer; a promise of the answer before is the next one's concern."""
    return [
        clock
        for clock in case.clocks
        if clock.is_running and clock.owner == agency(case) and clock.limit != aftercare.COMMITMENT
    ]


def _time(drafted: Drafted) -> str:
    late = [clock for clock in handling_clocks(drafted.case) if clock.is_overdue(drafted.today)]
    return f"办理期限已于{late[0].due.isoformat()}届满，超期{late[0].days_late(drafted.today)}天" if late else ""


def _procedure(drafted: Drafted) -> str:
    return unprepared(drafted.case) or uninformed(drafted.case)


def _quality(drafted: Drafted) -> str:
    return "、".join(quality.FLAGS[flag] for flag in dict.fromkeys(drafted.flags))


def _delay(drafted: Drafted) -> str:
    mine = [clock for clock in drafted.case.clocks if clock.owner == agency(drafted.case)]
    if late := [clock for clock in mine if clock.is_overdue(drafted.today)]:
        return f"{len(late)}项期限超期"
    last = [clock for clock in mine if clock.is_running and (clock.due - drafted.today).days < LAST_DAYS]
    if last:
        return f"离到期只剩{(last[0].due - drafted.today).days}天才拿出意见"
    returns = int(drafted.case.facts.get("draft_returns", 0))
    return f"稿子已经退改{returns}次" if returns > 1 else ""


def _brush_off(drafted: Drafted) -> str:
    copied_or_empty = [flag for flag in drafted.flags if flag in (quality.EMPTY_PHRASE, quality.COPIED)]
    if copied_or_empty:
        return "答复里有" + "、".join(quality.FLAGS[flag] for flag in dict.fromkeys(copied_or_empty))
    bare = [each.claim for each in drafted.opinion.answers if each.finding != intake.EXPLAIN and not _cites(each.basis)]
    return f"第{bare[0]}项诉求的依据没有写明文件名称或者条款" if bare else ""


def _broken_word(drafted: Drafted) -> str:
    promised = {each.claim for each in drafted.opinion.commitments}
    open_ended = [
        each.claim
        for each in drafted.opinion.answers
        if each.finding == intake.SUPPORT and each.claim not in promised and not quality.says_when(each.answer)
    ]
    if open_ended:
        return f"支持了第{open_ended[0]}项诉求，没有写明何时落实"
    broken = drafted.case.duties_of(aftercare.COMMITMENT, aftercare.BROKEN)
    if broken:
        return f"从前承诺的事还有{len(broken)}项没有落实"
    report = drafted.case.running("report_back")
    return "交办要求反馈的日期已过" if report and report.is_overdue(drafted.today) else ""


def _careless(drafted: Drafted) -> str:
    if len(drafted.opinion.facts) < LEAST_FACTS:
        return "查明的事实写得过简，看不出向谁了解、查明了什么"
    return "还没有调查核实" if is_on_procedure(drafted.case) and not drafted.case.facts.get("investigated") else ""


def _cites(basis: str) -> bool:
    return quality.cites_article(basis)


GATES: tuple[Gate, ...] = (
    Gate(TIME, "时限关", "第三十四条", "在办理期限以内", _time),
    Gate(PROCEDURE, "程序关", "第二十三条、第三十一条第六项", "已告知、已听取陈述、已调查核实", _procedure),
    Gate(QUALITY, "质量关", "第三十二条", "逐项答复，没有发现套话、照抄", _quality),
    Gate(NO_DELAY, "不拖延", "第二十八条第一款", "没有超期，也没有拖到最后几天", _delay),
    Gate(NO_BRUSH_OFF, "不敷衍", "第二十八条第一款", "答复有内容、有依据", _brush_off),
    Gate(NO_BROKEN_WORD, "不失信", "第三十二条第二款", "答应的事写明了何时落实", _broken_word),
    Gate(NO_CARELESS, "不草办", "第二十八条第一款", "事实经过调查核实", _careless),
)
LABELS: Mapping[str, str] = {gate.code: gate.label for gate in GATES}
CHECKS: Mapping[str, str] = {code: LABELS[code] for code in (NO_DELAY, NO_BRUSH_OFF, NO_BROKEN_WORD, NO_CARELESS)}
"""及时办理不拖延、认真答复不敷衍、限期回复不失信、严格审核不草办: what the head ticks before he signs."""
