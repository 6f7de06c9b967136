"""What makes a claim: each program here prints one figure a line and never asserts a time."""
