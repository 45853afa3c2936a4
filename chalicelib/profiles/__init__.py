"""Tenants as data: one TOML file each. One stack is one tenant, so no tenant stands in any key."""

from chalicelib.profiles.profile import Profile, ProfileError, current, load

__all__ = ["Profile", "ProfileError", "current", "load"]
