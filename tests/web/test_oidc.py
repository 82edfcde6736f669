"""统一身份认证: a service of the organisation's own signs people in; whatever it sends that is not right opens nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from jixiao.errors import CannotOpen
from jixiao.web import place, signing_in
from jixiao.web.models import Account, Entry, SignIn

KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


class Service:
    """A sign-in service on the loopback address that says what a test wants it to say."""

    def __init__(self):
        outer = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                self.reply(outer.get(self.path))

            def do_POST(self):
                outer.asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.reply({"id_token": outer.token})

            def reply(self, said):
                raw = json.dumps(said).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.issuer, self.token, self.asked = f"http://127.0.0.1:{self.server.server_port}", "", {}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def get(self, path):
        if path == "/keys":
            return {
                "keys": [
                    {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "one", "alg": "RS256"}
                ]
            }
        ways = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {"issuer": self.issuer, **{name: self.issuer + at for name, at in ways.items()}}

    def sign(self, nonce, key=KEY, **claims):
        said = {"iss": self.issuer, "aud": "jixiao", "sub": "u-1", "nonce": nonce, "preferred_username": "filler",
                "iat": int(time.time()), "exp": int(time.time()) + 300, **claims}  # fmt: skip
        self.token = jwt.encode(
            {k: v for k, v in said.items() if v is not None}, key, algorithm="RS256", headers={"kid": "one"}
        )


@pytest.fixture
def service(site):
    one = Service()
    settings.OIDC = place.Provider(one.issuer, "jixiao", "our-secret", "preferred_username")
    cache.clear()
    yield one
    settings.OIDC = None
    one.server.shutdown()
    one.server.server_close()


def leave(browser):
    """Go to the service and return what it was asked."""
    there = browser.get("/signin/service?next=/dossiers")["Location"]
    return {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}


def come_back(browser, service, *, key=KEY, state=None, **claims):
    asked = leave(browser)
    service.sign(claims.pop("nonce", asked["nonce"]), key, **claims)
    return browser.get("/signin/service/back", {"state": state or asked["state"], "code": "c"}), asked


def test_person_signs_in_by_the_service_and_our_second_factor(service):
    browser = Client()

    answer, asked = come_back(browser, service)

    assert answer["Location"] == "/signin/code?next=/dossiers"
    assert not SignIn.objects.exists()
    assert signing_in.half(browser.cookies[signing_in.HALF].value)[0].name == "filler"
    digest = hashlib.sha256(service.asked["code_verifier"][0].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert service.asked["client_secret"] == ["our-secret"]
    assert Entry.objects.get(what="bound").who.endswith("（filler）")


def test_service_that_asked_for_a_second_factor_itself_is_enough(service):
    browser = Client()

    answer, _ = come_back(browser, service, amr=["pwd", "mfa"])

    assert answer["Location"] == "/dossiers"
    assert browser.get("/").status_code == 200
    assert Account.objects.get(name="filler").password.startswith("!")  # no password here any more


def test_bound_person_is_known_by_the_service_s_own_name(service):
    come_back(Client(), service)

    renamed, _ = come_back(Client(), service, preferred_username="someone-else")
    stranger, _ = come_back(Client(), service, sub="u-2")

    assert renamed.status_code == 302
    assert (stranger.status_code, "没有登录名「filler」" in stranger.content.decode()) == (400, True)


WRONG = {
    "key": {"key": OTHER_KEY}, "issuer": {"iss": "https://evil.example"}, "audience": {"aud": "another"}, "nonce": {"nonce": "x"},
    "old": {"exp": int(time.time()) - 3600}, "no subject": {"sub": None}, "state": {"state": "x"}, "nobody": {"preferred_username": "nobody"},
    "no name": {"preferred_username": None},
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_not_right_opens_nothing(service, wrong):
    browser = Client(HTTP_ACCEPT_LANGUAGE="zh")

    answer, _ = come_back(browser, service, **WRONG[wrong])

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert signing_in.HALF not in browser.cookies and not SignIn.objects.exists()
    assert not Account.objects.exclude(subject="").exists()


def test_unsigned_token_and_a_token_signed_by_the_secret_open_nothing(service):
    for algorithm, key in (("none", None), ("HS256", "our-secret" * 4)):
        browser = Client()
        asked = leave(browser)
        said = {"iss": service.issuer, "aud": "jixiao", "sub": "u-1", "nonce": asked["nonce"], "preferred_username": "filler",
                "iat": int(time.time()), "exp": int(time.time()) + 300}  # fmt: skip
        service.token = jwt.encode(said, key, algorithm=algorithm, headers={"kid": "one"})

        assert browser.get("/signin/service/back", {"state": asked["state"], "code": "c"}).status_code == 400


def test_answer_without_having_asked_opens_nothing(service):
    assert Client().get("/signin/service/back", {"state": "x", "code": "c"}).status_code == 400


def test_service_that_is_away_is_a_sentence(service):
    service.server.shutdown()
    service.server.server_close()

    answer = Client(HTTP_ACCEPT_LANGUAGE="zh").get("/signin/service")

    assert (answer.status_code, "没有应答" in answer.content.decode()) == (400, True)


def test_reset_gives_a_password_and_lets_the_binding_go(service, browser_of):
    come_back(Client(), service)
    filler = Account.objects.get(name="filler")

    browser_of("manager").post(f"/people/{filler.pk}/reset")

    filler.refresh_from_db()
    assert filler.subject == "" and not filler.password.startswith("!")


def test_without_a_service_there_is_none(site):
    assert Client().get("/signin/service").status_code == 404
    assert "signin/service" not in Client().get("/signin").content.decode()


def test_button_is_there_with_a_service(service):
    assert "统一身份认证" in Client(HTTP_ACCEPT_LANGUAGE="zh").get("/signin").content.decode()


def test_service_has_to_speak_https():
    assert place.oidc({}) is None
    with pytest.raises(CannotOpen):
        place.oidc({"JIXIAO_OIDC_ISSUER": "http://id.example", "JIXIAO_OIDC_CLIENT": "jixiao"})
