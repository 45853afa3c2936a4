"""The blueprints of the HTTP interface, in the order they are registered."""

from chalicelib.api.guide import guide
from chalicelib.api.http import edge
from chalicelib.api.meta import meta
from chalicelib.api.petitions import petitions
from chalicelib.api.routing import routing
from chalicelib.api.sessions import sessions
from chalicelib.api.steps import steps
from chalicelib.api.worklists import worklists

BLUEPRINTS = (edge, meta, guide, sessions, petitions, steps, routing, worklists)
