"""The stages of a petition (`terms.md` section 3): what staff read, and the petitioner's sentence.

Where a case can stand, nothing else. `ENDS` are the stages in which nothing more is owed by anybody.
"""

REGISTERED, FORWARDED, ASSIGNED, OBJECTED = "registered", "forwarded", "assigned", "objected"
DISPUTED = "disputed"
ACCEPTED, DECLINED, DIVERTED, TRANSFERRED = "accepted", "declined", "diverted", "transferred"
REPLIED, SERVED, SETTLED, CONCLUDED, WITHDRAWN = "replied", "served", "settled", "concluded", "withdrawn"
UNDER_REVIEW, REVIEWED, REDO = "under_review", "reviewed", "redo"
UNDER_REREVIEW, REREVIEWED = "under_rereview", "rereviewed"
NOT_TAKEN_AGAIN = "not_taken_again"

STAGES = {
    REGISTERED: "已登记，待分办",
    FORWARDED: "已转送，待告知",
    ASSIGNED: "已交办，待告知",
    OBJECTED: "异议待核",
    ACCEPTED: "办理中",
    DECLINED: "不予受理",
    DIVERTED: "已导入法定途径",
    REPLIED: "意见已出，待送达",
    SERVED: "已办结",
    CONCLUDED: "已结案",
    WITHDRAWN: "已撤回",
    DISPUTED: "争议待裁定",
    TRANSFERRED: "已转有关机关",
    SETTLED: "已调解（和解）办结",
    UNDER_REVIEW: "复查中",
    REVIEWED: "已复查",
    REDO: "重新办理中",
    UNDER_REREVIEW: "复核中",
    REREVIEWED: "已复核",
    NOT_TAKEN_AGAIN: "不再受理",
}
ENDS = (DECLINED, DIVERTED, CONCLUDED, WITHDRAWN, TRANSFERRED, NOT_TAKEN_AGAIN)
HANDLING = (ACCEPTED, REDO)
"""The unit works on its opinion."""
UNDER_WAY = (REGISTERED, FORWARDED, ASSIGNED, OBJECTED, DISPUTED, ACCEPTED, REDO, REPLIED, UNDER_REVIEW, UNDER_REREVIEW)
"""Some organ has to go on."""
AFTERWARDS = (SERVED, SETTLED, REVIEWED, REREVIEWED, CONCLUDED)
"""The petitioner was answered; rights, promises and ratings go on."""

SHOWN = {
    REGISTERED: "已登记，正在确定由谁办",
    FORWARDED: "已转到{unit}，正在等它书面告知怎么办",
    ASSIGNED: "已交{unit}办理，正在等它书面告知怎么办",
    OBJECTED: "正在核实由哪个单位办",
    DISPUTED: "正在协调由哪个单位办",
    ACCEPTED: "{unit}正在办理",
    DECLINED: "不能受理，原因见告知内容",
    DIVERTED: "应由法律规定的单位依法办理，见告知内容",
    TRANSFERRED: "已转有关机关依法处理",
    REPLIED: "意见已作出，正在送给您",
    SERVED: "已办结，请查看并评价",
    SETTLED: "已达成协议",
    CONCLUDED: "程序已结束",
    WITHDRAWN: "您已撤回，以后仍可再提",
    UNDER_REVIEW: "正在复查",
    REVIEWED: "复查意见已出",
    REDO: "{unit}正在重新办理",
    UNDER_REREVIEW: "正在复核",
    REREVIEWED: "复核意见已出",
    NOT_TAKEN_AGAIN: "不再受理，原因见告知内容",
}
"""What a petitioner reads of a stage."""
