"""The SMS gateway calls back: signed or not at all, and whoever is not the gateway learns nothing."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from chalice.test import Client

from chalicelib import clock
from chalicelib.api import callbacks
from chalicelib.domain.case import PETITIONER
from chalicelib.domain.owed import SMS, Notice
from chalicelib.notices.signing import SIGNATURE, signed
from chalicelib.store import announced, delivery, keyring, proofs
from chalicelib.store.guard_table import Entry
from chalicelib.store.tenant import table

KEY, CASE, PATH = b"agreed with the gateway", "261123001785", "/callbacks/sms"
OUT_ID = f"{CASE}-1-S06-1"
Call = Callable[..., Any]


@pytest.fixture
def call(client: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """A call of the gateway; `key` and `path` are what it is signed with."""
    monkeypatch.setattr(callbacks, "settings", replace(callbacks.settings, sms_sender="gateway"))
    keyring.keys.cache_clear()
    keyring.put_gateway_key(KEY)

    def call(content: Any, *, key: bytes = KEY, path: str = PATH, **headers: str) -> Any:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        made = signed(key, path, body, clock.now()) | {"Content-Type": "application/json"} | headers
        return client.http.request("POST", PATH, headers=made, body=body)

    yield call
    keyring.keys.cache_clear()


def told(state: str, out_id: str = OUT_ID) -> dict[str, Any]:
    return {"receipts": [{"out_id": out_id, "state": state}]}


def a_notice_that_was_sent() -> None:
    proof = proofs.proof(proofs.owed_item(CASE, 1, Notice(PETITIONER, SMS, ("S06",)), clock.now()))
    claimed = proofs.claim(proof, clock.now())
    table().put(proofs.item(delivery.record_sent(claimed, clock.now(), "g1", gives_receipts=True)))


def state() -> str:
    (found,) = proofs.of_case(table(), CASE)
    return found.state


def test_a_signed_receipt_says_that_the_telephone_has_it_and_a_replay_changes_nothing(call: Call) -> None:
    a_notice_that_was_sent()
    for each in ("accepted", "delivered", "delivered", "failed", "accepted"):
        answered = call(told(each))
        assert (answered.status_code, answered.json_body) == (200, {"received": 1})
    assert state() == proofs.DELIVERED


def test_a_number_nobody_knows_is_answered_like_one_that_is_known(call: Call) -> None:
    a_notice_that_was_sent()
    known, unknown = call(told("delivered")), call(told("delivered", "261123001786-1-S06-1"))
    code = call(told("delivered", "code-abcdef"))
    assert known.status_code == unknown.status_code == code.status_code == 200
    assert known.json_body == unknown.json_body == code.json_body


def test_a_receipt_of_a_bulk_text_finds_its_recipient_and_no_alarm_counts_it(
    call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    announced.lay(table(), keyring.keys(), 1, "13900001111", clock.now())
    [row] = announced.standing(table(), 1, "owed", until=clock.now())
    sent = announced.save(table(), row, replace(row, state="sent", tries=1))
    assert sent is not None
    assert call(told("rejected", sent.out_id)).json_body == {"received": 1}
    assert "ReceiptOfNothing" not in capsys.readouterr().out
    assert announced.reasons(table(), 1) == {"号码不能接收短信": 1}


@pytest.mark.parametrize(
    "wrong",
    [{"key": b"another"}, {"path": "/v1/messages"}, {SIGNATURE: ""}, {SIGNATURE: "é"}, {"X-Sms-Time": "1"}],
)
def test_without_the_gateways_signature_nothing_is_read(call: Call, wrong: dict[str, Any]) -> None:
    a_notice_that_was_sent()
    answered = call(told("delivered"), **wrong)
    assert (answered.status_code, answered.json_body["code"]) == (401, "signature_refused")
    assert call(b"{", **wrong).status_code == 401
    assert state() == proofs.SENT


def test_a_signature_of_six_minutes_ago_is_refused(call: Call, later: Callable[..., None]) -> None:
    body = json.dumps(told("delivered")).encode()
    old = signed(KEY, PATH, body, clock.now())
    later(minutes=6)
    assert call(body, **old).status_code == 401


def test_where_no_gateway_is_used_or_its_key_is_not_loaded_nobody_gets_in(
    call: Call, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callbacks, "settings", replace(callbacks.settings, sms_sender="sns"))
    assert call(told("delivered")).status_code == 401
    monkeypatch.setattr(callbacks, "settings", replace(callbacks.settings, sms_sender="gateway"))
    Entry(keyring.KEYRING, "gateway").delete()
    keyring.keys.cache_clear()
    assert call(told("delivered")).status_code == 503


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        ({"receipts": []}, 422),
        ({"receipts": [{"out_id": "x" * 201, "state": "delivered"}]}, 422),
        ({"receipts": [{"out_id": OUT_ID, "state": "送达"}]}, 422),
        ({"receipts": [{"out_id": OUT_ID, "state": "delivered"}] * 101}, 422),
        (b'{"receipts": "' + b"x" * 65_536 + b'"}', 413),
    ],
)
def test_what_the_gateway_signs_is_checked_like_everybody_elses(call: Call, body: Any, status: int) -> None:
    assert call(body).status_code == status


def test_the_key_is_stored_wrapped_and_replaced_by_the_next(call: Call, world: Any) -> None:
    assert KEY.decode() not in repr(world.items("guard"))
    keyring.put_gateway_key(b"the next one, as long")
    keyring.keys.cache_clear()
    assert call(told("delivered")).status_code == 401
    assert call(told("delivered"), key=b"the next one, as long").status_code == 200
