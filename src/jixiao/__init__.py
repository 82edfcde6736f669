"""绩效 jixiao: from the raw facts of a public insurance fund to a scored, explained and publishable evaluation."""

__version__ = "0.1.0"
__all__ = ["check", "evaluate", "explain"]


def __getattr__(name: str) -> object:
    """Return one of the operations; each is loaded when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'jixiao' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  (keeps `import jixiao` free of everything below)

    found: object = getattr(import_module(f"jixiao.operations.{name}"), name)
    return found
