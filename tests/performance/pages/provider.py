"""A small OpenID provider on this machine, which signs in whomever a test says."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, CODE, ACCESS = "dashboard", "a shared secret", "a-code", "an-access-token"


def make_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What a test may change: the claims of the token, the details of the person, the key."""

    address: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=make_key)
    signed_with: rsa.RSAPrivateKey | None = None
    person: dict[str, Any] = field(default_factory=dict)
    token: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    asked: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        return {
            "OIDC_RP_CLIENT_ID": CLIENT,
            "OIDC_RP_CLIENT_SECRET": SECRET,
            "OIDC_OP_AUTHORIZATION_ENDPOINT": f"{self.address}/authorize",
            "OIDC_OP_TOKEN_ENDPOINT": f"{self.address}/token",
            "OIDC_OP_USER_ENDPOINT": f"{self.address}/person",
            "OIDC_OP_JWKS_ENDPOINT": f"{self.address}/keys",
        }

    def sign_in(self, address: str) -> str:
        """What the provider does with a browser that was sent there: it asks for the person's
        password, and sends the browser back to the address that this returns."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return f"{self.asked['redirect_uri']}?{urlencode({'code': CODE, 'state': self.asked['state']})}"

    def answer(self, path: str, said: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """None is a refusal."""
        if path == "/token":
            return self._tokens(said)
        if path == "/person":
            return self.person if authorization == f"Bearer {ACCESS}" else None
        if path == "/keys":
            return {"keys": [RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True) | {"kid": "one"}]}
        return None

    def _tokens(self, said: dict[str, str]) -> dict[str, Any] | None:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(said["code_verifier"].encode()).digest())
        expected = (CODE, CLIENT, SECRET, self.asked["redirect_uri"], self.asked["code_challenge"])
        given = (
            said["code"],
            said["client_id"],
            said["client_secret"],
            said["redirect_uri"],
            challenge.decode().rstrip("="),
        )
        return {"access_token": ACCESS, "id_token": self._signed()} if given == expected else None

    def _signed(self) -> str:
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "42",
            "nonce": self.asked["nonce"],
            "exp": time.time() + 60,
        } | self.token
        key = SECRET if self.algorithm == "HS256" else self.signed_with or self.key
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "one"})


@contextmanager
def running_provider() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(sent).items()})

        def _answer(self, said: dict[str, str]) -> None:
            content = provider.answer(self.path, said, self.headers.get("Authorization", ""))
            self.send_response(400 if content is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content or {"error": "invalid_request"}).encode())

        def log_message(self, *said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
