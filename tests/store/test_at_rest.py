"""What stands in the table can neither be read, nor moved, nor changed unseen."""

import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import gates, opinion, receiving
from chalicelib.domain.case import Case, Change
from chalicelib.store import chain, items, keys
from chalicelib.store.cases import Cases, Command
from chalicelib.store.chain import ChainBroken
from chalicelib.store.memory import MemoryTable
from chalicelib.store.sealing import DataKey, Keys, SealBroken
from chalicelib.store.table import Item, Table
from tests.domain import county
from tests.domain.county import (
    BUREAU_CLERK,
    CITIZEN,
    HOUSING_CLERK,
    HOUSING_HEAD,
    HOUSING_READER,
    MARCH,
    NUMBER,
    RULES,
    TREE,
    noon,
)
from tests.domain.county import CROWD as CONTACT
from tests.store.conftest import open_keys, small_county

ANOTHER_NUMBER = "269876543219"
SAID = {
    "title": "地下车位月租过高",
    "text": "本人住在三单元，多次与物业交涉未果。",
    "claims": ("退还去年多收部分", "公布收费文件"),
    "place": "幸福家园三单元",
    "helper": "王小明",
}
NOTE, REASON = "请优先处理", "应由水利部门负责"
FACTS, ANSWER, BASIS = "经现场核实属实", "已责令退款", "物业管理条例第五十二条"


@pytest.fixture
def cases() -> Cases:
    """One case over a table in memory."""
    return filled(MemoryTable())


def filled(table: Table) -> Cases:
    """A case in which everything was said that can be said until its reply."""
    cases = small_county(table)
    on = {"on": MARCH[4], "rules": RULES}
    change = receiving.register(
        NUMBER, county.filing(**SAID), CONTACT, TREE.offices["bureau"], by=CITIZEN, at=noon(MARCH[2]), rules=RULES
    )
    cases.file(change, CONTACT, command(0), at=noon(MARCH[2]), tree=TREE, rules=RULES)
    take(cases, lambda case: receiving.forward(case, "housing", NOTE, tree=TREE, by=BUREAU_CLERK, **on))
    take(cases, lambda case: receiving.object_to(case, REASON, "water", tree=TREE, by=HOUSING_CLERK, **on))
    take(cases, lambda case: receiving.reject_objection(case, REASON, by=BUREAU_CLERK, **on))
    take(cases, lambda case: receiving.accept(case, "petition_procedure", "housing-clerk", by=HOUSING_CLERK, **on))
    said = replace(county.opinion(), facts=FACTS)
    answers = tuple(replace(answer, answer=ANSWER, basis=BASIS) for answer in said.answers)
    said = replace(said, answers=answers)
    take(cases, lambda case: opinion.hear_petitioner(case, "call", MARCH[4], NOTE, by=HOUSING_CLERK, **on))
    take(cases, lambda case: opinion.investigate(case, "visit", MARCH[4], NOTE, REASON, by=HOUSING_CLERK, **on))
    take(cases, lambda case: opinion.draft_reply(case, said, by=HOUSING_CLERK, **on))
    take(cases, lambda case: opinion.second_read(case, NOTE, REASON, by=HOUSING_READER, **on))
    take(cases, lambda case: opinion.sign(case, said.text(), tuple(gates.CHECKS), NOTE, by=HOUSING_HEAD, **on))
    return cases


def command(number: int) -> Command:
    return Command.of("staff", f"key-{number}", {"note": NOTE})


def take(cases: Cases, step: Callable[[Case], Change]) -> Case:
    held = cases.load(NUMBER)
    return cases.commit(held, step(held.case), command(held.case.version), at=noon(MARCH[4]), tree=TREE, rules=RULES)


def stored(cases: Cases, sk: str, number: str = NUMBER) -> Item:
    item = cases.table.get(keys.case(number), sk)
    assert item is not None
    return item


def everything(cases: Cases) -> list[Item]:
    number = next(iter(cases.table.query(keys.case(NUMBER)).items))["pk"]
    submission = cases.table.get(keys.submission(command(0).key.hex()), keys.SUBMISSION)
    assert submission is not None
    return [*cases.table.query(number).items, submission]


def raw(item: Item) -> bytes:
    """All that stands in an item; what is deflated is inflated, for it is no secret."""
    values = [value if isinstance(value, bytes) else str(value).encode() for value in item.values()]
    return b"\n".join([*values, *(zlib.decompress(item[name]) for name in ("body", "snapshot") if name in item)])


