"""Who stands back from handling, and who decides it (第二十八条第三款)."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.bodies import Reason
from chalicelib.api.fields import Id, choice, said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import recusing
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.store import people

Post = Literal["undertaker", "second_reader", "reviewer", "hearing_chair", "unit_head", "himself"]


class AskingRecusal(Struct, forbid_unknown_fields=True):
    """Who should stand back, and why."""

    post: Annotated[Post, choice(recusing.POSTS), said("请谁回避", "工作人员报告自己应当回避的，选“本人”")]
    reason: Annotated[Reason, said("与这件事或者信访人有什么直接利害关系")]


class DecidingRecusal(Struct, forbid_unknown_fields=True):
    """Granted with the people, or refused with the reason."""

    granted: Annotated[bool, said("是否同意回避")]
    users: Annotated[list[Id], Meta(max_length=10), said("由谁回避", "填登录名；同意回避的必须写")] = []
    successor: Annotated[Id | None, said("由谁接着承办（选填）", "填登录名")] = None
    duty: Annotated[Id | None, said("决定哪一份申请（选填）", "只有一份时可以不填；有几份时写如 recusal.1")] = None
    reason: Annotated[str, text(2_000), said("理由", "不同意的必须写，信访人会看到")] = ""


def _at_work(users: list[str], successor: str | None) -> list[str]:
    """These people, if they have accounts: a name mistyped would let the one who is meant go on."""
    wanted = [(f"/users/{place}", each) for place, each in enumerate(users)]
    wanted += [("/successor", successor)] if successor else []
    unknown = [
        FieldError(at, "没有这个账号，请核对登录名", "not_a_choice") for at, each in wanted if not people.exists(each)
    ]
    if unknown:
        raise FieldsInvalid(unknown)
    return users


CALLS: Mapping[str, StepCall] = {
    "ask_recusal": StepCall(
        AskingRecusal,
        lambda step, asked: recusing.ask_recusal(
            step.case, asked.post, asked.reason, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "decide_recusal": StepCall(
        DecidingRecusal,
        lambda step, asked: recusing.decide_recusal(
            step.case,
            asked.granted,
            _at_work(asked.users, asked.successor),
            asked.reason,
            asked.successor,
            asked.duty,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
}
