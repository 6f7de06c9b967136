"""What can be told from pictures and sound without a model."""
