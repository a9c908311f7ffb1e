"""The options `--csv` and `--xlsx`, the same for every list."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

from kalends.cli.command_classes import PATH, option
from kalends.cli.context import Context
from kalends.domain.errors import N_, UsageError
from kalends.words import Message


class TableOutput(NamedTuple):
    """Which table was asked for: CSV on stdout, a workbook in a file, or neither."""

    csv: bool = False
    xlsx: Path | None = None

    @property
    def is_wanted(self) -> bool:
        """Return whether a table was asked for."""
        return self.csv or self.xlsx is not None


def tables(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--csv` and `--xlsx` to a command, which takes a `Context` first, and `table`."""

    @wraps(function)
    def checked(context: Context, *arguments: Any, **given: Any) -> Any:
        table = TableOutput(csv=given.pop("as_csv"), xlsx=given.pop("xlsx"))
        named = {"--json": context.json, "--csv": table.csv, "--xlsx": table.xlsx is not None}
        if sum(named.values()) > 1:
            detail = Message("give only one of --json, --csv and --xlsx")
            raise UsageError(detail=detail)
        return function(context, *arguments, table=table, **given)

    with_xlsx = option(
        "--xlsx", type=PATH, metavar="FILE",
        help=N_("Write a workbook, with a sheet for each department."),
    )(checked)  # fmt: skip
    return option("--csv", "as_csv", is_flag=True, help=N_("Print CSV, for spreadsheets."))(
        with_xlsx
    )
