"""A report of misconduct at rest: who writes it cannot read it, and nothing in the open tells what it is about."""

import json
import zlib
from dataclasses import replace

import pytest

from chalicelib.domain import report
from chalicelib.domain.case import Actor, Case
from chalicelib.domain.errors import NotFound, TargetRefused
from chalicelib.domain.intake import Contact
from chalicelib.domain.offices import OfficeTree
from chalicelib.store import chain, items, keys, lists
from chalicelib.store import statistics as stat_rows
from chalicelib.store.cases import Cases, Command, StaleCase
from chalicelib.store.reports import Reports
from chalicelib.store.sealing import PUBLIC_HALF, REPORT, Keys, SealBroken, new_pair
from chalicelib.store.table import Denied, Item, Table
from chalicelib.triggers import relay
from tests.domain.county import CITIZEN, MARCH, NUMBER, noon
from tests.domain.test_report import BUREAU_STAFF, SEALED, TREE
from tests.store.conftest import open_keys, small_county
from tests.store.test_at_rest import filled

ANOTHER_NUMBER = "269876543219"
PRIVATE, PUBLIC = new_pair()
TITLE, TEXT, WHO, NOTE = "截留征地补偿款", "每户少发两千元，说是管理费。", "镇长马文举", "涉及乡镇主要负责人"
CONTACT = Contact("何秀芝", "19900007777", "上溪村三组")
SAID = report.Report(TITLE, TEXT, ("housing",), (WHO,))


def keys_of(*, may_open: bool) -> Keys:
    """The keys of the ordinary function, or of the sealed one."""

    def unwrap(kind: str) -> bytes:
        if kind == REPORT and not may_open:
            raise Denied("KMS Decrypt: AccessDeniedException")
        return {REPORT: PRIVATE, PUBLIC_HALF: PUBLIC}.get(kind) or kind.encode().ljust(32, b".")

    return Keys(unwrap, lambda: 0.0)


@pytest.fixture
def writer(table: Table) -> Reports:
    """The ordinary function's hands: one report is filed by them."""
    small_county(table)
    return filed(Reports(table, keys_of(may_open=False)))


@pytest.fixture
def reader(writer: Reports) -> Reports:
    """The sealed function's hands over the same table."""
    return Reports(writer.table, keys_of(may_open=True))


def filed(reports: Reports, number: str = NUMBER, said: report.Report = SAID) -> Reports:
    change = report.register_report(
        number, said, TREE.offices["bureau"], named=True, by=CITIZEN, at=noon(MARCH[2]), rules=SEALED
    )
    command = reports.command("anybody", f"key-{number}", [said.title, said.text])
    assert reports.file(change, CONTACT, command, at=noon(MARCH[2]), tree=TREE, rules=SEALED) == number
    return reports


def take(reports: Reports, step, tree: OfficeTree = TREE) -> Case:  # type: ignore[no-untyped-def]
    held = reports.load(NUMBER)
    command = reports.command("staff", f"key-{held.case.version}", [NOTE])
    return reports.commit(held, step(held.case), command, at=noon(MARCH[4]), tree=tree, rules=SEALED)


def transferred(case: Case, to: str = "discipline", by: Actor = BUREAU_STAFF):  # type: ignore[no-untyped-def]
    return report.transfer_report(case, to, "county", NOTE, tree=TREE, by=by, on=MARCH[4], rules=SEALED)


def accused(case: Case, *offices: str):  # type: ignore[no-untyped-def]
    return report.name_accused(case, offices, (), (), NOTE, tree=TREE, by=BUREAU_STAFF, on=MARCH[4], rules=SEALED)


def everything(reports: Reports) -> list[Item]:
    command = reports.command("anybody", f"key-{NUMBER}", [TITLE, TEXT])
    submission = reports.table.get(keys.submission(command.key.hex()), keys.SUBMISSION)
    assert submission is not None
    return [*reports.table.query(keys.case(NUMBER)).items, submission]


def raw(item: Item) -> bytes:
    values = [value if isinstance(value, bytes) else str(value).encode() for value in item.values()]
    return b"\n".join([*values, *(zlib.decompress(item[name]) for name in ("body", "snapshot") if name in item)])


