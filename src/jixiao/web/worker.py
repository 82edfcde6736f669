"""后台进程: what `serve` starts beside the server: one for large jobs, one for all others.

`python -m jixiao.web.worker` does them all by hand, `… worker large` and `… worker small` their part, `… worker 7` one
job that was taken up.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time


def main(asked: str = "", starter: str = "") -> None:
    """Do jobs until whoever started this is gone: the process of that number, which may be gone already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
    import django  # noqa: PLC0415

    django.setup()
    from jixiao.web import jobs  # noqa: PLC0415
    from jixiao.web.actions import data  # noqa: PLC0415
    from jixiao.web.attending import attended  # noqa: PLC0415
    from jixiao.web.models import Job  # noqa: PLC0415

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parent = int(starter or os.getppid())

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(2)
        os._exit(0)

    if hasattr(os, "fork"):  # elsewhere the number of a parent does not change when it goes
        threading.Thread(target=watch, daemon=True).start()

    def sweep() -> None:
        jobs.clear()
        data.clear()

    if asked.isdecimal():
        jobs.run(Job.objects.get(pk=int(asked)))
        return
    large = jobs.large_kinds()
    kinds = {"large": large, "small": [kind for kind in jobs.kinds() if kind not in large]}
    jobs.work(of=kinds.get(asked), do=attended, sweep=sweep)


if __name__ == "__main__":
    main(*sys.argv[1:])
