"""What is handed out to check us by: who gets it, that it holds, and that nothing kept from somebody is in it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError

from chalicelib import clock
from chalicelib.store import findings, keyring, signing
from chalicelib.store.dynamo import Row
from chalicelib.store.table import Busy
from chalicelib.store.tenant import cases, rules, table
from chalicelib.triggers import receipts, roots
from infra.verify.deadlines import check as recount
from infra.verify.logs import check_export
from infra.verify.signed import check_envelope, check_inclusion, check_receipt, check_roots, read_keys
from tests.api.described import Described
from tests.stories.conftest import Person, Petitioner, give_opinion, run_ways_out, sweep
from tests.stories.conftest import at_work as at_work  # a fixture
from tests.verify.node import page_says

ANSWERS = [
    {
        "claim": number,
        "finding": "support",
        "answer": "已责令物业公司2026年12月31日前退还多收的停车费，并恢复公共车位。",
        "basis": "《物业管理条例》第五十一条",
    }
    for number in (1, 2)
]


@pytest.fixture
def client(client: Any) -> Described:
    """Every answer is compared with the description."""
    return Described(client)


@pytest.fixture
def petitioner(client: Described, world: Any) -> Petitioner:
    return Petitioner(client, world).signs_in()


@pytest.fixture
def number(petitioner: Petitioner, at_work: Any) -> str:
    """A grievance that was forwarded, accepted, answered and served; everybody was told, everything is signed."""
    found = petitioner.files()["case_number"]
    run_ways_out(found)
    at_work("bureau1").step(found, "forward", {"to": "housing"})
    unit = at_work("housing-clerk")
    unit.step(found, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    petitioner.step(found, "supplement", {"text": "补充一张收费单。"})
    give_opinion(at_work, found, {"facts": "经现场查看，并向两户业主了解，物业自6月起收费。", "answers": ANSWERS})
    unit.step(found, "serve", {"method": "online", "cause": "conduct"})
    run_ways_out(found)
    signing.publish(table(), signing.kms_signer(), "2026-11-25T02:00:00Z")
    receipts.issue(cases(), rules(), signing.kms_signer(), found)
    return str(found)


def taken(person: Person, number: str) -> bytes:
    """The bytes of an export."""
    answer = person.call("GET", f"/cases/{number}/export")
    assert answer.status_code == 200, answer.body
    return bytes(answer.body)


def test_an_export_holds_at_both_verifiers_and_its_dates_count_again(
    petitioner: Petitioner, at_work: Any, number: str, tmp_path: Path
) -> None:
    keys = petitioner.get("/roots")
    for person in (petitioner, at_work("bureau1"), at_work("housing-clerk")):
        data = taken(person, number)
        export = check_export(data)
        assert page_says(tmp_path, data, keys) == "ok"
        checked = list(recount(export, export["calendars"]))
        assert [each for each in checked if each[1]] == []
        assert {proof["limit"] for proof in export["deadline_proofs"]} >= {"route", "inform", "handle"}


def test_staff_read_every_event_and_a_petitioner_what_he_may(petitioner: Petitioner, at_work: Any, number: str) -> None:
    staffs, mine = (check_export(taken(person, number)) for person in (at_work("bureau1"), petitioner))
    assert all("body" in each for each in staffs["events"])
    assert (staffs["head"], staffs["tree"]) == (mine["head"], mine["tree"])
    read = {json.loads(each["body"])["type"] for each in mine["events"] if "body" in each}
    kept = {json.loads(each["body"])["type"] for each in staffs["events"]} - read
    assert {"petition.drafted", "petition.draft_read", "petition.replied"} <= kept
    assert {"petition.registered", "petition.forwarded", "petition.accepted", "petition.supplemented"} <= read
    said = "".join(each["text"] for each in mine["texts"])
    assert "车位" in said
    looked = "到现场查看，并向两户业主了解情况。"
    assert looked not in said
    assert looked in "".join(each["text"] for each in staffs["texts"])
    assert mine["opinion"] == staffs["opinion"] is not None
    assert {each["recipient"].partition(":")[0] for each in mine["notices"]} == {"petitioner"}


def test_nobody_else_gets_anything(client: Described, world: Any, staff: Any, number: str) -> None:
    stranger = Petitioner(client, world, phone="19900009999").signs_in()
    for who in (stranger, staff("water-clerk"), Person(client, world)):
        for what in ("export", "deadline-proofs", "receipts", "inclusion"):
            assert who.call("GET", f"/cases/{number}/{what}").status_code in (401, 404)


def test_who_only_signed_does_not_take_the_file_away(client: Described, world: Any) -> None:
    signer = {"name": "李大有", "phone": "19900008888"}
    filed = Petitioner(client, world).signs_in().files(joint_signers=[signer])
    joined = Petitioner(client, world, phone=signer["phone"]).signs_in()
    seen = joined.call("GET", f"/cases/{filed['case_number']}")
    assert (seen.status_code, seen.json_body["may_take_away"]) == (200, False)
    assert joined.call("GET", f"/cases/{filed['case_number']}/export").status_code == 404


def test_a_complaint_of_retaliation_is_kept_from_the_unit_also_in_its_export(
    petitioner: Petitioner, at_work: Any, number: str
) -> None:
    form = {"kind": "retaliation", "against": "unit", "text": "经办人上门威胁。"}
    petitioner.step(number, "complain", form)
    run_ways_out(number)
    receipts.issue(cases(), rules(), signing.kms_signer(), number)
    theirs = check_export(taken(at_work("housing-clerk"), number))
    assert [seq for seq, each in enumerate(theirs["events"], start=1) if "hash" in each] == [theirs["count"]]
    assert "complaint" not in {proof["limit"] for proof in theirs["deadline_proofs"]}
    assert "威胁" not in json.dumps(theirs, ensure_ascii=False)
    keys = read_keys(petitioner.get("/roots"))
    for person, knows in ((petitioner, True), (at_work("housing-clerk"), False)):
        given = person.get(f"/cases/{number}/receipts")["items"]
        assert given == check_export(taken(person, number))["receipts"]
        said = [check_envelope(each, keys) for each in given]
        assert ("petition.complained" in {each["event"] for each in said}) is knows
        assert ("S22b" in json.dumps(given)) is knows
        assert "complaint" not in {each["next"]["limit"] for each in said if each["next"]}
    assert [each for each in recount(theirs, theirs["calendars"]) if each[1]] == []


def test_a_deadline_proof_says_where_a_date_comes_from_and_how_it_ended(petitioner: Petitioner, number: str) -> None:
    proofs = {each["limit"]: each for each in petitioner.get(f"/cases/{number}/deadline-proofs")["proofs"]}
    handled = proofs["handle"]
    assert (handled["start"]["event"], handled["end"]["event"]["event"]) == ("petition.accepted", "petition.served")
    assert (handled["days"], handled["verdict"], handled["margin"]) == (60, "in_time", 60)
    assert proofs["ask_review"]["verdict"] == "running"
    assert "object" not in proofs


def test_a_late_unit_was_warned_and_the_proof_says_by_which_messages(
    petitioner: Petitioner, at_work: Any, later: Any
) -> None:
    found = petitioner.files()["case_number"]
    at_work("bureau1").step(found, "forward", {"to": "housing"})
    for days in (13, 2, 2):
        later(days=days)
        sweep()
    run_ways_out(found)
    mine = Petitioner(petitioner.client, petitioner.world).signs_in()
    inform = {each["limit"]: each for each in mine.get(f"/cases/{found}/deadline-proofs")["proofs"]}["inform"]
    assert (inform["verdict"], inform["margin"]) == ("overdue", -2)
    assert [each["event"] for each in inform["warnings"]] == ["petition.overdue"]
    assert {each["recipient_label"] for each in inform["warnings"][0]["notices"]} >= {"青山县住房和城乡建设局"}


def test_receipts_are_signed_for_what_came_in_and_what_was_told(
    petitioner: Petitioner, number: str, tmp_path: Path
) -> None:
    told, export = petitioner.get(f"/cases/{number}/receipts"), check_export(taken(petitioner, number))
    keys = read_keys(petitioner.get("/roots"))
    found = [check_envelope(each, keys) for each in told["items"]]
    for each in found:
        check_receipt(each, export)
    assert {each["of"] for each in found} == {"filing", "material", "notice"}
    filing = found[0]
    assert filing["event"] == "petition.registered"
    assert (filing["next"]["limit"], filing["next"]["law"]) == ("route", "第二十二条")
    assert filing["text"]
    assert page_says(tmp_path, json.dumps(told).encode(), told) == "ok"
    assert "19900001234" not in json.dumps(told)
    other = told["items"][0] | {"statement": told["items"][0]["statement"].replace('"filing"', '"notice"')}
    assert page_says(tmp_path, json.dumps(other).encode(), told) == "signature"
    assert receipts.issue(cases(), rules(), signing.kms_signer(), number) == 0


def test_a_night_publishes_its_root_once_and_a_case_is_proved_to_stand_in_it(
    petitioner: Petitioner, number: str, later: Any, tmp_path: Path
) -> None:
    assert petitioner.call("GET", f"/cases/{number}/inclusion").status_code == 404
    assert roots.publish(None) == {"published": True, "rewritten": 0, "missing": 0, "receipts": 0, "unsigned": 0}
    assert roots.publish(None) == {"published": False, "receipts": 0, "unsigned": 0}
    proof, export = petitioner.get(f"/cases/{number}/inclusion"), check_export(taken(petitioner, number))
    keys = read_keys(petitioner.get("/roots"))
    assert check_inclusion(proof, keys, export)["size"] == 1
    assert page_says(tmp_path, json.dumps(proof).encode(), proof) == "ok"
    later(days=1)
    me = Petitioner(petitioner.client, petitioner.world).signs_in()
    me.step(number, "rate", {"office": "satisfied", "unit": "basically", "solved": True})
    assert roots.publish(None)["published"]
    listed = me.get("/roots")
    assert [each["no"] for each in check_roots(listed["roots"], keys)] == [2, 1]
    assert page_says(tmp_path, json.dumps(listed).encode(), listed) == "ok"
    assert len(me.get(f"/roots?before={clock.today().isoformat()}")["roots"]) == 1
    check_inclusion(me.get(f"/cases/{number}/inclusion"), keys, check_export(taken(me, number)))


def test_who_was_told_after_the_last_event_of_his_case_has_his_receipt_by_the_morning(petitioner: Petitioner) -> None:
    """As after a night in which no text may be sent, or when the gateway says it late: no event follows."""
    found = petitioner.files()["case_number"]
    signing.publish(table(), signing.kms_signer(), "2026-11-25T02:00:00Z")
    receipts.issue(cases(), rules(), signing.kms_signer(), found)
    run_ways_out(found)

    def signed() -> list[str]:
        given = petitioner.get(f"/cases/{found}/receipts")
        return [check_envelope(each, read_keys(given))["of"] for each in given["items"]]

    assert signed() == ["filing"]
    assert roots.publish(None)["receipts"] == 1
    assert signed() == ["filing", "notice"]
    assert roots.publish(None)["receipts"] == 0


def test_a_kept_root_is_locked_for_ten_years(number: str) -> None:
    roots.publish(None)
    storage = botocore.session.get_session().create_client("s3", region_name="cn-north-1")
    name = f"roots/{clock.today().isoformat()}.json"
    kept = storage.get_object(Bucket="sunlight-test-roots", Key=name)
    assert kept["ObjectLockMode"] == "COMPLIANCE"
    assert kept["ObjectLockRetainUntilDate"].date() > clock.today() + timedelta(days=3600)
    assert json.loads(kept["Body"].read())["alg"] == "ES256"


def test_who_rewrites_a_chain_is_found_by_the_next_night(
    number: str, later: Any, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    roots.publish(None)
    later(days=1)
    row = table().get(f"CASE#{number}", "EVENT#000002")
    other = table().get(f"CASE#{number}", "EVENT#000003")
    assert row is not None
    assert other is not None
    table().put(row | {"body": other["body"]})
    assert roots.publish(None)["rewritten"] == 1
    assert "EventTampered" in capsys.readouterr().out
    (listed,), _ = findings.page(findings.OPEN, limit=10)
    assert (listed.kind, listed.case, listed.sealed) == ("chain_broken", number, False)
    (logged,) = [vars(record) for record in caplog.records if record.levelname == "CRITICAL"]
    assert logged["places"] == [findings.called(cases().keys, f"CASE#{number}")]
    assert number not in str(logged)
    assert findings.digest(f"CASE#{number}") not in str(logged), "a thousand million numbers are tried in minutes"


def test_a_case_that_is_gone_is_listed_and_stays_so(number: str, later: Any) -> None:
    roots.publish(None)
    for row in table().query(f"CASE#{number}").items:
        Row(row["pk"], row["sk"]).delete()
    later(days=1)
    assert roots.publish(None)["missing"] == 1
    later(days=1)
    assert roots.publish(None)["missing"] == 0, "the tree of the night before has forgotten it"
    (listed,), _ = findings.page(findings.OPEN, limit=10)
    assert (listed.kind, listed.sealed, number in listed.pk) == ("leaf_gone", True, False)


def test_a_filing_whose_message_was_lost_is_signed_at_night(petitioner: Petitioner) -> None:
    found = petitioner.files()["case_number"]
    assert petitioner.get(f"/cases/{found}/receipts")["items"] == []
    assert roots.publish(None)["receipts"] == 1
    (given,) = petitioner.get(f"/cases/{found}/receipts")["items"]
    assert json.loads(given["statement"])["of"] == "filing"


def test_a_key_that_answers_nobody_ends_the_night_with_an_error(
    petitioner: Petitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A night in which nothing could be signed must not look like one in which nothing was missing."""
    petitioner.files()
    roots.publish(None)
    other = petitioner.files()["case_number"]
    kms = keyring._kms()
    call = kms._make_api_call

    def throttled(operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "Sign":
            raise ClientError({"Error": {"Code": "ThrottlingException", "Message": "too fast"}}, operation)
        return call(operation, arguments)

    monkeypatch.setattr(kms, "_make_api_call", throttled)
    with pytest.raises(Busy):
        roots.publish(None)
    monkeypatch.undo()
    assert petitioner.get(f"/cases/{other}/receipts")["items"] == []
