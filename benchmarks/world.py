"""A county on moto for one process, driven as API Gateway drives it."""

import contextlib
import io
import json
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import botocore.session
import pyotp
from chalice.local import LambdaEventConverter, RouteMatcher
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from app import app
from benchmarks.process import REGION, ROOT
from chalicelib import clock
from chalicelib.store import bootstrap, people

KEPT_BY_MOTO = ("AttributeDefinitions", "KeySchema", "BillingMode", "GlobalSecondaryIndexes")
TABLES = {"CasesTable": "cases", "GuardTable": "guard"}


@contextmanager
def county() -> Iterator["County"]:
    """Tables as the template declares them, a master key, the county's profile and its demo accounts."""
    with mock_aws(), contextlib.redirect_stdout(io.StringIO()):
        session = botocore.session.Session()
        tables = session.create_client("dynamodb")
        resources = json.loads((ROOT / "infra" / "resources.json").read_text(encoding="utf-8"))["Resources"]
        for logical_id, name in TABLES.items():
            properties = resources[logical_id]["Properties"]
            tables.create_table(TableName=name, **{key: properties[key] for key in KEPT_BY_MOTO if key in properties})
        kms = session.create_client("kms")
        for alias in ("KMS_KEY_ID", "REPORT_KEY_ID"):
            key_id = kms.create_key()["KeyMetadata"]["KeyId"]
            kms.create_alias(AliasName=os.environ[alias], TargetKeyId=key_id)
        bootstrap.load_profile()
        yield County()


class County:
    """The application as its callers see it."""

    def __init__(self) -> None:
        self._events = LambdaEventConverter(RouteMatcher(list(app.routes)))

    def event(
        self, method: str, path: str, body: Any = None, *, token: str = "", version: int | None = None
    ) -> dict[str, Any]:
        """What API Gateway makes of one request."""
        headers = {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
        headers |= {"authorization": f"Bearer {token}"} if token else {}
        headers |= {"if-match": f'"{version}"'} if version is not None else {}
        sent = "" if body is None else json.dumps(body, ensure_ascii=False)
        return self._events.create_lambda_event(method, path, headers, sent)

    def serve(self, event: dict[str, Any]) -> tuple[int, Any]:
        """Status and body of the answer; anything but success ends the measurement."""
        answer = app(event, None)
        if answer["statusCode"] >= 300:
            raise SystemExit(f"{event['path']} answered {answer['statusCode']}: {answer['body']}")
        return answer["statusCode"], json.loads(answer["body"])

    def petitioner(self, phone: str) -> str:
        """Sign in by one-time code; the token."""
        form = {"phone": phone}
        _, begun = self.serve(self.event("POST", "/codes", form))
        sent = [text for number, text, *_ in _sms() if number.endswith(phone)]
        code = re.search(r"\d{6}", sent[-1])
        assert code is not None
        form |= {"challenge": begun["challenge"], "code": code[0]}
        return self.serve(self.event("POST", "/sessions", form))[1]["token"]

    def staff(self, user: str) -> str:
        """Sign in by password and one-time password; the token."""
        totp = pyotp.TOTP(people.demo_totp_secret(user)).at(clock.now())
        form = {"user": user, "password": bootstrap.DEMO_PASSWORD, "totp": totp}
        return self.serve(self.event("POST", "/staff/sessions", form))[1]["token"]

    @contextmanager
    def later(self, **by: float) -> Iterator[None]:
        """The product's own movable clock goes on inside the block."""
        before = clock._OFFSET
        clock._OFFSET = before + timedelta(**by)
        try:
            yield
        finally:
            clock._OFFSET = before


def _sms() -> list[Any]:
    return list(sns_backends[DEFAULT_ACCOUNT_ID][REGION].sms_messages.values())
