"""The limits of review, re-review, hearings and recusal: rights of the petitioner and what organs owe for them."""

from chalicelib.domain.limits.base import TimeLimit

LIMITS: tuple[TimeLimit, ...] = (
    # review and re-review (第三十五条、第三十六条)
    # hearings, mediation (第三十一条第六项、第三十三条)
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
