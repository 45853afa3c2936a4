"""The hand-written part of docs/reliability.md: what is promised and by what. No measured figure stands here."""

from collections.abc import Mapping
from dataclasses import dataclass

INTRODUCTION = """\
# No deadline missed, no notice lost

Deadlines are law and notices are rights. This page says what the system promises of them, by which mechanism, and how
that was measured, each time on the commit that is named. Every figure comes from a file in `benchmarks/` that the named
command wrote; a test fails when this page is older than those files or when a proof in them did not hold.
`make reliability` writes it anew.
"""


@dataclass(frozen=True)
class Promise:
    """What is promised, by what it holds, and where to read it."""

    said: str
    how: str
    files: tuple[str, ...]


PROMISES = (
    Promise(
        "What was acknowledged is there, once",
        "One transaction writes the case, its events, what is owed to whom, and the client's own key; a repeat finds "
        "the key and gets the first answer. What a cancelled transaction means is read from its reasons, not guessed.",
        ("chalicelib/store/cases.py", "chalicelib/store/dynamo.py"),
    ),
    Promise(
        "No deadline passes unnoticed",
        "The next moment to look stands on the case and in a sparse index. The sweep has no memory: what is due is "
        "what the index says; a sweep that ran twice or late changes nothing but lateness, which is recorded.",
        ("chalicelib/domain/elapsing.py", "chalicelib/triggers/deadlines.py"),
    ),
    Promise(
        "Every notice ends delivered or with a person",
        "What is owed is written with the event that owes it. A text is claimed before it is sent and the claim is won "
        "by one; what may have been sent is never sent again blindly: the provider is asked, or a person tells.",
        ("chalicelib/store/proofs.py", "chalicelib/triggers/notices.py"),
    ),
    Promise(
        "Rows that disagree are found",
        "The reconciler works out from each case what must stand beside it: notices by what the event says it owes, "
        "lists, dates, statistics, people, the hash chain. It mends what is safe under the version it looked at, lists "
        "the rest for the administrator, never touches an event, and counts every night what was owed and what ended.",
        ("chalicelib/store/checks.py", "chalicelib/store/checks_notices.py", "chalicelib/triggers/reconciler.py"),
    ),
    Promise(
        "Silence is loud",
        "Heartbeats, ages and skews are measured all the time and alarms of the template stand on them; an alarm that "
        "watches nothing the code sends fails a test.",
        ("chalicelib/triggers/vital_signs.py", "infra/resources.json", "infra/alarms/evaluator.py"),
    ),
    Promise(
        "The past cannot be changed unseen",
        "Each event holds the hash of the one before, no role may update or delete a case's rows, and a change that "
        "comes from outside the program rings an alarm when the stream tells of it.",
        ("chalicelib/store/chain.py", "chalicelib/triggers/relay.py"),
    ),
)

DONE_WHEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "100,000 cases under 1,000,000 faults without a violation, naive designs fail, under 10 minutes on 2 cores",
        ("soak_torture",),
    ),
    (
        "1,000 kills of processes over at least 40 labelled points: nothing acknowledged lost, no effect doubled",
        ("soak_kill",),
    ),
    (
        "50,000 obligations over 3 years, calendar switches and outages: none missed, premature or double; 20,000 due "
        "clocks acted on within 5 minutes after 48 hours' outage",
        ("soak_deadlines", "soak_catchup"),
    ),
    (
        "10,000 commands in 3 copies have 10,000 effects and equal answers; lost answers and conflicts double nothing",
        ("soak_store",),
    ),
    (
        "50,000 notices through a bad gateway: each delivered or with a person, none repeated without a recorded "
        "doubt; a flood of codes delays no legal notice",
        ("soak_notices",),
    ),
    (
        "The deadline suite under three time zones and six dates; 100,000 random event orders give one due date each",
        ("soak_zones", "soak_orders"),
    ),
    ("Twelve silent failures seeded: each raises its alarm within 15 simulated minutes", ("soak_silent",)),
    (
        "Every single-byte change of an exported case is found; both verifiers agree on 10,000 random logs",
        ("soak_tamper",),
    ),
    (
        "Removing any one action from any function's policy makes a probe fail, but for those that the emulator does "
        "not enforce (named below); no function's policy has `*` in an action",
        ("soak_iam",),
    ),
)
"""The issue's nine lines in short, and the files that show them."""

