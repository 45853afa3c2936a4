"""Photos and papers: each an item of its own, beside the partition of its case, so that reading a case stays cheap.

The invariant: a file is written in the transaction of the event that names it, sealed with the key of its case.
"""

from chalicelib.store import items, keys
from chalicelib.store.sealing import DataKey, place
from chalicelib.store.table import Absent, Item, Put, Table


def written(case_id: str, number: int, content: bytes, key: DataKey) -> Put:
    """The file as it is committed beside its event."""
    item: Item = {"pk": keys.files(case_id), "sk": keys.file(number), "kind": items.FILE}
    return Put(item | {"sealed": key.seal_bytes(content, place(item))}, Absent())


def read(table: Table, case_id: str, number: int, key: DataKey) -> bytes | None:
    """What was attached under this number, if anything was. Raises SealBroken."""
    item = table.get(keys.files(case_id), keys.file(number))
    return None if item is None else key.unseal(item["sealed"], place(item))
