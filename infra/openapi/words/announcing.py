"""The words of bulk notices."""

MODELS: dict[str, str] = {
    "AnnouncementWritten": "群发给信访人的一条短信；不写类别和单位的，发给全部有在办事项的信访人",
    "AnnouncementRow": "一条群发通知：写什么、发给谁、谁起草、谁发布",
    "AnnouncementList": "群发通知，后写的在前",
    "AnnouncementReport": "群发情况：各种结果的人数和没有发出的原因，不含号码",
    "AnnouncementPreview": "发布以前先看：收到的短信是什么样、多少人收到、费用和时间",
    "FateCount": "一种结果的人数",
    "ReasonCount": "没有发出的一种原因和人数",
    "Refusal": "本人不再接收群发通知，或者重新接收",
    "RefusalTold": "电话里、窗口上说的：哪个号码不再接收，或者重新接收",
    "RefusalShown": "是否不接收群发通知",
}
_ROW = {
    "number": "第几条",
    "text": "起草的文字",
    "category": "只发给这一类事项的信访人；为空则不限",
    "org": "只发给这个单位在办事项的信访人；为空则不限",
    "written_by": "谁起草",
    "written_at": "何时起草",
    "released_by": "谁发布",
    "released_at": "何时发布",
    "stopped_by": "谁停止",
    "stopped_at": "何时停止",
    "ended_at": "何时全部结束",
}
FIELDS: dict[str, str] = {
    "refuses": "是否不再接收群发通知；与本人事项有关的通知照常发送",
    "has_phone": "有没有可以接收短信的号码",
}
FIELDS_OF: dict[str, str] = {
    **{f"AnnouncementRow/{name}": words for name, words in _ROW.items()},
    **{f"AnnouncementReport/{name}": words for name, words in _ROW.items()},
    **{f"AnnouncementWritten/{name}": _ROW[name] for name in ("text", "category", "org")},
    "AnnouncementReport/received": "手机上收到的全文，含署名和退订办法",
    "AnnouncementReport/recipients": "收件人数；还没有列出的为空",
    "AnnouncementReport/counts": "各种结果的人数",
    "AnnouncementReport/reasons": "没有发出的原因",
    "AnnouncementPreview/received": "手机上收到的全文，含署名和退订办法",
    "AnnouncementPreview/units": "全文的字数",
    "AnnouncementPreview/recipients": "收件人数，一个号码一条，不含不接收的",
    "AnnouncementPreview/is_all": "是否已经全部数完；没有的，人数只多不少",
    "AnnouncementPreview/refused": "不接收群发通知、因此不发的人数",
    "AnnouncementPreview/segments": "短信条数",
    "AnnouncementPreview/fen": "费用（分）；没有定价的为空",
    "AnnouncementPreview/seconds": "至少要发多少秒，法定通知优先",
    "AnnouncementPreview/days": "至少要发多少天",
    "AnnouncementPreview/per_day": "每天最多发多少条",
    "FateCount/count": "人数",
    "ReasonCount/count": "人数",
    "ReasonCount/reason": "原因",
}
SAID: tuple[str, ...] = ()
