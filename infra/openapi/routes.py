"""The routes with what cannot be read from the program: body and answer of each, in the order people need them."""

from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from chalicelib.api import (
    announcements,
    bodies,
    callbacks,
    colleagues,
    days_lost,
    days_off,
    guide,
    inspections,
    reports,
    sealed_steps,
    sessions,
)
from chalicelib.api.steps import every_call
from chalicelib.domain import procedures
from chalicelib.domain.tables.inspection import INSPECTION
from infra.openapi import announcing, answers, calendar, catalogue, inspection, lists, parts, proving, sealed, timeline

IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH = "Idempotency-Key", "If-Match", "If-None-Match"
LIMIT_20, LIMIT_50, LIMIT_SEALED = "limit_of_own", "limit_of_list", "limit_of_sealed"


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

    decides: bool = False
    """It wants another person than before, or comes too late."""
    action: str = ""
    """The step of a case that it takes."""

    @property
    def answers(self) -> tuple[Any, ...]:
        """The models it may answer with."""
        if self.answer is None:
            return ()
        return self.answer if isinstance(self.answer, tuple) else (self.answer,)

    @property
    def is_change(self) -> bool:
        """It changes a case that exists."""
        return bool(self.action)


STEPS = procedures.rows() | sealed.STEPS
INSPECTION_STEPS = {step.action for step in INSPECTION.steps}

ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/health"): Route("服务是否可用", answers.Health),
    ("GET", "/meta"): Route("名称、期限、类别和单位名录", catalogue.Catalogue, takes=(IF_NONE_MATCH,), etag=True),
    ("GET", "/guide"): Route("办理途径的引导：全部问题和可能的结论", answers.Guide),
    ("POST", "/guide"): Route("按已有的回答，给出下一个问题或者建议的办理途径", answers.Guidance, guide.GuideAnswers),
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
    ("GET", "/my/petitions"): Route("我提交的事项", lists.MyPetitions, takes=(LIMIT_20, "cursor")),
    ("POST", "/track"): Route(
        "凭编号和查询码查询；检举控告只告知已收到还是已移送",
        (timeline.Case, answers.ReportShown),
        bodies.Tracking,
        etag=True,
    ),
    ("POST", "/reports"): Route(
        "提交检举控告（第三十条）：可以实名，也可以匿名，不必登录；内容密封，只有有权处理的机关能看",
        answers.ReportReceipt,
        reports.Report,
        status=201,
        takes=(IDEMPOTENCY_KEY,),
        etag=True,
    ),
    ("POST", "/reports/registrations"): Route(
        "登记来信、来访、来电提出的检举控告（第二十二条、第三十条）：只得到回执，以后不能再查看；"
        "检举的是登记人的单位、上级单位或者其中的人员的，不能由本单位登记",
        answers.ReportTakenIn,
        reports.ReportOnPaper,
        status=201,
        takes=(IDEMPOTENCY_KEY,),
    ),
    ("POST", "/callbacks/sms"): Route(
        "短信网关告知短信的结果：请求须签名（HMAC-SHA256），五分钟内有效；重复、迟到、乱序都不影响结果",
        answers.ReceiptsTaken,
        callbacks.SmsReceipts,
        guards=True,
    ),
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
    ("GET", "/worklist"): Route("本单位待办", lists.Worklist, takes=("light", "stage", "done", LIMIT_50, "cursor")),
    ("GET", "/colleagues"): Route("可以在表单里选的人：本单位、信访部门和本级政府的工作人员", lists.Colleagues),
    ("GET", "/colleagues/{user}/leave"): Route(
        "一位工作人员的请假登记：本人、本单位负责人和系统管理员可以看", lists.LeaveOf, etag=True
    ),
    ("POST", "/colleagues/{user}/leave"): Route(
        "请假登记，或者更改：首尾两天都算，最迟到一年以后；这些天该告知他的，告知下一个人或者上一级。重复提交只产生一次效果",
        lists.LeaveOf,
        colleagues.Leave,
        takes=(IF_MATCH,),
        etag=True,
    ),
    ("POST", "/colleagues/{user}/back"): Route(
        "销假：从这时起重新告知本人。重复提交只产生一次效果", lists.LeaveOf, takes=(IF_MATCH,), etag=True
    ),
    ("GET", "/ledger"): Route("上级交办、转送事项台账", lists.Ledger, takes=("done", LIMIT_50, "cursor")),
    ("GET", "/messages"): Route("本单位站内消息", lists.Messages, takes=(LIMIT_50, "cursor")),
    ("POST", "/search"): Route(
        "按编号、电话、身份证号或者姓名查找，一次填一项；只找得到自己能看的，最多50件", lists.Found, bodies.Search
    ),
    ("GET", "/cases/{case_id}/candidates"): Route(
        "可能是同一信访人（同人）或者同一事项（同事）的，供人工核对", lists.Candidates
    ),
    ("GET", "/watch"): Route("本地区有问题的事项", lists.WatchList, takes=("light", LIMIT_50, "cursor")),
    ("GET", "/statistics"): Route("一个月的数字", lists.Figures, takes=("month",)),
    ("GET", "/findings"): Route(
        "对账发现：记录之间不一致的，按类别；done=true为已修复的", lists.Findings, takes=("done", LIMIT_50, "cursor")
    ),
    ("GET", "/completeness"): Route("告知完整率：每日应告知、已完成、期限内和例外的数量", lists.Completeness),
    ("POST", "/inspections"): Route(
        "督查检查立项（第三十八条）：问题清单只通报给一个单位；抽查、联查、责任倒查同时抽取已办结的事项并自动评分",
        inspection.InspectionOpenedAs,
        inspections.Inspection,
        status=201,
        takes=(IDEMPOTENCY_KEY,),
        etag=True,
    ),
    ("GET", "/inspections"): Route(
        "本单位的督查检查：立项的和需要反馈的", inspection.InspectionList, takes=("status", LIMIT_50, "cursor")
    ),
    ("GET", "/calendar"): Route("工作日历到哪天为止、公布和更正过哪些放假安排", calendar.CalendarShown),
    ("POST", "/calendar/notices"): Route(
        "录入一份放假安排（JSON或者CSV），核对无误的等候另一人确认",
        calendar.NoticeShown,
        days_off.DaysOffNotice,
        status=201,
        takes=(IDEMPOTENCY_KEY,),
        decides=True,
    ),
    ("GET", "/calendar/notices/{notice}/moves"): Route(
        "确认以前先看：哪些未结事项的日期会从哪天变到哪天", calendar.MovesShown, takes=("cursor",)
    ),
    ("POST", "/calendar/notices/{notice}/confirm"): Route(
        "由录入人以外的管理员确认；生效后未结事项的日期由系统重新计算并告知",
        calendar.NoticeShown,
        takes=(IDEMPOTENCY_KEY,),
        decides=True,
    ),
    ("GET", "/force-majeure"): Route(
        "登记过的不可抗力认定（对全部在办事项）：谁登记、谁确认、已经登记到多少件", calendar.DaysLostList
    ),
    ("POST", "/force-majeure"): Route(
        "登记一份对全部在办事项的不可抗力认定，等候信访部门或者政府的另一人确认",
        calendar.DaysLostShown,
        days_lost.DaysLost,
        status=201,
        takes=(IDEMPOTENCY_KEY,),
        decides=True,
    ),
    ("GET", "/force-majeure/{decision}/preview"): Route(
        "确认以前先看：涉及多少件未结事项，信访人的多少项期限会顺延；一页看一千件",
        calendar.DaysLostPreview,
        takes=("cursor",),
    ),
    ("POST", "/force-majeure/{decision}/approve"): Route(
        "由登记人以外的人确认；生效后由系统逐件登记",
        calendar.DaysLostShown,
        takes=(IDEMPOTENCY_KEY,),
        decides=True,
    ),
    ("GET", "/announcements"): Route("群发通知一览", announcing.AnnouncementList, takes=(LIMIT_50, "cursor")),
    ("POST", "/announcements"): Route(
        "起草一条群发通知：连同署名和退订办法不超过一条短信；由另一人发布以后才发",
        announcing.AnnouncementRow,
        announcements.AnnouncementWritten,
        status=201,
        takes=(IDEMPOTENCY_KEY,),
        decides=True,
    ),
    ("GET", "/announcements/{announcement}"): Route(
        "群发情况：各种结果的人数、没有发出的原因", announcing.AnnouncementReport
    ),
    ("GET", "/announcements/{announcement}/preview"): Route(
        "发布以前先看：全文、收件人数、条数、费用、要发多久", announcing.AnnouncementPreview
    ),
    ("POST", "/announcements/{announcement}/release"): Route(
        "由起草人以外的人发布；每天8:00至20:00、在法定通知之后、按自己的限额发送",
        announcing.AnnouncementReport,
        decides=True,
    ),
    ("POST", "/announcements/{announcement}/stop"): Route(
        "停止：还没有发出的不再发；没有发布的即为撤回", announcing.AnnouncementReport, decides=True
    ),
    ("POST", "/refusals"): Route(
        "登记电话里、窗口上说的退订，或者重新接收", announcing.RefusalShown, announcements.RefusalTold, decides=True
    ),
    ("GET", "/my/refusal"): Route("本人是否不接收群发通知", announcing.RefusalShown),
    ("POST", "/my/refusal"): Route(
        "本人退订群发通知，或者重新接收；与本人事项有关的通知照常发送",
        announcing.RefusalShown,
        announcements.Refusal,
        decides=True,
    ),
    ("GET", "/cases/{case_id}"): Route(
        "查看一件信访事项，或者一项督查检查", (timeline.Case, inspection.InspectionShown), etag=True
    ),
    ("GET", "/cases/{case_id}/proposal"): Route("建议由哪个单位办，附理由", lists.UnitProposal),
    ("GET", "/cases/{case_id}/files/{number}"): Route("查看一件照片、材料", parts.FileContent),
    ("GET", "/cases/{case_id}/export"): Route(
        "导出一件信访事项：事件链的原文、可以看的文字、通知凭证、期限和放假安排，供独立核验；不能看的事件只给摘要",
        proving.Export,
    ),
    ("GET", "/cases/{case_id}/deadline-proofs"): Route("办结时限证明，逐个期限", proving.DeadlineProofs, etag=True),
    ("GET", "/cases/{case_id}/receipts"): Route("已签名的回执：登记、收到材料、告知", proving.Receipts),
    ("GET", "/cases/{case_id}/inclusion"): Route("证明这件事项在最近公布的根中", proving.Inclusion),
    ("GET", "/roots"): Route(
        "每夜公布的根，新的在前，以及签名所用的公钥", proving.Roots, takes=("limit_of_roots", "before")
    ),
    **{
        ("POST", f"/cases/{{case_id}}/{action}"): Route(
            STEPS[action].label,
            inspection.InspectionShown if action in INSPECTION_STEPS else timeline.Case,
            call.body,
            takes=(IDEMPOTENCY_KEY, IF_MATCH),
            etag=True,
            action=action,
        )
        for action, call in every_call().items()
    },
    ("GET", "/sealed/reports"): Route(
        "本单位的检举控告（另一个函数，另一把密钥）", sealed.SealedList, takes=(LIMIT_SEALED, "cursor")
    ),
    ("GET", "/sealed/reports/{report_id}"): Route(
        "打开一件检举控告：先记下是谁打开的，才显示", sealed.SealedReport, etag=True
    ),
    **{
        ("POST", f"/sealed/reports/{{report_id}}/{action}"): Route(
            sealed.STEPS[action].label,
            (sealed.SealedReport, sealed.SealedLeft),
            call.body,
            takes=(IDEMPOTENCY_KEY, IF_MATCH),
            action=action,
        )
        for action, call in sealed_steps.CALLS.items()
    },
}
"""All steps are served by one route and described each by itself: their bodies differ."""
SEALED = "/sealed/"
"""What the second function serves."""
