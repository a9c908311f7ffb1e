"""Runs the application: one process or several, over one socket."""

import errno
import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryDirectory

from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from kalends.domain.errors import CannotListenError, NotStartedError, PortInUseError
from kalends.web.app import started
from kalends.web.operations.options import SHARED, WebOptions
from kalends.web.protocol import BoundedProtocol
from kalends.words import os_error_message

_BACKLOG = 2_048
# More connections at a time are answered with 503 by each process.
_MOST_CONNECTIONS = 800
# How long a connection may rest, and how long requests may take once the server is to stop.
_REST_SECONDS, _STOP_SECONDS = 20, 10
# A process that has said nothing for so long is replaced. uvicorn's five seconds end living ones,
# with all their connections, where a machine is busy.
_SILENT_SECONDS = 60
_ANYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - where somebody chose them


@dataclass(frozen=True, slots=True)
class Listener:
    """A socket that listens at an address of this machine."""

    socket: socket.socket
    host: str
    port: int

    @property
    def url(self) -> str:
        """Return the address at which a browser on this machine opens it."""
        host = "localhost" if self.host in _ANYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def listen(host: str, port: int) -> Listener:
    """Listen at an address and a port, 0 for any that is free.

    Raises `PortInUseError` or `CannotListenError`.
    """
    try:
        family, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUseError(host=host, port=port) from None
        detail = os_error_message(error)
        raise CannotListenError(host=host, port=port, detail=detail) from None
    return Listener(made, host, made.getsockname()[1])


def run(options: WebOptions, listener: Listener, workers: int) -> None:
    """Answer requests until SIGINT or SIGTERM; raise `NotStartedError` if it cannot begin."""
    if options.campaigns:
        _allow_files()
    config = Config(
        partial(started, options.fields()),
        factory=True,
        http=BoundedProtocol,
        ws="none",
        lifespan="on",
        workers=workers,
        log_config=None,
        log_level="error",
        access_log=False,  # ours leaves out secrets and what is searched for
        server_header=False,
        proxy_headers=bool(options.proxies),
        forwarded_allow_ips=list(options.proxies),
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_REST_SECONDS,
        timeout_graceful_shutdown=_STOP_SECONDS,
        timeout_worker_healthcheck=_SILENT_SECONDS,
    )
    # Once it has stopped, uvicorn raises the signal again.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    if workers == 1:
        _run_one(config, listener)
    else:
        _run_several(config, listener)


def _allow_files() -> None:
    """Let this process and its workers have as many files open as the system lets it choose."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _run_one(config: Config, listener: Listener) -> None:
    server = Server(config)
    try:
        server.run(sockets=[listener.socket])
    except SystemExit:
        raise NotStartedError from None


def _run_several(config: Config, listener: Listener) -> None:
    with TemporaryDirectory(prefix="kalends-metrics-") as folder:
        os.environ[SHARED] = folder
        supervisor = Multiprocess(config, sockets=[listener.socket])
        supervisor.run()
    listener.socket.close()
    if any(process.exitcode not in _STOPPED for process in supervisor.processes):
        raise NotStartedError


# The exit codes of a process that was told to stop.
_STOPPED = {0, -signal.SIGINT, -signal.SIGTERM}
