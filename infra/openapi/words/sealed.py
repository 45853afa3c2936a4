"""The words of the sealed interface: reports of misconduct."""

from typing import Any

MODELS: dict[str, str] = {
    "SealedRow": "保密列表中的一件",
    "SealedList": "本单位的检举控告",
    "SealedReport": "一件检举控告的全部内容，以及谁打开过",
    "SealedLeft": "这一步已经办好，本人不能再查看这一件",
    "SealedEntry": "办理经过中的一步",
    "SealedReading": "谁在什么时候打开过，或者由谁登记",
    "SealedStep": "可以进行的一步和它的表单",
    "AccusedShown": "检举的是谁",
    "AccusedOffice": "被检举的单位",
    "AccusedPerson": "被检举的人员",
    "Reporter": "检举人",
}
"""Models of its answers."""

FIELDS: dict[str, str] = {}
FIELDS_OF: dict[str, str] = {
    "SealedRow/title": "检举什么",
    "SealedReport/channel": "怎么来的",
    "SealedReport/channel_label": "怎么来的（名称）",
    "SealedReport/documents": "随附的材料",
    "SealedReport/title": "检举什么",
    "SealedReport/text": "事情的经过",
    "SealedReport/accused": "检举的是谁",
    "SealedReport/reporter": "检举人，匿名的各项为空",
    "SealedReport/readings": "谁打开过，由谁登记",
    "SealedReading/wrote": "是登记人，不是打开的",
    "SealedReading/accused": "此人现在是不是被检举，或者在被检举的单位、其下级单位工作",
    "SealedEntry/text": "这一步写明的内容",
    "SealedEntry/read_before": "补充被检举对象以前，谁已经打开过",
    "SealedStep/form": "这一步的表单",
    "AccusedShown/offices": "被检举的单位",
    "AccusedShown/people": "被检举的人员",
    "AccusedPerson/by": "按账号，还是按检举中写的姓名和职务",
    "AccusedPerson/who": "账号，或者姓名和职务",
    "Reporter/verified": "电话是不是经过短信验证",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {}
SAID: tuple[str, ...] = ()
"""What was said at a step of a report is shown by the sealed page alone."""
