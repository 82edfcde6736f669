"""去标识化: registers written as a stream with keyed tokens in place of numbers and names."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from jixiao.engines.holding import held
from jixiao.engines.opening import opened
from jixiao.enrolment.registers import counted
from jixiao.enrolment.tokens import PLAIN, divided, hidden_in_bulk, hiding, marked, rows_of
from jixiao.errors import CannotOpen, NotKnown
from jixiao.findings import Message, Place
from jixiao.formats import excel_rows, registers_file
from jixiao.formats.opened import opened as opened_file
from jixiao.formats.whole import whole
from jixiao.keys import SHORTEST_KEY, Digest, pads, tokeniser
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jixiao.enrolment.registers import Held, Terms

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
    rows: dict[str, int] = {}
    manifest = [
        f"schema: registers/1\ntitle: {given.title}\nas_of: {given.terms.as_of}\n"
        f"status: {given.terms.status}\ntokens: true\n"
    ]
    name = "duckdb" if digest == "sha256" else "polars"
    with whole(out) as staging, opened(name, scratch=out.parent) as engine, opened("polars") as writer:
        hiding = _Hiding(engine, writer, secret, digest, given.terms)  # type: ignore[arg-type]  # looked at above
        for register in given.registers:
            if register.role not in ("own", "other", "deaths"):
                continue
            one = held(engine, register, base, lambda name: excel_rows.read(Path(name)))
            into = staging / register.role
            into.mkdir()
            rows[register.role] = hiding.write(one, into, partial(progress, register.name))
            manifest.append(f"{register.role}: {{name: {register.name}, files: [{register.role}/*]}}\n")
        (staging / "registers.yaml").write_text("".join(manifest), encoding="utf-8")
    return Outcome(rows)


class _Hiding:
    """Writes registers with tokens: plain numbers by the engine where it knows the digest, the others one by one."""

    def __init__(self, engine: Any, writer: Any, key: bytes, digest: Digest, terms: Terms) -> None:
        self._engine, self._writer, self._terms = engine, writer, terms
        self._pads = pads(key) if digest == "sha256" else None
        self._hidden = hiding(tokeniser(key, digest), terms.as_of)

    def write(self, one: Held, into: Path, told: Callable[[int], None]) -> int:
        """Write a register's records that count, and return how many they are."""
        records = counted(one, self._terms)
        known = marked(self._engine, records, one.columns, self._terms.as_of)
        if self._pads is None:
            return self._one_by_one(known, one.columns, into, told)
        plain, rest = divided(known)
        done = self._one_by_one(rest, one.columns, into, told)
        every = rows_of(self._engine, records)
        made = hidden_in_bulk(self._engine, plain, one.columns, self._pads)
        self._engine.write(made, into / "plain.parquet", lambda share: told(done + int((every - done) * share)))
        told(every)
        return every

    def _one_by_one(self, records: Any, columns: Sequence[str], into: Path, told: Callable[[int], None]) -> int:
        names, done = (*columns, PLAIN), 0
        for part, block in enumerate(_blocks(self._engine.batches(records))):
            by_column = zip(*block, strict=True) if block else ((),) * len(names)
            made = self._hidden(dict(zip(names, by_column, strict=True)))
            frame = self._writer.frame(dict.fromkeys(made, "text"), list(zip(*made.values(), strict=True)))
            self._writer.write(frame, into / f"part-{part:03d}.parquet")
            done += len(block)
            told(done)
        return done


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
