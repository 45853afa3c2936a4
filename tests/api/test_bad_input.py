"""What people and programs send by mistake or on purpose when something is filed, registered or imported."""

import json
from typing import Any

import pytest

from tests.api.refusals import refused, send
from tests.stories.conftest import A_PETITION, Petitioner

A_LETTER = {
    "channel": "letter",
    "received_on": "2024-03-01",
    "kind": "grievance",
    "title": "路灯不亮",
    "text": "三天了，没人来修。",
    "petitioner": {"name": "郑桂芳", "phone": "0736-6622345", "address": "青溪镇"},
}
RARE = "𠮷田😀👨‍👩‍👧龘𰻞é"
NOBODY = {"name": "", "phone": None, "address": "", "identity_number": None}


@pytest.mark.parametrize("field", ["kind", "title", "text", "name", "address"])
def test_what_is_missing_is_named(petitioner, field):
    refused(petitioner, "/petitions", {k: v for k, v in A_PETITION.items() if k != field}, 422, f"/{field}")
    refused(petitioner, "/petitions", A_PETITION | {field: None}, 422, f"/{field}")


def test_everything_missing_is_told_at_once(petitioner):
    refused(petitioner, "/petitions", {}, 422, "/kind", "/title", "/text", "/name", "/address")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "长" * 61),
        ("title", "𠮷" * 61),
        ("text", "长" * 10_001),
        ("name", "长" * 51),
        ("address", "长" * 201),
        ("place", "长" * 201),
        ("category", "长" * 41),
        ("claims", ["退还"] * 11),
        ("unit", "a" * 65),
    ],
)
def test_what_is_too_long_is_named(petitioner, field, value):
    told = refused(petitioner, "/petitions", A_PETITION | {field: value}, 422, f"/{field}")
    assert "不能超过" in told["errors"][0]["message"]


def test_one_claim_among_others_is_named_by_its_place(petitioner):
    claims = ["退还停车费", "长" * 301, 7, ""]
    refused(petitioner, "/petitions", A_PETITION | {"claims": claims}, 422, "/claims/1", "/claims/2", "/claims/3")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", 5),
        ("title", ["路灯"]),
        ("text", {"a": 1}),
        ("text", True),
        ("kind", 1),
        ("kind", "complaint"),
        ("claims", "退还"),
        ("claims", {"1": "退还"}),
        ("name", 3.5),
        ("identity_number", 110105194912310023),
        ("unit", 12),
        ("category", "没有这个类别"),
        ("category", "城乡建设/没有"),
        ("unit", "nowhere"),
        ("unit", "province"),
        ("unit", "joint-meeting"),
        ("unit", "../../etc"),
        ("unit", "住建局"),
    ],
)
def test_what_is_of_the_wrong_type_or_not_among_the_choices_is_named(petitioner, field, value):
    refused(petitioner, "/petitions", A_PETITION | {field: value}, 422, f"/{field}")


@pytest.mark.parametrize(
    "value", ["11010519491231002Y", "110105194912310021", "11010519491331002X", "1101051949123100"]
)
def test_an_identity_number_that_cannot_be_is_named_and_not_repeated(petitioner, value):
    told = refused(petitioner, "/petitions", A_PETITION | {"identity_number": value}, 422, "/identity_number")
    assert value not in json.dumps(told)


@pytest.mark.parametrize("value", ["\u0007", "\u202e\u200b\u0000", "a\u0000b", "\ud842", "   \n\t ", "\ufeff"])
def test_words_of_nothing_but_control_characters_are_no_words(petitioner, value):
    refused(petitioner, "/petitions", A_PETITION | {"text": value}, 422, "/text")


@pytest.mark.parametrize("name", ["admin", "case_number", "text ", "__class__", "标题"])
def test_an_unknown_field_is_named(petitioner, name):
    refused(petitioner, "/petitions", A_PETITION | {name: True}, 422, f"/{name}")


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe{}", b"{'title': 1}", b'{"title": NaN}', b"<title/>"]
)
def test_what_is_not_a_json_object_is_refused_before_it_is_read(petitioner, raw):
    assert refused(petitioner, "/petitions", raw, 400)["code"] == "malformed"


