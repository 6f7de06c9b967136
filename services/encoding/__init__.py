"""Segments to a published video (`encoding.assemble`, `.encode`, `.publish`, queue cpu.encode)."""
