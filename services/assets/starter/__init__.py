"""The starter library: short clips drawn by code, so that a fresh installation has something good to show.

`python -m services.assets.starter OUT_DIR` writes the clips and `starter.jsonl`, one annotation a line, ready for ingest.
A theme is one file in `themes/` (the pictures) and its neighbour `.yaml` (title, tags and the description in both languages).
"""
