"""The fault injector itself: what a fault leaves behind on a real wire, and how a process is told to die."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from infra.faults import loaded
from infra.faults.loaded import wire

KEY = {"pk": {"S": "CASE#261234567890"}, "sk": {"S": "NOTICE#000001#petitioner#sms"}}
TRANSACTION = [{"Put": {"TableName": "cases", "Item": KEY}}, {"Put": {"TableName": "cases", "Item": KEY}}]
FOLDER = Path(loaded.__file__).parent


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """Something that listens, and what arrived there."""
    arrived: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            arrived.append(self.headers["X-Amz-Target"])
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Listening)
    Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}", arrived
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def client(server: tuple[str, list[str]]) -> Any:
    """A client of it that tries once."""
    config = Config(retries={"total_max_attempts": 1}, proxies={})
    return botocore.session.get_session().create_client(
        "dynamodb",
        "cn-north-1",
        endpoint_url=server[0],
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=config,
    )


@pytest.fixture
def meeting() -> Iterator[Callable[[str], list[wire.Call]]]:
    """Every request of the test meets this kind of fault; answers the calls that met it."""
    removals = []

    def all_meet(kind: str) -> list[wire.Call]:
        met: list[wire.Call] = []

        def around(call: wire.Call, request: Any, send: wire.Send) -> Any:
            met.append(call)
            return wire.meet(kind, call, request, send)

        removals.append(wire.install(around))
        return met

    yield all_meet
    for remove in removals:
        remove()


@pytest.mark.parametrize(
    ("kind", "told", "arrives"),
    [
        (wire.REFUSED, EndpointConnectionError, False),
        (wire.TIME_OUT, ReadTimeoutError, False),
        (wire.LOST, ReadTimeoutError, True),
        (wire.CONFLICT, "TransactionCanceledException", False),
        (wire.THROTTLE, "ProvisionedThroughputExceededException", False),
        (wire.FAILED, "InternalServerError", False),
        (wire.FAILED_APPLIED, "InternalServerError", True),
    ],
)
def test_a_fault_tells_what_it_tells_and_applies_what_it_applies(
    client: Any,
    server: tuple[str, list[str]],
    meeting: Callable[[str], list[wire.Call]],
    kind: str,
    told: type[Exception] | str,
    arrives: bool,
) -> None:
    met = meeting(kind)
    with pytest.raises(ClientError if isinstance(told, str) else told) as caught:
        client.transact_write_items(TransactItems=TRANSACTION)
    if isinstance(told, str):
        assert caught.value.response["Error"]["Code"] == told
    assert server[1] == ["DynamoDB_20120810.TransactWriteItems"] * arrives
    assert [call.point for call in met] == ["dynamodb.TransactWriteItems/NOTICE"]


def test_a_conflict_names_a_reason_for_each_write(client: Any, meeting: Callable[[str], list[wire.Call]]) -> None:
    meeting(wire.CONFLICT)
    with pytest.raises(ClientError) as caught:
        client.transact_write_items(TransactItems=TRANSACTION)
    reasons = [reason["Code"] for reason in caught.value.response["CancellationReasons"]]
    assert reasons == ["TransactionConflict", "None"]


def test_every_kind_of_fault_is_listed() -> None:
    kinds = {wire.REFUSED, wire.TIME_OUT, wire.LOST, wire.CONFLICT, wire.THROTTLE, wire.FAILED, wire.FAILED_APPLIED}
    assert set(wire.KINDS) == kinds


CALLS = """
import botocore.session, sys
from botocore.config import Config
client = botocore.session.get_session().create_client(
    "dynamodb", "cn-north-1", endpoint_url=sys.argv[1], aws_access_key_id="a", aws_secret_access_key="b",
    config=Config(retries={"total_max_attempts": 1}, proxies={}))
key = {"pk": {"S": "CASE#1"}, "sk": {"S": "CASE"}}
for _ in range(3):
    client.get_item(TableName="cases", Key=key)
print("lived")
"""
LABEL = "Notices|dynamodb.GetItem:CASE|"


def run(folder: Path, url: str) -> subprocess.CompletedProcess[str]:
    """Three reads by a process that loads the orders from outside, as a function of the emulator does."""
    environment = {**os.environ, "PYTHONPATH": str(FOLDER), "FAULTS_AT": str(folder)}
    environment["AWS_LAMBDA_FUNCTION_NAME"] = "sunlight-local-Notices-1A2B3C"
    command = [sys.executable, "-c", CALLS, url]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where orders are given."""
    for name in ("armed", "fired", "seen"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("when", "nth", "arrived"), [("before", 1, 0), ("after", 1, 1), ("before", 3, 2), ("after", 3, 3)]
)
def test_a_process_dies_where_it_was_told_to_and_only_one_does(
    folder: Path, server: tuple[str, list[str]], when: str, nth: int, arrived: int
) -> None:
    (folder / "armed" / f"{LABEL}{when}").write_text(f"kill {nth}")
    assert run(folder, server[0]).returncode == -9
    assert len(server[1]) == arrived
    assert [each.name.split("|")[:4] for each in (folder / "fired").iterdir()] == [
        [*f"{LABEL}{when}".split("|"), "kill"]
    ]
    assert run(folder, server[0]).stdout == "lived\n"


def test_what_is_passed_is_seen_and_a_process_without_orders_lives(folder: Path, server: tuple[str, list[str]]) -> None:
    assert run(folder, server[0]).stdout == "lived\n"
    assert {each.name for each in (folder / "seen").iterdir()} == {f"{LABEL}before", f"{LABEL}after"}


def test_the_product_does_not_know_of_faults() -> None:
    root = Path(__file__).resolve().parents[2]
    sources = [*(root / "chalicelib").rglob("*.py"), root / "app.py", *(root / ".chalice").glob("*.json")]
    named = [path.name for path in sources if "FAULTS_AT" in path.read_text() or "infra.faults" in path.read_text()]
    assert len(sources) > 100
    assert named == []
