"""The public face: TLS 1.3, API keys and roles, briefs in, jobs and finished files out.

Reads and writes the job store, rings the doorbell, forwards library, voice and catalogue questions to the services that know.
Runs no step. Environment: `REELSMITH_GATEWAY_…`.
"""
