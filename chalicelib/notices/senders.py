"""The seam to whoever carries an SMS: send under our own number, and ask what became of it where that is possible.

The invariant: `NotSent` means certainly not sent. Whatever is less than certain is `Unknown`, and is not sent again.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any, Literal, Protocol

from chalicelib import profiles
from chalicelib.domain.values import value
from chalicelib.notices.wording import check, signed
from chalicelib.settings import settings

GATEWAY = "gateway"
_MOBILE = re.compile(r"1[3-9]\d{9}")


@value
class Sent:
    """The provider took the text and calls it so."""

    provider_id: str


class NotSent(Exception):
    """The text was certainly not sent; `retry` tells whether another try can help. Holds no telephone number.

    `retry_after`, in seconds: the provider has no room before, and this was no try at all.
    """

    def __init__(self, reason: str, *, retry: bool, retry_after: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.retry, self.retry_after = reason, retry, retry_after


class Unknown(Exception):
    """The answer was lost: the text may have been sent."""


Fate = Literal["sent", "not_sent", "delivered", "failed", "rejected", "absent"]
"""`not_sent` is certain. `absent`: no record, which a provider whose records lag says of what it has, too. The others
are the columns of `store/delivery.py`.
"""


@value
class Manner:
    """What a provider can do beside sending: tell what became of a text; and how long its look-up lags behind."""

    gives_receipts: bool = False
    lookup_lag: timedelta = timedelta(0)


class Sender(Protocol):
    """Whoever carries an SMS."""

    def send(self, phone: str, text: str, out_id: str) -> Sent:
        """Send one text, signature not included, to a Chinese mobile number. Raises NotSent, Unknown."""

    def ask(self, out_id: str) -> Fate | None:
        """What became of a text that we sent under this number. None: this provider cannot say. Raises Unknown."""


class SnsSender:
    """SMS by Amazon SNS. It cannot be asked, so what is unknown becomes a person's task."""

    def __init__(self, signature: str, client: Any = None) -> None:
        self._signature, self._client = signature, client

    def send(self, phone: str, text: str, out_id: str) -> Sent:
        from botocore.exceptions import ClientError

        number = _international(phone)
        try:
            answer = self._sns().publish(
                PhoneNumber=number,
                Message=signed(text, self._signature),
                MessageAttributes={"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}},
            )
        except ClientError as error:
            raise _refused(error.response) from None
        except Exception as error:  # whatever it was: the text may be on its way
            raise _lost(error) from None
        return Sent(answer["MessageId"])

    def ask(self, out_id: str) -> Fate | None:
        return None

    def _sns(self) -> Any:
        if self._client is None:
            self._client = _client()
        return self._client


Key = Callable[[], bytes]


def send_sms(phone: str, text: str, *, out_id: str, key: Key | None = None) -> Sent:
    """Send at once what needs no proof, such as a login code. Raises NotSent, Unknown."""
    return sender(key).send(phone, text, out_id)


@cache
def sender(key: Key | None = None) -> Sender:
    """The tenant's sender, one per process. `key` opens the key that a gateway's requests are signed with.

    Raises WordingError when the tenant's signature leaves a text no room.
    """
    signature = profiles.current().signature
    check(signature)
    if settings.sms_sender == GATEWAY:
        from chalicelib.notices.gateway import GatewaySender  # SNS needs none of it

        if key is None:
            raise ValueError("a gateway's requests are signed: the sender needs its key")
        return GatewaySender(settings.gateway_url, signature, key)
    return SnsSender(signature)


def manner() -> Manner:
    """What this deployment's provider can do."""
    if settings.sms_sender == GATEWAY:
        return Manner(gives_receipts=True, lookup_lag=timedelta(minutes=settings.gateway_lag_minutes))
    return Manner()


def _client() -> Any:
    import botocore.session
    from botocore.config import Config

    # One try only: a second one after a lost answer could be a second SMS. Our own retries know what was certain.
    config = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 1})
    return botocore.session.get_session().create_client("sns", region_name=settings.region, config=config)


def national(phone: str) -> str:
    """Eleven digits of a mainland mobile. Raises NotSent."""
    bare = re.sub(r"[\s-]", "", phone).removeprefix("+86")
    if not _MOBILE.fullmatch(bare):
        raise NotSent("不是手机号码", retry=False)
    return bare


def _international(phone: str) -> str:
    return f"+86{national(phone)}"


_FINAL = {"InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "ValidationError", "OptedOut"}


def _refused(response: Any) -> Exception:
    """A refusal is certain; a fault inside the provider is not. Without the message: it repeats the number."""
    code = response.get("Error", {}).get("Code", "")
    if response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500:
        return Unknown(code)
    return NotSent(code, retry=code not in _FINAL)


def _lost(error: Exception) -> Exception:
    """Who could not connect sent nothing; who lost the line afterwards may have."""
    from botocore import exceptions as aws

    before_the_line = (
        aws.ConnectTimeoutError,
        aws.EndpointConnectionError,
        aws.ProxyConnectionError,
        aws.NoCredentialsError,
        aws.CredentialRetrievalError,
    )
    if isinstance(error, before_the_line):
        return NotSent(type(error).__name__, retry=True)
    return Unknown(type(error).__name__)
