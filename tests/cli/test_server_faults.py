"""What goes wrong between the command line and a server: said plainly, and nothing twice."""

import gzip
import json
import socket
import ssl
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from cli.both import a_server, both_of
from cli.served_thread import token_for
from kalends.application.access.tokens import Tokens, lifetime
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import InDoubtError, UnconfirmedError
from kalends.domain.value import replace
from kalends.web.api.problems import problem
from kalends.web.failures import for_visitors

__all__ = ["a_server", "both_of"]  # fixtures
_GZIP = {"content-encoding": "gzip"}
_ADD = "add", "7月14日", "团市委", "推进会"


def _answering(status, body=b"", content_type="text/plain", **headers):
    """Return an application that always answers so."""
    named = [(b"content-type", content_type.encode())]
    named += [(name.encode(), value.encode()) for name, value in headers.items()]

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": status, "headers": named})
        await send({"type": "http.response.body", "body": body})

    return app


def _without_answer(app):
    """Return an application that does what another does, and whose answer a gateway loses."""
    lost = _answering(504, b"<p>Gateway Timeout", "text/html")

    async def cut(scope, receive, send):
        async def forget(message):
            pass

        await app(scope, receive, forget)
        await lost(scope, receive, send)

    return cut


def _commands(both, times=10**9):
    """Let the answers to commands be cut off so many times."""
    left = [times]

    def before(scope):
        if scope["path"].endswith("/commands") and left[0]:
            left[0] -= 1
            return _without_answer(both.server.app)
        return None

    both.server.before = before


def _recorded(both):
    return [event["topic"] for event in both.here_far("--json", "log").document["events"]]


def test_a_lost_answer_is_asked_for_again_and_recorded_once(both):
    before = _recorded(both)
    _commands(both, times=2)
    said = both.there(*_ADD)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("√ recorded ")
    assert _recorded(both) == [*before, "activity.recorded"]
    assert both.server.asked.count(("POST", "/api/v1/commands")) == 3


def test_when_all_answers_are_lost_nobody_is_told_that_nothing_was_recorded(both):
    before = _recorded(both)
    _commands(both)
    said = both.there("--json", *_ADD)
    assert (said.code, said.document["error"]["code"]) == (10, "answer-lost")
    assert _recorded(both) == [*before, "activity.recorded"]
    both.server.before = lambda _: None
    again = both.there("--json", *_ADD)
    assert (again.code, again.document["error"]["code"]) == (4, "on-record")
    assert _recorded(both) == [*before, "activity.recorded"]


def test_a_doubt_stays_a_doubt_whatever_is_answered_next(both):
    left = [_without_answer(both.server.app), _answering(302, location="https://x.example/")]

    def before(scope):
        return left.pop(0) if scope["path"].endswith("/commands") and left else None

    before_it = _recorded(both)
    both.server.before = before
    said = both.there("--json", *_ADD)
    assert (said.code, said.document["error"]["code"]) == (10, "answer-lost")
    assert _recorded(both) == [*before_it, "activity.recorded"]


@pytest.mark.parametrize("error", [UnconfirmedError, InDoubtError])
def test_a_doubt_of_the_server_is_said_in_its_own_words_once_asking_again_does_not_help(
    both, error
):
    """The store has recorded it, and does not say so, or cannot be asked: as the API says it."""
    before = _recorded(both)

    said = problem(for_visitors(error(name="db.example", detail="gone")), "en").content
    both.server.before = lambda scope: (
        _answering(503, said, "application/problem+json")
        if scope["path"].endswith("/commands")
        else None
    )
    answer = both.there("--json", *_ADD)
    document = json.loads(said)
    assert (answer.code, answer.document["error"]["code"]) == (10, "perhaps-recorded")
    assert answer.document["error"]["message"] == document["detail"]
    assert both.server.asked.count(("POST", "/api/v1/commands")) == 4
    assert _recorded(both) == before


def test_what_is_confirmed_when_it_is_asked_for_again_is_recorded(both):
    before = _recorded(both)
    said = problem(for_visitors(UnconfirmedError(name="db.example")), "en").content
    left = [_answering(503, said, "application/problem+json")]
    both.server.before = lambda scope: (
        left.pop() if scope["path"].endswith("/commands") and left else None
    )
    answer = both.there(*_ADD)
    assert (answer.code, answer.err) == (0, "")
    assert _recorded(both) == [*before, "activity.recorded"]


