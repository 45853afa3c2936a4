"""The limits beside the main road: what others owe while a matter is handled, and after it."""

from chalicelib.domain.limits.base import TimeLimit

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

LIMITS: tuple[TimeLimit, ...] = (
    # routing, matters from above (第二十二条至第二十四条)
    # direct answers, simple procedure (简易办理)
    SIMPLE_RELAY,
    SIMPLE_ACCEPT,
    SIMPLE_HANDLE,
    ADVISE,
    # joint handling (第二十四条)
    JOINT_ANSWER,
    # promises, return visits (第三十二条、第三十七条)
    # supervision (第三十八条至第四十条)
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
