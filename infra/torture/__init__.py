"""The product in a world that goes wrong: same domain, commit, triggers and notices, and everything around them fails.

Time is virtual, chance is seeded: whatever is found is found again with the same seed.
"""
