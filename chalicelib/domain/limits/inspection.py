"""The limits of supervision: by when a unit puts right what it was told."""

from chalicelib.domain.limits.base import TimeLimit

RECTIFY = TimeLimit(
    name="rectify",
    label="整改反馈期限",
    law="第四十条第一款",
    remind=(3,),
    kind="service",
    since="通报问题",
    note="条例未规定整改反馈天数，由通报问题的单位逐件指定",
    for_staff=True,
)

LIMITS: tuple[TimeLimit, ...] = (RECTIFY,)
