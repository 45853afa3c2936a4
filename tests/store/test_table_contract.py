"""One contract for both tables: what DynamoDB promises us, the table in memory promises too.

Two things moto cannot show: it executes a transaction again although its `ClientRequestToken` was seen before
(DynamoDB answers it once), so that promise is tried in memory only; and it never conflicts or throttles, so
`test_commit.py` injects that into the client.
"""

import pytest

from chalicelib.store.memory import MemoryTable
from chalicelib.store.table import Absent, Cancelled, Check, ConditionFailed, Holds, Item, Older, Put, Table

PK = "CASE#261234567893"


def row(sk: str, pk: str = PK, **attributes: str | int | bytes) -> Item:
    return {"pk": pk, "sk": sk, "kind": "event", **attributes}


def listed(key: str, name: str = "DESK#x", sk: str | None = None) -> Item:
    return {"pk": f"CASE#{key}", "sk": sk or "CASE", "kind": "case", "list_name": name, "list_key": key}


def keys_of(items: list[Item]) -> list[str]:
    return [item["sk"] for item in items]


def test_an_item_is_read_back_as_it_was_written(table: Table) -> None:
    item = row("CASE", version=3, state='{"s":"已登记"}', head=b"\x00\xff", body=b"", list_name="DESK#x", list_key="a")
    table.put(item)
    assert table.get(PK, "CASE") == item


def test_what_does_not_stand_is_none(table: Table) -> None:
    assert table.get(PK, "CASE") is None


def test_what_was_read_can_be_changed_without_changing_the_table(table: Table) -> None:
    table.put(row("CASE", version=1))
    found = table.get(PK, "CASE")
    assert found is not None
    found["version"] = 2
    assert table.get(PK, "CASE") == row("CASE", version=1)


def test_what_was_written_can_be_changed_without_changing_the_table(table: Table) -> None:
    item = row("CASE", version=1)
    table.put(item)
    item["version"] = 2
    assert table.get(PK, "CASE") == row("CASE", version=1)


def test_many_items_come_in_the_order_of_their_keys_without_those_that_do_not_stand(table: Table) -> None:
    for n in (1, 2, 3):
        table.put(row(f"EVENT#{n}"))
    wanted = [(PK, "EVENT#3"), (PK, "EVENT#9"), (PK, "EVENT#1"), (PK, "EVENT#2")]
    assert keys_of(table.get_many(wanted)) == ["EVENT#3", "EVENT#1", "EVENT#2"]
    assert table.get_many([]) == []


def test_an_item_asked_for_twice_comes_twice(table: Table) -> None:
    table.put(row("EVENT#1"))
    assert keys_of(table.get_many([(PK, "EVENT#1"), (PK, "EVENT#1")])) == ["EVENT#1", "EVENT#1"]


def test_a_hundred_items_come_at_once(table: Table) -> None:
    for n in range(100):
        table.put(row(f"EVENT#{n:03d}"))
    assert len(table.get_many([(PK, f"EVENT#{n:03d}") for n in range(100)])) == 100


def test_a_partition_is_read_in_the_order_of_its_keys_and_alone(table: Table) -> None:
    for sk in ("TEXT#1", "CASE", "EVENT#2", "EVENT#1"):
        table.put(row(sk))
    table.put(row("EVENT#1", pk="CASE#another"))
    page = table.query(PK)
    assert keys_of(page.items) == ["CASE", "EVENT#1", "EVENT#2", "TEXT#1"]
    assert page.after is None


def test_a_prefix_is_a_part_of_a_partition(table: Table) -> None:
    for sk in ("EVENT", "EVENT#1", "EVENT#2", "EVENTUAL"):
        table.put(row(sk))
    assert keys_of(table.query(PK, prefix="EVENT#").items) == ["EVENT#1", "EVENT#2"]
    assert table.query(PK, prefix="NOTICE#").items == []


def test_the_newest_come_first_when_asked_so(table: Table) -> None:
    for n in range(5):
        table.put(row(f"EVENT#{n}"))
    assert keys_of(table.query(PK, prefix="EVENT#", limit=2, newest_first=True).items) == ["EVENT#4", "EVENT#3"]


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_of_a_partition_hold_everything_once_and_in_order(table: Table, limit: int, newest_first: bool) -> None:
    for n in range(7):
        table.put(row(f"EVENT#{n}"))
    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = table.query(PK, prefix="EVENT#", limit=limit, after=after, newest_first=newest_first)
        assert len(page.items) <= limit
        seen += keys_of(page.items)
        after, pages = page.after, pages + 1
    assert seen == sorted((f"EVENT#{n}" for n in range(7)), reverse=newest_first)