def test_a_name_that_occurs_twice_is_refused(petitioner):
    raw = json.dumps(A_PETITION).encode().replace(b'"kind"', b'"title": "x", "kind"', 1)
    assert refused(petitioner, "/petitions", raw, 400)["code"] == "malformed"


@pytest.mark.parametrize("size", [256 * 1024 + 1, 1_000_000])
def test_what_is_larger_than_any_form_is_refused_unread(petitioner, size):
    raw = json.dumps(A_PETITION | {"text": "a" * size}).encode()
    assert refused(petitioner, "/petitions", raw, 413)["code"] == "too_large"


def test_another_media_type_is_refused(petitioner):
    refused(petitioner, "/petitions", A_PETITION, 415, Content_Type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("key", ["", "带中文", "x" * 256, "a b"])
def test_a_filing_without_a_usable_idempotency_key_is_refused(petitioner, key):
    told = refused(petitioner, "/petitions", A_PETITION, 400, Idempotency_Key=key)
    assert "Idempotency-Key" in told["detail"]


def test_rare_characters_and_emoji_come_back_as_they_were(petitioner):
    words = {"title": RARE, "text": f"{RARE}\n第二行", "claims": [RARE], "place": RARE, "name": RARE, "address": RARE}
    number = petitioner.files(**words)["case_number"]
    seen = petitioner.get(f"/cases/{number}")
    assert {name: seen[name] for name in ("title", "text", "claims", "place")} == {
        name: words[name] for name in ("title", "text", "claims", "place")
    }
    assert (seen["petitioner"]["name"], seen["petitioner"]["address"]) == (RARE, RARE)
    assert petitioner.get("/my/petitions")["items"][0]["title"] == RARE


@pytest.mark.parametrize("character", ["长", "𠮷", "😀"])
def test_the_longest_text_is_taken_and_returned_whole(petitioner, character):
    text = character * 10_000
    number = petitioner.files(title=character * 60, text=text)["case_number"]
    assert petitioner.get(f"/cases/{number}")["text"] == text


def test_control_characters_between_words_are_dropped_and_lines_stay(petitioner):
    number = petitioner.files(title=" 路灯\n不亮\u0007 ", text="一\r\n二\u2028三\u202e\u0008")["case_number"]
    seen = petitioner.get(f"/cases/{number}")
    assert (seen["title"], seen["text"]) == ("路灯 不亮", "一\n二\n三")


@pytest.mark.parametrize(
    "typed", ["１９９００００１２３４", "+86 199-0000-1234", "199 0000 1234", "（＋８６）19900001234"]
)
def test_a_telephone_number_is_understood_as_people_type_it(client, world, typed):
    signed_in = Petitioner(client, world, phone="19900001234")
    assert signed_in.post("/codes", {"phone": typed}, 202)["challenge"]
    assert [to for to, _text in world.sms] == ["+8619900001234"]


def test_full_width_digits_are_digits_for_staff_too(staff):
    clerk = staff("window1")
    typed = {
        "phone": "（０７３６）６６２２３４５",
        "identity_number": "１１０１０５１９４９１２３１００２ｘ",
    }
    number = clerk.post("/registrations", A_LETTER | {"petitioner": typed})["case_number"]
    seen = clerk.get(f"/cases/{number}")["petitioner"]
    assert (seen["phone"], seen["identity_number"]) == ("0736****345", "11**************2X")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"received_on": "2099-01-01"}, "/received_on"),
        ({"received_on": "2018-12-31"}, "/received_on"),
        ({"received_on": "0160-12-03"}, "/received_on"),
        ({"received_on": "2024-02-30"}, "/received_on"),
        ({"received_on": "01/03/2024"}, "/received_on"),
        ({"received_on": 20240301}, "/received_on"),
        ({"channel": "pigeon"}, "/channel"),
        ({"petitioner": None}, "/petitioner"),
        ({"petitioner": []}, "/petitioner"),
        ({"petitioner": {"phone": "12345"}}, "/petitioner/phone"),
        ({"petitioner": {"identity_number": "110105194912310021"}}, "/petitioner/identity_number"),
        ({"petitioner": {"name": "长" * 51}}, "/petitioner/name"),
        ({"petitioner": {"age": 70}}, "/petitioner/age"),
        ({"helper": 1}, "/helper"),
        ({"external_number": "长" * 41}, "/external_number"),
    ],
)
def test_a_registration_that_cannot_be_names_its_field(staff, change, pointer):
    refused(staff("window1"), "/registrations", A_LETTER | change, 422, pointer)


