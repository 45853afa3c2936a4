"""A county on moto for one process, driven as API Gateway drives it. It sets the environment before the application is
imported, so it is the first thing a measuring process touches.
"""

import contextlib
import io
import json
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

import botocore.session
from chalice.app import Chalice
from chalice.local import LambdaEventConverter, RouteMatcher
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from benchmarks.process import ROOT

REGION = "cn-north-1"
OFFICE_HOUR = 10
"""Notices go out by day, so the county's clock is put to ten in the morning."""
KEPT_BY_MOTO = ("AttributeDefinitions", "KeySchema", "BillingMode", "GlobalSecondaryIndexes")
TABLES = {"CasesTable": "cases", "GuardTable": "guard"}


def environment() -> dict[str, str]:
    """What the deployed functions would find, in a region of another partition."""
    hour = datetime.now(timezone(timedelta(hours=8))).hour
    return {
        "STAGE": "test",
        "CASES_TABLE": TABLES["CasesTable"],
        "GUARD_TABLE": TABLES["GuardTable"],
        "TOPIC_ARN": f"arn:aws-cn:sns:{REGION}:{DEFAULT_ACCOUNT_ID}:events",
        "KMS_KEY_ID": "alias/benchmark",
        "PROFILE": "county",
        "CLOCK_OFFSET": f"{OFFICE_HOUR - hour}h",
        "LOG_LEVEL": "INFO",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


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
        key_id = kms.create_key()["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=os.environ["KMS_KEY_ID"], TargetKeyId=key_id)
        from chalicelib.store import bootstrap

        bootstrap.load_profile()
        from app import app

        yield County(app)


class County:
    """The application as its callers see it."""

    def __init__(self, app: Chalice) -> None:
        self._app = app
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
        answer = self._app(event, None)
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
        import pyotp

        from chalicelib import clock
        from chalicelib.store import bootstrap, people

        totp = pyotp.TOTP(people.demo_totp_secret(user)).at(clock.now())
        form = {"user": user, "password": bootstrap.DEMO_PASSWORD, "totp": totp}
        return self.serve(self.event("POST", "/staff/sessions", form))[1]["token"]

    @contextmanager
    def later(self, **by: float) -> Iterator[None]:
        """The product's own movable clock goes on inside the block."""
        from chalicelib import clock

        before = clock._OFFSET
        clock._OFFSET = before + timedelta(**by)
        try:
            yield
        finally:
            clock._OFFSET = before


def _sms() -> list[Any]:
    return list(sns_backends[DEFAULT_ACCOUNT_ID][REGION].sms_messages.values())
