"""The words of the slice `classification` in the description of the interface."""

from typing import Any

from chalicelib.api.bodies import Kind
from chalicelib.api.steps.road import Track

MODELS: dict[str, str] = {
    "Guide": "办理途径的引导：全部问题和可能的结论（第二十九条至第三十一条）",
    "GuideAnswers": "对引导问题的回答：问题的代码对应答案的代码",
    "GuideOption": "一个答案和它引向的问题或者结论",
    "GuideOutcome": "一种可能的结论",
    "GuideProposal": "建议的办理途径、得出它的回答和告知书的草稿；由人决定是否采用",
    "GuideQuestion": "一个引导问题",
    "GuideReason": "得出建议的一个回答",
    "Guidance": "下一个问题，或者建议的办理途径",
    "OutsideLimit": "其他法律规定的、信访人应当注意的期限",
}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "advice": "给工作人员的提示",
    "first": "第一个问题",
    "kind_before": "更正前的种类",
    "notice_draft": "告知书的草稿，空白处由工作人员填写",
    "outcomes": "可能的结论",
    "proposal": "建议的办理途径，还有问题要问时为空",
    "question": "下一个问题，已有建议时为空",
    "questions": "全部问题",
    "recategorised": "是否更正了内容类别",
    "step": "工作人员下一步可以做什么",
    "step_label": "这一步的名称",
    "track_before": "更正前的办理途径",
    "why": "得出建议的回答",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "GuideAnswers/answers": "已有的回答，不填则给出第一个问题",
    "GuideOption/answer": "答案的代码",
    "GuideOption/to": "引向哪个问题或者结论",
    "GuideOutcome/ground": "拟定结论时选择的理由",
    "GuideOutcome/id": "结论的代码",
    "GuideOutcome/limits": "应当注意的外部期限",
    "GuideProposal/ground": "拟定结论时选择的理由",
    "GuideProposal/id": "结论的代码",
    "GuideProposal/limits": "应当注意的外部期限",
    "GuideQuestion/hint": "提示",
    "GuideQuestion/options": "可选的答案",
    "GuideQuestion/id": "问题的代码",
    "GuideQuestion/text": "问题",
    "GuideReason/answer": "答案的代码",
    "GuideReason/question": "问题的代码",
    "GuideReason/text": "问题",
    "OutsideLimit/number": "期限",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {"kind_before": Kind, "track_before": Track}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ()
"""Keys of the text of its events."""
