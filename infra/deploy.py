"""Package the application and bring it to AWS: `make deploy STAGE=dev BUCKET=my-artifacts`.

Needs credentials in the usual places of the AWS SDK and a private bucket in the same region. Everything else,
tables and keys included, is made by the stack; tables, keys and logs outlive it. Then the profile is loaded: keyring
and office tree. Accounts of staff are made by `python -m infra.account`.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import boto3

from infra import package, stack

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Read the wishes, build, upload, deploy, print the outputs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    stages = "a stage for people: the real clock, no demo accounts"
    parser.add_argument("--stage", required=True, choices=["dev", "prod"], help=stages)
    parser.add_argument("--bucket", required=True, help="an existing private bucket for zip and template")
    parser.add_argument("--stack", help="name of the stack (default: sunlight-<stage>)")
    parser.add_argument("--profile", default="county", help="a file of chalicelib/profiles (default: county)")
    parser.add_argument("--region", help="region (default: the SDK's)")
    parser.add_argument("--gateway", default="", help="base address of an SMS gateway (https://...); default: SNS")
    options = parser.parse_args()
    session = boto3.Session(region_name=options.region)
    if not session.region_name or not session.get_credentials():
        parser.exit(1, "deploy needs a region (--region or AWS_DEFAULT_REGION) and AWS credentials\n")
    built = package.build(options.stage, ROOT / "out" / options.stage)
    package.prove_imports(built.archive)
    try:
        made = stack.deploy(
            session,
            stack=options.stack or f"sunlight-{options.stage}",
            bucket=options.bucket,
            package=built,
            parameters={
                "Stage": options.stage,
                "Profile": options.profile,
                "SmsSender": "gateway" if options.gateway else "sns",
                "GatewayUrl": options.gateway,
            },
        )
    except stack.StackFailed as failed:
        parser.exit(1, f"{failed}\n")
    for name, value in sorted(made.items()):
        print(f"{name:20} {value}")
    environment = stack.environment(made, stage=options.stage, profile=options.profile, region=str(session.region_name))
    loaded = subprocess.run([sys.executable, "-m", "infra.load"], cwd=ROOT, env={**os.environ, **environment})
    if loaded.returncode:
        parser.exit(1, "the stack stands, but its profile could not be loaded: the reason stands above\n")
    print("Next: python -m infra.account --help makes the first accounts")
    if options.gateway:
        print("And: python -m infra.gateway_key --help loads the key agreed with the SMS gateway")


if __name__ == "__main__":
    main()
