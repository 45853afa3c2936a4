"""The words of leave in the description of the interface."""

MODELS: dict[str, str] = {
    "Leave": "请假的首日和末日，都算在内",
    "LeaveShown": "请假登记",
    "LeaveOf": "一位工作人员的请假登记",
}

FIELDS: dict[str, str] = {
    "leave": "请假登记；只给本单位的人看",
    "away_from": "请假的第一天；没有请假时为空",
    "away_until": "请假的最后一天，这一天也算；没有请假时为空",
    "is_away": "今天是否请假",
    "set_by": "最近一次由谁登记或者销假；为空的，由运维人员登记",
    "set_at": "最近一次登记或者销假的时间",
    "may_set": "您能不能登记或者更改",
}

FIELDS_OF: dict[str, str] = {
    "LeaveOf/id": "工作人员的用户名",
    "LeaveOf/name": "姓名",
    "LeaveOf/role": "岗位",
    "LeaveOf/role_label": "岗位（名称）",
}

SAID: tuple[str, ...] = ()