def test_who_writes_a_report_cannot_read_it_back(writer: Reports) -> None:
    for opening in (writer.load, writer.read):
        with pytest.raises(Denied):
            opening(NUMBER)


def test_whoever_holds_the_private_half_reads_every_word(reader: Reports) -> None:
    file = reader.read(NUMBER)
    assert file.contact == CONTACT
    assert (file.texts[1]["title"], file.texts[1]["text"]) == (TITLE, TEXT)
    assert file.case.accused == ("housing", f"name:{WHO}")


def test_neither_words_nor_reporter_nor_accused_can_be_read_anywhere_in_the_table(reader: Reports) -> None:
    take(reader, lambda case: accused(case, "water"))
    take(reader, transferred)
    secrets = [TITLE, TEXT, WHO, NOTE, CONTACT.name, CONTACT.phone, CONTACT.address, "housing", "water", "何秀"]
    for item in everything(reader):
        escaped = [json.dumps(secret).strip('"').encode() for secret in secrets]
        found = [each for each in [*(secret.encode() for secret in secrets), *escaped] if each in raw(item)]
        assert found == [], f"{item['sk']} holds {found}"


def test_no_list_but_the_sealed_one_leads_to_a_report_and_the_sweep_never_wakes_for_it(writer: Reports) -> None:
    for item in everything(writer):
        assert item.get("list_name", "SEALED#bureau") == "SEALED#bureau"
        assert "wake_at" not in item
        assert "shard" not in item
    assert not [item for item in everything(writer) if item["kind"] in (items.NOTICE, items.DESK, items.LINK)]
    assert lists.counts(writer, "bureau", MARCH[3])["total"] == 0


def test_the_sealed_list_goes_with_the_report(reader: Reports) -> None:
    take(reader, transferred)
    for org, numbers in (("bureau", []), ("discipline", [NUMBER])):
        listed = lists.pointed_at(reader, keys.sealed(org), limit=10, cursor="")
        assert [row.case.id for row in listed.rows] == numbers


def test_no_digest_in_the_open_confirms_a_guess(reader: Reports) -> None:
    guess = {"title": TITLE, "text": TEXT, "offices": ["housing"], "people": [WHO]}
    event = reader.read(NUMBER).events[0]
    assert event.text_digest not in {chain.sealing.digest(chain.text_bytes(guess)), ""}
    assert event.text_digest == chain.sealing.digest(chain.text_bytes(reader.read(NUMBER).texts[1]))
    assert event.fingerprint != Command.of("anybody", f"key-{NUMBER}", [TITLE, TEXT]).fingerprint


def test_the_ordinary_interface_has_no_such_case(writer: Reports) -> None:
    ordinary = Cases(writer.table, keys_of(may_open=True))
    for opening in (ordinary.load, ordinary.read, ordinary.history):
        with pytest.raises(NotFound):
            opening(NUMBER)
    found = writer.stage_of(NUMBER)
    assert found is not None
    assert found.accused == ()
    assert writer.stage_of(ANOTHER_NUMBER) is None


def test_the_sealed_interface_has_no_petition(table: Table) -> None:
    filled(table)
    for opening in (Reports(table, open_keys()).load, Reports(table, open_keys()).read):
        with pytest.raises(NotFound):
            opening(NUMBER)


def test_a_data_key_opens_with_the_right_half_at_its_own_number_and_unchanged_only() -> None:
    wrapped = keys_of(may_open=False).new_report_key(NUMBER).wrapped
    opener = keys_of(may_open=True)
    assert len(opener.report_key(wrapped, NUMBER).open) == 32
    with pytest.raises(SealBroken):
        opener.report_key(wrapped, ANOTHER_NUMBER)
    for at in range(len(wrapped)):
        with pytest.raises(SealBroken):
            opener.report_key(wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :], NUMBER)
    for length in range(len(wrapped)):
        with pytest.raises(SealBroken):
            opener.report_key(wrapped[:length], NUMBER)
    stranger, _ = new_pair()
    with pytest.raises(SealBroken):
        Keys(lambda kind: stranger, lambda: 0.0).report_key(wrapped, NUMBER)
    with pytest.raises(SealBroken):
        opener.data_key(wrapped, NUMBER)


def test_a_point_of_low_order_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        keys_of(may_open=True).report_key(b"\x02" + bytes(32) + b"\x01" + bytes(60), NUMBER)


