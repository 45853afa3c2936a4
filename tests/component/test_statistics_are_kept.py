"""The statistics consumer keeps its rows with a role that can open nothing, and the bureau reads its figures."""

import time
from pathlib import Path

import httpx
import pyotp

from chalicelib import clock
from chalicelib.store import people
from infra.local.running import running
from tests.component.test_after_a_restart import PATIENCE_S, file


def test_a_filed_petition_is_counted(tmp_path: Path) -> None:
    with running(tmp_path) as stack, httpx.Client(base_url=stack.origin, timeout=60, trust_env=False) as http:
        file(http)
        code = pyotp.TOTP(people.demo_totp_secret("bureau1")).at(clock.now())
        form = {"user": "bureau1", "password": "Sunlight-2026!", "totp": code}
        token = http.post("api/staff/sessions", json=form).json()["token"]
        until = time.monotonic() + PATIENCE_S
        while http.get("api/statistics", headers={"Authorization": f"Bearer {token}"}).json()["total"] != 1:
            assert time.monotonic() < until, "the petition was not counted"
            time.sleep(1)
