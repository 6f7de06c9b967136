"""Where bytes lie: one port, stores for a directory and for S3, and a sealed one around either."""
