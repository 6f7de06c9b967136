"""The clip library (`assets.select`, queue io.library): ingest, probe, normalise, embed, index, select."""