def test_no_word_and_no_person_can_be_read_anywhere_in_the_table(table: Table) -> None:
    cases = filled(table)
    secrets = county.personal(CONTACT)
    secrets += [said for value in SAID.values() for said in (value if isinstance(value, tuple) else (value,))]
    secrets += [NOTE, REASON, FACTS, ANSWER, BASIS]
    for item in everything(cases):
        plain = raw(item)
        escaped = [json.dumps(secret).strip('"').encode() for secret in secrets]
        found = [secret for secret in [*(each.encode() for each in secrets), *escaped] if secret in plain]
        assert found == [], f"{item['sk']} holds {found}"


def test_whoever_holds_the_key_reads_every_word(cases: Cases) -> None:
    found = cases.read(NUMBER)
    assert found.contact == CONTACT
    assert found.texts[1]["place"] == SAID["place"]
    assert found.texts[2] == {"note": NOTE}
    assert found.texts[8]["facts"] == found.texts[10]["facts"] == FACTS


def test_an_event_proves_its_text_without_holding_it(cases: Cases) -> None:
    found = cases.read(NUMBER)
    for event in found.events:
        text = chain.text_bytes(found.texts.get(event.seq, {}))
        assert event.text_digest == (chain.sealing.digest(text) if text else "")


def test_equal_words_look_different_each_time_they_are_sealed() -> None:
    key = DataKey(b"k" * 32, b"")
    assert key.seal("停车".encode(), "here") != key.seal("停车".encode(), "here")


@pytest.mark.parametrize("length", [0, 1, 119, 120, 121, 5000])
def test_what_was_sealed_opens_at_its_place_and_long_texts_take_less_room(length: int) -> None:
    key, text = DataKey(b"k" * 32, b""), b"x" * length
    envelope = key.seal(text, "here")
    assert key.unseal(envelope, "here") == text
    assert length < 1000 or len(envelope) < length / 10


@pytest.mark.parametrize("place", ["there", "her", "here "])
def test_what_was_sealed_opens_nowhere_else(place: str) -> None:
    key = DataKey(b"k" * 32, b"")
    with pytest.raises(SealBroken):
        key.unseal(key.seal(b"text", "here"), place)


def test_a_changed_envelope_does_not_open() -> None:
    key = DataKey(b"k" * 32, b"")
    envelope = key.seal("停车".encode(), "here")
    for at in range(len(envelope)):
        with pytest.raises(SealBroken):
            key.unseal(changed(envelope, at), "here")


def test_an_envelope_that_was_cut_off_does_not_open() -> None:
    key = DataKey(b"k" * 32, b"")
    envelope = key.seal("停车".encode(), "here")
    for length in range(len(envelope)):
        with pytest.raises(SealBroken):
            key.unseal(envelope[:length], "here")


def test_a_text_moved_to_another_event_does_not_open(cases: Cases) -> None:
    cases.table.put(stored(cases, keys.text(2)) | {"sealed": stored(cases, keys.text(1))["sealed"]})
    with pytest.raises(SealBroken):
        cases.read(NUMBER)


@pytest.mark.parametrize("sk", [keys.CONTACT, keys.text(1)])
def test_what_was_moved_to_another_case_does_not_open_even_with_its_key(cases: Cases, sk: str) -> None:
    for moved in (keys.CASE, sk):
        cases.table.put(stored(cases, moved) | {"pk": keys.case(ANOTHER_NUMBER)})
    with pytest.raises(SealBroken):
        cases.read(ANOTHER_NUMBER)


def test_a_case_opens_only_under_its_own_number() -> None:
    mine = open_keys().new_data_key(NUMBER)
    assert open_keys().data_key(mine.wrapped, NUMBER) == mine
    with pytest.raises(SealBroken):
        open_keys().data_key(mine.wrapped, ANOTHER_NUMBER)


@pytest.mark.feature(48)
def test_a_destroyed_key_erases_the_words_and_leaves_the_chain(cases: Cases) -> None:
    cases.table.put(stored(cases, keys.CASE) | {"data_key": b"\x01" + b"\x00" * 60})
    with pytest.raises(SealBroken):
        cases.read(NUMBER)
    chain.verify(events_of(cases), stored(cases, keys.CASE)["head"])


def test_a_key_of_the_class_is_asked_for_once_in_five_minutes() -> None:
    asked, now = [], [0.0]
    keys_ = Keys(lambda kind: asked.append(kind) or b"k" * 32, lambda: now[0])  # type: ignore[func-returns-value]
    for now[0] in (0.0, 299.0, 300.0, 301.0):
        keys_.index("phone", "13800138000")
    assert asked == ["index", "index"]


