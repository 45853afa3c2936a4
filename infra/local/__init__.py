"""The local AWS: an emulator on loopback, the stack AWS gets, one origin in front. Never used in the cloud."""
