"""Verdicts on brief, scenes and video (`moderation.review_*`, queues cpu.text and cpu.encode)."""
