"""Package the application and bring it to AWS: `make deploy STAGE=dev BUCKET=my-artifacts`.

Needs credentials in the usual places of the AWS SDK and a private bucket in the same region. Everything else,
tables and keys included, is made by the stack; tables, keys and logs outlive it. Then the profile is loaded: keyring
and office tree. Accounts of staff are made by `python -m infra.account`.

What is not named stays as it stands: a stack that sends by a gateway goes on doing so until `--sns` is said.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import boto3

from infra import package, stack

ROOT = Path(__file__).resolve().parent.parent
FIRST_PROFILE = "county"


def main() -> None:
    """Read the wishes, build, upload, deploy, print the outputs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    stages = "a stage for people: the real clock, no demo accounts"
    parser.add_argument("--stage", required=True, choices=["dev", "prod"], help=stages)
    parser.add_argument("--bucket", required=True, help="an existing private bucket for zip and template")
    parser.add_argument("--stack", help="name of the stack (default: sunlight-<stage>)")
    parser.add_argument("--profile", help="a file of chalicelib/profiles (default: as it stands; at first county)")
    parser.add_argument("--region", help="region (default: the SDK's)")
    carrier = parser.add_mutually_exclusive_group()
    carrier.add_argument("--gateway", help="base address of an SMS gateway (https://...); default: as it stands")
    carrier.add_argument("--sns", action="store_true", help="send text messages by SNS, also where a gateway stands")
    lag = "minutes in which the gateway may not find what it has (default: as it stands; at first 10)"
    parser.add_argument("--gateway-lag", type=int, metavar="MINUTES", help=lag)
    options = parser.parse_args()
    session = boto3.Session(region_name=options.region)
    if not session.region_name or not session.get_credentials():
        parser.exit(1, "deploy needs a region (--region or AWS_DEFAULT_REGION) and AWS credentials\n")
    name = options.stack or f"sunlight-{options.stage}"
    wanted = parameters(options, stack.standing(session, name))
    built = package.build(options.stage, ROOT / "out" / options.stage)
    package.prove_imports(built.archive)
    try:
        made = stack.deploy(
            session,
            stack=name,
            bucket=options.bucket,
            package=built,
            parameters=wanted,
        )
    except stack.StackFailed as failed:
        parser.exit(1, f"{failed}\n")
    for output, value in sorted(made.items()):
        print(f"{output:20} {value}")
    print(f"{'Text messages go by':20} {wanted['GatewayUrl'] or 'SNS'}")
    environment = stack.environment(
        made, stage=options.stage, profile=wanted["Profile"], region=str(session.region_name)
    )
    loaded = subprocess.run([sys.executable, "-m", "infra.load"], cwd=ROOT, env={**os.environ, **environment})
    if loaded.returncode:
        parser.exit(1, "the stack stands, but its profile could not be loaded: the reason stands above\n")
    print("Next: python -m infra.account --help makes the first accounts")
    if wanted["SmsSender"] == "gateway":
        print("And: python -m infra.gateway_key --help loads the key agreed with the SMS gateway")


def parameters(options: argparse.Namespace, standing: Mapping[str, str]) -> dict[str, str]:
    """What the stack gets: what was asked for, else what it has, else what the template has at first."""
    found = {"Stage": options.stage, "Profile": options.profile or standing.get("Profile") or FIRST_PROFILE}
    url = "" if options.sns else options.gateway or standing.get("GatewayUrl", "")
    found |= {"SmsSender": "gateway" if url else "sns", "GatewayUrl": url}
    lag = standing.get("GatewayLagMinutes") if options.gateway_lag is None else str(options.gateway_lag)
    return found | ({"GatewayLagMinutes": lag} if lag else {})


if __name__ == "__main__":
    main()