def test_nobody_waits_long_for_a_machine_that_is_not_there(both, monkeypatch):
    tries = []

    def connect(connection):
        tries.append(connection.host)
        raise TimeoutError

    monkeypatch.setattr(HTTPConnection, "connect", connect)
    said = both.asked("http://127.0.0.1:9", "--json", "--lang", "en", "agenda")
    assert said.document["error"]["code"] == "server-silent"
    assert len(tries) == 1


def test_a_server_that_goes_away_after_it_has_confirmed_is_not_said_to_have_failed(both):
    def before(scope):
        if scope["path"].endswith("/commands"):
            both.server.before = lambda _: _answering(503, b"-")

    before_it = _recorded(both)
    both.server.before = before
    said = both.there("--json", *_ADD)
    assert (said.code, said.document["error"]["code"]) == (10, "recorded-unread")
    assert "Do not record it again" in said.document["error"]["hint"]
    assert _recorded(both) == [*before_it, "activity.recorded"]


def test_days_are_those_of_the_server_whatever_the_clock_here_says(both):
    wrong = replace(both.machine(both.far), now=lambda: datetime(2031, 5, 5, tzinfo=UTC))
    said = both.with_machine(wrong, "--json", "add", "明天 团市委 推进会")
    assert said.document["activity"]["when"]["first_day"] == "2020-07-21"
    said = both.with_machine(wrong, "agenda")
    assert "2020-07-21" in said.out


def test_help_does_not_wait_for_a_server(both, monkeypatch):
    waited = []
    machine = replace(both.machine(both.far), pause=waited.append)
    both.server.before = lambda _: _answering(503, b"-")
    monkeypatch.setenv("KALENDS_SERVER", both.server.url)
    said = both.with_machine(machine, "agenda", "--help")
    assert said.code == 0
    assert waited == []
    assert "Usage: kalends" in said.out


def test_nothing_is_kept_where_no_server_answers(both, tmp_path):
    both.server.before = lambda _: _answering(404, b"-")
    assert both.there("agenda").code == 10
    assert not (tmp_path / "cache").exists()


def test_a_server_without_tls_is_said_to_speak_http(both):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def answer():
            with listener.accept()[0] as taken:
                taken.recv(4_096)
                taken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        server = threading.Thread(target=answer)
        server.start()
        said = both.asked(f"https://127.0.0.1:{port}", "--lang", "en", "agenda")
        server.join()
    assert said.code == 10
    assert "it speaks http, not https" in said.err


def test_a_server_that_is_away_is_said_to_be_silent(both, monkeypatch):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    said = both.asked(url, "agenda")
    assert (said.code, said.out) == (10, "")
    assert said.err.startswith(f"{url} does not answer: ")
    assert "Nothing was recorded" in said.err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert both.asked(url, "agenda").err.startswith(f"{url} 没有应答：")


@pytest.mark.parametrize(
    ("app", "code", "exit_code"),
    [
        (_answering(302, location="https://elsewhere.example/"), "server-moved", 10),
        (_answering(308, location="/other/"), "server-moved", 10),
        (_answering(200, b"<p>Hello", "text/html"), "other-server", 10),
        (_answering(404, b"<p>No", "text/html"), "other-server", 10),
        (_answering(200, b"{", "application/json"), "other-server", 10),
        (_answering(200, b'{"ok": true}', "application/json"), "other-server", 10),
        (_answering(400, b"[]", "application/problem+json"), "other-server", 10),
        (_answering(500, b"oh", "text/plain"), "server-silent", 10),
        (_answering(200, b"no gzip", "application/json", **_GZIP), "server-silent", 10),
        (
            _answering(200, gzip.compress(b"{}" * 999)[:-9], "application/json", **_GZIP),
            "server-silent",
            10,
        ),
        (_answering(429, b"{}", "application/problem+json"), "server-silent", 10),
        (
            _answering(
                404,
                b'{"code": "page-not-found", "detail": "no", "hint": "no", "status": 404}',
                "application/problem+json",
            ),
            "other-server",
            10,
        ),
        (
            _answering(
                409,
                b'{"code": "of-tomorrow", "detail": "a {b}", "hint": "c", "status": 409}',
                "application/problem+json",
            ),
            "of-tomorrow",
            5,
        ),
    ],
)
def test_what_is_no_answer_of_ours_is_a_plain_error(both, app, code, exit_code):
    both.server.before = lambda _: app
    said = both.there("--json", "agenda")
    assert (said.code, said.document["error"]["code"]) == (exit_code, code), said


