"""The limits beside the main road: what others owe while a matter is handled, and after it."""

from chalicelib.domain.limits.base import TimeLimit

LIMITS: tuple[TimeLimit, ...] = (
    # routing, matters from above (第二十二条至第二十四条)
    # direct answers, simple procedure (简易办理)
    # joint handling (第二十四条)
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
