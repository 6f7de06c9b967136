"""All services in one process on embedded parts: what `reelsmith up` starts."""
