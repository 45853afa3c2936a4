"""The one origin: pages, the API behind it, and what only this machine may see."""

import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from infra.local.emulator import ROOT, LocalSession
from infra.local.place import Place


def test_the_api_answers_through_the_whole_chain(http: httpx.Client) -> None:
    answer = http.get("api/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["stage"] == "local"


def test_the_first_page_comes_from_the_same_origin(http: httpx.Client) -> None:
    answer = http.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/..%2f..%2fetc%2fpasswd", "/%2e%2e/Makefile", "/.chalice/config.json", "/e2e/", "/%00"]
)
def test_nothing_outside_the_pages_is_served(http: httpx.Client, path: str) -> None:
    assert http.get(path).status_code == 404


def test_an_unknown_route_is_refused_by_api_gateway_itself(http: httpx.Client) -> None:
    assert http.get("api/no-such-route").status_code == 403


def test_a_text_message_is_shown_with_its_time(stack: Place, http: httpx.Client) -> None:
    before = http.get("_local/clock").json()["now"]
    LocalSession(stack.emulator).client("sns").publish(PhoneNumber="+8613800000001", Message="【阳光信访】测试")
    (shown,) = http.get("_local/sms", params={"phone": "13800000001", "since": before}).json()
    assert (shown["phone"], shown["text"]) == ("13800000001", "【阳光信访】测试")
    assert shown["at"] >= before
    assert http.get("_local/sms", params={"phone": "13800000002"}).json() == []


def test_everything_listens_on_loopback_only(stack: Place) -> None:
    address = socket.gethostbyname(socket.gethostname())
    if address.startswith("127."):
        address = "127.0.0.2"
    for url in (stack.origin, stack.emulator):
        with socket.socket() as probe:
            assert probe.connect_ex((address, httpx.URL(url).port)) != 0


def test_a_busy_port_is_told_in_one_sentence(stack: Place, tmp_path: Path) -> None:
    port = str(httpx.URL(stack.origin).port)
    command = [sys.executable, "-m", "infra.local.run", "--port", port, "--state", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert done.stderr.startswith(f"port {port} is busy: ")
    assert done.stderr.count("\n") == 1
