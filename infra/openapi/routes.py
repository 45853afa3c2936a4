"""The routes with what cannot be read from the program: body and answer of each, in the order people need them."""

from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from chalicelib.api import bodies, sessions
from infra.openapi import answers, catalogue, timeline

IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH = "Idempotency-Key", "If-Match", "If-None-Match"
LIMIT_20, LIMIT_50 = "limit_of_own", "limit_of_list"


@dataclass(frozen=True)
class Route:
    """One method of one path. `takes` names headers and query parameters; the path's own is known by the path."""

    words: str
    answer: Any = None
    body: type[Struct] | None = None
    status: int = 200
    takes: tuple[str, ...] = ()
    etag: bool = False
    guards: bool = False
    """Proves who somebody is: what was sent may be wrong without any field being malformed."""

    @property
    def is_change(self) -> bool:
        """It changes a case that exists."""
        return IF_MATCH in self.takes


def step(words: str, body: type[Struct]) -> Route:
    """A step of a case: all of them take and answer the same."""
    return Route(words, timeline.Case, body, takes=(IDEMPOTENCY_KEY, IF_MATCH), etag=True)


ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/health"): Route("服务是否可用", answers.Health),
    ("GET", "/meta"): Route("名称、期限、类别和单位名录", catalogue.Catalogue, takes=(IF_NONE_MATCH,), etag=True),
    ("POST", "/codes"): Route("发送短信验证码", answers.Challenge, sessions.CodeWanted, status=202),
    ("POST", "/sessions"): Route(
        "信访人登录：手机验证码，或者编号加查询码", answers.PetitionerSession, sessions.SignIn, status=201
    ),
    ("POST", "/staff/sessions"): Route(
        "工作人员登录", answers.StaffSession, sessions.StaffSignIn, status=201, guards=True
    ),
    ("DELETE", "/sessions/current"): Route("退出登录", status=204),
    ("GET", "/me"): Route("当前登录的身份", answers.Myself),
    ("POST", "/petitions"): Route(
        "提交信访事项", answers.Receipt, bodies.Petition, status=201, takes=(IDEMPOTENCY_KEY,), etag=True
    ),
    ("GET", "/my/petitions"): Route("我提交的事项", answers.MyPetitions, takes=(LIMIT_20, "cursor")),
    ("POST", "/track"): Route("凭编号和查询码查询", timeline.Case, bodies.Tracking, etag=True),
    ("POST", "/registrations"): Route(
        "代为登记来信、来访、来电等",
        answers.Receipt,
        bodies.Registration,
        status=201,
        takes=(IDEMPOTENCY_KEY,),
        etag=True,
    ),
    ("POST", "/imports"): Route(
        "批量登记，错误的行连同原因退回", answers.Imported, bodies.Import, takes=(IDEMPOTENCY_KEY,)
    ),
    ("GET", "/worklist"): Route("本单位待办", answers.Worklist, takes=("light", "stage", "done", LIMIT_50, "cursor")),
    ("GET", "/messages"): Route("本单位站内消息", answers.Messages, takes=(LIMIT_50, "cursor")),
    ("GET", "/statistics"): Route("一个月的数字", answers.Figures, takes=("month",)),
    ("GET", "/cases/{case_id}"): Route("查看一件信访事项", timeline.Case, etag=True),
    ("POST", "/cases/{case_id}/forward"): step("转送", bodies.Forwarding),
    ("POST", "/cases/{case_id}/assign"): step("交办", bodies.Assignment),
    ("POST", "/cases/{case_id}/object"): step("提出异议", bodies.Objection),
    ("POST", "/cases/{case_id}/uphold_objection"): step("同意退回", bodies.Upholding),
    ("POST", "/cases/{case_id}/reject_objection"): step("不同意退回", bodies.Rejection),
    ("POST", "/cases/{case_id}/accept"): step("受理", bodies.Acceptance),
    ("POST", "/cases/{case_id}/decline"): step("不予受理", bodies.Declining),
    ("POST", "/cases/{case_id}/divert"): step("导入法定途径", bodies.Diversion),
    ("POST", "/cases/{case_id}/extend"): step("延长办理期限", bodies.Extension),
    ("POST", "/cases/{case_id}/reply"): step("作出处理意见", bodies.Reply),
    ("POST", "/cases/{case_id}/serve"): step("送达", bodies.Service),
    ("POST", "/cases/{case_id}/rate"): step("评价", bodies.Judgement),
    ("POST", "/cases/{case_id}/supplement"): step("补充材料", bodies.Supplement),
    ("POST", "/cases/{case_id}/urge"): step("催办", bodies.Urging),
    ("POST", "/cases/{case_id}/withdraw"): step("撤回", bodies.Withdrawal),
}
