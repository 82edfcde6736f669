"""去标识化: registers written as a stream with keyed tokens in place of numbers and names."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from jixiao.engines.holding import held
from jixiao.engines.opening import opened
from jixiao.enrolment.registers import counted
from jixiao.enrolment.tokens import BIRTH, tokens
from jixiao.errors import CannotOpen, NotKnown
from jixiao.findings import Message, Place
from jixiao.formats import excel_rows, registers_file
from jixiao.formats.opened import opened as opened_file
from jixiao.formats.whole import whole
from jixiao.keys import SHORTEST_KEY, Digest, tokeniser
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PART = 1_000_000


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
    token = tokeniser(secret, digest)  # type: ignore[arg-type]
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
            stream = chain.from_iterable(engine.batches(counted(one, given.terms).select(*one.columns)))
            mapped = tokens(stream, one.columns, token, given.terms.as_of)
            (staging / register.role).mkdir()
            columns = dict.fromkeys((*one.columns, BIRTH), "text")
            done = 0
            for part, block in enumerate(_blocks(mapped)):
                engine.write(engine.frame(columns, block), staging / register.role / f"part-{part:03d}.parquet")
                done += len(block)
                progress(register.name, done)
            rows[register.role] = done
            manifest.append(f"{register.role}: {{name: {register.name}, files: [{register.role}/*]}}\n")
        (staging / "registers.yaml").write_text("".join(manifest), encoding="utf-8")
    return Outcome(rows)


def _blocks(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield rows by the million, one empty block where there are none."""
    block = list(islice(rows, _PART))
    yield block
    while block := list(islice(rows, _PART)):
        yield block
