"""The limits of the main road of a petition."""

from chalicelib.domain.limits.base import TimeLimit

ROUTE = TimeLimit(name="route", label="转送、交办期限", law="第二十二条", days=15, remind=(5, 2))

INFORM = TimeLimit(
    name="inform",
    label="书面告知期限",
    law="第二十三条第三款",
    days=15,
    remind=(5, 2),
    since="收到转送、交办的信访事项",
)

INFORM_DIRECT = TimeLimit(
    name="inform_direct",
    label="书面告知期限（直接提出）",
    law="第二十三条第二款",
    days=15,
    remind=(5, 2),
    note="能够当场告知的，应当当场书面告知；信访人姓名（名称）、住址不清的除外",
)

# Unconfirmed: no national text seen that gives these a number of days; without a clock they would stand in no list.
DECIDE_ACCEPTANCE = TimeLimit(
    name="decide_acceptance",
    label="作出是否受理决定目标时限（姓名或者住址不清）",
    law="第二十三条第三款",
    days=15,
    remind=(5, 2),
    kind="service",
    since="收到转送、交办的信访事项",
    note="姓名（名称）、住址不清的，免书面告知；条例未规定作出是否受理决定的天数，参照书面告知的15日，仅作内部目标",
    for_staff=True,
)

DECIDE_ACCEPTANCE_DIRECT = TimeLimit(
    name="decide_acceptance_direct",
    label="作出是否受理决定目标时限（直接提出，姓名或者住址不清）",
    law="第二十三条第二款",
    days=15,
    remind=(5, 2),
    kind="service",
    note="姓名（名称）、住址不清的，免书面告知；条例未规定作出是否受理决定的天数，参照书面告知的15日，仅作内部目标",
    for_staff=True,
)

OBJECT = TimeLimit(
    name="object",
    label="提出异议期限",
    law="第二十三条第三款",
    working_days=5,
    then="close_objection",
    since="收到转送、交办的信访事项",
    for_staff=True,
)

DECIDE_OBJECTION = TimeLimit(
    name="decide_objection",
    label="异议核实承诺时限",
    law="第二十三条第三款",
    working_days=2,
    remind=(1,),
    kind="service",
    since="收到异议",
    note="条例未规定核实天数，按服务承诺执行",
    for_staff=True,
)

REPORT_BACK = TimeLimit(
    name="report_back",
    label="交办反馈期限",
    law="第二十二条第一款第三项",
    remind=(3,),
    since="交办",
    note="由信访部门在交办时指定",
    for_staff=True,
)

HANDLE = TimeLimit(
    name="handle",
    label="办理期限",
    law="第三十四条",
    days=60,
    extendable_by=30,
    remind=(10, 3),
    since="受理",
)

PERFORM_DUTY = TimeLimit(
    name="perform_duty",
    label="履行法定职责期限",
    law="第三十一条第五项",
    remind=(10, 3),
    kind="service",
    since="收到信访事项",
    note=(
        "条例未规定天数：法律、法规、规章对履行该项职责规定了期限的，由责任单位按规定填写；"
        "没有规定的，按收到之日起两个月（参照《行政诉讼法》第四十七条）"
    ),
)

SUGGESTION_TARGET = TimeLimit(
    name="suggestion_target",
    label="建议意见答复承诺时限",
    law="第二十九条",
    days=30,
    kind="service",
    since="受理",
    note="条例第二十九条未规定答复天数，按服务承诺执行",
)

# Unconfirmed: no national text seen that gives consultations a number of days.
CONSULTATION_TARGET = TimeLimit(
    name="consultation_target",
    label="咨询答复承诺时限",
    law="第二十九条",
    working_days=10,
    kind="service",
    since="受理",
    note="条例未规定咨询答复天数，按服务承诺执行",
)

ASK_REVIEW = TimeLimit(
    name="ask_review",
    label="请求复查期限",
    law="第三十五条",
    days=30,
    of="petitioner",
    then="conclude",
    since="收到书面答复",
)

# Unconfirmed: the measures of 2014 and 2022 on ratings exist, the article with the window was not seen.
RATING = TimeLimit(
    name="rating",
    label="满意度评价期",
    law="第二十一条",
    days=30,
    of="petitioner",
    remind=(3,),
    then="close_rating",
    kind="service",
    since="收到书面答复",
    note="条例未规定评价期天数，按本地设置执行",
)

LIMITS = (
    ROUTE,
    INFORM,
    INFORM_DIRECT,
    DECIDE_ACCEPTANCE,
    DECIDE_ACCEPTANCE_DIRECT,
    OBJECT,
    DECIDE_OBJECTION,
    REPORT_BACK,
    HANDLE,
    PERFORM_DUTY,
    SUGGESTION_TARGET,
    CONSULTATION_TARGET,
    ASK_REVIEW,
    RATING,
)
