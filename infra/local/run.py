"""Run the whole product on this machine: emulator, the stack AWS gets, the tenant's profile, one origin in front.

Prints READY with its address alone on a line once everything answers; stops in reverse order on Ctrl-C or SIGTERM.
"""

import argparse
import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TextIO

try:
    import chalicelib.clock  # noqa: F401
except ValueError as wrong:
    raise SystemExit(str(wrong)) from None

from botocore.exceptions import ClientError

from chalicelib.settings import settings
from infra import package, stack
from infra.local import place
from infra.local.emulator import REGION, ROOT, CannotStart, Emulator
from infra.local.serve import Origin

STACK = "sunlight-local"
BUCKET = "sunlight-local-artifacts"
BUSY_PORT = "port {port} is busy: stop what listens there, or choose another one with `make run PORT={next}`"


def main() -> None:
    """Start, wait, stop; one sentence and exit 1 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port of the one origin")
    parser.add_argument("--state", type=Path, default=place.DEFAULT_STATE, help="folder that keeps the data")
    parser.add_argument("--pages", type=Path, default=ROOT / "web", help="folder of the static pages")
    options = parser.parse_args()
    stop = threading.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda _number, _frame: stop.set())
    try:
        run(options.port, options.state.resolve(), options.pages, stop)
    except (CannotStart, stack.StackFailed) as reason:
        raise SystemExit(str(reason)) from None


def run(port: int, state: Path, pages: Path, stop: threading.Event) -> None:
    """Hold the stack up until it is told to stop."""
    state.mkdir(parents=True, exist_ok=True)
    held = hold(state)
    origin = listen(port, pages)
    emulator = Emulator(state)
    serving = threading.Thread(target=origin.serve_forever, name="origin")
    try:
        emulator.start()
        where = bring_up(emulator, origin, state)
        if stop.is_set():
            return
        serving.start()
        where.write(state)
        print(f"READY {where.origin}", flush=True)
        while not stop.wait(1):
            if not emulator.is_running():
                raise CannotStart(f"the emulator has stopped by itself: see {emulator.log}")
    finally:
        place.forget(state)
        if serving.is_alive():
            origin.shutdown()
        origin.server_close()
        emulator.stop()
        held.close()


def bring_up(emulator: Emulator, origin: Origin, state: Path) -> place.Place:
    """Deploy the package AWS gets, load the profile, and wait until the API answers through the whole chain."""
    say("packaging")
    built = package.build("local", state / "package")
    say("deploying")
    session = emulator.session()
    ensure_bucket(session.client("s3"))
    parameters = {"Stage": "local", "Profile": settings.profile, "ClockOffset": settings.clock_offset}
    outputs = stack.deploy(session, stack=STACK, bucket=BUCKET, package=built, parameters=parameters)
    address = f"http://127.0.0.1:{origin.server_port}/"
    where = place.Place(address, emulator.url, settings.profile, settings.clock_offset, outputs)
    say("loading the profile")
    loaded = subprocess.run(
        [sys.executable, "-m", "infra.local.load"], cwd=ROOT, env={**os.environ, **where.environment()}, text=True
    )
    if loaded.returncode:
        raise CannotStart("the profile could not be loaded: the reason stands above")
    origin.connect(emulator.port, outputs["RestAPIId"])
    status = emulator.status_of(f"{origin.api_prefix}/api/health")
    if status != 200:
        raise CannotStart(f"the API answers {status} to /api/health, expected 200: see {emulator.log}")
    return where


def hold(state: Path) -> TextIO:
    """Make sure that nobody else runs over this folder: two emulators would overwrite each other's data."""
    lock = (state / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise CannotStart(f"another local stack already runs over {state}: stop it first") from None
    return lock


def listen(port: int, pages: Path) -> Origin:
    """Take the port before anything else is started."""
    try:
        return Origin(port, pages)
    except OSError:
        raise CannotStart(BUSY_PORT.format(port=port, next=port + 1)) from None


def ensure_bucket(storage: object) -> None:
    """The bucket that a deployment to AWS expects to exist."""
    try:
        storage.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})  # type: ignore[attr-defined]
    except ClientError as refused:
        if refused.response["Error"]["Code"] != "BucketAlreadyOwnedByYou":
            raise


def say(doing: str) -> None:
    """Tell the person at the terminal what takes the time."""
    print(f"... {doing}", flush=True)


if __name__ == "__main__":
    main()
