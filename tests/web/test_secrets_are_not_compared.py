"""No secret is compared in a way whose duration tells of it: shown by how it is made, not by a clock.

What somebody sends is hashed before anything else is done with it. What a digest is compared with is
compared by `hmac.compare_digest`, or looked up by the digest of a secret that nobody can steer.
"""

import ast
from pathlib import Path

import pytest

import kalends
from kalends import bootstrap
from kalends.application.access import oidc, tokens
from kalends.application.access.oidc import Oidc
from kalends.application.access.secrets_folder import hash_of
from kalends.application.access.sessions import Sessions, form_secret
from kalends.application.access.tokens import Tokens
from kalends.application.subscriptions import feed_secrets
from kalends.domain.errors import (
    FormRefusedError,
    LinkRefusedError,
    LoginRefusedError,
    TokenRefusedError,
)
from kalends.login_provider import LoginProvider
from kalends.web.clerk.visit import Visit

# Whatever holds a secret, or the digest of one, is called so; nothing else in these rooms is.
_NAMES = {
    "cookie", "form_secret", "hash_of", "hashed", "nonce", "password", "secret", "session", "sha256",
    "signature", "token",
}  # fmt: skip
_ROOMS = ("application", "remote", "web", "login_provider.py")
_EQUAL = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class Watched(str):
    """A secret, or the digest of one, that may be encoded but not compared."""

    __slots__ = ()

    def _compared(self, *_):
        pytest.fail("it is compared as it is")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = __contains__ = _compared
    startswith = endswith = find = index = count = removeprefix = partition = split = _compared


@pytest.fixture
def kept(campaign):
    """Return the tokens of a campaign, one of them with its secret."""
    found = Tokens(campaign.opened().folder, campaign.machine.now)
    return found, found.new(bootstrap.new_seed(), actor="li", role="office", by="li")


@pytest.fixture
def _watched_digests(monkeypatch):
    """Let the digest of a watched secret be watched, too."""
    for module in (tokens, feed_secrets):
        monkeypatch.setattr(module, "hash_of", lambda secret: type(secret)(hash_of(secret)))


@pytest.mark.usefixtures("_watched_digests")
def test_a_token_is_hashed_and_its_digest_compared_in_constant_time(kept):
    found, made = kept
    assert found.caller(Watched(made.secret), "-").actor == "li"
    assert found.token_of(Watched(made.secret)).actor == "li"
    with pytest.raises(TokenRefusedError):
        found.caller(Watched(f"{made.secret[:-1]}x"), "-")


def test_every_token_is_looked_at_whichever_is_right(kept, monkeypatch):
    found, made = kept
    for _ in range(3):
        found.new(bootstrap.new_seed(), actor="li", role="office", by="li")
    compared = []

    def compare(kept, sent):
        compared.append(kept)
        return real(kept, sent)

    real = tokens.hmac.compare_digest
    monkeypatch.setattr(tokens.hmac, "compare_digest", compare)
    found.token_of(made.secret)
    with pytest.raises(TokenRefusedError):
        found.token_of("kalends_x")
    assert len(compared) == 8


def test_sessions_and_links_are_found_by_the_digest_of_their_secret(kept):
    found, made = kept
    sessions = Sessions(found)
    secret = sessions.begin(bootstrap.new_seed(), Watched(made.secret), "-")
    assert sessions.caller(Watched(secret)).actor == "li"
    link = sessions.new_link(bootstrap.new_seed(), made.made.mark, by="li")
    second = sessions.follow(bootstrap.new_seed(), Watched(link.code), "-")
    with pytest.raises(LinkRefusedError):
        sessions.follow(bootstrap.new_seed(), Watched(link.code), "-")
    sessions.end(Watched(second))
    assert sessions.caller(Watched(second)) is None


@pytest.mark.usefixtures("_watched_digests")
def test_the_secret_of_a_feed_is_hashed_and_compared_in_constant_time(campaign):
    with campaign.opened() as workspace:
        made = feed_secrets.new_secret(workspace, "all")
    secret = made.path.split("/")[3]
    here = campaign.opened().folder
    assert feed_secrets.opens(here, Watched(secret), "all")
    assert not feed_secrets.opens(here, Watched(f"{secret[:-1]}!"), "all")


class _Form:
    """A request with a form that bears a secret."""

    def __init__(self, session, secret):
        self.session, self.form = session, {"form": secret}


def test_the_secret_of_a_form_is_compared_in_constant_time():
    session = Watched("s")
    right = Watched(form_secret(session))

    def visit(secret):
        return Visit(_Form(session, secret), None, None, None, "", caller=object())

    assert visit(right).form()
    with pytest.raises(FormRefusedError):
        visit(Watched("x")).form()


def test_the_state_of_a_login_elsewhere_is_compared_in_constant_time(campaign, monkeypatch):
    monkeypatch.setattr(Oidc, "_token", lambda *_: {})
    monkeypatch.setattr(Oidc, "_identity", lambda *_: "somebody")
    provider = LoginProvider("https://login.example.org", "kalends", "x")
    login = Oidc(campaign.opened().folder, provider, campaign.machine.now)
    state = Watched(oidc._part("s", "state"))
    query = {"state": state, "code": "c"}
    assert login.finish(Watched("s"), "https://x", query) == "somebody"
    with pytest.raises(LoginRefusedError):
        login.finish(Watched("s"), "https://x", {**query, "state": Watched("y")})


def comparisons(text):
    """Yield what compares something with the name of a secret, and what takes it for a pattern."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare) and any(isinstance(each, _EQUAL) for each in node.ops):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            sides = [node.subject]
        else:
            continue
        if any(_names(side) & _NAMES for side in sides):
            yield ast.unparse(node)


def _names(node):
    """Return the names that an expression is made of, keys of a mapping among them."""
    found = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            found.add(each.id)
        elif isinstance(each, ast.Attribute):
            found.add(each.attr)
        elif isinstance(each, ast.Constant):
            found.add(each.value)
    return found


def test_no_source_compares_a_secret():
    root = Path(kalends.__file__).parent
    files = [
        path for room in _ROOMS for path in [*(root / room).rglob("*.py"), root / room]
        if path.is_file()
    ]  # fmt: skip
    assert len(files) > 100
    texts = {str(path.relative_to(root)): path.read_text() for path in files}
    found = {
        name: [*comparisons(text)]
        for name, text in texts.items()
        if any(secret in text for secret in _NAMES)
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "token.made.sha256 == hashed",
        "secret != known",
        "hash_of(code) in known",
        "found.get('token') == text",
        "self.asked.session in (a, b)",
        "form_secret(session) == given",
    ],
)
def test_a_comparison_of_a_secret_would_be_found(line):
    assert [*comparisons(line)] == [line]
