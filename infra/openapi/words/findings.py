"""The words of the reconciler's findings and of the figure of notices."""

MODELS: dict[str, str] = {
    "Findings": "对账发现的不一致",
    "ReconcilerFinding": "一处不一致：属于哪一件、是否已经修复",
    "Completeness": "告知完整率：最近一次清点的明细，和最近一个月每次清点的合计",
    "NewestFigure": "最近一次清点：按告知产生的日期",
    "NoticesOfDay": "一天的告知",
    "NoticesInAll": "全部告知的合计",
}
_COUNTED = {
    "day": "日期；更早的合为一行（earlier）",
    "owed": "应当告知的",
    "done": "已经告知，或者已经交由人工告知的",
    "open": "还在期限之内的",
    "overdue": "超过期限仍未完成的",
    "missing": "没有告知记录的",
}
FIELDS: dict[str, str] = {}
FIELDS_OF: dict[str, str] = {
    "ReconcilerFinding/kind": "不一致的类别",
    "ReconcilerFinding/label": "类别的说法",
    "ReconcilerFinding/case_number": "信访编号；不能查看这件事项的人看不到",
    "ReconcilerFinding/row": "哪一行记录，只给系统管理员看",
    "ReconcilerFinding/found_at": "发现的时间",
    "ReconcilerFinding/ended": "是否还在、已自动修复，或者已恢复正常",
    "ReconcilerFinding/ended_label": "是否修复的说法",
    "Findings/items": "本页的各处不一致",
    "Completeness/newest": "最近一次清点的明细；还没有清点过的为空",
    "Completeness/counted": "每次清点的合计，新的在前",
    "NewestFigure/day": "哪一天开始清点",
    "NewestFigure/counted_at": "清点完的时间",
    "NewestFigure/days": "按告知产生的日期，新的在前",
    "NewestFigure/total": "合计",
    **{f"NoticesOfDay/{name}": words for name, words in _COUNTED.items()},
    **{f"NoticesInAll/{name}": words for name, words in _COUNTED.items() if name != "day"},
}
SAID: tuple[str, ...] = ()
