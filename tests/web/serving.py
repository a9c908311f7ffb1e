"""`kalends serve` as a process, for tests."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing, suppress
from http.client import HTTPConnection
from tempfile import TemporaryFile

import pytest

PROGRAM = (sys.executable, "-m", "kalends")
SECONDS = 30


class Process:
    """A running `kalends serve`, and its address."""

    def __init__(self, campaign, *options):
        environment = {**os.environ, "XDG_CONFIG_HOME": str(campaign.settings), "LANG": "C"}
        # No pipe: nobody reads it meanwhile, and a server that logs much would wait for that.
        self._errors = TemporaryFile()  # noqa: SIM115 - `close` closes it
        self.process = subprocess.Popen(
            [*PROGRAM, "-C", campaign.folder, "serve", "--port", "0", "--json", *options],
            start_new_session=True, env=environment, stdout=subprocess.PIPE, stderr=self._errors,
        )  # fmt: skip
        line = self.process.stdout.readline()
        self.said = json.loads(line) if line else {}
        self.url = self.said.get("url")

    def get(self, path):
        with closing(HTTPConnection("127.0.0.1", self.said["port"], timeout=SECONDS)) as asked:
            asked.request("GET", f"/{path}")
            return asked.getresponse().read().decode()

    def stop(self, number=signal.SIGTERM):
        """Return the exit code, and what was said on standard error."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.communicate(timeout=SECONDS)
        self._errors.seek(0)
        return self.process.returncode, self._errors.read().decode()

    def close(self):
        """End it, however it is."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()
        self._errors.close()


@pytest.fixture
def run(campaign):
    """Return a function that serves the campaign by a process of its own, until the test ends."""
    running = []

    def run(*options):
        running.append(Process(campaign, *options))
        return running[-1]

    yield run
    for each in running:
        each.close()
