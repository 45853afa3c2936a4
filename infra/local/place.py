"""Where a running local stack is: written down by the runner in its state folder, read by every tool beside it."""

import http.client
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from infra import stack
from infra.local.emulator import CREDENTIALS, REGION, ROOT

FILE = "place.json"
DEFAULT_STATE = ROOT / "var" / "local"


@dataclass(frozen=True)
class Place:
    """One running stack: its origin for people, the emulator behind it, and what it was made from."""

    origin: str
    emulator: str
    profile: str
    clock_offset: str
    outputs: dict[str, str]

    def write(self, state: Path) -> None:
        """Tell the tools beside the runner."""
        (state / FILE).write_text(json.dumps(asdict(self), indent=1))

    def now(self) -> datetime:
        """The moment it is for the functions of the stack."""
        connection = http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=10)
        try:
            connection.request("GET", "/_local/clock")
            return datetime.fromisoformat(json.loads(connection.getresponse().read())["now"])
        finally:
            connection.close()

    def environment(self) -> dict[str, str]:
        """What a function of the stack sees, for a program beside it that uses the same store."""
        return {
            **stack.environment(self.outputs, stage="local", profile=self.profile, region=REGION),
            "CLOCK_OFFSET": self.clock_offset,
            "AWS_ENDPOINT_URL": self.emulator,
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
            "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
            **CREDENTIALS,
        }


def chosen_state() -> Path:
    """The state folder meant: the one in STATE (browser tests), else that of `make run`."""
    return Path(os.environ.get("STATE") or DEFAULT_STATE)


def find(state: Path) -> Place:
    """The stack that runs over this folder; SystemExit with one sentence when there is none."""
    try:
        return Place(**json.loads((state / FILE).read_text()))
    except FileNotFoundError:
        raise SystemExit(f"no local stack is running over {state}: start it with `make run`") from None


def forget(state: Path) -> None:
    """The stack has stopped."""
    (state / FILE).unlink(missing_ok=True)
