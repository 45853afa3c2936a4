"""Run the browser tests of web/e2e against a fresh local stack: `make e2e`.

The tests find the stack in BASE_URL, its state folder in STATE and the browser in CHROMIUM.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from infra.local.emulator import ROOT
from infra.local.running import running

TESTS = ROOT / "web" / "e2e"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
INSTALL_BROWSER = "apt-get install -y chromium fonts-noto-cjk"
INSTALL_NODE = "apt-get install -y nodejs npm"


def main() -> None:
    """Check the tools, start the stack, hand over to node's test runner."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise SystemExit(f"Node.js is missing: {INSTALL_NODE}")
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit(f"Chromium is missing: {INSTALL_BROWSER}")
    if (TESTS / "package.json").exists() and not (TESTS / "node_modules").exists():
        install = [npm, "ci" if (TESTS / "package-lock.json").exists() else "install", "--no-audit", "--no-fund"]
        subprocess.run(install, cwd=TESTS, check=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as where:
        # The tests share one stack, so they run one after the other.
        command = [node, "--test", "--test-concurrency=1"]
        told = {"BASE_URL": where.origin.rstrip("/"), "STATE": folder, "CHROMIUM": browser}
        done = subprocess.run(command, cwd=TESTS, env={**os.environ, **told})
    raise SystemExit(done.returncode)


if __name__ == "__main__":
    main()