def _lines(*lines, **more):
    page = {
        "at": "2020-07-20T02:00:00Z",
        "known_at": len(lines), "after": 0, "more": False, "campaign": "x", "language": "en",
        "reader": {"actor": "li", "role": "office", "departments": []}, "published": 0,
        "hidden": "", "lines": lines, **more,
    }  # fmt: skip
    return _answering(200, json.dumps(page).encode(), "application/json")


def test_events_that_are_damaged_or_newer_are_not_taken_for_ours(both):
    newer = {"stream": "campaign", "version": 1, "topic": "campaign.sung", "state": {}}
    both.server.before = lambda _: _lines({"what": 1})
    said = both.there("--json", "agenda")
    assert (said.code, said.document["error"]["code"]) == (8, "bad-answer")
    line = json.dumps(newer, separators=(",", ":")).encode()
    page = b'{"at":"2020-07-20T02:00:00Z","known_at":1,"after":0,"more":false,"campaign":"x","language":"en","reader":'
    page += b'{"actor":"li","role":"office","departments":[]},"published":0,"hidden":"",'
    whole = _answering(200, page + b'"lines":[' + line + b"]}", "application/json")
    both.server.before = lambda _: whole
    said = both.there("--json", "agenda")
    assert said.document["error"]["code"] == "unknown-topic"


@pytest.mark.parametrize(
    ("url", "code", "exit_code"),
    [
        ("http://calendar.example.org", "insecure-server", 2),
        ("http://10.0.0.1:8000/city", "insecure-server", 2),
        ("ftp://calendar.example.org", "bad-server", 2),
        ("https://li:secret@calendar.example.org", "bad-server", 2),
        ("https://calendar.example.org/?a=b", "bad-server", 2),
        ("https://", "bad-server", 2),
        ("https://a:b", "bad-server", 2),
        ("https://a b", "bad-server", 2),
        ("https://[::1", "bad-server", 2),
        ("https://创城.example", "bad-server", 2),
    ],
)
def test_what_is_no_address_of_a_server_is_refused(both, url, code, exit_code):
    said = both.asked(url, "--json", "agenda")
    assert (said.code, said.document["error"]["code"]) == (exit_code, code)


def test_a_folder_comes_before_the_environment_and_not_beside_the_option(both, monkeypatch):
    monkeypatch.setenv("KALENDS_SERVER", "https://calendar.example.org")
    assert both.asked(None, "-C", str(both.near), "dept", "ls").code == 0
    said = both.asked(both.server.url, "-C", str(both.near), "--json", "dept", "ls")
    assert (said.code, said.document["error"]["code"]) == (2, "usage")


def test_the_token_may_stand_in_a_file_that_nobody_else_can_read(
    both, monkeypatch, tmp_path, config_home
):
    token = both.token
    monkeypatch.delenv("KALENDS_TOKEN")
    said = both.there("--json", "agenda")
    assert (said.code, said.document["error"]["code"]) == (7, "no-token")
    name = both.server.url.removeprefix("http://").replace(":", "-")
    usual = config_home / "kalends" / "tokens" / name
    assert str(usual) in said.document["error"]["hint"]
    usual.parent.mkdir()
    for path in (usual, tmp_path / "token"):
        path.write_text(f"{token}\n", "utf-8")
        path.chmod(0o644)
        said = both.there("--json", "agenda")
        assert (said.code, said.document["error"]["code"]) == (7, "exposed-token")
        path.chmod(0o600)
        assert both.there("agenda").code == 0
        path.write_text("\n", "utf-8")
        assert both.there("--json", "agenda").document["error"]["code"] == "no-token"
        monkeypatch.setenv("KALENDS_TOKEN_FILE", str(tmp_path / "token"))
    (tmp_path / "token").unlink()
    (tmp_path / "token").mkdir()
    assert both.there("--json", "agenda").code == 3


