"""The steps of a case: one route for all of them, and the table that says in which slice an action stands.

The invariant, proved by a test: the actions here are those of the procedures that somebody takes.
"""

import importlib
from collections.abc import Mapping
from typing import Any

from chalice.app import Blueprint

from chalicelib.api import acting
from chalicelib.api.http import endpoint, taking
from chalicelib.api.steps.call import StepCall
from chalicelib.domain.errors import NotFound

steps = Blueprint(__name__)

SLICES: dict[str, tuple[str, ...]] = {
    # 第三章、第四章：转送到评价
    "road": (
        "forward",
        "assign",
        "object",
        "uphold_objection",
        "reject_objection",
        "accept",
        "extend",
        "reply",
        "serve",
        "rate",
    ),
    # 信访人自己的步骤
    "petitioner": ("supplement", "urge", "withdraw"),
    # 甄别、类别
    "classification": ("reclassify",),
    # 结束的各种方式
    "endings": ("propose_ending", "return_proposal", "decline", "divert", "transfer", "not_take_again"),
    # 转送、交办的其他去向
    "routing": (
        "consult_units",
        "submit_dispute",
        "designate",
        "succeed",
        "report_completion",
        "complete_contact",
        "record_notice",
    ),
    # 简易办理
    "simple": (
        "consult",
        "advise",
        "answer_directly",
        "propose_simple",
        "accept_simply",
        "convert_to_ordinary",
        "decide_suggestion",
    ),
    # 处理意见
    "opinion": (
        "confirm_claims",
        "hear_petitioner",
        "investigate",
        "mark_historical",
        "draft_reply",
        "second_read",
        "return_draft",
        "sign",
    ),
    # 承诺和落实
    "promises": (
        "prove_commitment",
        "confirm_commitment",
        "revisit",
        "reopen",
        "offer_relief",
        "record_relief",
    ),
    # 联合办理
    "joint": ("ask_departments", "answer_jointly", "decline_support", "release_department", "coordinate"),
    # 听证
    "hearing": (
        "request_hearing",
        "announce_hearing",
        "postpone_hearing",
        "hold_hearing",
        "decline_hearing",
        "mediate",
        "settle",
    ),
    # 复查、复核
    "review": (
        "request_review",
        "request_late_review",
        "decide_late_request",
        "send_file",
        "decide_review",
        "serve_review",
        "request_rereview",
        "request_late_rereview",
        "decide_rereview",
        "serve_rereview",
    ),
    # 督查督办
    "supervision": (
        "press",
        "supervise",
        "answer_order",
        "verify_order",
        "impose",
        "recommend",
        "feed_back",
        "instruct",
        "report_instruction",
        "take_charge",
        "close_charge",
        "complain",
        "answer_complaint",
    ),
    # 回避
    "recusal": ("ask_recusal", "decide_recusal"),
    # 事项的合并和关联
    "matters": ("link", "merge", "unmerge", "split", "cut_out"),
    # 紧急情况
    "urgent": ("check_signal", "mark_urgent", "tell_urgent", "report_urgent", "take_measure", "end_urgency"),
    # 本单位的事
    "own": ("revoke_proxy", "join", "attach", "attach_evidence"),
    # 不可抗力
    "passing": ("record_force_majeure",),
    # 督查检查：自成一种程序
    "inspection": (
        "sign_for",
        "answer_inspection",
        "recheck",
        "score_sample",
        "record_votes",
        "record_reception",
        "close_inspection",
    ),
}
"""Slice -> its actions: a cold start imports the slice of the step that is taken and no other.

Between any two rows stands a line that nobody changes: rows that several people add to merge by themselves.
"""
_SLICE_OF = {action: name for name, actions in SLICES.items() for action in actions}


def calls(name: str) -> Mapping[str, StepCall]:
    """The steps of one slice."""
    found: Mapping[str, StepCall] = importlib.import_module(f"{__name__}.{name}").CALLS
    return found


def slice_of(action: str) -> str:
    """The slice of an action; what nobody takes by this route is of the main road."""
    return _SLICE_OF.get(action, "road")


def every_call() -> dict[str, StepCall]:
    """The steps of all slices, in the order of the table: for what describes them."""
    return {action: call for name in SLICES for action, call in calls(name).items()}


@steps.route("/cases/{case_id}", methods=["GET"])
@endpoint("view_case")
def view_case(case_id: str) -> Any:
    """The case as the caller may see it: timeline, clocks with derivation, next steps."""
    return acting.shown(acting.read_any(case_id))


@steps.route("/cases/{case_id}/{action}", methods=["POST"])
@endpoint("take_step")
def take_step(case_id: str, action: str) -> Any:
    """Take a step: its body is its slice's, whether it may be taken now its procedure's."""
    if action not in _SLICE_OF:
        raise NotFound("没有找到这件信访事项")
    taking(action)
    call = calls(_SLICE_OF[action])[action]
    if call.taken is not None:
        return call.taken(case_id, action, call)
    return acting.take(case_id, action, call.body, call.decide, reads=call.reads)
