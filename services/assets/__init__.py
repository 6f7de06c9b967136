"""The clip library (`assets.select`, queue io.library): ingest, probe, normalise, embed, index, select.

Untrusted media is read in limited child processes alone and travels on as mezzanines; clips are found by their annotations.
The server process (`python -m services.assets`) owns the embedded index; step workers ask it over HTTP. Settings: `REELSMITH_ASSETS_…`.
"""
