"""Everything that can go wrong, without HTTP.

DomainError
├── InvalidInput          the caller's document or media is wrong; `field` names the place
│   └── TooLarge          … because it is over a limit
├── Unauthenticated       no identity, or one that is not known
├── Forbidden             known, but may not
├── NotFound
├── Conflict              the state of things forbids it now
├── LimitExceeded         too many of something; later it may work
├── Rejected              moderation said no; the finding says why
├── Unavailable           a part we need does not answer; the only one that a step retries
├── StorageFull           no room to write; retried, because room may come
├── Cancelled             somebody asked to stop
├── LeaseLost             another worker owns the step; what was made is thrown away
└── Defect                a promise of our own code was broken: a bug
"""

from __future__ import annotations

from typing import ClassVar


class DomainError(Exception):
    """`code` is stable and meant for programs, `detail` for people; `field` is a JSON pointer into the input."""

    slug: ClassVar[str] = "error"
    title: ClassVar[str] = "Error"
    retryable: ClassVar[bool] = False

    def __init__(self, detail: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.slug
        self.field = field

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.detail, self.code, self.field))


def _rebuild(kind: type[DomainError], detail: str, code: str, field: str | None) -> DomainError:
    """Pickling keeps the keywords: errors cross process borders."""
    return kind(detail, code=code, field=field)


class InvalidInput(DomainError):
    slug, title = "invalid-input", "Invalid input"


class TooLarge(InvalidInput):
    slug, title = "too-large", "Too large"


class Unauthenticated(DomainError):
    slug, title = "unauthenticated", "Not authenticated"


class Forbidden(DomainError):
    slug, title = "forbidden", "Not allowed"


class NotFound(DomainError):
    slug, title = "not-found", "Not found"


class Conflict(DomainError):
    slug, title = "conflict", "Conflict"


class LimitExceeded(DomainError):
    slug, title = "limit-exceeded", "Limit exceeded"


class Rejected(DomainError):
    slug, title = "rejected", "Rejected by moderation"


class Unavailable(DomainError):
    slug, title = "unavailable", "Temporarily unavailable"
    retryable = True


class StorageFull(DomainError):
    slug, title = "storage-full", "No space left"
    retryable = True


class Cancelled(DomainError):
    slug, title = "cancelled", "Cancelled"


class LeaseLost(DomainError):
    slug, title = "lease-lost", "The step belongs to another worker"


class Defect(DomainError):
    slug, title = "defect", "Defect"
