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
# Read on a page about the measures of 2014 (article 6), not in their text; replaced in 2022 by measures not seen.
RELAY_COUNTY = TimeLimit(
    name="relay_county",
    label="分级转送承诺时限",
    law="第二十二条",
    days=4,
    remind=(1,),
    kind="service",
    since="收到上级转送、交办的信访事项",
    note=(
        "条例未规定各级分别几日；按国信发〔2014〕16号第六条的分级安排（国家5日、省3日、市3日、县4日，合计15日），"
        "该文件已由国信发〔2022〕11号代替，仅作内部目标"
    ),
    for_staff=True,
)

REPORT_ABOVE = TimeLimit(
    name="report_above",
    label="向上级反馈期限",
    law="第二十二条第一款第三项",
    remind=(10, 3),
    since="收到上级交办的信访事项",
    note="由上级在交办时指定",
    for_staff=True,
)

DECIDE_DISPUTE = TimeLimit(
    name="decide_dispute",
    label="裁定受理单位承诺时限",
    law="第二十四条第一款",
    working_days=5,
    remind=(1,),
    kind="service",
    since="收到提请裁定",
    note="条例未规定裁定天数，按服务承诺执行",
)

_SIMPLE = (
    "条例未规定天数，按服务承诺执行：{}个工作日见《信访事项简易办理办法（试行）》（国信发〔2016〕8号），"
    "现行办法（国信办发〔2022〕17号）的天数待核"
)
# Unconfirmed: of the measures of 2022 only the first articles were seen, their numbers of days are believed unchanged.
SIMPLE_RELAY = TimeLimit(
    name="simple_relay",
    label="简易办理转送时限",
    law="第二十二条",
    working_days=1,
    kind="service",
    since="建议简易办理",
    note=_SIMPLE.format(1),
    for_staff=True,
)
SIMPLE_ACCEPT = TimeLimit(
    name="simple_accept",
    label="简易受理时限",
    law="第二十三条",
    working_days=3,
    remind=(1,),
    kind="service",
    since="收到建议简易办理的信访事项",
    note=_SIMPLE.format(3),
    for_staff=True,
)
SIMPLE_HANDLE = TimeLimit(
    name="simple_handle",
    label="简易办理时限",
    law="第三十四条",
    working_days=10,
    remind=(2,),
    kind="service",
    since="简易受理",
    note=_SIMPLE.format(10),
)
ADVISE = TimeLimit(
    name="advise",
    label="征询回复时限",
    law="第十四条",
    working_days=2,
    remind=(1,),
    kind="service",
    since="收到征询",
    note="条例未规定征询回复天数，按服务承诺执行",
    each=True,
    for_staff=True,
)
JOINT_ANSWER = TimeLimit(
    name="joint_answer",
    label="协办反馈期限",
    law="第二十四条",
    remind=(2,),
    kind="service",
    since="收到协办要求",
    note="条例未规定协办反馈天数，由主办单位指定",
    each=True,
    for_staff=True,
)
# Confirmed by nobody: the day of a promise is what the reply itself says.
COMMITMENT = TimeLimit(
    name="commitment",
    label="承诺落实日期",
    law="第三十二条第二款",
    remind=(3, 0),
    kind="service",
    since="送达处理意见书",
    note="条例未规定天数，由责任单位在答复中承诺",
    each=True,
)
# Unconfirmed: no national text seen that gives return visits a number of days.
REVISIT = TimeLimit(
    name="revisit",
    label="回访承诺时限",
    law="第三十二条第二款",
    days=15,
    remind=(3,),
    kind="service",
    since="送达、评价或者反映承诺没有落实",
    note="条例未规定回访天数，按服务承诺执行，可由各地设置",
    for_staff=True,
)
REDO_TARGET = TimeLimit(
    name="redo_target",
    label="重新办理承诺时限",
    law="第三十二条第二款",
    days=30,
    remind=(7, 3),
    kind="service",
    since="决定重新办理",
    note="条例未规定回访后重新办理的天数，按服务承诺执行；原办理期限不重新起算",
)

LIMITS: tuple[TimeLimit, ...] = (
    # routing, matters from above (第二十二条至第二十四条)
    RELAY_COUNTY,
    REPORT_ABOVE,
    DECIDE_DISPUTE,
    # direct answers, simple procedure (简易办理)
    SIMPLE_RELAY,
    SIMPLE_ACCEPT,
    SIMPLE_HANDLE,
    ADVISE,
    # joint handling (第二十四条)
    JOINT_ANSWER,
    # promises, return visits (第三十二条、第三十七条)
    COMMITMENT,
    REVISIT,
    REDO_TARGET,
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
        ladder=(0, 1, 3),
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
        ladder=(0, 1, 3),
    ),
)
