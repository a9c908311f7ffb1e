"""The workspace that the web's benchmarks serve, named in the environment."""

import os
from pathlib import Path

from kalends import bootstrap
from kalends.application.workspaces.workspace import Workspace
from kalends.web.operations.options import WebOptions
from kalends.web.served import Served

FOLDER, SETTINGS = "KALENDS_BENCH_FOLDER", "KALENDS_BENCH_SETTINGS"
DEPARTMENT = "/departments/d9"


def served() -> Served:
    """Return the workspace of the environment, as it is served."""
    root, settings = Path(os.environ[FOLDER]), Path(os.environ[SETTINGS])
    workspace = Workspace(root, machine=bootstrap.machine(), settings=settings, own_caches=True)
    options = WebOptions(folder=str(root), settings=str(settings), rate=0)
    return Served(workspace, options, print)
