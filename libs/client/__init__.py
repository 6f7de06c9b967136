"""The Python client of the public API and the `reelsmith` command. Imports nothing of the services."""

from libs.client.client import Reelsmith
from libs.client.errors import ApiError, ClientError, NotAllowed, Refused, Unreachable

__all__ = ["ApiError", "ClientError", "NotAllowed", "Reelsmith", "Refused", "Unreachable"]
