"""Who is owed which notice by an event, as it stands in the open beside the event itself: `EVENT.owes`.

The table of `domain/owed` asks the case as it stood at that moment, which nobody keeps; and a later release may owe
otherwise. So the event says it, in its own transaction, and whoever looks for a lost NOTICE row needs to guess nothing.
"""

from collections.abc import Sequence

from chalicelib.domain.owed import Notice
from chalicelib.store.table import Item


def told(notices: Sequence[Notice]) -> Item:
    """The attribute of an EVENT item; none for an event that owes nobody."""
    if not notices:
        return {}
    return {"owes": ";".join(f"{each.recipient}|{each.channel}|{','.join(each.texts)}" for each in notices)}


def read(event: Item) -> tuple[Notice, ...]:
    """What an EVENT item owes. Raises ValueError."""
    found = []
    for each in filter(None, event.get("owes", "").split(";")):
        recipient, channel, texts = each.split("|")
        found.append(Notice(recipient, channel, tuple(texts.split(","))))
    return tuple(found)
