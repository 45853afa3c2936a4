"""An SMS gateway that behaves badly: one model, in process for the simulator and behind real HTTP for tests."""
