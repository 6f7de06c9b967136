"""Edits as callers send them: read, completed with their media, looked at by the services that know, priced."""
