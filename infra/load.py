"""Load a deployment's profile: keyring and office tree. Loading it again changes nothing."""

from chalicelib.settings import settings
from chalicelib.store import bootstrap


def main() -> None:
    """Run with the environment of `stack.environment`."""
    loaded = bootstrap.load_profile(settings.profile)
    print(f"Profile {loaded['profile']}: {loaded['offices']} offices, keys made: {len(loaded['keys'])}")


if __name__ == "__main__":
    main()
