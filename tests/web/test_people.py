"""单位与人员: duties are changed on a person's page, offices opened and closed, sessions ended elsewhere."""

from __future__ import annotations

from django.db import transaction

from jixiao.web import permissions, signing_in
from jixiao.web.models import Account, Entry, Office, SignIn


def roles(name):
    return sorted(Account.objects.get(name=name).duties.values_list("office__name", "role"))


def test_duties_of_a_person_are_shown_and_changed(browser_of, office, site):
    browser, filler, county = browser_of("manager"), Account.objects.get(name="filler"), office("某县医疗")
    shown = browser.get(f"/people/{filler.pk}").content.decode()
    assert 'value="fill" checked' in shown and 'value="check" checked' not in shown

    answer = browser.post(f"/people/{filler.pk}/duties", {"office": county.pk, "role": ["check", "publish"]})

    assert answer["Location"] == f"/people/{filler.pk}"
    assert roles("filler") == [("某县医疗保障局", "check"), ("某县医疗保障局", "publish")]
    entry = Entry.objects.get(what="duties_set")
    assert '"roles": ["check", "publish"]' in entry.details


def test_duty_that_there_is_not_is_refused_and_the_page_stands(browser_of, office, site):
    filler = Account.objects.get(name="filler")

    answer = browser_of("manager").post(
        f"/people/{filler.pk}/duties", {"office": office("某县医疗").pk, "role": ["king"]}
    )

    assert answer.status_code == 400 and "Filler" in answer.content.decode()
    assert roles("filler") == [("某县医疗保障局", "fill")]


def test_manager_above_gives_duties_at_another_office(browser_of, office, site):
    filler = Account.objects.get(name="filler")

    browser_of("overseer").post(f"/people/{filler.pk}/duties", {"office": office("邻县").pk, "role": ["fill"]})

    assert roles("filler") == [("某县医疗保障局", "fill"), ("邻县医疗保障局", "fill")]
    assert browser_of("manager").get(f"/people/{filler.pk}").status_code == 404  # no longer wholly the county's


def test_office_is_closed_and_opened_by_whoever_manages_above(browser_of, office, site):
    county = office("某县医疗")
    account = Account.objects.get(name="filler")

    browser_of("overseer").post(f"/people/offices/{county.pk}", {"finance": county.finance_id})
    assert permissions.of_account(account).held == ()
    assert "已停用" in browser_of("overseer").get("/people").content.decode()

    browser_of("overseer").post(f"/people/offices/{county.pk}", {"finance": "", "active": "1"})
    assert permissions.of_account(account).held != ()
    assert Office.objects.get(pk=county.pk).finance is None
    assert [one.what for one in Entry.objects.order_by("number") if one.what != "signed_in"] == [
        "office_closed", "finance_set", "office_opened"
    ]  # fmt: skip


def test_nobody_closes_the_own_office(browser_of, office, site):
    answer = browser_of("manager").post(f"/people/offices/{office('某县医疗').pk}", {})

    assert answer.status_code == 403
    assert office("某县医疗").active


def test_sessions_elsewhere_are_ended(browser_of, site):
    with transaction.atomic():
        other = signing_in.begin(Account.objects.get(name="filler"), "elsewhere")
    browser = browser_of("filler")
    assert "结束其他会话" in browser.get("/me").content.decode()

    browser.post("/me/others")

    assert signing_in.current(other) is None
    assert SignIn.objects.filter(account__name="filler").count() == 1
    assert browser.get("/me").status_code == 200
