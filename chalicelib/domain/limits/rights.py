"""The limits of review, re-review, hearings and recusal: rights of the petitioner and what organs owe for them."""

from chalicelib.domain.limits.base import TimeLimit

REVIEW_DECIDE = TimeLimit(
    name="review_decide",
    label="复查期限",
    law="第三十五条",
    days=30,
    remind=(10, 3),
    since="收到复查请求",
    note="在期限内提出复查意见并书面答复；复查中举行听证不停止计时",
)

REDO = TimeLimit(
    name="redo",
    label="重新办理期限",
    law="第三十五条",
    remind=(10, 3),
    since="收到复查意见",
    note="由复查机关、单位在复查意见中指定",
)

ASK_REREVIEW = TimeLimit(
    name="ask_rereview",
    label="请求复核期限",
    law="第三十六条第一款",
    days=30,
    of="petitioner",
    then="conclude_review",
    since="收到复查意见",
)

# 第三十六条 asks for the opinion within 30 days and does not mention its service; an opinion that reached nobody
# was given to nobody, and the petitioner was promised a date (S12).
REREVIEW_DECIDE = TimeLimit(
    name="rereview_decide",
    label="复核期限",
    law="第三十六条第一款",
    days=30,
    remind=(10, 3),
    since="收到复核请求",
    note="听证所需时间不计算在内",
)

# Local: Shandong has three working days to say whether a review is taken (山东省信访条例第四十三条、第四十四条);
# elsewhere a request in time is taken by being received, so no such limit runs here.
LATE_REQUEST = TimeLimit(
    name="late_request",
    label="超过期限申请的审核承诺时限",
    law="第三十五条",
    working_days=5,
    remind=(1,),
    kind="service",
    since="收到申请",
    note="条例未规定审核天数，按服务承诺执行",
    each=True,
)

HEARING_ANSWER = TimeLimit(
    name="hearing_answer",
    label="听证申请答复承诺时限",
    law="第三十一条第六项",
    working_days=5,
    remind=(1,),
    kind="service",
    since="收到听证申请",
    note="条例未规定答复天数，按服务承诺执行",
    each=True,
)

HEARING = TimeLimit(
    name="hearing",
    label="听证日期",
    law="第三十一条第六项",
    remind=(1,),
    kind="service",
    since="发出听证通知",
    note="条例未规定举行听证的天数，由举行听证的机关、单位在通知中确定",
    each=True,
)

LIMITS: tuple[TimeLimit, ...] = (
    # review and re-review (第三十五条、第三十六条)
    REVIEW_DECIDE,
    REDO,
    ASK_REREVIEW,
    REREVIEW_DECIDE,
    LATE_REQUEST,
    # hearings, mediation (第三十一条第六项、第三十三条)
    HEARING_ANSWER,
    HEARING,
    # recusal (第二十八条)
    TimeLimit(
        name="decide_recusal",
        label="回避决定承诺时限",
        law="第二十八条第三款",
        working_days=3,
        remind=(1,),
        kind="service",
        since="收到回避申请",
        note="条例未规定回避由谁决定、几日内决定；本时限为服务承诺",
        each=True,
    ),
)
