"""Every environment variable the product reads, once, into one frozen dataclass."""

import os
from dataclasses import dataclass

STAGES_WITH_A_MOVABLE_CLOCK = ("local", "test")
SMS_SENDERS = ("sns", "gateway")


@dataclass(frozen=True)
class Settings:
    """What differs between deployments. Nothing here is a secret: secrets live in KMS."""

    stage: str
    cases_table: str
    guard_table: str
    topic_arn: str
    kms_key_id: str
    report_key_id: str
    signing_key_id: str
    roots_bucket: str
    profile: str
    region: str
    clock_offset: str
    log_level: str
    sms_sender: str = "sns"
    gateway_url: str = ""
    gateway_lag_minutes: int = 10
    """How long the gateway may not find what it has."""

    @property
    def is_local(self) -> bool:
        """True where demo conveniences (movable clock, printed TOTP) may exist at all."""
        return self.stage in STAGES_WITH_A_MOVABLE_CLOCK


def read(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> Settings:
    """Read the settings.

    Raises ValueError when a movable clock is asked for where people rely on the real one, or a gateway that
    telephone numbers would travel to in clear.
    """
    stage = environ.get("STAGE", "test")
    offset = environ.get("CLOCK_OFFSET", "")
    if offset and stage not in STAGES_WITH_A_MOVABLE_CLOCK:
        raise ValueError(f"CLOCK_OFFSET is refused in stage {stage!r}: only {STAGES_WITH_A_MOVABLE_CLOCK} may move it")
    sender, gateway = environ.get("SMS_SENDER") or "sns", environ.get("GATEWAY_URL", "").rstrip("/")
    if sender not in SMS_SENDERS:
        raise ValueError(f"SMS_SENDER is one of {SMS_SENDERS}, not {sender!r}")
    is_safe = gateway.startswith("https://") or (
        gateway.startswith("http://127.0.0.1:") and stage in STAGES_WITH_A_MOVABLE_CLOCK
    )
    if sender == "gateway" and not is_safe:
        raise ValueError("GATEWAY_URL begins with https:// (http://127.0.0.1: on one machine and in tests only)")
    return Settings(
        stage=stage,
        cases_table=environ.get("CASES_TABLE", "cases"),
        guard_table=environ.get("GUARD_TABLE", "guard"),
        topic_arn=environ.get("TOPIC_ARN", ""),
        kms_key_id=environ.get("KMS_KEY_ID", ""),
        report_key_id=environ.get("REPORT_KEY_ID", ""),
        signing_key_id=environ.get("SIGNING_KEY_ID", ""),
        roots_bucket=environ.get("ROOTS_BUCKET", ""),
        profile=environ.get("PROFILE", "county"),
        region=environ.get("AWS_REGION", environ.get("AWS_DEFAULT_REGION", "cn-north-1")),
        clock_offset=offset,
        log_level=environ.get("LOG_LEVEL", "INFO"),
        sms_sender=sender,
        gateway_url=gateway,
        gateway_lag_minutes=int(environ.get("GATEWAY_LAG_MINUTES") or 10),
    )


settings = read()
