"""A case stands in the lists of its own people and of nobody else: `/my/petitions` shows what a list points at."""

from dataclasses import replace

import pytest

from chalicelib.domain import own, receiving
from chalicelib.domain.case import BUREAU, PETITIONER, PROXY, Actor
from chalicelib.domain.intake import GRIEVANCE, WEB, Companion, Contact, Filing, Proxy
from chalicelib.domain.numbers import case_number
from chalicelib.store import contacts, findings, keys, lists, projection
from chalicelib.store.cases import Command
from chalicelib.store.table import Put
from tests.triggers.many import a_report, gone, settle, tamper
from tests.triggers.test_reconciler import kinds, reconcile, tonight
from tests.triggers.world import RULES, TREE, World

STRANGER = "13800009999"
CROWD = Contact(
    name="孙桂兰",
    phone="13911110001",
    address="青山县东街1号",
    identity_number="110101199003078515",
    proxy=Proxy("周正", "13922220001", "儿子"),
    representatives=(Companion("代表一", "13933330001"),),
    joint_signers=tuple(Companion(f"联名{number}", f"1394444{number:04d}") for number in range(30)),
)


@pytest.fixture
def county(world: object) -> World:
    return World()


def filed(county: World, contact: Contact = CROWD) -> str:
    case_id = case_number(2026, lambda below: 123_456_789 % below)
    filing = Filing(GRIEVANCE, WEB, county.today, "小区停车乱收费", "物业每车多收五十元。", open_to_join=True)
    by = Actor(PETITIONER, standing=PROXY) if contact.proxy else Actor(PETITIONER)
    known = {"x": county.cases.person(contacts.PHONE, contact.proxy.phone)} if contact.proxy else {}
    change = receiving.register(
        case_id, filing, contact, TREE.offices["bureau"], by=by, at=county.at, rules=RULES, known=known
    )
    county.cases.file(change, contact, Command.of("petitioner", case_id, {}), at=county.at, tree=TREE, rules=RULES)
    return ready(county, case_id)


def ready(county: World, case_id: str) -> str:
    """The notices have gone out and the statistics are there: nothing else is wrong."""
    for event in county.cases.read(case_id).events:
        county.deliver(case_id, event.seq)
    county.pass_time(hours=1)
    settle(county)
    return case_id


def pointed(county: World, case_id: str, phone: str, name: str = "") -> str:
    """A pointer laid down behind the program's back; its sort key."""
    case = county.cases.load(case_id).case
    link = projection.link(case, "person", name or county.cases.person(contacts.PHONE, phone))
    county.table.put(link)
    return str(link["sk"])


def test_a_pointer_for_a_stranger_is_listed_until_it_is_gone_and_nothing_is_deleted(county: World) -> None:
    case_id = filed(county)
    assert reconcile(county).found == []
    sk = pointed(county, case_id, STRANGER)
    index = county.cases.keys.index(contacts.PHONE, STRANGER)
    assert len(lists.of_person(county.cases, index, limit=9, cursor="").rows) == 1, "he would be shown it"
    county.pass_time(minutes=20)
    done = reconcile(county)
    assert [fault.place for fault in done.found] == [("link_baseless", keys.case(case_id), sk)]
    assert (done.listed, done.mended) == (1, 0)
    assert county.table.get(keys.case(case_id), sk) is not None
    tamper(county, keys.case(case_id), sk, gone)
    county.pass_time(minutes=20)
    assert reconcile(county).found == []
    assert findings.page(findings.OPEN, limit=10) == ([], "")
    assert findings.page(findings.MENDED, limit=10)[0][0].ended == findings.BY_ITSELF


def test_the_registration_in_a_strangers_list_is_found_as_well(county: World) -> None:
    case_id = filed(county)
    name = county.cases.person(contacts.NAME, "陌生人")
    tamper(county, keys.case(case_id), keys.event(1), lambda row: row | {"list_name": name})
    assert "link_baseless" in kinds(reconcile(county))


def test_a_ledger_that_a_case_does_not_belong_in_is_found(county: World) -> None:
    case_id = filed(county)
    sk = keys.link("above", "ledger")
    row = projection.link(county.cases.load(case_id).case, "above", "ledger")
    county.table.put(row | {"list_name": keys.above(is_reported=False)})
    assert {fault.place for fault in reconcile(county).found} == {("link_baseless", keys.case(case_id), sk)}


def test_nobody_who_belongs_to_a_case_is_taken_for_a_stranger(county: World) -> None:
    """More signers than get a pointer, one who joined later, a name and a number that came later."""
    case_id = filed(county)
    held = county.cases.load(case_id)
    change = own.join(held.case, by=Actor(PETITIONER, standing=""), on=county.today, rules=RULES)
    place = change.case.facts["people"]["s"]
    rows = contacts.joining(held.case, Companion("吴小燕", STRANGER), place, held.key, county.cases.person)
    command = Command.of("petitioner", "joins", {})
    beside = [Put(row) for row in rows]
    county.cases.commit(held, change, command, at=county.at, tree=TREE, rules=RULES, beside=beside)
    ready(county, case_id)
    assert reconcile(county).found == []


def test_what_was_missing_of_a_contact_and_came_later_is_no_strangers(county: World) -> None:
    case_id = filed(county, replace(CROWD, name="", phone="", identity_number="", proxy=None, joint_signers=()))
    held = county.cases.load(case_id)
    whole = replace(county.cases.contact(case_id, held.key), name="孙桂兰", phone="13911110001")
    for row in contacts.completed(held.case, whole, held.key, county.cases.person):
        county.table.put(row)
    county.pass_time(minutes=20)
    assert reconcile(county).found == []


def test_a_proxy_who_was_revoked_keeps_a_pointer_that_his_list_leaves_out(county: World) -> None:
    case_id = filed(county)
    case, by = county.cases.load(case_id).case, Actor(BUREAU, "bureau", "bureau1")
    county.take(case_id, own.revoke_proxy(case, by=by, on=county.today, rules=RULES))
    ready(county, case_id)
    assert county.cases.load(case_id).case.facts["revoked"] != []
    assert reconcile(county).found == []


def test_of_a_report_of_misconduct_every_pointer_is_one_too_many_and_nothing_is_opened(county: World) -> None:
    case_id = a_report(county)
    county.pass_time(hours=1)
    assert "link_baseless" not in kinds(reconcile(county))
    name = county.cases.person(contacts.PHONE, "19900007777")
    listed = {"list_name": name, "list_key": keys.by_time(county.at, case_id)}
    county.table.put({"pk": keys.case(case_id), "sk": keys.link("person", name), "kind": "link", **listed})
    done = tonight(county)
    assert "link_baseless" in kinds(done)
    open_now, _ = findings.page(findings.OPEN, limit=10)
    assert [each.sealed for each in open_now if each.kind == "link_baseless"] == [True]
