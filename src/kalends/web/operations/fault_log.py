"""Prints what goes wrong in a server on standard error, for the people who run it."""

import os
import sys
import traceback

from kalends.web.operations.access_log import shown


def report(path: str, error: Exception) -> None:
    """Say what went wrong with a request; with KALENDS_DEBUG, where."""
    if os.environ.get("KALENDS_DEBUG"):
        traceback.print_exception(error)
    detail = " ".join(f"{type(error).__name__}: {error}".split())
    print(f"! {shown(path)}: {detail}", file=sys.stderr, flush=True)  # noqa: T201 - its log
