"""What the command says, to people and to programs, and with which code it ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer
from rich.console import Console
from rich.markup import escape

from libs.client.errors import ApiError, ClientError, NotAllowed, Refused, Unreachable

PIPED_WIDTH = 200
out = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
err = Console(stderr=True, highlight=False)


class ExitCode(IntEnum):
    ok = 0
    failed = 1
    """The job did not end with a video, or some of many did not work."""
    usage = 2
    unreachable = 3
    """Nobody answers, or the key is not good for this."""
    rejected = 4
    """What was sent cannot be used."""
    interrupted = 130


class Wrong(Exception):
    """Ends the command with a message and a code."""

    def __init__(self, message: str, code: ExitCode, *, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.code, self.hint = message, code, hint


def print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def explained() -> Iterator[None]:
    """Every error as a line on stderr that says what to do next, and as the exit code."""
    try:
        yield
    except Wrong as wrong:
        _tell(wrong.message, wrong.hint)
        raise typer.Exit(wrong.code) from None
    except NotAllowed as error:
        what = (
            "Give another key with --key or REELSMITH_API_KEY." if error.status == 401 else "Ask an administrator for a key of that role."
        )
        _tell(f"{error} [{error.code}]", what)
        raise typer.Exit(ExitCode.unreachable) from None
    except Refused as error:
        _tell(f"{error} [{error.code}]", "\n".join(f"{field or '/'}: {detail}" for field, detail in error.faults))
        raise typer.Exit(ExitCode.rejected) from None
    except ApiError as error:
        trace = error.problem.get("trace_id")
        _tell(f"{error} [{error.code}]", f"Try again; if it stays so, look for {trace} in the gateway's log." if trace else "Try again.")
        raise typer.Exit(ExitCode.unreachable) from None
    except Unreachable as error:
        _tell(str(error), "Is the gateway running? `reelsmith up` starts one.")
        raise typer.Exit(ExitCode.unreachable) from None
    except ClientError as error:
        _tell(str(error), "")
        raise typer.Exit(ExitCode.unreachable) from None


def _tell(message: str, hint: str) -> None:
    err.print(f"[red]{escape(message)}[/red]", soft_wrap=True)
    if hint:
        err.print(escape(hint), soft_wrap=True)
