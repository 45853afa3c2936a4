"""What a county promises beyond the law (the source's own targets). Shown beside the limits: no clock, no lateness."""

from chalicelib.domain.limits.base import TimeLimit

GENERAL_TARGET = TimeLimit(
    name="general_target",
    label="一般事项承诺办结时限",
    law="第三十四条",
    days=10,
    kind="service",
    since="受理",
    note="本地承诺，与法定的60日并列，不代替法定期限，不计超期",
)
SAME_DAY_TARGET = TimeLimit(
    name="same_day_target",
    label="简单事项当天答复",
    law="第二十三条",
    working_days=0,
    kind="service",
    since="收到信访事项",
    note="本地承诺，收到之日不是工作日的，为其后第一个工作日；不计超期",
)

SCHOOL_GENERAL = TimeLimit(
    name="school_general",
    label="一般问题承诺答复时限",
    law="第二条",
    working_days=5,
    kind="service",
    note="学校自定的承诺（参照高校校长信箱办理时限），与法定期限并列，不代替法定期限，不计超期",
)
SCHOOL_COMPLEX = TimeLimit(
    name="school_complex",
    label="复杂问题承诺答复时限",
    law="第二条",
    working_days=10,
    kind="service",
    note="学校自定的承诺（参照高校校长信箱办理时限），两个以上部门办理或者延期的适用，不代替法定期限，不计超期",
)

TARGETS = (GENERAL_TARGET, SAME_DAY_TARGET)
CHOSEN = (SCHOOL_GENERAL, SCHOOL_COMPLEX)
"""Promises only of a tenant whose profile sets their days; it makes them instead of the general one."""
