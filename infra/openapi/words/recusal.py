"""The words of the slice `recusal` in the description of the interface."""

from typing import Any, Literal

from chalicelib.domain.recusing import POSTS

MODELS: dict[str, str] = {
    "Report": "检举控告：实名或者匿名（第三十条）",
    "ReportOnPaper": "来信、来访、来电提出的检举控告，由工作人员登记（第二十二条、第三十条）",
    "ReportReceipt": "检举控告的回执",
    "ReportTakenIn": "检举控告的回执，打印给检举人",
    "ReportShown": "检举控告：只告知已收到还是已移送",
}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "granted": "是否同意",
    "own": "是否本人报告的回避",
    "post": "请谁回避",
    "successor": "接着承办的人",
    "users": "回避的人",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "Report/title": "举报什么",
    "Report/text": "事情的经过",
    "Report/accused": "被检举的单位，从单位名录中选择；单位和人员至少写一个",
    "Report/people": "被检举的人员，写明姓名和职务",
    "Report/name": "检举人的姓名，不写就是匿名",
    "Report/phone": "检举人的电话，可以不写；已用手机登录的，以登录的号码为准",
    "Report/address": "检举人的住址，可以不写",
    "ReportOnPaper/channel": "怎么来的：来信、来访或者来电",
    "ReportOnPaper/received_on": "收到日期，期限从这一天算起，不能晚于今天",
    "ReportOnPaper/title": "举报什么",
    "ReportOnPaper/text": "事情的经过，按检举人的原话记",
    "ReportOnPaper/accused": "被检举的单位，从单位名录中选择；单位和人员至少写一个",
    "ReportOnPaper/people": "被检举的人员，写明姓名和职务",
    "ReportOnPaper/documents": "随附的材料，写明有哪些、几页",
    "ReportOnPaper/name": "检举人的姓名，不写就是匿名",
    "ReportOnPaper/phone": "检举人的电话，可以不写",
    "ReportOnPaper/address": "检举人的住址，可以不写",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {"post": Literal[tuple(POSTS)]}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("reason",)
"""Keys of the text of its events."""
