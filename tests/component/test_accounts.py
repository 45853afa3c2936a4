"""Accounts of staff are made and closed by the operator's tool; a closed one counts at the next call."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pyotp
import pytest

from infra.local.place import Place
from infra.local.run import STACK
from infra.local.running import running

PASSWORD = "a long enough password"


@pytest.mark.feature(81)
def test_an_account_signs_in_until_it_is_closed(tmp_path: Path) -> None:
    with running(tmp_path) as stack, httpx.Client(base_url=stack.origin, timeout=60, trust_env=False) as http:
        refused = account(stack, "--org", "nowhere")
        assert refused.returncode != 0
        made = account(stack, "--name", "王伟", "--role", "clerk", "--org", "housing")
        assert made.returncode == 0, made.stderr
        secret = re.search(r"once: (\w+)", made.stdout)
        assert secret is not None
        code = pyotp.TOTP(secret[1]).at(int(time.time()))
        form = {"user": "wangwei", "password": PASSWORD, "totp": code}
        signed_in = http.post("api/staff/sessions", json=form)
        assert signed_in.status_code == 201, signed_in.text
        auth = {"Authorization": f"Bearer {signed_in.json()['token']}"}
        assert http.get("api/worklist", headers=auth).status_code == 200
        assert account(stack, "--close").returncode == 0
        assert http.get("api/worklist", headers=auth).status_code == 401


def account(stack: Place, *wishes: str) -> "subprocess.CompletedProcess[str]":
    command = [
        sys.executable,
        "-m",
        "infra.account",
        "--stack",
        STACK,
        "--stage",
        "local",
        "--user",
        "wangwei",
        *wishes,
    ]
    environment = {**os.environ, **stack.environment()}
    return subprocess.run(command, env=environment, input=PASSWORD + "\n", capture_output=True, text=True, check=False)
