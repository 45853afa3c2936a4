"""Whoever carries the SMS: it throttles, goes down for hours, loses its answer, and may or may not be asked afterwards.

It keeps what it really sent, which only the checks may look at.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from chalicelib.notices.senders import Fate, NotSent, Sent, Unknown
from infra.torture.faults import Faults


class Provider:
    """`senders.Sender`, with a memory."""

    def __init__(self, faults: Faults, is_down: Callable[[], bool], now: Callable[[], datetime], *, can_be_asked: bool):
        self.faults, self.is_down, self.now, self.can_be_asked = faults, is_down, now, can_be_asked
        self.sent: Counter[str] = Counter()
        """How often a text really went out, by our number of its first try."""
        self.out_ids: set[str] = set()
        self.words: list[tuple[str, str]] = []

    def send(self, phone: str, text: str, out_id: str) -> Sent:
        self.faults.die()
        if self.is_down():
            self.faults.note("provider_down")
            raise NotSent("停机", retry=True)
        if self.faults.hits("provider_throttled", 0.015):
            raise NotSent("限流", retry=True)
        if self.faults.hits("provider_refuses", 0.004):
            raise NotSent("号码无效", retry=False)
        if self.faults.hits("provider_lost_not_sent", 0.015):
            raise Unknown("timeout")
        self.sent[whose(out_id)] += 1
        self.out_ids.add(out_id)
        self.words.append((phone, text))
        if self.faults.hits("provider_lost_sent", 0.02):
            raise Unknown("timeout")
        self.faults.die()
        return Sent(f"sms-{len(self.words)}")

    def ask(self, out_id: str) -> Fate | None:
        self.faults.die()
        if not self.can_be_asked:
            return None
        if self.is_down() or self.faults.hits("provider_cannot_say", 0.05):
            return None
        return "sent" if out_id in self.out_ids else "not_sent"


def whose(out_id: str) -> str:
    """Case, event, text and recipient of a number of ours, without the try: `2501…-3-S06-2-org-…`."""
    case_id, seq, text, _, *rest = out_id.split("-", 4)
    return "-".join((case_id, seq, text, *rest))
