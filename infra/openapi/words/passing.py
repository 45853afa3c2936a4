"""The words of the slice `passing` in the description of the interface."""

from typing import Any, Literal

from chalicelib.domain.limits import PETITION
from chalicelib.domain.reaching_upward import GAPS, POSTS

RIGHTS = tuple(name for name, limit in PETITION.items() if limit.of == "petitioner")

MODELS: dict[str, str] = {
    "DaysOffNotice": "放假安排：国务院办公厅公布的放假和调休上班的日子",
    "NoticeShown": "一份放假安排，和由谁录入、由谁确认",
    "CalendarShown": "工作日历",
    "DateMoved": "一个会变动的日期",
    "MovesShown": "会变动的日期：一页看一百件未结事项",
    "DaysLost": "对全部在办事项的不可抗力认定",
    "DaysLostShown": "一份不可抗力认定，由谁登记、由谁确认，已经登记到多少件",
    "DaysLostList": "登记过的不可抗力认定，新的在前",
    "DaysLostPreview": "一份认定涉及多少：一页看一千件未结事项",
    "Place": "一个地区",
}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "expected_at": "应当在什么时候发现",
    "detected_at": "实际在什么时候发现",
    "noticed_late": "发现得晚的，写明应于何时发现、实际于何时发现",
    "due_before": "重新计算以前的到期日",
    "whom": "要告知的是哪个岗位",
    "gap": "为什么没有告知到",
    "instead": "改告了哪个单位",
    "instead_name": "改告了哪个单位的名称",
    "begins": "从哪天起",
    "ends": "到哪天止",
    "excused": "按期以外的，其中有几件有不可抗力的日子",
    "excused_days": "超期的天数里有几天属于不可抗力",
    "days_unusable": "从起算到今天（已经结束的到结束那天），有几天属于不可抗力；单位的期限不因此变动",
    "rights": "信访人的哪些权利改到这一天，由这一条一并告知；空的表示另一条已经一并告知",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "PostFoundEmpty/place": "哪个单位",
    "DaysOffNotice/form": "格式",
    "DaysOffNotice/content": "内容：JSON写year、off、make_up；CSV每行写日期和“放假”或者“上班”",
    "DaysOffNotice/year": "年份，CSV必须写",
    "DaysOffNotice/papers": "文件名称、文号或者网址",
    "CalendarShown/calendar": "日历的版本",
    "CalendarShown/first": "从哪天起有数据",
    "CalendarShown/horizon": "公布到哪天为止，以后的日期为暂定",
    "CalendarShown/days_ahead": "从今天起还有多少天",
    "CalendarShown/task": "管理员要做的事；日历足够时为空",
    "CalendarShown/notices": "录入过的放假安排",
    "NoticeShown/number": "序号",
    "NoticeShown/year": "哪一年的",
    "NoticeShown/calendar": "生效以后日历的版本",
    "NoticeShown/off": "放假的日子",
    "NoticeShown/make_up": "调休上班的日子",
    "NoticeShown/papers": "文件名称、文号或者网址",
    "NoticeShown/state": "是否已经确认",
    "NoticeShown/state_label": "是否已经确认，中文",
    "NoticeShown/proposed_by": "由谁录入",
    "NoticeShown/proposed_at": "何时录入",
    "NoticeShown/confirmed_by": "由谁确认",
    "NoticeShown/confirmed_at": "何时确认，即何时生效",
    "DateMoved/limit_label": "期限的名称",
    "DateMoved/of_petitioner": "是不是信访人的期限",
    "DateMoved/due": "会变成哪天",
    "DateMoved/becomes_certain": "是否由暂定变为确定",
    "MovesShown/looked_at": "这一页看了多少件",
    "DaysLost/document": "文件名称和文号",
    "DaysLost/decided_by": "由谁认定：作出认定的机关",
    "DaysLost/reason": "发生了什么；信访人会看到",
    "DaysLostShown/document": "文件名称和文号",
    "DaysLostShown/decided_by": "由谁认定：作出认定的机关",
    "DaysLostShown/reason": "发生了什么；信访人会看到",
    "DaysLost/places": "影响哪些地方：政府、乡镇、村的代码；不填是整个本地区",
    "DaysLostShown/places": "影响哪些地方",
    "DaysLostShown/number": "序号",
    "DaysLostShown/state": "是否已经确认",
    "DaysLostShown/state_label": "是否已经确认，中文",
    "DaysLostShown/proposed_by": "由谁登记",
    "DaysLostShown/proposed_at": "何时登记",
    "DaysLostShown/confirmed_by": "由谁确认",
    "DaysLostShown/confirmed_at": "何时确认，即何时生效",
    "DaysLostShown/total": "涉及多少件未结事项；还没有数完的为空",
    "DaysLostShown/done": "已经登记到多少件",
    "DaysLostShown/failed": "最近一次没有登记上的件数，系统会再试",
    "DaysLostPreview/petitions": "这一页里涉及的未结事项",
    "DaysLostPreview/recorded": "其中已经登记过这段时间的",
    "DaysLostPreview/rights": "会顺延的信访人的期限，共几项",
    "DaysLostPreview/looked_at": "这一页看了多少件",
    "Place/id": "单位的代码",
    "Place/name": "名称",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {"rights": Literal[RIGHTS], "whom": Literal[POSTS], "gap": Literal[tuple(GAPS)]}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("document", "body", "reason", "place")
"""Keys of the text of its events."""
