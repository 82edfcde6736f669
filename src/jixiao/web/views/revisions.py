"""版本页: the chain of versions, and any two of them side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from jixiao.evaluation.diff import differences
from jixiao.web import audit
from jixiao.web.actions.dossiers import revision
from jixiao.web.pages import go, of_dossier, page
from jixiao.web.standing import of_revision

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jixiao.web.models import Dossier


@of_dossier
@require_GET
def listed(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """List the versions, the latest first, and whether the chain holds."""
    if request.GET.get("before", "").isdecimal() and request.GET.get("after", "").isdecimal():
        return go("difference", number=dossier.pk, before=int(request.GET["before"]), after=int(request.GET["after"]))
    chain = list(dossier.revisions.order_by("number"))
    holds = all(
        audit.revision_digest(one) == one.hash and one.previous == (chain[at - 1].hash if at else audit.NOTHING)
        for at, one in enumerate(chain)
    )
    return page(request, "revisions.html", dossier=dossier, chain=chain[::-1], holds=holds)


@of_dossier
@require_GET
def difference(request: HttpRequest, dossier: Dossier, before: int, after: int) -> HttpResponse:
    """Show what changed from one version to another."""
    one, two = (revision(dossier, number) for number in (before, after))
    found = differences(of_revision(one).of.evaluation, of_revision(two).of.evaluation)
    return page(request, "difference.html", dossier=dossier, one=one, two=two, found=found)
