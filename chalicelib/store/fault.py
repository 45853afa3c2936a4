"""One thing that is wrong with the rows of a case, and the writes that mend it, where that is safe."""

from dataclasses import field

from chalicelib.domain.case import Case
from chalicelib.domain.values import value
from chalicelib.store import keys
from chalicelib.store.table import Absent, Check, Holds, Item, Put, Write

KINDS = {
    "case_missing": "有记录而没有案卷",
    "unreadable": "案卷或者记录无法读取",
    "key_broken": "案卷的密钥打不开",
    "chain_broken": "过程记录被改动、缺失或者插入",
    "rewritten": "过程记录与已公布的每日存证不符",
    "leaf_gone": "已列入每日存证的事项找不到了",
    "text_missing": "原文缺失",
    "text_broken": "原文与过程记录不符",
    "contact_missing": "信访人信息缺失",
    "accused_missing": "检举控告的被检举人信息缺失",
    "list_wrong": "待办清单与案卷不符",
    "wake_wrong": "下一个到期时间与案卷不符",
    "parked": "到期事项多次处理失败，暂缓处理",
    "calendar_moved": "放假安排变了，下一个提醒的时间随之改变",
    "no_next_date": "事项还没有办完，却没有任何期限在计时",
    "desk_wrong": "协办单位清单与案卷不符",
    "ledger_wrong": "上级交办台账与案卷不符",
    "person_link_missing": "按人查询的索引缺失",
    "link_baseless": "没有依据的查询索引",
    "notice_missing": "应当告知而没有告知记录",
    "notice_not_owed": "没有依据的告知记录",
    "notice_not_due": "未完成的告知没有下次处理时间",
    "notice_overdue": "告知超过时限仍未完成",
    "claim_open": "发送中断后没有核实",
    "stat_behind": "统计落后于案卷",
    "stat_wrong": "统计与案卷不符",
    "stat_nowhere": "统计指向不存在的案卷",
    "submission_missing": "防重复提交的记录缺失",
    "submission_nowhere": "提交记录指向不存在的案卷",
}
"""Code -> what the administrator reads. A fault with a repair is mended at once, the others wait for a person."""
BY_ROOTS = ("rewritten", "leaf_gone")
"""What the nightly root alone can see: the reconciler neither finds it nor takes it for gone. It stays listed.

Of a case that is gone nothing is known but its blinded name, not even whether it was a report.
"""
LEAF = "LEAF#"
"""Before the blinded name, in place of the partition of a case."""
EXPECTED = ("calendar_moved",)
"""What a change that was meant leaves behind: set right, and told to nobody."""


@value
class Fault:
    """What is wrong with which row. `repair` is empty where only a person can tell what is right."""

    kind: str
    pk: str
    sk: str
    repair: tuple[Write, ...] = field(default=(), compare=False)

    @property
    def place(self) -> tuple[str, str, str]:
        """Equal for the same thing found again."""
        return self.kind, self.pk, self.sk


def mend(case: Case, row: Item, *, is_new: bool = False) -> tuple[Write, ...]:
    """Write a row beside the case, if the case still stands as it was looked at."""
    stands = Check(keys.case(case.id), keys.CASE, Holds("version", case.version))
    return (stands, Put(row, Absent() if is_new else None))
