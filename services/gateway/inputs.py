"""Forms of what callers write into paths and texts: a database should never see what cannot be one of its ids."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import StringConstraints

from services.gateway.accounts.secrets import ID_CHARS

JOB_ID = r"^job_[0-9a-f-]{36}$"

JobId = Annotated[str, Path(description="`job_id` of the accepted job.", pattern=JOB_ID)]
VideoId = Annotated[str, Path(description="`video_id` of the accepted job.", pattern=r"^vid_[0-9a-f-]{36}$")]
KeyId = Annotated[str, Path(description="The middle part of the secret.", pattern=rf"^[0-9A-Za-z]{{{ID_CHARS}}}$")]

OneLine = StringConstraints(pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")
"""No control characters (C0, DEL, C1): PostgreSQL stores no NUL, and a terminal that lists the text must not obey it."""
