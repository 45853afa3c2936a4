"""Hearings, mediation and settlement (第三十一条第六项、第三十三条、第三十六条)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from chalicelib.api.bodies import Name, Reason, Story
from chalicelib.api.fields import OfficeId, UserId, choice, line, said
from chalicelib.api.steps.call import StepCall
from chalicelib.clock import CHINA
from chalicelib.domain import hearing, settling
from chalicelib.domain.hearing import Announcement
from chalicelib.domain.settling import Agreement
from chalicelib.domain.tables import hearing as table

ClosedFor = Literal["state_secret", "trade_secret", "privacy"]
Settlement = Literal["mediation", "settlement"]
TimeOfDay = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$"), line(5)]


class HearingWish(Struct, forbid_unknown_fields=True):
    """Why a hearing is wanted."""

    reasons: Annotated[Reason, said("为什么申请听证", "哪些事实有争议，希望谁参加")]


class HearingNotice(Struct, forbid_unknown_fields=True):
    """听证通知书."""

    day: Annotated[date, said("听证日期", "至少提前7日通知")]
    at: Annotated[TimeOfDay, said("几点开始", "写成 09:00")]
    place: Annotated[OfficeId, said("在哪个单位举行")]
    chair: Annotated[UserId, said("主持人", "不能是本事项的调查、拟稿人员或者应当回避的人员")]
    chair_name: Annotated[Name, said("主持人的姓名、职务")]
    participants: Annotated[
        Reason, said("参加人员", "信访人及代理人、有利害关系的人、责任单位；可以请代表、委员、律师、专家、村居民代表")
    ]
    closed_for: Annotated[
        ClosedFor | None, choice(table.CLOSED_FOR), said("不公开举行的理由（选填）", "不选就是公开举行")
    ] = None


class HearingDelay(Struct, forbid_unknown_fields=True):
    """Another day."""

    day: Annotated[date, said("改到哪天", "至少提前7日通知，在原定日期之后")]
    at: Annotated[TimeOfDay, said("几点开始", "写成 09:00")]
    place: Annotated[OfficeId, said("在哪个单位举行")]
    reason: Annotated[Reason, said("延期的理由", "会告诉信访人")]


class HearingRecord(Struct, forbid_unknown_fields=True, kw_only=True):
    """听证笔录."""

    held_on: Annotated[date | None, said("举行日期", "不填就是今天")] = None
    present: Annotated[Reason, said("到场人员")]
    record: Annotated[Story, said("听证笔录", "依次记明陈述、质询、辩论、评议、合议的情况")]
    conclusion: Annotated[Story, said("听证结论", "合议后的结论，写入意见书")]


class HearingRefusal(Struct, forbid_unknown_fields=True):
    """Why there is none."""

    reason: Annotated[Reason, said("不举行的理由", "会原样告诉信访人")]


class MediationRecord(Struct, forbid_unknown_fields=True, kw_only=True):
    """One mediation."""

    held_on: Annotated[date | None, said("调解日期", "不填就是今天")] = None
    agreed: Annotated[bool, said("达成一致")]
    record: Annotated[Story, said("调解经过", "谁主持、谁参加、双方怎么说、结果怎样")]


class SettlementPaper(Struct, forbid_unknown_fields=True, kw_only=True):
    """调解协议书、和解协议书."""

    settlement: Annotated[Settlement, choice(table.SETTLEMENTS), said("协议书的种类")]
    agreement: Annotated[Story, said("协议内容", "谁在什么时候做什么")]
    signed_on: Annotated[date | None, said("签订日期", "不填就是今天")] = None
    petitioner_agrees: Annotated[bool, said("信访人自愿并已签字")]
    other_side_agrees: Annotated[bool, said("对方当事人自愿并已签字")]
    lawful: Annotated[bool, said("不违反政策法规强制性规定", "调解应当在裁量权范围内")]


def _when(asked: Any) -> datetime:
    return datetime.combine(asked.day, time.fromisoformat(asked.at), CHINA)


CALLS: Mapping[str, StepCall] = {
    "request_hearing": StepCall(
        HearingWish,
        lambda step, asked: hearing.request_hearing(step.case, asked.reasons, by=step.by, on=step.on, rules=step.rules),
    ),
    "announce_hearing": StepCall(
        HearingNotice,
        lambda step, asked: hearing.announce_hearing(
            step.case,
            Announcement(
                _when(asked), asked.place, asked.chair, asked.chair_name, asked.participants, asked.closed_for
            ),
            tree=step.tree,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "postpone_hearing": StepCall(
        HearingDelay,
        lambda step, asked: hearing.postpone_hearing(
            step.case, _when(asked), asked.place, asked.reason, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "hold_hearing": StepCall(
        HearingRecord,
        lambda step, asked: hearing.hold_hearing(
            step.case,
            asked.held_on or step.on,
            asked.present,
            asked.record,
            asked.conclusion,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "decline_hearing": StepCall(
        HearingRefusal,
        lambda step, asked: hearing.decline_hearing(step.case, asked.reason, by=step.by, on=step.on, rules=step.rules),
    ),
    "mediate": StepCall(
        MediationRecord,
        lambda step, asked: settling.mediate(
            step.case, asked.held_on or step.on, asked.agreed, asked.record, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "settle": StepCall(
        SettlementPaper,
        lambda step, asked: settling.settle(
            step.case,
            Agreement(
                asked.settlement,
                asked.agreement,
                asked.signed_on or step.on,
                asked.petitioner_agrees,
                asked.other_side_agrees,
                asked.lawful,
            ),
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
}
