"""A provider of OpenID Connect on this machine, as exact as the specification, or as wrong as a test wants."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "kalends-test", "client:secret/?"


@dataclass
class Provider:
    """What it says of the person who logs in, and what it does wrong.

    `claims` change those of the ID token, `signed` makes another token of them.
    """

    issuer: str = ""
    subject: str = "248289761001"
    email: str = "zhang@example.org"
    key: ECKey = field(
        default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
    )
    now: int = 0
    claims: dict = field(default_factory=dict)
    signed: object = None
    metadata: dict = field(default_factory=dict)
    token: object = None
    codes: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    def authorize(self, address):
        """Be the browser of somebody who logs in here; return where it is sent back to."""
        given = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{self.issuer}/authorize?")
        assert (given["response_type"], given["client_id"]) == ("code", CLIENT)
        assert set(given["scope"].split()) == {"openid", "email"}
        assert given["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = given
        return f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state'], 'iss': self.issuer})}"

    def exchange(self, form, authorization):
        """Return the status and the answer of the token endpoint."""
        if self.token is not None:
            return self.token
        user = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        given = self.codes.pop(form.get("code"), None)  # each code is good for once
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(form["code_verifier"].encode()).digest()
        )
        if (
            user != f"{CLIENT}:{SECRET}"
            or given is None
            or form["grant_type"] != "authorization_code"
            or form["redirect_uri"] != given["redirect_uri"]
            or challenge.decode().rstrip("=") != given["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        claims = {
            "iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": self.now,
            "exp": self.now + 300, "nonce": given["nonce"], "email": self.email,
            "email_verified": True, **self.claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        make = self.signed or (
            lambda made: jwt.encode({"alg": "ES256", "kid": "one"}, made, self.key)
        )
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": make(claims)}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        provider = self.server.provider
        provider.asked.append(self.path)
        issuer = provider.issuer
        if self.path == "/.well-known/openid-configuration":
            self.answer(200, {
                "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token", "jwks_uri": f"{issuer}/keys",
                **provider.metadata,
            })  # fmt: skip
        elif self.path.startswith("/authorize?"):  # a page of its own, as people see it
            back = escape(provider.authorize(f"{issuer}{self.path}"))
            self.answer(
                200, f'<p><a href="{back}">Let them know who I am</a>'.encode(), "text/html"
            )
        elif self.path == "/keys":
            self.answer(200, {"keys": [provider.key.as_dict(private=False)]})
        else:
            self.answer(404, {})

    def do_POST(self):
        provider = self.server.provider
        provider.asked.append(self.path)
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        given = {name: values[0] for name, values in form.items()}
        self.answer(*provider.exchange(given, self.headers.get("Authorization", "")))

    def answer(self, status, document, media_type="application/json"):
        octets = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_):
        pass


def started():
    """Return a server whose `provider` each test sets anew, its address, and what stops it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads, server.block_on_close = True, False
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop():
        server.shutdown()
        server.server_close()

    return server, f"http://127.0.0.1:{server.server_port}", stop
