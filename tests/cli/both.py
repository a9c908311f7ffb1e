"""Calls the program in a folder, and over a server with a copy of that folder."""

import re
import shutil
from contextlib import contextmanager
from datetime import timedelta

import pytest

from cli.conftest import FakeMachine, Said
from cli.served_thread import ServedThread, token_for
from kalends.cli.app import main
from kalends.domain.value import replace


@pytest.fixture(scope="module", name="server")
def a_server():
    made = ServedThread()
    yield made
    made.close()


class Both:
    """Calls the program in a folder, and over a server with a copy of that folder."""

    def __init__(self, folders, server, settings, elsewhere, run):
        self.near, self.far = folders
        self.server, self.settings = server, settings
        self._elsewhere, self._run = elsewhere, run
        self._clocks = {}
        self.token = None

    def __call__(self, *arguments):
        """Return what both say, which is the same."""
        near, far = self.here(*arguments), self.there(*arguments)
        assert _same(far) == _same(near), (arguments, far)
        return far

    def here(self, *arguments):
        return self._call(self.near, self.near, *arguments)

    def there(self, *arguments):
        return self.asked(self.server.url, *arguments)

    def asked(self, url, *arguments):
        """Call it from elsewhere, over a server."""
        given = [] if url is None else ["--server", url]
        return self._call(self.far, self._elsewhere, *given, *arguments)

    def with_machine(self, machine, *arguments):
        """Call it from elsewhere, on another machine."""
        return self._run(self._elsewhere, machine, ["--server", self.server.url, *arguments])

    def here_far(self, *arguments):
        """Call it in the folder that is served."""
        return self._call(self.far, self.far, *arguments)

    def clock(self, folder):
        return self._clocks.setdefault(folder, FakeMachine())

    def machine(self, folder):
        return replace(self.clock(folder).lent(), pause=lambda _: None)

    def _call(self, folder, place, *arguments):
        self.clock(folder).now += timedelta(minutes=1)
        return self._run(place, self.machine(folder), arguments)

    @contextmanager
    def restored(self, lines):
        """Serve another log than before."""
        for path in (self.far / "events").glob("kalends.db*"):
            path.unlink()
        shutil.rmtree(self.far / ".kalends")
        for path in (self.far / "events").glob("checkpoint*"):
            path.unlink()
        (self.far / "events" / "journal.jsonl").write_bytes(b"".join(lines))
        with self.server.serving(self.far, self.settings, self.machine(self.far)):
            yield


def _same(said):
    out = said.out.replace('"via": "api"', '"via": "cli"')
    # The act of a request bears the mark of the request.
    out = re.sub(r'"act": "(undo-)?[0-9a-z-]+"', r'"act": "\1…"', out)
    return said.code, out, said.err


@pytest.fixture(name="both")
def both_of(capfd, monkeypatch, tmp_path, config_home, template, server):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("KALENDS_ACTOR", "li")
    named = ("LC_ALL", "LC_MESSAGES", "LANG", "KALENDS_DEBUG", "KALENDS_SERVER")
    for name in (*named, "KALENDS_TOKEN", "KALENDS_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def run(place, machine, arguments):
        monkeypatch.chdir(place)
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments], machine=machine)
        out, err = capfd.readouterr()
        return Said(left.value.code, out, err)

    folders, settings = (tmp_path / "near", tmp_path / "far"), config_home / "kalends"
    made = Both(folders, server, settings, elsewhere, run)
    for folder in folders:
        template.copy_to(folder, config_home, made.clock(folder))
    made.token = token_for(made.far, settings, made.machine(made.far), actor="li")
    monkeypatch.setenv("KALENDS_TOKEN", made.token)
    with server.serving(made.far, settings, made.machine(made.far)):
        yield made
