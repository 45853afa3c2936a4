"""Who is competent (第二十二条至第二十四条): disputes, successors, matters from above, and who can be told at all."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.acting import Acting
from chalicelib.api.bodies import Address, Name, Note, Reason, Story
from chalicelib.api.fields import OfficeId, Phone, choice, said
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import disputes, handed_down, intake, reaching
from chalicelib.domain.case import Change
from chalicelib.domain.intake import Contact
from chalicelib.domain.owed.recipients import is_person
from chalicelib.store import guard, proofs
from chalicelib.store.tenant import cases

How = Literal["phone", "mail", "in_person"]


class UnitConsultation(Struct, forbid_unknown_fields=True):
    """由所涉及的机关、单位协商受理 -- 第二十四条第一款."""

    units: Annotated[list[OfficeId], Meta(min_length=2, max_length=10), said("参加协商的单位")]
    result: Annotated[Reason, said("协商的情况和结果")]
    agreed: Annotated[OfficeId | None, said("哪个单位同意受理", "没有协商成的不选")] = None


class DisputeSubmission(Struct, forbid_unknown_fields=True):
    """受理有争议的 -- 第二十四条第一款."""

    reason: Annotated[Reason, said("争议在哪里", "各单位的意见和依据；由共同的上一级机关裁定，没有的由联席会议协调")]


class UnitDesignation(Struct, forbid_unknown_fields=True):
    """Who takes it, and why."""

    to: Annotated[OfficeId, said("指定由哪个单位受理")]
    reason: Annotated[Reason, said("指定的理由和依据")]


class Succession(Struct, forbid_unknown_fields=True):
    """Who goes on."""

    to: Annotated[OfficeId | None, said("由哪个单位承继（选填）", "不选的，按单位名录中的承继单位")] = None
    reason: Annotated[Note, said("依据", "职责不清、由党委或者政府指定单位的，必须写明")] = ""


class CompletionReport(Struct, forbid_unknown_fields=True):
    """办结报告."""

    report: Annotated[Story, said("办结报告", "反映的问题和诉求、调查核实的情况、处理意见和落实情况")]


class ContactCompletion(Struct, forbid_unknown_fields=True):
    """What was missing."""

    name: Annotated[Name, said("姓名（名称）", "登记时缺什么，补什么")] = ""
    phone: Annotated[Phone | None, said("电话")] = None
    address: Annotated[Address, said("住址")] = ""


class PersonalTelling(Struct, forbid_unknown_fields=True):
    """已电话告知 / 已邮寄 / 已当面告知."""

    how: Annotated[How, choice(intake.TOLD_HOW), said("怎样告知的")]
    told_on: Annotated[date | None, said("告知日期", "不填的为今天")] = None
    note: Annotated[Note, said("附言（选填）", "例如挂号信号码、通话时间")] = ""


def _complete(step: Acting, asked: ContactCompletion) -> Change:
    """The contact is sealed beside the case, in the transaction of the step."""
    given = Contact(asked.name, asked.phone or "", asked.address)
    known = cases().contact(step.case.id, step.file.key) if step.file else Contact()
    contact = reaching.completed(known, given)
    person = guard.phone_index(contact.phone) if contact.phone else ""
    change = reaching.complete_contact(step.case, contact, person, by=step.by, on=step.on, rules=step.rules)
    if step.file:
        step.beside.extend(cases().contact_puts(change.case, contact, step.file.key))
    return change


def _record(step: Acting, asked: PersonalTelling) -> Change:
    """The proofs of what was handed to a person end, in the transaction of the step."""
    handed = [proofs.proof(row) for row in step.file.notices] if step.file else []
    waiting = [each for each in handed if each.state == proofs.HANDED and is_person(each.recipient)]
    step.beside.extend(proofs.put(each, proofs.record_told(each, asked.how)) for each in waiting)
    return reaching.record_notice(
        step.case,
        [each.seq for each in waiting],
        asked.how,
        asked.told_on or step.on,
        asked.note,
        by=step.by,
        on=step.on,
        rules=step.rules,
    )


CALLS: Mapping[str, StepCall] = {
    "consult_units": StepCall(
        UnitConsultation,
        lambda step, asked: disputes.consult_units(
            step.case,
            asked.units,
            asked.result,
            asked.agreed,
            tree=step.tree,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "submit_dispute": StepCall(
        DisputeSubmission,
        lambda step, asked: disputes.submit_dispute(
            step.case, asked.reason, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "designate": StepCall(
        UnitDesignation,
        lambda step, asked: disputes.designate(
            step.case, asked.to, asked.reason, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "succeed": StepCall(
        Succession,
        lambda step, asked: disputes.succeed(
            step.case, asked.to, asked.reason, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "report_completion": StepCall(
        CompletionReport,
        lambda step, asked: handed_down.report_completion(
            step.case, asked.report, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "complete_contact": StepCall(ContactCompletion, _complete, reads=True),
    "record_notice": StepCall(PersonalTelling, _record, reads=True),
}
