"""Make, change or close an account of staff in a deployed stack.

`python -m infra.account --stack sunlight-dev --stage dev --user wangwei --name 王伟 --role bureau --org bureau`
asks for a password, prints the secret for the authenticator once, and stores both sealed. Called again for the same
user it changes what is given; `--close` closes the account, which counts at the next call of an open session. With
`--away 2026-12-01 2026-12-05` what is owed to that person on those days goes one level up.
"""

import argparse
import getpass
import os
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import boto3

from infra import stack

LEAST_PASSWORD = 12


def main() -> None:
    """Find the stack, then work on its table as the application would."""
    options = _options()
    session = boto3.Session(region_name=options.region)
    found = stack.describe(session.client("cloudformation"), options.stack)
    if found is None:
        raise SystemExit(f"there is no stack {options.stack!r} in {session.region_name}")
    made = stack.outputs(found)
    region = str(session.region_name)
    os.environ |= stack.environment(made, stage=options.stage, profile=options.profile, region=region)
    from chalicelib.store import offices, people  # only now: the store reads its settings when it is imported

    standing = people.load_user(options.user)
    if standing is None and not (options.name and options.role and options.org):
        raise SystemExit("a new account needs --name, --role and --org")
    if options.org and offices.tree().get(options.org) is None:
        raise SystemExit(f"the profile has no office {options.org!r}")
    secret = ""
    user = standing or people.User(options.user, options.name, options.role, options.org)
    if standing is None or options.reset:
        secret = people.new_totp_secret()
        user = replace(user, password=people.hash_password(_password()), totp=secret)
    changes: dict[str, Any] = {
        name: value for name in ("name", "role", "org", "phone") if (value := getattr(options, name))
    }
    if options.away:
        changes |= dict(zip(("away_from", "away_until"), options.away, strict=True))
    if options.back:
        changes |= {"away_from": "", "away_until": ""}
    if options.away or options.back:
        changes |= {"away_by": "", "away_at": ""}
    people.put_user(replace(user, **changes, active=not options.close))
    print(f"{options.user}: {'closed' if options.close else 'stored'}")
    if secret:
        print(f"Secret for the authenticator, shown this once: {secret}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stack", required=True, help="name of the deployed stack")
    parser.add_argument("--stage", required=True, choices=["dev", "prod", "local"], help="its stage")
    parser.add_argument("--profile", default="county", help="its profile (default: county)")
    parser.add_argument("--region", help="its region (default: the SDK's)")
    parser.add_argument("--user", required=True, help="what the person signs in with")
    parser.add_argument("--name", default="", help="the person's name")
    parser.add_argument("--role", default="", help="window, clerk, unit_head, bureau, leader, supervisor, ...")
    parser.add_argument("--org", default="", help="id of the office in the profile")
    parser.add_argument("--phone", default="", help="mobile for duty messages")
    parser.add_argument("--reset", action="store_true", help="a new password and a new authenticator secret")
    parser.add_argument(
        "--away", nargs=2, type=_day, metavar=("FROM", "UNTIL"), help="on leave, both days included: told one level up"
    )
    parser.add_argument("--back", action="store_true", help="no longer on leave")
    parser.add_argument("--close", action="store_true", help="close the account")
    options = parser.parse_args()
    if options.away and options.away[0] > options.away[1]:
        parser.error("a leave ends on or after the day it begins")
    return options


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _password() -> str:
    """Typed twice at a terminal, or one line of standard input from a program."""
    if not sys.stdin.isatty():
        typed = sys.stdin.readline().rstrip("\n")
    else:
        typed = getpass.getpass("Password: ")
        if typed != getpass.getpass("Again: "):
            raise SystemExit("the two passwords differ")
    if len(typed) < LEAST_PASSWORD:
        raise SystemExit(f"a password has at least {LEAST_PASSWORD} characters")
    return typed


if __name__ == "__main__":
    main()
