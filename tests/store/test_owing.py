"""An event says in the open who is owed what by it, and no more than that."""

from chalicelib.domain.owed import SITE, SMS, Notice
from chalicelib.store import items, keys, owing, proofs
from chalicelib.store.cases import Cases
from tests.domain.county import NUMBER
from tests.store.test_commit import file


def test_what_is_owed_is_read_back_as_it_was_told() -> None:
    notices = (Notice("petitioner", SMS, ("S01", "S02")), Notice("head:town-qingxi", SITE, ("M03",)))
    assert owing.read({"pk": "p", "sk": "EVENT#000001", **owing.told(notices)}) == notices


def test_an_event_that_owes_nobody_says_so_and_one_of_before_says_nothing() -> None:
    nobody = {"pk": "p", "sk": "EVENT#000001", **owing.told(())}
    assert (owing.read(nobody), owing.is_told(nobody)) == ((), True)
    before = {"pk": "p", "sk": "EVENT#000001"}
    assert (owing.read(before), owing.is_told(before)) == ((), False)


def test_a_commit_writes_a_row_for_each_notice_that_its_event_owes(cases: Cases) -> None:
    file(cases)
    rows = cases.table.query(keys.case(NUMBER)).items
    owed = {
        (int(row["sk"].removeprefix(keys.EVENTS)), each.recipient, each.channel, each.texts)
        for row in rows
        if row["kind"] == items.EVENT
        for each in owing.read(row)
    }
    told = {(p.seq, p.recipient, p.channel, p.texts) for p in proofs.of_case(cases.table, NUMBER)}
    assert owed == told != set()
