"""Whoever carries the SMS: it throttles, goes down for hours, loses its answer, and may or may not be asked afterwards.

It keeps what it really sent and what it really answered, which only the checks may look at.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from chalicelib.notices.senders import Fate, NotSent, Sent, Unknown
from infra.torture.faults import Faults, Killed


class Provider:
    """`senders.Sender`, with a memory."""

    def __init__(self, faults: Faults, is_down: Callable[[], bool], now: Callable[[], datetime], *, can_be_asked: bool):
        self.faults, self.is_down, self.now, self.can_be_asked = faults, is_down, now, can_be_asked
        self.sent: Counter[str] = Counter()
        """How often a text really went out, by our number of its first try."""
        self.out_ids: set[str] = set()
        self.words: list[tuple[str, str]] = []
        self.refused: dict[str, list[str]] = {}
        self.for_good: set[str] = set()
        self.unheard: set[str] = set()
        self.died: set[str] = set()
        self.could_not_say: set[str] = set()
        self.denied: set[str] = set()
        """What a try (by our number) met: refusals and their reasons, for good or not; no answer; a caller who died;
        a question that was not answered; one that was answered with no."""

    def send(self, phone: str, text: str, out_id: str) -> Sent:
        try:
            return self._send(phone, text, out_id)
        except NotSent as said:
            self.refused.setdefault(out_id, []).append(said.reason)
            if not said.retry:
                self.for_good.add(out_id)
            raise
        except Unknown:
            self.unheard.add(out_id)
            raise
        except Killed:
            self.died.add(out_id)
            raise

    def _send(self, phone: str, text: str, out_id: str) -> Sent:
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
        if not self.can_be_asked or self.is_down() or self.faults.hits("provider_cannot_say", 0.05):
            self.could_not_say.add(out_id)
            return None
        if out_id in self.out_ids:
            return "sent"
        self.denied.add(out_id)
        return "not_sent"


def whose(out_id: str) -> str:
    """Case, event, text and recipient of a number of ours, without the try: `2501…-3-S06-2-org-…`."""
    case_id, seq, text, _, *rest = out_id.split("-", 4)
    return "-".join((case_id, seq, text, *rest))