def test_the_last_page_says_that_it_is_the_last(table: Table) -> None:
    for n in range(3):
        table.put(row(f"EVENT#{n}"))
    first = table.query(PK, limit=2)
    assert first.after is not None
    assert table.query(PK, limit=2, after=first.after).after is None


def test_a_list_holds_pointers_in_the_order_of_their_keys(table: Table) -> None:
    for key in ("2026-03-09", "2026-03-02", "2026-04-01"):
        table.put(listed(key) | {"state": "not for lists", "version": 1})
    table.put(listed("2026-03-03", name="DESK#y"))
    assert table.hits("lists", "DESK#x").items == [
        {"pk": f"CASE#{key}", "sk": "CASE", "kind": "case", "list_name": "DESK#x", "list_key": key}
        for key in ("2026-03-02", "2026-03-09", "2026-04-01")
    ]
    assert table.hits("lists", "DESK#z").items == []


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ("", "2026-03-09", ["2026-03-02", "2026-03-09"]),
        ("2026-03-02", "2026-03-09", ["2026-03-02", "2026-03-09"]),
        ("2026-03-03", "2026-03-08", []),
        ("2026-03-03", "\uffff", ["2026-03-09", "2026-04-01"]),
        ("", "\uffff", ["2026-03-02", "2026-03-09", "2026-04-01"]),
    ],
)
def test_a_range_of_a_list_includes_both_its_ends_and_is_counted_alike(
    table: Table, low: str, high: str, found: list[str]
) -> None:
    for key in ("2026-03-09", "2026-03-02", "2026-04-01"):
        table.put(listed(key))
    assert [hit["list_key"] for hit in table.hits("lists", "DESK#x", low=low, high=high).items] == found
    assert table.count("lists", "DESK#x", low=low, high=high) == len(found)


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("limit", [1, 3, 4])
def test_pages_of_a_list_hold_everything_once_and_in_order(table: Table, limit: int, newest_first: bool) -> None:
    keys = [f"2026-03-{day:02d}" for day in range(1, 8)]
    for key in keys:
        table.put(listed(key))
    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = table.hits("lists", "DESK#x", low=keys[0], limit=limit, after=after, newest_first=newest_first)
        assert len(page.items) <= limit
        seen += [hit["list_key"] for hit in page.items]
        after, pages = page.after, pages + 1
    assert seen == sorted(keys, reverse=newest_first)


def test_pages_of_a_list_hold_everything_once_where_many_share_a_key(table: Table) -> None:
    for n in range(5):
        table.put(listed("2026-03-02", sk=f"DESK#{n}"))
    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = table.hits("lists", "DESK#x", limit=2, after=after)
        seen += keys_of(page.items)
        after, pages = page.after, pages + 1
    assert sorted(seen) == [f"DESK#{n}" for n in range(5)]


def test_what_waits_for_nothing_is_not_in_the_index_of_what_is_due(table: Table) -> None:
    table.put(row("CASE", shard="0", wake_at="2026-03-02T00:00:00Z"))
    table.put(row("CONTACT"))
    assert keys_of(table.hits("due", "0").items) == ["CASE"]


def test_an_item_leaves_an_index_with_the_write_that_takes_its_key_away(table: Table) -> None:
    table.put(row("CASE", shard="0", wake_at="2026-03-02T00:00:00Z", list_name="DESK#x", list_key="a"))
    table.put(row("CASE", list_name="DONE#x", list_key="b"))
    assert table.count("due", "0") == 0
    assert table.count("lists", "DESK#x") == 0
    assert table.count("lists", "DONE#x") == 1


def test_a_put_replaces_the_whole_item(table: Table) -> None:
    table.put(row("CASE", version=1, state="{}"))
    table.put(row("CASE", version=2))
    assert table.get(PK, "CASE") == row("CASE", version=2)


def test_a_first_put_finds_nothing(table: Table) -> None:
    table.put(row("CASE", version=1), Absent())
    with pytest.raises(ConditionFailed) as failed:
        table.put(row("CASE", version=2), Absent())
    assert failed.value.item == row("CASE", version=1)
    assert table.get(PK, "CASE") == row("CASE", version=1)


def test_a_put_on_a_version_finds_that_version(table: Table) -> None:
    with pytest.raises(ConditionFailed) as failed:
        table.put(row("CASE", version=2), Holds("version", 1))
    assert failed.value.item is None
    table.put(row("CASE", version=1))
    table.put(row("CASE", version=2), Holds("version", 1))
    with pytest.raises(ConditionFailed) as failed:
        table.put(row("CASE", version=2), Holds("version", 1))
    assert failed.value.item == row("CASE", version=2)


