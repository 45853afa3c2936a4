"""Load the tenant's profile into the running stack and name its demo accounts. Loading it again changes nothing."""

from chalicelib.settings import settings
from chalicelib.store import bootstrap


def main() -> None:
    """Run with the environment of `Place.environment`."""
    loaded = bootstrap.load_profile(settings.profile)
    print(f"Profile {loaded['profile']}: {loaded['offices']} offices, {loaded['users']} new accounts")
    print(f"Demo accounts, on this machine only; password of all: {bootstrap.DEMO_PASSWORD}")
    for user, role, name, _ in bootstrap.DEMO_POSTS:
        print(f"  {user:12} {role:15} {name}")
    print("  <unit>-clerk and <unit>-head of every unit, such as housing-clerk and housing-head")
    print("One-time code: make totp USER=bureau1 · text messages sent: /_local/sms · sweep at once: make sweep")


if __name__ == "__main__":
    main()
