"""Serves a campaign as on the day of the tests, in a process of its own: `serve_then.py FOLDER`."""

import socket
import sys
from pathlib import Path

import uvicorn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as a program, it is outside of them
from kalends.web.app import application
from kalends.web.operations.options import WebOptions
from served_campaign import Campaign


def main() -> None:
    """Say the port on the first line, then serve until the process is ended."""
    made = Campaign(Path(sys.argv[1]))
    options = WebOptions(folder=str(made.folder), settings=str(made.settings), rate=0)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        sys.stdout.write(f"{listening.getsockname()[1]}\n")  # connections wait until it serves
        sys.stdout.flush()
        app = application(options, machine=made.machine)
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run([listening])


if __name__ == "__main__":
    main()
