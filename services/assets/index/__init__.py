"""Where clips are found: one port, an embedded engine and a server behind it. The only place that knows Qdrant."""
