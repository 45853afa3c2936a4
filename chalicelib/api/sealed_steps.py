"""The steps of a report of misconduct: the body people send, and the function that decides it."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.bodies import Note, Reason
from chalicelib.api.fields import Id, OfficeId, choice, line, said
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import report
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.store import people


class Transfer(Struct, forbid_unknown_fields=True):
    """To whom, and by which authority."""

    to: Annotated[OfficeId, said("移送给哪个机关")]
    authority: Annotated[Literal["city", "county", "unit"], choice(report.AUTHORITIES), said("被检举人员的管理权限")]
    note: Annotated[Note, said("附言（选填）")] = ""


class Accusation(Struct, forbid_unknown_fields=True):
    """Whom else it is about."""

    offices: Annotated[list[OfficeId], Meta(max_length=10), said("被检举的单位")] = []
    users: Annotated[list[Id], Meta(max_length=10), said("被检举的工作人员", "填登录名，没有账号的写在下面")] = []
    people: Annotated[
        list[Annotated[str, line(60, least=2)]], Meta(max_length=10), said("其他被检举的人员", "写明姓名和职务")
    ] = []
    note: Annotated[Note, said("根据什么补充（选填）")] = ""


class Told(Struct, forbid_unknown_fields=True):
    """What the organisation department was told."""

    note: Annotated[Reason, said("通报的情况")]
    major: Annotated[bool, said("是否重大情况", "重大情况还应当向党委主要负责同志和分管组织工作的负责同志报送")] = False


class Closing(Struct, forbid_unknown_fields=True):
    """How it was dealt with."""

    outcome: Annotated[Literal["talk", "verify", "shelve", "conclude"], choice(report.OUTCOMES), said("处置方式")]
    note: Annotated[Note, said("说明（选填）")] = ""


def _accounts(users: list[str]) -> tuple[str, ...]:
    unknown = [
        FieldError(f"/users/{place}", "没有这个账号；没有账号的，请写姓名和职务", "not_a_choice")
        for place, each in enumerate(users)
        if not people.exists(each)
    ]
    if unknown:
        raise FieldsInvalid(unknown)
    return tuple(users)


CALLS: Mapping[str, StepCall] = {
    "transfer_report": StepCall(
        Transfer,
        lambda step, asked: report.transfer_report(
            step.case, asked.to, asked.authority, asked.note, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "name_accused": StepCall(
        Accusation,
        lambda step, asked: report.name_accused(
            step.case,
            tuple(asked.offices),
            _accounts(asked.users),
            tuple(asked.people),
            asked.note,
            tree=step.tree,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "tell_organisation_department": StepCall(
        Told,
        lambda step, asked: report.tell_organisation_department(
            step.case, asked.note, asked.major, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "close_report": StepCall(
        Closing,
        lambda step, asked: report.close_report(
            step.case, asked.outcome, asked.note, by=step.by, on=step.on, rules=step.rules
        ),
    ),
}
