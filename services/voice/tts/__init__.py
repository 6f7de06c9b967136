"""Speech engines: one file an engine behind the port of `base`."""
