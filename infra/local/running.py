"""A whole local stack for the length of a test run: own port, own state folder, gone afterwards."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local import place
from infra.local.emulator import ROOT, SNAPSHOT_SECONDS, free_port

SECONDS_TO_READY = 240


@contextmanager
def running(
    state: Path, *, port: int | None = None, clock_offset: str = "", snapshot_s: float = SNAPSHOT_SECONDS
) -> Iterator[place.Place]:
    """Start `infra.local.run` over a state folder, give its place once READY, stop it gracefully.

    The data stays in the folder: a second call over the same folder finds it. A snapshot of it holds everybody up: who
    needs the data no longer than the stack asks for few.
    """
    command = [sys.executable, "-m", "infra.local.run", "--port", str(port or free_port()), "--state", str(state)]
    environment = {**os.environ, "CLOCK_OFFSET": clock_offset, "SNAPSHOT_SECONDS": str(snapshot_s)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            wait_until_ready(process)
            yield place.find(state)
        finally:
            process.terminate()
            process.wait()


def wait_until_ready(process: "subprocess.Popen[bytes]") -> None:
    """Read what the runner says until READY; raise RuntimeError with all of it otherwise."""
    assert process.stdout is not None
    said = b""
    end = time.monotonic() + SECONDS_TO_READY
    while not any(line.startswith(b"READY ") for line in said.splitlines()):
        if not select.select([process.stdout], [], [], max(0.0, end - time.monotonic()))[0]:
            raise RuntimeError(f"not READY after {SECONDS_TO_READY} seconds:\n{said.decode()}")
        piece = os.read(process.stdout.fileno(), 65536)
        if not piece:
            raise RuntimeError(f"the local stack did not start:\n{said.decode()}")
        said += piece
