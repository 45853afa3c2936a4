"""To whom a petitioner's notice goes when several people stand behind a petition (`sms.md`, rule 6).

Representatives and a proxy are told whatever the principal is told; joint signers what ends the matter and where it
can be reviewed. The invariant: a row names nobody: `representative:2` is the second in the sealed contact.
"""

from itertools import chain

from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.owed.base import Notice
from chalicelib.domain.values import replace

REPRESENTATIVE, SIGNER, SIGNERS, PROXY = "representative", "signer", "signers", "proxy"
FOR_PRINCIPAL = ("S29",)
"""That somebody acts for him, only he is told."""
FOR_SIGNERS = ("S10", "S12b", "S12c", "S11")
"""What every joint signer is told. One row stands for all of them in the transaction that owes it, and is spread
into a row each afterwards: five hundred do not fit into one transaction, and none may be lost."""


def everybody(case: Case, notice: Notice) -> tuple[Notice, ...]:
    """A notice to the petitioner, and the same to all who have to be told with him; any other as it is."""
    people = case.facts.get("people")
    if notice.recipient != PETITIONER or not people:
        return (notice,)
    beside = [f"{REPRESENTATIVE}:{number}" for number in range(1, people["r"] + 1)]
    beside += [PROXY] * people["x"]
    shared = tuple(text for text in notice.texts if text not in FOR_PRINCIPAL)
    signed = tuple(text for text in notice.texts if text in FOR_SIGNERS) if people["s"] else ()
    found = chain(
        ((recipient, shared) for recipient in beside),
        ((f"{SIGNERS}:1", signed),),
    )
    return (notice, *(replace(notice, recipient=recipient, texts=texts) for recipient, texts in found if texts))


def is_person(recipient: str) -> bool:
    """The petitioner or somebody beside him; everybody else is an organ, named `org:<id>` or `head:<id>`."""
    return recipient.partition(":")[0] in (PETITIONER, REPRESENTATIVE, SIGNER, SIGNERS, PROXY)


def number_of(recipient: str) -> int:
    """Which of the representatives or joint signers it is, counted from 1."""
    return int(recipient.partition(":")[2] or 0)
