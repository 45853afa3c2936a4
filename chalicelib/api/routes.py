"""The blueprints of the HTTP interface, in the order they are registered."""

from chalicelib.api.announcements import announcements
from chalicelib.api.callbacks import callbacks
from chalicelib.api.colleagues import colleagues
from chalicelib.api.days_lost import days_lost
from chalicelib.api.days_off import days_off
from chalicelib.api.findings import findings
from chalicelib.api.guide import guide
from chalicelib.api.http import edge
from chalicelib.api.inspections import inspections
from chalicelib.api.materials import materials
from chalicelib.api.meta import meta
from chalicelib.api.petitions import petitions
from chalicelib.api.proving import proving
from chalicelib.api.reports import reporting
from chalicelib.api.routing import routing
from chalicelib.api.sealed_function import sealed_function
from chalicelib.api.searching import searching
from chalicelib.api.sessions import sessions
from chalicelib.api.steps import steps
from chalicelib.api.worklists import worklists

BLUEPRINTS = (
    edge, meta, guide, sessions, petitions, reporting, steps, routing, searching, worklists, materials, inspections,
    colleagues, days_off, days_lost, proving, callbacks, findings, announcements, sealed_function,
)  # fmt: skip
