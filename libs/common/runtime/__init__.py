"""What makes a function run as a step or behind a route: settings, stores, steps, workers, HTTP, TLS, telemetry."""
