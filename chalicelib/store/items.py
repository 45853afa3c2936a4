"""Which kind of item carries which attributes: the schema of the business table, for people.

Beside pk, sk and kind (and `parked` on what the sweep put off, how often in a row):

- case: version, snapshot (deflated compact JSON: `snapshot.py`), head (hash of the last event), data_key (wrapped),
  shard + wake_at while something is due, list_name + list_key (the desk of the organ that leads it: `projection.py`)
- event: body (the exact canonical JSON bytes that were hashed, deflated: `chain.py`),
  command + fingerprint (digests of the client's key and body), owes (who is owed which notice by it: `owing.py`),
  list_name + list_key (of the registration: the petitions under the principal's name)
- text: sealed (free text of the event with the same number)
- contact: sealed (name, phone, address, identity number; who stands beside: `contacts.py`),
  list_name + list_key (that person's petitions)
- signer: sealed (name and telephone of one who joined later)
- desk: list_name + list_key while an organ that does not lead the case owes something
- link: list_name + list_key
- notice: version, state (JSON, see `proofs.py`), sealed (the words that were sent), shard + wake_at until it ends,
  list_name + list_key (in-site only)
- accused: sealed (whom a report of misconduct names: offices, staff, names), version (of the case when it was written)
- reading: version (of the report when somebody opened it first), state (JSON: body and instant)
- file: sealed (a photo or paper; it stands in a partition of its own beside the case: `files.py`)
- submission: fingerprint, result (the case number that was given)
- org, user: version, state, sealed (user: TOTP secret and telephone), list_name + list_key
- tree: version, state (the ids of all offices)
- calendar: version, state (a notice on days off with who proposed and who confirmed it; or when the sweep last looked
  whether the calendar reaches far enough and every open date stands as it counts: `calendars.py`)
- days_lost: version, state (a decision on 不可抗力 with who laid it down and who confirmed it; or how many of the cases
  that it concerns have it: `days_lost.py`)
- announcement: version, state (JSON: who wrote and released it, for whom: `announcements.py`), sealed (its text),
  command + fingerprint (of whoever wrote it), list_name + list_key while it is under way
- recipient: version, state (JSON), sealed (the telephone number, until it ends), list_name + list_key (by its fate)
- refusal: version, state (JSON: does the number of this blind index refuse bulk notices, since when, who entered it)
- stat: version (seq of the case), state
- receipt: state (signed envelope, see `receipts.py`; in a partition of its own beside the case)
- root: state (signed envelope of one night, see `roots.py`)
- tile: version (number of the root), body (256 leaves of the newest tree); tree: the same, body (roots of the tiles)
- public_key: state (a public key that signed something)
"""

CASE, EVENT, TEXT, CONTACT, DESK, LINK = "case", "event", "text", "contact", "desk", "link"
ACCUSED, READING = "accused", "reading"
SIGNER, FILE = "signer", "file"
CALENDAR, DAYS_LOST = "calendar", "days_lost"
ANNOUNCEMENT, RECIPIENT, REFUSAL = "announcement", "recipient", "refusal"
NOTICE, SUBMISSION, ORG, USER, TREE, STAT = "notice", "submission", "org", "user", "tree", "stat"
RECEIPT, ROOT, TILE, PUBLIC_KEY = "receipt", "root", "tile", "public_key"
PARKED = "parked"
"""How often in a row the sweep put an item off, because it failed; whatever writes it anew leaves it out."""