def test_a_newer_item_is_never_replaced_by_an_older_one(table: Table) -> None:
    table.put(row("STAT", version=3), Older("version", 3))
    with pytest.raises(ConditionFailed):
        table.put(row("STAT", version=3), Older("version", 3))
    with pytest.raises(ConditionFailed):
        table.put(row("STAT", version=2), Older("version", 2))
    table.put(row("STAT", version=10), Older("version", 10))  # numbers, not strings: 10 is after 3
    assert table.get(PK, "STAT") == row("STAT", version=10)


def test_an_item_without_the_attribute_is_older_than_any(table: Table) -> None:
    table.put(row("STAT"))
    table.put(row("STAT", version=1), Older("version", 1))
    assert table.get(PK, "STAT") == row("STAT", version=1)


def test_all_writes_of_a_transaction_happen(table: Table) -> None:
    table.put(row("TREE", pk="ORG#", version=1))
    table.transact(
        [Put(row("CASE", version=1), Absent()), Check("ORG#", "TREE", Holds("version", 1)), Put(row("DESK#x"))], "t1"
    )
    assert keys_of(table.query(PK).items) == ["CASE", "DESK#x"]


def test_a_transaction_happens_wholly_or_not_at_all(table: Table) -> None:
    table.put(row("EVENT#1", body=b"first"))
    with pytest.raises(Cancelled):
        table.transact([Put(row("CASE", version=1), Absent()), Put(row("EVENT#1", body=b"second"), Absent())], "t1")
    assert table.query(PK).items == [row("EVENT#1", body=b"first")]


def test_a_check_alone_can_fail_a_transaction(table: Table) -> None:
    table.put(row("TREE", pk="ORG#", version=2))
    with pytest.raises(Cancelled):
        table.transact([Put(row("CASE", version=1)), Check("ORG#", "TREE", Holds("version", 1))], "t1")
    assert table.get(PK, "CASE") is None


def test_a_cancelled_transaction_names_the_reason_of_every_write_and_what_stood_there(table: Table) -> None:
    table.put(row("CASE", version=2))
    table.put(row("EVENT#1", body=b"first"))
    table.put(row("TREE", pk="ORG#", version=2))
    with pytest.raises(Cancelled) as cancelled:
        table.transact(
            [
                Put(row("CASE", version=2), Holds("version", 1)),
                Check("ORG#", "TREE", Holds("version", 1)),
                Put(row("DESK#x")),
                Put(row("EVENT#1", body=b"second"), Absent()),
            ],
            "t1",
        )
    reasons = cancelled.value.reasons
    assert [reason.code for reason in reasons] == ["condition", "condition", "", "condition"]
    assert reasons[0].item == row("CASE", version=2)
    assert reasons[3].item == row("EVENT#1", body=b"first")
    assert cancelled.value.has("condition")
    assert not cancelled.value.has("conflict")


def test_a_failed_condition_on_what_does_not_stand_has_no_item(table: Table) -> None:
    with pytest.raises(Cancelled) as cancelled:
        table.transact([Put(row("CASE", version=2), Holds("version", 1))], "t1")
    assert cancelled.value.reasons[0].item is None


def test_a_cancelled_transaction_can_be_sent_again_and_succeed(table: Table) -> None:
    writes = [Put(row("CASE", version=2), Holds("version", 1))]
    with pytest.raises(Cancelled):
        table.transact(writes, "t1")
    table.put(row("CASE", version=1))
    table.transact(writes, "t1")
    assert table.get(PK, "CASE") == row("CASE", version=2)


def test_the_same_token_has_one_effect() -> None:
    table = MemoryTable()
    writes = [Put(row("CASE", version=1), Absent())]
    table.transact(writes, "t1")
    table.transact(writes, "t1")
    with pytest.raises(Cancelled):
        table.transact(writes, "t2")


def test_a_walk_comes_by_every_item_once_and_by_those_of_a_partition_together(table: Table) -> None:
    wanted = {(f"CASE#{case}", f"EVENT#{n}") for case in range(4) for n in range(3)}
    for pk, sk in wanted:
        table.put(row(sk, pk=pk))
    seen: list[tuple[str, str]] = []
    after: Item | None = None
    while True:
        page = table.walk(limit=5, after=after)
        assert len(page.items) <= 5
        seen += [(item["pk"], item["sk"]) for item in page.items]
        after = page.after
        if after is None:
            break
    assert (set(seen), len(seen)) == (wanted, len(wanted))
    partitions = [pk for place, (pk, _) in enumerate(seen) if place == 0 or seen[place - 1][0] != pk]
    assert len(partitions) == 4
