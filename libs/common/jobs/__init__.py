"""Jobs and their steps: SQL is the record of truth, a queue message is a doorbell."""
