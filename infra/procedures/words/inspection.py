"""Tasks of supervision: a procedure of its own, printed after that of petitions."""

from chalicelib.domain.events import inspection as events
from chalicelib.domain.tables import inspection
from infra.procedures.words.base import SAMPLE, Variants, When

STEPS: dict[str, str] = {
    "open_inspection": (
        "信访部门、督查人员、信访工作联席会议办公室根据工作需要立项，只针对本地区的一个单位，只通报给这个单位。"
        "问题清单、实地督查、媒体曝光应当逐项写明问题并指定反馈日期；"
        "抽查、联查、责任倒查同时从该单位已办结的事项中随机抽取，按检查表自动评分，抽取可以由任何人重复验证。"
    ),
    "sign_for": "单位签收一次。没有签收就反馈的，反馈即为签收。",
    "answer_inspection": "单位按问题的顺序逐项反馈整改情况，并写明责任人。",
    "recheck": (
        "立项单位逐项复查，反馈的人不能自己复查。全部整改到位的自动办结；"
        "没有整改到位的，重新指定日期，只退回没有到位的几项，期限重新计算。"
    ),
    "score_sample": "由人逐件核对自动评分；改分的应当写明理由。不涉及这件事项的项目不计入满分。",
    "record_votes": "登记民主评议的参加人数和票数，登记后不能改写。",
    "record_reception": "登记接访的领导、接待人数和有关事项的编号，可以登记多次。",
    "close_inspection": "没有需要单位反馈的，在评议结果、接访记录登记以后，抽取的事项全部核对以后办结。",
}
WHEN: When = {
    inspection.asks_answer: "有需要整改的问题的",
    inspection.is_put_right: "问题全部整改到位的",
}
SPELLED: dict[str, str] = {"task": "检查种类"}
VARIANTS: Variants = {
    events.InspectionOpened: (
        ("有需要整改的问题的", {}, {"org": "agency", "due": SAMPLE.received_on}),
        ("没有需要整改的问题的", {}, {"org": "agency"}),
        ("领导接访", {}, {}),
    ),
    events.InspectionRechecked: (
        ("有没整改到位的", {}, {"due": SAMPLE.received_on}),
        ("全部整改到位的", {}, {}),
    ),
    events.InspectionPassed: (("", {"org": "agency"}, {}),),
    events.InspectionClosed: (("", {"org": "agency"}, {}),),
}
