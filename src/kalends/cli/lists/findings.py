"""How checks of a workspace or a store are shown: each with √ or ×, and what to do."""

from collections.abc import Sequence
from typing import Any

import click

from kalends.cli.context import Context, lines
from kalends.cli.hints import in_words
from kalends.domain.errors import KalendsError
from kalends.presentation.error_answers import exit_code

Findings = Sequence[tuple[str, KalendsError | None]]


def is_good(findings: Findings) -> bool:
    """Return whether no check failed."""
    return all(error is None for _, error in findings)


def checks_shape(context: Context, findings: Findings) -> list[dict[str, Any]]:
    """Return the checks for `--json`."""
    return [
        {
            "check": context.say(name),
            "ok": error is None,
            "error": error and in_words(context.words, error),
        }
        for name, error in findings
    ]


def write_checks(context: Context, findings: Findings) -> None:
    """Print each check, and below one that failed what to do."""
    for name, error in findings:
        lines([f"{'×' if error else '√'} {context.say(name)}"])
        if error is not None:
            said = in_words(context.words, error)
            lines([f"  {said['message']}", f"  → {said['hint']}"])


def exit_if_bad(findings: Findings) -> None:
    """Exit with the highest code of the checks that failed, if any did."""
    codes = [exit_code(error) for _, error in findings if error is not None]
    if codes:
        raise click.exceptions.Exit(max(codes))
