"""The limits beside the main road: what others owe while a matter is handled, and after it."""

from chalicelib.domain.limits.base import TimeLimit

LIMITS: tuple[TimeLimit, ...] = (
    # routing, matters from above (第二十二条至第二十四条)
    # direct answers, simple procedure (简易办理)
    # joint handling (第二十四条)
    # promises, return visits (第三十二条、第三十七条)
    # supervision (第三十八条至第四十条)
    # urgent and major (第二十五条)
)
