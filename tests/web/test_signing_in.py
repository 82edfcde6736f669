"""登录: two factors, one use per code, lock-out, sessions that end; a stranger learns nothing about names."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from django.conf import settings

from jixiao.web import clock, seal, serving, signing_in
from jixiao.web.actions import people
from jixiao.web.models import Account, Entry, SignIn

PASSWORD = "Cast-of-2024"


def with_secret(name):
    secret = pyotp.random_base32()
    Account.objects.filter(name=name).update(secret=seal.sealed(secret))
    return secret


def sign_in(browser, name, password, code=None):
    first = browser.post("/signin", {"name": name, "password": password, "next": "/dossiers"})
    return (
        first
        if code is None or first.status_code != 302
        else browser.post("/signin/code", {"code": code, "next": "/dossiers"})
    )


def now_code(secret):
    return pyotp.TOTP(secret).at(clock.now())


def test_password_and_code_open_a_session(browser_of):
    browser, secret = browser_of(None), with_secret("filler")

    answer = sign_in(browser, "filler", PASSWORD, now_code(secret))

    assert (answer.status_code, answer["Location"]) == (302, "/dossiers")
    cookie = answer.cookies["jixiao"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert browser.get("/").status_code == 200
    assert SignIn.objects.get().pk == seal.key_hash(cookie.value) != cookie.value
    assert Entry.objects.filter(what="signed_in").count() == 1


def test_first_sign_in_sets_the_second_factor_up(browser_of):
    browser = browser_of(None)
    browser.post("/signin", {"name": "filler", "password": PASSWORD})
    shown = browser.get("/signin/code").content.decode()
    secret = shown.partition('<code class="secret">')[2].partition("<")[0]
    assert "<svg" in shown and len(secret) == 32

    assert browser.post("/signin/code", {"code": "000000"}).status_code == 400
    assert Account.objects.get(name="filler").secret == ""
    assert browser.post("/signin/code", {"code": now_code(secret)}).status_code == 302

    kept = Account.objects.get(name="filler").secret
    assert seal.opened(kept) == secret
    assert secret not in kept


def test_password_alone_opens_nothing(browser_of):
    browser = browser_of(None)
    with_secret("filler")

    assert sign_in(browser, "filler", PASSWORD).status_code == 302

    assert browser.get("/").status_code == 302
    assert not SignIn.objects.exists()


def test_code_works_once(browser_of):
    secret = with_secret("filler")
    code = now_code(secret)

    assert sign_in(browser_of(None), "filler", PASSWORD, code).status_code == 302
    again = sign_in(browser_of(None), "filler", PASSWORD, code)

    assert again.status_code == 400
    assert "验证码不对，或已用过" in again.content.decode()


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "一二三四五六", "0" * 500])
def test_odd_codes_are_refused_with_a_sentence(browser_of, code):
    with_secret("filler")

    answer = sign_in(browser_of(None), "filler", PASSWORD, code)

    assert answer.status_code == 400
    assert "验证码不对" in answer.content.decode()


def test_unknown_name_and_wrong_password_are_answered_alike(browser_of):
    one = sign_in(browser_of(None), "nobody", PASSWORD)
    two = sign_in(browser_of(None), "filler", "wrong-password-1")

    assert one.status_code == two.status_code == 400
    said = "登录名或密码不对"
    assert said in one.content.decode() and said in two.content.decode()


def test_failures_lock_the_account_for_a_while(browser_of):
    browser, secret = browser_of(None), with_secret("filler")
    for _ in range(settings.SIGN_IN_FAILURES):
        sign_in(browser, "filler", "wrong-password-1")

    assert "已锁定" in sign_in(browser, "filler", PASSWORD).content.decode()
    assert Entry.objects.filter(what="locked").count() == 1

    Account.objects.filter(name="filler").update(locked_until=clock.now() - timedelta(seconds=1))
    assert sign_in(browser, "filler", PASSWORD, now_code(secret)).status_code == 302


def test_wrong_codes_lock_as_well(browser_of):
    browser = browser_of(None)
    with_secret("filler")
    for _ in range(settings.SIGN_IN_FAILURES):
        sign_in(browser, "filler", PASSWORD, "000000")

    assert "已锁定" in browser.post("/signin/code", {"code": "000000"}).content.decode()


@pytest.mark.parametrize("field", ["seen", "started"])
def test_session_ends_by_itself(browser_of, field):
    browser = browser_of("filler")
    assert browser.get("/").status_code == 200

    SignIn.objects.update(**{field: clock.now() - timedelta(hours=11)})

    assert browser.get("/").status_code == 302


def test_fourth_session_ends_the_first(browser_of):
    browsers = [browser_of("filler") for _ in range(settings.SIGN_INS_AT_ONCE + 1)]

    assert [browser.get("/").status_code for browser in browsers] == [302, 200, 200, 200]


def test_signing_out_ends_the_session(browser_of):
    browser = browser_of("filler")
    key = browser.cookies["jixiao"].value
    browser.post("/signout")

    assert signing_in.current(key) is None


def test_forged_pass_is_refused(browser_of):
    browser = browser_of(None)
    browser.cookies["jixiao_half"] = "WzEsIiJd:1abc:forged"

    assert browser.post("/signin/code", {"code": "000000"})["Location"] == "/signin"


def test_next_leads_nowhere_else(browser_of):
    secret = with_secret("filler")
    browser = browser_of(None)
    browser.post("/signin", {"name": "filler", "password": PASSWORD})

    answer = browser.post("/signin/code", {"code": now_code(secret), "next": "https://elsewhere.example/"})

    assert answer["Location"] == "/"


def test_changed_password_ends_the_other_sessions(browser_of):
    one, two = browser_of("filler"), browser_of("filler")
    said = {"old": PASSWORD, "new": "another-One-25", "again": "another-One-25"}

    assert one.post("/me", {**said, "old": "no"}).status_code == 400
    assert one.post("/me", {**said, "again": "differs-1"}).status_code == 400
    assert one.post("/me", {**said, "new": "short1", "again": "short1"}).status_code == 400
    assert one.post("/me", {**said, "new": "filler-2024-x", "again": "filler-2024-x"}).status_code == 400
    assert one.post("/me", said).status_code == 302

    assert (one.get("/").status_code, two.get("/").status_code) == (200, 302)


def test_password_that_was_handed_over_has_to_be_changed(who, office, browser_of):
    _, password = people.add_account(who("manager"), office("某县医疗"), "newcomer", "新人", ["fill"])
    browser = browser_of("newcomer")

    assert browser.get("/dossiers")["Location"] == "/me"
    said = {"old": password, "new": "my-Own-word-9", "again": "my-Own-word-9"}
    assert browser.post("/me", said).status_code == 302
    assert browser.get("/dossiers").status_code == 200


def test_setup_works_once_and_with_its_key_only(site, browser_of):
    browser = browser_of(None)
    key = serving._setup_key()
    said = {
        "office": "某局",
        "kind": "bureau",
        "level": "county",
        "full_name": "管",
        "name": "chief",
        "password": "Long-enough-1",
    }

    assert browser.get(f"/setup/{key}").status_code == 404  # there are accounts
    SignIn.objects.all().delete()
    Account.objects.all().delete()
    assert browser.get("/setup/wrong").status_code == 404
    assert browser.post(f"/setup/{key}", {**said, "password": "short"}).status_code == 400
    assert browser.post(f"/setup/{key}", said)["Location"] == "/signin"
    assert browser.post(f"/setup/{key}", said).status_code == 404
    assert Account.objects.get().duties.get().role == "manage"


def test_form_from_elsewhere_is_refused(site):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="zh").post(
        "/signin", {"name": "filler", "password": PASSWORD}
    )

    assert answer.status_code == 403
    assert "页面放得太久" in answer.content.decode()


def test_secret_key_is_the_owner_s_only(tmp_path):
    from jixiao.web import place

    key = place.secret_key(tmp_path)

    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert place.secret_key(tmp_path) == key != place.secret_key(tmp_path / ".." / tmp_path.name / ".") + "x"
    assert len(key) > 60