def test_a_letter_without_a_sender_is_registered(staff):
    clerk = staff("window1")
    number = clerk.post("/registrations", A_LETTER | {"petitioner": NOBODY})["case_number"]
    assert clerk.get(f"/cases/{number}")["petitioner"] == dict.fromkeys(NOBODY, "")


def test_good_lines_go_in_and_bad_ones_come_back_with_line_and_reason(staff, world):
    lines: list[Any] = [
        A_LETTER,
        "",
        A_LETTER | {"title": "长" * 61, "received_on": "soon"},
        "{not json",
        "[1]",
        A_LETTER | {"category": "没有"},
        A_LETTER | {"received_on": "2099-01-01"},
        A_LETTER | {"title": RARE},
    ]
    content = "\n".join(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in lines)
    clerk = staff("window1")
    answer = send(clerk, "POST", "/imports", {"format": "jsonl", "content": content})
    found = answer.json_body
    assert (found["accepted"], found["rejected"]) == (2, 5)
    told = {row["line"]: {each["pointer"] for each in row.get("errors", ())} for row in found["rows"]}
    wrong = {3: {"/title", "/received_on"}, 4: {""}, 5: {""}, 6: {"/category"}, 7: {"/received_on"}}
    assert told == {1: set(), 8: set(), **wrong}
    stored = len(world.items("cases"))
    again = send(clerk, "POST", "/imports", {"format": "jsonl", "content": content})
    assert again.body == answer.body
    assert len(world.items("cases")) == stored, "the same import was stored twice"


@pytest.mark.parametrize(
    ("form", "content", "pointer"),
    [
        ("jsonl", "\n \n", "/content"),
        ("jsonl", "", "/content"),
        ("csv", "channel,title\n", "/content"),
        ("csv", "a" * 200_001, "/content"),
        ("csv", 'a\n"' + "a" * 140_000 + '"', "/content"),
        ("jsonl", "{}\n" * 201, "/content"),
        ("xlsx", "PK", "/format"),
        ("csv", None, "/content"),
        ("csv", ["a"], "/content"),
    ],
)
def test_an_import_that_cannot_be_read_is_refused_as_a_whole(staff, form, content, pointer):
    refused(staff("window1"), "/imports", {"format": form, "content": content}, 422, pointer)


def test_a_table_with_more_cells_than_columns_says_so_by_line(staff, world):
    before = len(world.items("cases"))
    sent = {"format": "csv", "content": "channel,title\nletter,路灯,多余\n"}
    found = send(staff("window1"), "POST", "/imports", sent).json_body
    assert found["rows"][0]["errors"][0]["message"] == "这一行的列数比表头多"
    assert (found["accepted"], len(world.items("cases"))) == (0, before)


@pytest.mark.parametrize(
    "path",
    [
        "/worklist?limit=0", "/worklist?limit=101", "/worklist?limit=ten", "/worklist?limit=1e2",
        "/worklist?light=blue", "/worklist?cursor=AAAA", "/worklist?cursor=%E4%B8%AD", "/worklist?cursor=%00",
        "/messages?limit=-1", "/messages?cursor=" + "x" * 401, "/statistics?month=2026-13", "/statistics?month=all",
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_is_refused(staff, path):
    refused(staff("bureau1"), path, None, 400, method="GET")


def test_the_mark_of_a_next_page_opens_no_other_list(petitioner, staff):
    for _ in range(2):
        petitioner.files()
    cursor = petitioner.get("/my/petitions?limit=1")["next_cursor"]
    assert len(petitioner.get(f"/my/petitions?limit=1&cursor={cursor}")["items"]) == 1
    refused(staff("bureau1"), f"/worklist?cursor={cursor}", None, 400, method="GET")
    refused(Petitioner(petitioner.client, petitioner.world, "19900005678").signs_in(),
            f"/my/petitions?cursor={cursor}", None, 400, method="GET")  # fmt: skip