def test_a_blind_index_meets_equal_values_of_one_field_only() -> None:
    keys_ = open_keys()
    assert keys_.index("phone", "13800138000") == keys_.index("phone", "13800138000")
    assert keys_.index("phone", "13800138000") != keys_.index("identity", "13800138000")
    assert keys_.index("phone", "13800138000") != keys_.index("phone", "13800138001")


def test_a_query_code_is_never_stored(cases: Cases) -> None:
    code = cases.query_code(NUMBER)
    assert len(code) == 16
    assert not any(code.encode() in raw(item) for item in everything(cases))


def events_of(cases: Cases) -> list[Item]:
    return cases.table.query(keys.case(NUMBER), prefix=keys.EVENTS).items


def changed(body: bytes, at: int) -> bytes:
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


def test_the_chain_of_a_case_ends_in_its_head(cases: Cases) -> None:
    events = events_of(cases)
    assert len(events) == 10
    chain.verify(events, stored(cases, keys.CASE)["head"])


@pytest.mark.parametrize("at", [0, 3, 5])
def test_a_changed_byte_of_an_event_is_found(at: int) -> None:
    events, head = a_chain()
    body = chain.unpack(events[at]["body"])
    for place in range(len(body)):
        forged = list(events)
        forged[at] = events[at] | {"body": chain.pack(changed(body, place))}
        with pytest.raises(ChainBroken):
            chain.verify(forged, head)


@pytest.mark.parametrize("at", [0, 3, 5])
def test_a_changed_byte_of_a_stored_event_is_found_unless_it_changes_nothing(at: int) -> None:
    """Deflate knows several spellings of the same bytes; what was hashed are the bytes."""
    events, head = a_chain()
    for place in range(len(events[at]["body"])):
        forged = changed(events[at]["body"], place)
        if inflated(forged) != chain.unpack(events[at]["body"]):
            with pytest.raises(ChainBroken):
                chain.verify([*events[:at], events[at] | {"body": forged}, *events[at + 1 :]], head)


def inflated(body: bytes) -> bytes | None:
    try:
        return chain.unpack(body)
    except zlib.error:
        return None


@pytest.mark.parametrize("at", range(6))
def test_a_missing_event_is_found(at: int) -> None:
    events, head = a_chain()
    with pytest.raises(ChainBroken):
        chain.verify([*events[:at], *events[at + 1 :]], head)


@pytest.mark.parametrize("at", range(5))
def test_events_that_changed_places_are_found(at: int) -> None:
    events, head = a_chain()
    events[at], events[at + 1] = events[at + 1], events[at]
    with pytest.raises(ChainBroken, match=f"event {at + 1}"):
        chain.verify(events, head)


def test_an_event_added_behind_the_last_one_is_found() -> None:
    events, head = a_chain()
    case = replace(county.forwarded(), head=head, version=6)
    forged = forge(case, 7, head)
    with pytest.raises(ChainBroken, match="chain of 7 events"):
        chain.verify([*events, forged], head)


def test_a_whole_case_without_events_has_the_empty_head() -> None:
    chain.verify([], b"")
    with pytest.raises(ChainBroken):
        chain.verify([], b"\x00" * 32)


def test_the_same_event_in_another_case_has_another_hash() -> None:
    here, there = county.forwarded(), replace(county.forwarded(), id=ANOTHER_NUMBER)
    assert forge(here, 1, b"")["body"] != forge(there, 1, b"")["body"]


def test_the_bytes_of_an_event_are_the_same_whoever_writes_them() -> None:
    """Sorted keys, no spaces, UTF-8, dates as text: written down once, for other programs that check a chain."""
    body = chain.unpack(forge(county.forwarded(), 2, b"\xab")["body"]).decode()
    assert body.startswith(
        '{"at":"2026-03-03T04:00:00Z","by":{"org":"bureau","role":"bureau","user":"bureau1"},"case":"261234567893",'
        '"clocks":[{"calendar":"'
    )
    assert body.endswith(',"prev":"ab","seq":2,"text":"","type":"petition.forwarded","v":1}')
    assert '"data":{"again":false,"to":"housing"}' in body


def a_chain() -> tuple[list[Item], bytes]:
    """Six events as they are stored, and the head of their case."""
    case, events, head = county.forwarded(), [], b""
    for seq in range(1, 7):
        events.append(forge(case, seq, head))
        head = chain.digest(chain.unpack(events[-1]["body"]))
    return events, head


def forge(case: Case, seq: int, head: bytes) -> Item:
    change = receiving.forward(county.registered(), "housing", tree=TREE, by=BUREAU_CLERK, on=MARCH[3], rules=RULES)
    body = chain.canonical(case, seq, change.happened[0], b"", noon(date(2026, 3, 3)), head)
    return {"kind": items.EVENT, "body": chain.pack(body)}
