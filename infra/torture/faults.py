"""What goes wrong, how often, and how often it did. One seeded source of chance per world: a seed replays.

A fault of the table is one call that met trouble on the wire, however many tries of the SDK it took; a fault of an
outage is one call that met it.
"""

import random
from collections import Counter
from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "lost_answer": "表：写入成功，回答丢失",
    "error_500_applied": "表：返回500，写入已生效",
    "error_500_not_applied": "表：返回500，写入未生效",
    "no_connection": "表：请求没有送达",
    "throttled": "表：限流",
    "conflict": "表：事务冲突",
    "in_progress": "表：同一事务仍在进行",
    "stale_index": "表：索引滞后，看不到新条目、仍见旧条目",
    "slow": "调用变慢，函数超时被终止",
    "killed": "进程在两次调用之间被杀",
    "clock_skew": "时钟快慢5分钟以内",
    "clock_jump": "时钟在处理途中跳动",
    "sweep_overlapping": "两次扫描交错进行",
    "sweep_double": "扫描连续触发两次",
    "sweep_skipped": "扫描停摆数小时至数天",
    "sweep_cut_short": "扫描时间用尽，提前停下",
    "stream_outage": "流停摆，超过一天的记录丢失",
    "stream_duplicate": "流：整批重新投递",
    "topic_error": "主题：客户端错误、服务不可用",
    "topic_discards": "主题到队列：投递失败，消息进死信",
    "queue_duplicate": "队列：同一消息投递两次",
    "queue_reorder": "队列：次序打乱",
    "queue_delay": "队列：延迟数分钟至数小时",
    "queue_visibility": "队列：处理途中可见期届满，另一进程同时处理",
    "poison_record": "流中有坏记录",
    "poison_message": "队列中有坏消息",
    "poison_row": "表中有读不出的条目到期",
    "provider_lost_sent": "短信：已发出，回答丢失",
    "provider_lost_not_sent": "短信：没有发出，回答丢失",
    "provider_throttled": "短信：限流",
    "provider_down": "短信：停摆数小时",
    "provider_refuses": "短信：号码被拒",
    "provider_cannot_say": "短信：查询时答不上来",
    "key_throttled": "密钥服务：限流",
    "key_denied": "密钥服务：拒绝",
    "client_repeats": "客户端：没收到回答，用同一个键重发",
    "client_double_click": "客户端：同一个键点两次",
    "client_stale": "客户端：两名工作人员拿着同一旧版本",
}
"""Every kind of fault, as the table at the end calls it."""

WRITE = (
    ("lost_answer", 9), ("error_500_applied", 7), ("error_500_not_applied", 7), ("no_connection", 7),
    ("throttled", 9), ("conflict", 9), ("in_progress", 5), ("killed", 10), ("slow", 3),
)  # fmt: skip
READ = (("no_connection", 4), ("error_500_not_applied", 4), ("throttled", 4), ("killed", 6), ("slow", 2))
"""What a call of the table meets, and with what weight."""


class Killed(BaseException):
    """The process died here. Nothing in the product may catch it."""


class Faults:
    """Chance, its rates, and what was injected."""

    def __init__(self, seed: str, rate: float = 1.0) -> None:
        self.chance = random.Random(seed)
        self.rate = rate
        self.injected: Counter[str] = Counter()
        self._read, self._write = _wheel(READ), _wheel(WRITE)

    def hits(self, kind: str, probability: float) -> bool:
        """Does this fault happen now? If so it is counted."""
        if self.chance.random() >= probability * self.rate:
            return False
        self.injected[kind] += 1
        return True

    def of_table(self, *, writes: bool) -> str:
        """The fault that a call of the table meets; empty for none. The caller counts it once it is injected."""
        if self.chance.random() >= (P_WRITE if writes else P_READ) * self.rate:
            return ""
        return self.chance.choice(self._write if writes else self._read)

    def note(self, kind: str) -> None:
        """Count one that was injected."""
        self.injected[kind] += 1

    def die(self, probability: float = 0.004) -> None:
        """Between any two calls the process may be killed."""
        if self.hits("killed", probability):
            raise Killed


P_READ, P_WRITE = 0.076, 0.23


def _wheel(weighted: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    return tuple(kind for kind, weight in weighted for _ in range(weight))
