"""Print the one-time code of a demo account: `make totp USER=bureau1`. Demo accounts exist in the local stage only."""

import sys
from datetime import datetime

import pyotp

from chalicelib import clock
from chalicelib.settings import settings
from chalicelib.store import people
from infra.local import place


def main() -> None:
    """Print six digits for the user named on the command line, on the clock of the running stack."""
    if len(sys.argv) != 2 or not sys.argv[1]:
        raise SystemExit("which user? make totp USER=bureau1")
    print(pyotp.TOTP(people.demo_totp_secret(sys.argv[1])).at(moment()))


def moment() -> datetime:
    """What the running stack's clock says; without one, the clock of this environment."""
    if settings.clock_offset or not (place.chosen_state() / place.FILE).exists():
        return clock.now()
    return place.find(place.chosen_state()).now()


if __name__ == "__main__":
    main()
