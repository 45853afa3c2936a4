"""The stages of a petition and their labels for staff (`terms.md` section 3). Where a case can stand, nothing else."""

REGISTERED, FORWARDED, ASSIGNED, OBJECTED = "registered", "forwarded", "assigned", "objected"
ACCEPTED, DECLINED, DIVERTED = "accepted", "declined", "diverted"
REPLIED, SERVED, CONCLUDED, WITHDRAWN = "replied", "served", "concluded", "withdrawn"
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
}
