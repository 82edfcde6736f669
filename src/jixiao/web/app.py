"""应用: how Django knows this package."""

from django.apps import AppConfig


class Web(AppConfig):
    """The one application of the project."""

    name = "jixiao.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
