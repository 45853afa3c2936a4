"""What it means to be owed a notice: a recipient, a channel, texts in order; or a reason why nobody is."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.domain.case import Case
from chalicelib.domain.events.base import Event

SMS, SITE = "sms", "site"


@dataclass(frozen=True)
class Notice:
    """What one recipient is owed over one channel: `petitioner`, `org:<id>` or `head:<id>`, and the texts in order."""

    recipient: str
    channel: str
    texts: tuple[str, ...]


Rule = Callable[[Case, Event], tuple[Notice, ...]]


@dataclass(frozen=True)
class Silent:
    """This event owes nobody a notice, for a reason."""

    why: str