SCALE: Mapping[str, Mapping[str, int]] = {
    "soak_torture": {"cases": 99_000, "faults": 1_000_000, "more seeds": 9, "cases of each more seed": 10_000},
    "soak_kill": {"kills": 1_000, "points": 40},
    "soak_deadlines": {"obligations": 50_000, "calendar_switches": 2, "longest_outage_hours": 72},
    "soak_catchup": {"due": 20_000},
    "soak_store": {"commands": 10_000, "commands_with_faults": 5_000},
    "soak_notices": {"notices": 50_000, "flood_notices_compared": 1_000},
    "soak_orders": {"orders": 100_000},
    "soak_silent": {"alarmed within 15 simulated minutes": 12},
    "soak_tamper": {"events": 300, "logs": 10_000},
    "soak_iam": {"functions": 9, "taken_away": 75},
}
"""The figures that say how large a run was, and how large the issue asks it to be. Of 100,000 filings in the simulator
some are never acknowledged, so that there is no case; of how many notices a flood is judged, our own bound."""
AT_MOST: Mapping[str, Mapping[str, float]] = {
    "soak_torture": {"seconds of this seed": 600},
    "soak_catchup": {"seconds_to_catch_up": 300},
}
"""And how long one of that size may take."""

NOT_SHOWN = """\
## What is not shown here

- Nothing of this ran on AWS itself. Tables are moto in process, the in-memory table under the same contract tests, or
  the MiniStack emulator; what each of them cannot show (throttling, stream retries, index lag) is injected or left out.
- The alarms are evaluated by a model of CloudWatch over whole periods. The wider evaluation range, by which CloudWatch
  may put a missing period off, is not modelled; AWS's own metrics (queues, functions, SMS success) are.
- That a text is on a telephone is known only where the provider gives receipts. SNS gives none: its ends are `sent`.
- The simulator's provider gives no receipts, takes no quotas and is asked at most once: the ways out of `sent` and out
  of a full quota are shown by the proof of notices alone. Its sweep acts on one thing at a time, and post after post of
  an office is either filled or vacant for a whole world.
- In the simulator a process decodes the same bytes once; who owes whom is reckoned from the product's own rule table,
  by a second call of it, and a hand-over to somebody higher is believed where the first one has no number.
- Of the petitions asked for in the simulator one in two hundred is filed by nobody who is ever heard: the cases are
  those that came to be. I8 is about money, and there is none yet. What one machine took says nothing about another.
- A fault that lasts for every try of a request ends as "come again": the caller's repeat with the same key is what the
  storm of the store's proof counts, and it is no failure. One script meets each kind of fault once at most.
- Whether killed processes doubled a text is reckoned for each text of each case, not for each telephone: one that was
  doubled while another of the same words in the same case was in doubt and never left would not be seen.
- While the sweep catches up, its timer and the consumers of the stream rest, and what is due are first reminders of two
  moments. The flood of codes is measured on one seed.
- Of the files with tests of dates one takes its days from the pinned instants; the others bring their own, and are run
  because a process in another time zone must not change them.
- Keys of the stack are handed to the account that owns it (`kms:*` for its root), as AWS advises; traces are written
  with `*` for a resource, for AWS knows none. Neither is a function's action.
- A report of misconduct is checked as far as it stands in the open: the reconciler holds no key that opens it.
- A notice whose row was lost is put in doubt, not sent again: with a provider that cannot be asked, a person tells.
"""
