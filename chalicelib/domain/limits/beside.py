"""The limits beside the main road: what others owe while a matter is handled, and after it."""

from chalicelib.domain.limits.base import TimeLimit

ORDER = TimeLimit(
    name="order",
    label="督办反馈期限",
    law="第四十条第一款",
    remind=(3,),
    kind="service",
    since="督办",
    note="条例未规定反馈天数，由督办单位在督办单中指定",
    each=True,
    for_staff=True,
)
MEASURE = TimeLimit(
    name="measure",
    label="整改期限",
    law="第三十九条第三款",
    remind=(3,),
    kind="service",
    since="联席会议采取措施",
    note="条例未规定天数，由信访工作联席会议指定",
    each=True,
    for_staff=True,
)
# Confirmed for 2005 and for Shandong only: 第四十条 of 2022 wants written feedback and names no number.
ADVICE_FEEDBACK = TimeLimit(
    name="advice_feedback",
    label="书面反馈采纳情况期限",
    law="第四十条第四款",
    days=30,
    remind=(7,),
    kind="service",
    since="收到建议",
    note="条例要求书面反馈、未规定天数；沿用2005年条例和地方规定的30日",
    each=True,
    for_staff=True,
)
INSTRUCTION = TimeLimit(
    name="instruction",
    label="批示落实期限",
    law="第十八条第二款",
    remind=(3,),
    kind="service",
    since="批示",
    note="条例未规定天数，由批示的领导指定",
    each=True,
    for_staff=True,
)
COMPLAINT = TimeLimit(
    name="complaint",
    label="投诉答复承诺时限",
    law="第四十四条至第四十六条",
    days=15,
    remind=(3,),
    kind="service",
    since="收到投诉",
    note="条例未规定投诉答复天数，按服务承诺执行",
    each=True,
)
SUPERVISION = (ORDER, MEASURE, ADVICE_FEEDBACK, INSTRUCTION, COMPLAINT)
"""They keep their object when the petitioner withdraws: how a matter was handled is still to be answered for."""

LIMITS: tuple[TimeLimit, ...] = (
    # routing, matters from above (第二十二条至第二十四条)
    # direct answers, simple procedure (简易办理)
    # joint handling (第二十四条)
    # promises, return visits (第三十二条、第三十七条)
    # supervision (第三十八条至第四十条)
    ORDER,
    MEASURE,
    ADVICE_FEEDBACK,
    INSTRUCTION,
    COMPLAINT,
    # urgent and major (第二十五条)
    TimeLimit(
        name="check_signal",
        label="紧急信号核查承诺时限",
        law="第二十五条",
        days=0,
        kind="service",
        since="收到",
        for_staff=True,
        note="条例只说及时，按当日核查的服务承诺执行",
    ),
    TimeLimit(
        name="urgent_report",
        label="重大紧急报告承诺时限",
        law="第二十五条",
        days=0,
        kind="service",
        since="标为重大紧急",
        for_staff=True,
        note="条例只说及时，按当日报告的服务承诺执行",
    ),
)
