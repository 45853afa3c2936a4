"""After a second start the ways out work as after the first: what happens is published, and its notices are sent."""

import time
from pathlib import Path

import httpx

from infra.local.running import running

PHONE = "19900005501"
PATIENCE_S = 120


def test_a_petition_filed_after_a_second_start_is_told_by_text_message(tmp_path: Path) -> None:
    with running(tmp_path) as first, httpx.Client(base_url=first.origin, timeout=60, trust_env=False) as http:
        before = file(http)
        wait_for(http, before, texts=2)
    with running(tmp_path) as second, httpx.Client(base_url=second.origin, timeout=60, trust_env=False) as http:
        after = file(http)
        wait_for(http, after, texts=2)
        session = sign_in(http)
        mine = http.get("api/my/petitions", headers=session).json()["items"]
        assert {each["case_number"] for each in mine} == {before, after}


def file(http: httpx.Client) -> str:
    body = {
        "kind": "grievance",
        "title": "路灯不亮",
        "text": "解放路路灯坏了三个月。",
        "name": "周桂兰",
        "address": "青山县解放路12号",
    }
    key = {"Idempotency-Key": f"restart-{time.monotonic_ns()}"}
    answer = http.post("api/petitions", json=body, headers={**sign_in(http), **key})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_number"])


def sign_in(http: httpx.Client) -> dict[str, str]:
    challenge = http.post("api/codes", json={"phone": PHONE}).json()["challenge"]
    code = messages(http)[-1].split("验证码")[1][:6]
    answer = http.post("api/sessions", json={"challenge": challenge, "phone": PHONE, "code": code})
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def messages(http: httpx.Client) -> list[str]:
    return [each["text"] for each in http.get("_local/sms", params={"phone": PHONE}).json()]


def wait_for(http: httpx.Client, number: str, *, texts: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while sum(number in text for text in messages(http)) < texts:
        assert time.monotonic() < until, f"{number} was not told within {PATIENCE_S} s"
        time.sleep(1)
