"""Replay: what is asked again and what is not, and what a run leaves behind."""

from pathlib import Path

import httpx
import pytest

from infra.replay import ledger
from infra.replay.client import Api, Refused
from infra.replay.totp_steps import is_stale, next_step, opens_in, take_step

NUMBER = "266546816856"


def an_api(answers: list[httpx.Response | Exception]) -> tuple[Api, list[httpx.Request], list[float]]:
    asked: list[httpx.Request] = []
    waited: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        given = answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    return Api("http://there", 1, sleep=waited.append, transport=httpx.MockTransport(answer)), asked, waited


def test_what_may_be_tried_again_is_tried_with_the_same_key() -> None:
    busy = httpx.Response(503, headers={"Retry-After": "7"}, json={"code": "busy"})
    api, asked, waited = an_api([httpx.ReadTimeout("lost"), busy, httpx.Response(201, json={"case_number": NUMBER})])
    assert api.post("/api/petitions", {}, key="k").body["case_number"] == NUMBER
    assert [request.headers["Idempotency-Key"] for request in asked] == ["k", "k", "k"]
    assert (waited[1], api.retried) == (7.0, 2)


@pytest.mark.parametrize("status", [400, 401, 404, 409, 412, 422, 500])
def test_what_the_system_refuses_is_not_tried_again(status: int) -> None:
    api, asked, _ = an_api([httpx.Response(status, json={"code": "no", "detail": "不行", "errors": []})])
    with pytest.raises(Refused, match=f"{status} no: 不行"):
        api.post("/api/petitions", {}, key="k")
    assert len(asked) == 1


def test_a_lock_out_of_many_minutes_is_not_waited_for() -> None:
    api, asked, waited = an_api([httpx.Response(429, headers={"Retry-After": "900"}, json={"code": "too_many"})])
    with pytest.raises(Refused, match="429 too_many"):
        api.post("/api/staff/sessions", {}, key="k")
    assert (len(asked), waited) == (1, [])


@pytest.mark.parametrize(
    ("last", "now", "step", "wait"),
    [(0, 3000.0, 101, 0.0), (101, 3000.0, 102, 30.0), (102, 3010.0, 103, 50.0), (103, 3100.0, 104, 0.0)],
)
def test_each_sign_in_waits_for_a_step_of_its_own(last: int, now: float, step: int, wait: float) -> None:
    assert next_step(last, now) == step
    assert opens_in(step, now) == wait
    assert not is_stale(step, now + wait)
    assert is_stale(step, now + wait + 60)


def test_a_step_noted_under_a_clock_that_was_moved_back_holds_nobody_up() -> None:
    assert next_step(3 * 24 * 3600 // 30, 3000.0) == 101


def test_a_step_is_taken_once_whichever_run_asks(tmp_path: Path) -> None:
    taken = [take_step(tmp_path, "http://127.0.0.1:8000", user, 3000.0) for user in ("bureau1", "bureau1", "admin1")]
    assert taken == [101, 102, 101]


def test_a_ledger_comes_back_as_it_was_written_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    entries = [ledger.Entry("7", NUMBER, "4993319954677992", "served")]
    ledger.write(tmp_path / "runs" / "one.jsonl", entries)
    assert ledger.read(tmp_path / "runs" / "one.jsonl") == entries
    assert (tmp_path / "runs" / "one.jsonl").stat().st_mode & 0o077 == 0


def test_another_file_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_text('{"id": "7"}\n')
    with pytest.raises(ValueError, match="not a list of filed cases"):
        ledger.read(tmp_path / "other.jsonl")
