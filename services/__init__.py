"""The services: each reads documents and writes one; none imports another."""
