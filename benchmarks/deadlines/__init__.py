"""Three simulated years of deadlines under the real sweep, with outages and calendars that change, and an oracle."""