def test_a_token_that_ended_or_is_of_another_campaign_opens_nothing(both, monkeypatch):
    near = token_for(both.near, both.settings, both.machine(both.near), actor="li")
    short = token_for(
        both.far, both.settings, both.machine(both.far), actor="li", lifetime=lifetime("1d")
    )
    revoked = token_for(both.far, both.settings, both.machine(both.far), actor="li")
    with Workspace(both.far, machine=both.machine(both.far), settings=both.settings) as opened:
        tokens = Tokens(opened.folder, opened.now)
        tokens.revoke(tokens.token_of(revoked).mark, by="li")
    both.clock(both.far).now += timedelta(days=2)
    for token in (near, short, revoked, "kalends_x", "kalends_中文", "two words"):
        monkeypatch.setenv("KALENDS_TOKEN", token)
        said = both.there("--json", *_ADD)
        assert (said.code, said.document["error"]["code"]) == (7, "token-refused")
        assert "kalends token new" in said.document["error"]["hint"]


def test_a_clerk_records_for_their_departments_and_does_not_see_what_is_withheld(
    both, monkeypatch
):
    secret = both.there("--json", "add", "8月1日 市教育局 绝密演练").document["activity"]["id"]
    both.there("withhold", secret, "--reason", "内部")
    own = both.there("--json", "add", "8月2日 团市委 内部会").document["activity"]["id"]
    both.there("withhold", own, "--reason", "内部")
    far = both.machine(both.far)
    clerk = token_for(both.far, both.settings, far, actor="zh", role="clerk", departments=("tsw",))
    office = both.token
    monkeypatch.setenv("KALENDS_TOKEN", clerk)
    assert both.there("add", "8月3日 团市委 座谈会").code == 0
    listed = both.there("agenda", "--all").out
    assert "内部会" in listed
    assert "座谈会" in listed
    for arguments in (["agenda", "--all"], ["log"], ["--json", "log"], ["search", "绝密演练"]):
        said = both.there(*arguments)
        assert "绝密演练" not in said.out + said.err
        assert secret not in said.out + said.err
    assert both.there("show", secret).code == 3
    for arguments, code in (
        (["add", "8月3日 市教育局 讲座"], "other-department"),
        (["-n", "add", "8月3日 市教育局 讲座"], "other-department"),
        (["dept", "add", "新部门"], "office-only"),
        (["campaign", "set", "--title", "x"], "office-only"),
        (["add", "--actor", "li", "8月3日 团市委 讲座"], "other-actor"),
        (["undo"], None),
        (["undo"], "nothing-to-undo"),
    ):
        said = both.there("--json", *arguments)
        found = None if said.code == 0 else said.document["error"]["code"]
        assert found == code, arguments
    # What is like something that they may not see is no duplicate.
    monkeypatch.setenv("KALENDS_TOKEN", office)
    both.there("release", secret)
    monkeypatch.setenv("KALENDS_TOKEN", clerk)
    assert "绝密演练" in both.there("agenda", "--all").out  # the copy was made anew
    auditor = token_for(both.far, both.settings, far, actor="au", role="auditor")
    monkeypatch.setenv("KALENDS_TOKEN", auditor)
    assert both.there("agenda").code == 0
    assert both.there("--json", *_ADD).document["error"]["code"] == "reads-only"


def test_the_last_event_may_be_one_that_is_not_seen(both, monkeypatch):
    clerk = token_for(
        both.far, both.settings, both.machine(both.far), actor="zh", role="clerk",
        departments=("tsw",),
    )  # fmt: skip
    secret = both.there("--json", "add", "8月1日 市教育局 绝密演练").document["activity"]["id"]
    both.there("withhold", secret, "--reason", "内部")
    monkeypatch.setenv("KALENDS_TOKEN", clerk)
    assert both.there().code == 0
    assert both.there("add", "8月3日 团市委 座谈会").code == 0
    assert both.there("history", "团市委").code == 0


def test_what_somebody_records_in_between_is_looked_at_by_the_server(both):
    def before(scope):
        if scope["path"].endswith("/commands"):
            both.server.before = lambda _: None
            both.here_far(*_ADD)

    both.server.before = before
    said = both.there(*_ADD)
    assert said.code == 4
    assert "推进会" in said.err
    assert "--allow-duplicates" in said.err


