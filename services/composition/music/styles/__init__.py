"""Styles of music. Each file defines `STYLE`."""
