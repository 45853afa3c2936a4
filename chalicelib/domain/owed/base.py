"""What it means to be owed a notice: a recipient, a channel, texts in order; or a reason why nobody is."""

from collections.abc import Callable

from chalicelib.domain.case import Case
from chalicelib.domain.events.base import Event
from chalicelib.domain.values import value

SMS, SITE = "sms", "site"


@value
class Notice:
    """What one recipient is owed over one channel: the recipient, and the texts in order.

    `petitioner` (and who stands beside him: `recipients.py`); `org:<id>` and `head:<id>`, an office and its head;
    `leader:<id>` and `supervisor:<id>`, those of the government whose area an office belongs to: who that is, the
    office tree says when it is sent.
    """

    recipient: str
    channel: str
    texts: tuple[str, ...]


Rule = Callable[[Case, Event], tuple[Notice, ...]]


@value
class Silent:
    """This event owes nobody a notice, for a reason."""

    why: str