def test_what_somebody_changes_in_between_is_refused_by_the_server(both):
    plan = both.there("--json", "add", "8月1日 团市委 推进会").document["activity"]["id"]

    def before(scope):
        if scope["path"].endswith("/commands"):
            both.server.before = lambda _: None
            both.here_far("cancel", plan, "--reason", "下雨")

    both.server.before = before
    said = both.there("held", plan)
    both.here_far("reinstate", plan, "--reason", "晴")
    both.here_far("cancel", plan, "--reason", "下雨")
    near = both.here_far("held", plan)
    assert (said.code, said.out, said.err) == (near.code, near.out, near.err)


def test_a_log_that_was_rewritten_is_copied_anew(both):
    both.there(*_ADD)
    assert "推进会" in both.there("agenda", "--all").out
    far = both.far / "events"
    lines = (far / "journal.jsonl").read_bytes().splitlines(keepends=True)
    with both.restored(lines[:-1]):
        assert "推进会" not in both.there("agenda", "--all").out
        both.there("add", "7月15日 团市委 另一个会")
        assert "另一个会" in both.there("agenda", "--all").out


def test_a_copy_that_was_damaged_is_made_anew(both, tmp_path):
    both.there(*_ADD)
    before = both.there("agenda", "--all")
    (copy,) = (tmp_path / "cache" / "kalends" / "servers").iterdir()
    assert copy.stat().st_mode & 0o077 == 0
    for name in ("events/kalends.db", ".kalends/views.db", "server.json"):
        (copy / name).write_bytes(b"no database, no note" * 99)
        said = both.there("agenda", "--all")
        if said.code:  # damaged views are deleted, and the command is to be repeated
            said = both.there("agenda", "--all")
        assert (said.code, said.out) == (before.code, before.out), name


def test_a_certificate_that_nobody_vouches_for_stops_everything(both, tmp_path, monkeypatch):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    heard = []

    def answer(listener):
        for _ in range(2):
            taken, _ = listener.accept()
            try:
                with context.wrap_socket(taken, server_side=True) as speaking:
                    heard.append(speaking.recv(4_096))
                    speaking.sendall(
                        b"HTTP/1.1 302 Found\r\nlocation: https://x.example/\r\n"
                        b"content-length: 0\r\n\r\n"
                    )
            except OSError:
                taken.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(listener,), daemon=True)
        thread.start()
        url = f"https://localhost:{listener.getsockname()[1]}"
        said = both.asked(url, "--json", "--lang", "en", "agenda")
        assert (said.code, said.document["error"]["code"]) == (10, "bad-certificate")
        assert heard == []
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        said = both.asked(url, "--json", "--lang", "en", "agenda")
        thread.join(10)
    assert said.document["error"]["code"] == "server-moved"
    assert b"Authorization: Bearer" in heard[0]


def test_a_clerk_s_lists_are_those_of_the_api_whatever_is_withheld(both, monkeypatch):
    ids = [
        both.there("--json", "add", f"8月{day}日 {name} 会{day}").document["activity"]["id"]
        for day, name in enumerate(["团市委", "市教育局", "团市委", "市教育局"], 1)
    ]
    far = both.machine(both.far)
    clerk = token_for(both.far, both.settings, far, actor="zh", role="clerk", departments=("tsw",))
    for arguments in (
        ["withhold", ids[0], "--reason", "内部"],
        ["withhold", ids[1], "--reason", "内部"],
        ["move", ids[1], "--to", "8月9日", "--reason", "改期"],
        ["correct", ids[0], "--dept", "市教育局", "--reason", "主办"],
        ["correct", ids[1], "--dept", "团市委", "--dept", "市教育局", "--reason", "主办"],
        ["release", ids[0]],
        ["cancel", ids[3], "--reason", "下雨"],
        ["undo"],
    ):
        assert both.there(*arguments).code == 0, arguments
        with monkeypatch.context() as patch:
            patch.setenv("KALENDS_TOKEN", clerk)
            mine = both.there("--json", "agenda", "--all").document["activities"]
        port = int(both.server.url.rpartition(":")[2])
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as asked:
            named = {"authorization": f"Bearer {clerk}"}
            asked.request("GET", "/api/v1/activities", headers=named)
            theirs = json.loads(asked.getresponse().read())["activities"]
        assert mine == theirs, arguments
