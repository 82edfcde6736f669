"""去标识化: registers written as a stream with keyed tokens in place of numbers and names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from jixiao.engines.holding import held
from jixiao.engines.opening import opened
from jixiao.enrolment.registers import counted
from jixiao.enrolment.tokens import PLAIN, hiding, marked
from jixiao.errors import CannotOpen, NotKnown
from jixiao.findings import Message, Place
from jixiao.formats import excel_rows, registers_file
from jixiao.formats.opened import opened as opened_file
from jixiao.formats.whole import whole
from jixiao.keys import SHORTEST_KEY, Digest, tokeniser
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PART = 500_000


def enrolment_pseudonymise(
    folder: Path,
    out: Path,
    key: Path,
    *,
    digest: str = "sha256",
    progress: Callable[[str, int], None] = lambda register, rows: None,
) -> Outcome[dict[str, int]]:
    """Write the registers of `folder` into `out` with tokens under the key in a file; return rows per register.

    Only records that count in a comparison are written. `progress` hears the register and its rows so far.
    """
    if digest not in get_args(Digest):
        raise NotKnown(Message("enrolment.digest", {"known": list(get_args(Digest))}))
    secret = opened_file(key).strip()
    if len(secret) < SHORTEST_KEY:
        raise CannotOpen(
            Message("enrolment.key", {"least": SHORTEST_KEY}),
            remedy=Message("enrolment.key.remedy"),
            place=Place(str(key)),
        )
    given = registers_file.read(folder)
    base = folder if folder.is_dir() else folder.parent
    hidden = hiding(tokeniser(secret, digest), given.terms.as_of)  # type: ignore[arg-type]
    rows: dict[str, int] = {}
    manifest = [
        f"schema: registers/1\ntitle: {given.title}\nas_of: {given.terms.as_of}\n"
        f"status: {given.terms.status}\ntokens: true\n"
    ]
    with whole(out) as staging, opened("polars", scratch=out.parent) as engine:
        for register in given.registers:
            if register.role not in ("own", "other", "deaths"):
                continue
            one = held(engine, register, base, lambda name: excel_rows.read(Path(name)))
            stream = engine.batches(marked(engine, counted(one, given.terms), one.columns, given.terms.as_of))
            (staging / register.role).mkdir()
            done = 0
            for part, block in enumerate(_blocks(stream)):
                names = (*one.columns, PLAIN)
                told = hidden(dict(zip(names, zip(*block, strict=True) if block else ((),) * len(names), strict=True)))
                made = engine.frame(dict.fromkeys(told, "text"), list(zip(*told.values(), strict=True)))
                engine.write(made, staging / register.role / f"part-{part:03d}.parquet")
                done += len(block)
                progress(register.name, done)
            rows[register.role] = done
            manifest.append(f"{register.role}: {{name: {register.name}, files: [{register.role}/*]}}\n")
        (staging / "registers.yaml").write_text("".join(manifest), encoding="utf-8")
    return Outcome(rows)


def _blocks(batches: Iterator[list[tuple[Any, ...]]]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield rows by some hundred thousand, one empty block where there are none."""
    block: list[tuple[Any, ...]] = []
    empty = True
    for batch in batches:
        block += batch
        if len(block) >= _PART:
            yield block
            block, empty = [], False
    if block or empty:
        yield block
