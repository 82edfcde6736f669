"""接口的公共部分: whom a token acts for, what every address may answer, and what several take or give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import Schema
from ninja.params.functions import File, Path
from ninja.security import HttpBearer

from jixiao.web import permissions
from jixiao.web.actions import people

if TYPE_CHECKING:
    from django.http import HttpRequest

Number = Path(..., ge=1, le=2**53, description="its number")
Sent = File(..., description="a file whose content is what its name says")


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>`."""

    openapi_bearerFormat = "token"

    def authenticate(self, request: HttpRequest, token: str) -> object:
        """Return whom a token acts for, or nothing."""
        found = people.token_of(token)
        if found is None:
            return None
        request.viewer = permissions.of_token(found)
        return request.viewer


class Saved(Schema):
    """The revision that was added."""

    revision: int
    hash: str


class Problem(Schema):
    """Why something was not done."""

    error: str
    what: str
    remedy: str | None = None


TROUBLE = dict.fromkeys((400, 401, 403, 404, 409), Problem)
