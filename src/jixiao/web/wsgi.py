"""WSGI 入口: what a server loads; all that takes long the first time is done before anybody asks for a page."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")


def _ready() -> None:
    """Load every page, and what draws charts; a collection of garbage later need not look at any of it again."""
    from jixiao.operations import charts  # noqa: PLC0415  (pages need settings)
    from jixiao.web import urls  # noqa: F401, PLC0415

    charts.ready()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


application = get_wsgi_application()
_ready()
