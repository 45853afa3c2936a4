"""The Chalice application: the HTTP interface and the triggers, and nothing else. No rule, no view lives here."""

from chalice.app import Chalice

from chalicelib.api.routes import BLUEPRINTS
from chalicelib.triggers.routes import triggers

app = Chalice(app_name="sunlight-petitions")
for blueprint in BLUEPRINTS:
    app.register_blueprint(blueprint)
app.register_blueprint(triggers)
