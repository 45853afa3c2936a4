"""The limits of review, re-review, hearings and recusal: rights of the petitioner and what organs owe for them."""

from chalicelib.domain.limits.base import TimeLimit

LIMITS: tuple[TimeLimit, ...] = (
    # review and re-review (第三十五条、第三十六条)
    # hearings, mediation (第三十一条第六项、第三十三条)
    # recusal (第二十八条)
)
