"""Start and stop the local AWS. It listens on loopback only, enforces IAM and keeps its state in one folder."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from chalicelib.settings import settings

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = ROOT / ".venv-local" / "bin" / "python"
# The emulator knows the partition `aws` alone, so a region of it; nothing leaves this machine.
REGION = "ap-east-1"
# Not a secret: MiniStack takes this key as the root of its own account, which exists on loopback only.
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30
SNAPSHOT_SECONDS = 5


class CannotStart(Exception):
    """One sentence for the person at the terminal."""


class Emulator:
    """One MiniStack process over one state folder."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = state / "emulator.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers; raise CannotStart with the reason."""
        if not PYTHON.exists():
            raise CannotStart("the emulator's virtual environment .venv-local is missing: run `make venv`")
        scratch = self.state / "tmp"
        # MiniStack never removes the unpacked functions, not even on a graceful stop.
        shutil.rmtree(scratch, ignore_errors=True)
        for folder in (scratch, self.state / "services", self.state / "s3"):
            folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [str(PYTHON), "-m", "infra.local.emulator_process"],
                cwd=ROOT,
                env=self._environment(scratch),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C must reach the runner alone: it stops the server first and the emulator after it.
                start_new_session=True,
            )
        self._wait()

    def _environment(self, scratch: Path) -> dict[str, str]:
        """A clean one: every function inherits the emulator's whole environment."""
        return {
            "PATH": f"{PYTHON.parent}:/usr/bin:/bin",
            "HOME": str(self.state),
            "TMPDIR": str(scratch),
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": "localhost",
            "MINISTACK_REGION": REGION,
            "AUTH": "true",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.state / "services"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.state / "s3"),
            "SNAPSHOT_SECONDS": os.environ.get("SNAPSHOT_SECONDS", str(SNAPSHOT_SECONDS)),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
            "CLOCK_OFFSET": settings.clock_offset,
            "LOG_LEVEL": "WARNING",
            "PYTHONDONTWRITEBYTECODE": "1",
            **CREDENTIALS,
        }

    def _wait(self) -> None:
        assert self._process is not None
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise CannotStart(f"the emulator stopped at once with code {self._process.returncode}: see {self.log}")
            if self.status_of("/_ministack/health") == 200:
                return
            time.sleep(0.05)
        raise CannotStart(f"the emulator did not answer within {SECONDS_TO_START} seconds: see {self.log}")

    def status_of(self, path: str) -> int | None:
        """The status that a GET of this path answers; None while nobody answers at all."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def stop(self) -> None:
        """Stop it gracefully, so that it saves; kill its whole session only when it does not obey."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def is_running(self) -> bool:
        """False once the process has ended, whoever ended it."""
        return self._process is not None and self._process.poll() is None

    def session(self) -> "LocalSession":
        """An SDK session that speaks to this emulator as its root account."""
        return LocalSession(self.url)


class LocalSession(boto3.Session):
    """An SDK session whose clients speak to one emulator, whatever endpoint or proxy the environment names."""

    def __init__(self, url: str, *keys: str) -> None:
        super().__init__(*(keys or CREDENTIALS.values()), region_name=REGION)
        self._url = url

    def client(self, service_name: str, config: Config | None = None, **options: Any) -> Any:
        """A client of the emulator's service."""
        # Botocore otherwise puts the account into DynamoDB's host name, which no emulator has.
        config = Config(proxies={}, account_id_endpoint_mode="disabled").merge(config or Config())
        return super().client(service_name, endpoint_url=self._url, config=config, **options)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
