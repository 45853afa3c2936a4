"""The reconciler in the packaged artefact, under its own role: it walks, mends what fell out of a list, and who keeps
the system reads what it found, under the role of the interface."""

from pathlib import Path

import httpx
import pyotp

from chalicelib import clock
from chalicelib.store import people
from infra.local.emulator import LocalSession
from infra.local.running import running
from infra.local.sweep import invoke
from tests.component.test_after_a_restart import file


def test_its_role_is_enough_to_walk_the_table_and_to_mend(tmp_path: Path) -> None:
    with running(tmp_path) as stack, httpx.Client(base_url=stack.origin, timeout=60, trust_env=False) as http:
        number = file(http)
        first = invoke(stack, "Reconcile")
        assert (first["is_full"], first["failed"], first["mended"], first["listed"]) == (True, 0, 0, 0)
        assert first["examined"] >= 1
        table = LocalSession(stack.emulator).client("dynamodb")
        key = {"pk": {"S": f"CASE#{number}"}, "sk": {"S": "CASE"}}
        without = {"Key": key, "UpdateExpression": "REMOVE wake_at", "TableName": stack.outputs["CasesTable"]}
        table.update_item(**without)
        for mark in ("RECENT", "FULL"):  # as if it were the next night
            begun = {"pk": {"S": "RECONCILE"}, "sk": {"S": mark}}
            table.delete_item(TableName=stack.outputs["GuardTable"], Key=begun)
        again = invoke(stack, "Reconcile")
        assert (again["failed"], again["mended"]) == (0, 1)
        me = administrator(http)
        (mended,) = http.get("api/findings?done=true", headers=me).raise_for_status().json()["items"]
        assert (mended["kind"], mended["case_number"]) == ("wake_wrong", number)
        newest = http.get("api/completeness", headers=me).raise_for_status().json()["newest"]
        assert newest["total"]["owed"] >= 1
        assert "wake_at" in table.get_item(TableName=stack.outputs["CasesTable"], Key=key)["Item"]


def administrator(http: httpx.Client) -> dict[str, str]:
    code = pyotp.TOTP(people.demo_totp_secret("admin1")).at(clock.now())
    form = {"user": "admin1", "password": "Sunlight-2026!", "totp": code}
    token = http.post("api/staff/sessions", json=form).raise_for_status().json()["token"]
    return {"Authorization": f"Bearer {token}"}
