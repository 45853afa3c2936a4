"""The Chalice application: the HTTP interface and the triggers, and nothing else. No rule, no view lives here."""

import gc

gc.disable()  # nothing that is imported is ever garbage: looking for it costs a cold start a fifth of its time

from chalice.app import Chalice

from chalicelib.api.routes import BLUEPRINTS
from chalicelib.triggers.routes import triggers

app = Chalice(app_name="sunlight-petitions")
for blueprint in BLUEPRINTS:
    app.register_blueprint(blueprint)
app.register_blueprint(triggers)

gc.freeze()
gc.set_threshold(50_000, 20, 50)  # a request makes little that refers to itself, and answers before it matters
gc.enable()
