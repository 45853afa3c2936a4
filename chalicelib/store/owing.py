"""Who is owed which notice by an event, as it stands in the open beside the event itself: `EVENT.owes`.

The table of `domain/owed` asks the case as it stood at that moment, which nobody keeps; and a later release may owe
otherwise. So the event says it, in its own transaction, and whoever looks for a lost NOTICE row needs to guess nothing.
"""

from collections.abc import Sequence

from chalicelib.domain.owed import Notice
from chalicelib.store.table import Item

NOBODY = "-"
"""An event that owes nobody says so: one that says nothing was written before events did, and is not asked."""


def told(notices: Sequence[Notice]) -> Item:
    """The attribute of an EVENT item."""
    owed = (f"{each.recipient}|{each.channel}|{','.join(each.texts)}" for each in notices)
    return {"owes": ";".join(owed) or NOBODY}


def is_told(event: Item) -> bool:
    """Does this EVENT item say whom it owes?"""
    return "owes" in event


def read(event: Item) -> tuple[Notice, ...]:
    """What an EVENT item owes. Raises ValueError."""
    found = []
    for each in event.get("owes", NOBODY).split(";"):
        if each == NOBODY:
            continue
        recipient, channel, texts = each.split("|")
        found.append(Notice(recipient, channel, tuple(texts.split(","))))
    return tuple(found)
