"""The documents' commands say the same over a server as in the folder: what is printed is printed."""

import os
import re
from contextlib import ExitStack
from pathlib import Path

import pytest

from cli.served_thread import ServedThread, token_for
from docs.conftest import settle
from docs.transcript import ROOT, SERVED, Reader, rewritten
from kalends import config
from kalends.cli.app import kalends
from kalends.cli.environment import settings_folder
from kalends.domain.errors import KalendsError

# The others are about the folder, or take long and show nothing new.
_PAGES = ("correct-a-mistake", "departments", "office.zh", "record-many")
# Where the feeds stand is said otherwise.
_STANDS = re.compile(
    r"(?m)^(→ Publish what is new: `kalends publish`\.|→ 发布新内容：`kalends publish`。"
    r"|The feeds stand at position .*|.*在可写入处发布.*|Everything is published\.)$"
)
# What is made of the journal's bytes: git's names, hashes, signatures.
_BYTES = re.compile(r'(?m)^index [0-9a-f]+\.\.[0-9a-f]+|"act": ?"[a-z0-9-]+"')


@pytest.fixture(scope="module")
def server():
    made = ServedThread()
    yield made
    made.close()


class RemoteReader(Reader):
    """Types what works over a server with its address, and the rest in the folder."""

    def __init__(self, monkeypatch, server, until_end):
        super().__init__(monkeypatch)
        self._server, self._until_end = server, until_end
        self._served = None
        self.remote, self.is_away = 0, True

    def _kalends(self, words, answers):
        if not self._works_remotely(words):
            return super()._kalends(words, answers)
        self.remote += 1
        actor = words[words.index("--actor") + 1] if "--actor" in words else None
        folder = config.find(Path()).root
        token = token_for(
            folder, settings_folder(), self.machine, actor=actor or os.environ["KALENDS_ACTOR"]
        )
        if folder != self._served:
            self._served = folder
            self._until_end.enter_context(
                self._server.serving(folder, settings_folder(), self.machine)
            )
        with self._monkeypatch.context() as patch:
            patch.setenv("KALENDS_TOKEN", token)
            return super()._kalends(["--server", self._server.url, *words], answers)

    def _works_remotely(self, words):
        if (
            not self.is_away
            or {"-C", "--help", "-h", "--version"} & set(words)
            or any(word.startswith("-C") for word in words)
        ):
            return False
        try:
            if not (config.find(Path()).root / "events").is_dir():
                return False
        except KalendsError:
            return False
        found, group = kalends, kalends
        for word in words:
            found = group.get_command(None, word) if hasattr(group, "get_command") else None
            if found is None:
                continue
            if not hasattr(found, "get_command"):
                return not found.in_folder and found.name != "completion"
            group = found
        return group is kalends


class CurlReader(Reader):
    """Types what is curl's to the server of the campaign, whatever name a page gives it."""

    site = "https://calendar.example.org"

    def __init__(self, monkeypatch, url):
        super().__init__(monkeypatch)
        self._url = url

    def types(self, command, answers=()):
        code, said = super().types(command.replace(self.site, self._url), answers)
        return code, said.replace(self._url, self.site)


@pytest.fixture
def remote(monkeypatch, tmp_path, server):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with ExitStack() as until_end:
        yield RemoteReader(monkeypatch, server, until_end)


def _masked(text):
    text = _BYTES.sub("…", _STANDS.sub("…", text))
    return text.replace('"via":"api"', '"via":"cli"').replace('"via": "api"', '"via": "cli"')


@pytest.mark.campaign
def test_the_tutorial_is_the_same_over_a_server(remote, monkeypatch):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    path = ROOT / "docs" / "tutorial.md"
    assert _masked(rewritten(path, remote)) == _masked(path.read_text("utf-8"))
    assert remote.remote > 10


@pytest.mark.parametrize("page", _PAGES)
@pytest.mark.campaign
def test_a_how_to_is_the_same_over_a_server(remote, page):
    remote.is_away = False
    settle(remote)
    if page.endswith(".zh"):
        settings = Path("kalends.toml")
        settings.write_text(settings.read_text("utf-8").replace('"en"', '"zh"', 1), "utf-8")
    remote.is_away = True
    path = ROOT / "docs" / "how-to" / f"{page}.md"
    assert _masked(rewritten(path, remote)) == _masked(path.read_text("utf-8"))
    assert remote.remote > 0


@pytest.mark.campaign
@pytest.mark.parametrize("page", SERVED)
def test_what_curl_is_told_of_the_api_is_what_it_answers(monkeypatch, tmp_path, server, page):
    monkeypatch.chdir(tmp_path)
    reader = settle(CurlReader(monkeypatch, server.url))
    path = ROOT / "docs" / "how-to" / f"{page}.md"
    with server.serving(Path.cwd(), settings_folder(), reader.machine):
        assert rewritten(path, reader) == path.read_text("utf-8")
        (fields,) = re.findall(r'`(\{"when".*?\})`', path.read_text("utf-8"))
        tried = f"{reader.site}/api/v1/activities?dry_run=1&allow_duplicates=1"
        assert reader.types(f"curl -K kalends.curl '{tried}' -d '{fields}'")[1].endswith("\n200\n")
        assert {path for _, path in server.asked} >= {"/api/v1/read", "/api/v1/activities"}
