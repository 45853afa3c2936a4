"""Replay: drives messages through the HTTP interface as petitioner and staff would, then reckons what became of them.

Everything here is a client of the running system: it knows addresses, never tables. The last word is a sum
(`reckoning.py`) in which nothing that was acknowledged may be missing and nothing owed may be said twice.
"""