def test_no_commit_leaves_a_report_with_somebody_it_accuses(reader: Reports, writer: Reports) -> None:
    with pytest.raises(TargetRefused):
        take(reader, lambda case: _forced(case, "property"))
    said = report.Report(TITLE, TEXT, ("bureau",))
    with pytest.raises(TargetRefused):
        filed(writer, ANOTHER_NUMBER, said)


def _forced(case: Case, to: str):  # type: ignore[no-untyped-def]
    change = transferred(case)
    return replace(change, case=replace(change.case, desks=()).with_desk(to, "lead"), granted=())


def test_of_a_transfer_and_an_accusation_on_the_same_state_one_wins(reader: Reports) -> None:
    stale = reader.load(NUMBER)
    take(reader, lambda case: accused(case, "water"))
    with pytest.raises(StaleCase):
        reader.commit(
            stale, transferred(stale.case, "water"), reader.command("staff", "late", []), at=noon(MARCH[4]),
            tree=TREE, rules=SEALED,
        )  # fmt: skip
    with pytest.raises(TargetRefused):
        take(reader, lambda case: transferred(case, "water"))


def test_a_case_that_is_older_than_its_accused_is_never_read_with_older_ones(reader: Reports) -> None:
    """ACCUSED is read after CASE: a reader between two commits sees the newer accusation on the older case."""
    older = reader.table.get(keys.case(NUMBER), keys.CASE)
    assert older is not None
    take(reader, lambda case: accused(case, "county"))
    between = reader.open(older).case
    assert (between.desks[0].org, between.accused[-1]) == ("bureau", "county")


def test_who_opens_a_report_is_written_down_once_with_the_version_he_saw(reader: Reports) -> None:
    file = reader.read(NUMBER)
    reader.note_reading(file, "bureau1", "bureau", noon(MARCH[3]))
    reader.note_reading(file, "bureau1", "bureau", noon(MARCH[4]))
    take(reader, lambda case: accused(case, "water"))
    reader.note_reading(reader.read(NUMBER), "bureau2", "bureau", noon(MARCH[5]))
    found = [(each.user, each.version, each.at[:10]) for each in reader.readings(NUMBER)]
    assert found == [("bureau1", 1, "2026-03-03"), ("bureau2", 2, "2026-03-05")]


def test_who_opens_a_report_that_moved_meanwhile_is_shown_nothing(reader: Reports) -> None:
    file = reader.read(NUMBER)
    take(reader, transferred)
    with pytest.raises(StaleCase):
        reader.note_reading(file, "bureau1", "bureau", noon(MARCH[3]))
    assert reader.readings(NUMBER) == ()


def test_the_chain_of_a_report_holds(reader: Reports) -> None:
    take(reader, lambda case: accused(case, "water"))
    take(reader, transferred)
    events = reader.table.query(keys.case(NUMBER), prefix=keys.EVENTS).items
    head = reader.table.get(keys.case(NUMBER), keys.CASE)
    assert head is not None
    chain.verify(events, head["head"])


def test_the_same_report_filed_twice_is_one(writer: Reports) -> None:
    change = report.register_report(
        ANOTHER_NUMBER, SAID, TREE.offices["bureau"], named=True, by=CITIZEN, at=noon(MARCH[2]), rules=SEALED
    )
    command = writer.command("anybody", f"key-{NUMBER}", [TITLE, TEXT])
    assert writer.file(change, CONTACT, command, at=noon(MARCH[2]), tree=TREE, rules=SEALED) == NUMBER


def test_nothing_of_a_report_leaves_on_the_topic_and_nothing_is_counted(writer: Reports) -> None:
    sent: list[relay.CloudEvent] = []
    event = writer.table.get(keys.case(NUMBER), keys.event(1))
    assert event is not None
    image = {"Keys": {"pk": {"S": event["pk"]}, "sk": {"S": event["sk"]}}, "NewImage": {"body": {"B": event["body"]}}}
    assert relay.publish_all([{"eventName": "INSERT", "dynamodb": image}], sent.append) == {"batchItemFailures": []}
    assert sent == []
    assert stat_rows.month(writer.table, "2026-03", today=MARCH[3]).total == 0
