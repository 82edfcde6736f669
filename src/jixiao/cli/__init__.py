"""命令行: parse, call one operation, show. Every command is one file under `commands/`; nothing registers it."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; errors are shown without a traceback and end with the exit code of their family."""
    from jixiao.cli.app import build  # noqa: PLC0415  (the entry point must cost nothing before it is called)
    from jixiao.cli.help import UsageError, complaint  # noqa: PLC0415
    from jixiao.errors import USAGE, JixiaoError  # noqa: PLC0415

    try:
        sys.exit(build()(prog_name="jixiao", standalone_mode=False))
    except UsageError as problem:
        sys.stderr.write(f"{complaint(problem)}\n")
        sys.exit(USAGE)
    except JixiaoError as problem:
        from jixiao.cli import show  # noqa: PLC0415

        show.error(problem)
        sys.exit(problem.exit_code)
