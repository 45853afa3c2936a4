"""Load the key agreed with the SMS gateway into a deployed stack: `python -m infra.gateway_key --stack sunlight-prod`.

The key comes by the terminal or one line of standard input, never by an argument or a variable. It is wrapped by the
stack's KMS key and kept in the keyring; loading another one replaces it, and functions take it within five minutes.
"""

import argparse
import getpass
import os
import sys

import boto3

from infra import stack

LEAST = 16


def main() -> None:
    """Find the stack, then wrap and store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stack", required=True, help="name of the deployed stack")
    parser.add_argument("--stage", required=True, choices=["dev", "prod", "local"], help="its stage")
    parser.add_argument("--profile", default="county", help="its profile (default: county)")
    parser.add_argument("--region", help="its region (default: the SDK's)")
    options = parser.parse_args()
    session = boto3.Session(region_name=options.region)
    found = stack.describe(session.client("cloudformation"), options.stack)
    if found is None:
        raise SystemExit(f"there is no stack {options.stack!r} in {session.region_name}")
    key = sys.stdin.readline().rstrip("\n") if not sys.stdin.isatty() else getpass.getpass("Key of the gateway: ")
    if len(key) < LEAST:
        raise SystemExit(f"a key has at least {LEAST} characters")
    os.environ |= stack.environment(
        stack.outputs(found), stage=options.stage, profile=options.profile, region=str(session.region_name)
    )
    from chalicelib.store import keyring  # only now: the store reads its settings when it is imported

    keyring.put_gateway_key(key.encode())
    print("stored")


if __name__ == "__main__":
    main()
