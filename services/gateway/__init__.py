"""The only public face: TLS 1.3, identity, limits, idempotency, Swagger UI. Serves /v1 and /docs."""
