"""后台进程: what `serve` starts beside the server; `python -m jixiao.web.worker` does the same by hand."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time


def main() -> None:
    """Do jobs until the server that started this is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
    import django  # noqa: PLC0415

    django.setup()
    from jixiao.web import jobs  # noqa: PLC0415

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(2)
        os._exit(0)

    if hasattr(os, "fork"):  # elsewhere the number of a parent does not change when it goes
        threading.Thread(target=watch, daemon=True).start()
    jobs.work()


if __name__ == "__main__":
    main()
