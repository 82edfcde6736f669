r"""分隔文本: CSV in parts, in the dialects that platforms export, made fit for an engine and checked for quotes.

Delimiters `,` `|` tab and \x01; UTF-8 or GB18030 (whose second bytes may be `|`, so text is transcoded before it is
split); `\\N` for null; gzip. A quote that does not close would swallow the rest of a file, and a row that breaks off
would lose its columns in silence: each is an error with its row.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from jixiao.errors import CannotOpen, CannotParse
from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.engines.files import Source

_DELIMITERS = (b"\x01", b"|", b"\t", b",")
_CHUNK = 1 << 18  # what is counted over stays in the processor's cache
_SAMPLE = 1 << 20


class Parts(NamedTuple):
    """Files of one dialect in UTF-8, ready for an engine; `quoted` where quotation marks occur in them."""

    files: tuple[Path, ...]
    delimiter: str
    quoted: bool


class _Dialect(NamedTuple):
    """How one file is written: its encoding, its delimiter, and the line of its heads."""

    encoding: str
    delimiter: str
    heads: str


def prepared(source: Source, spool: Path) -> Parts:
    """Return a source's files in UTF-8 with their delimiter; those in another encoding are transcoded into `spool`."""
    files, quoted, first = [], False, _dialect(source, source.files[0])
    for name in source.files:
        dialect = _dialect(source, name)
        if dialect[1:] != first[1:]:
            said = Message("engine.columns_differ", {"first": source.files[0]})
            raise CannotParse(said, remedy=Message("engine.columns_differ.remedy"), place=Place(name))
        path = Path(name)
        if not _is_utf8(dialect.encoding):
            path = _transcoded(name, dialect.encoding, spool / f"part-{len(list(spool.iterdir()))}.csv")
        quoted |= _any_quote(name, path, dialect)
        files.append(path)
    return Parts(tuple(files), first.delimiter, quoted)


@contextmanager
def unpacked(name: str | Path) -> Iterator[IO[bytes]]:
    """Give a file's bytes, unpacked; `CannotOpen` where they are no gzip, or end before they should."""
    try:
        with gzip.open(name, "rb") if str(name).lower().endswith(".gz") else Path(name).open("rb") as file:
            yield file  # type: ignore[misc]  # both are binary
    except (EOFError, gzip.BadGzipFile, zlib.error):
        said, remedy = Message("engine.gzip"), Message("engine.truncated.remedy")
        raise CannotOpen(said, remedy=remedy, place=Place(str(name))) from None


def _dialect(source: Source, name: str) -> _Dialect:
    with unpacked(name) as file:
        sample = file.read(_SAMPLE)
    encoding = source.encoding or _encoding(sample)
    head = _head(sample, encoding).lstrip("\ufeff").rstrip("\r")
    delimiter = source.delimiter or max((one.decode() for one in _DELIMITERS), key=head.count)
    return _Dialect(encoding, delimiter, head.replace('"', ""))


def _head(sample: bytes, encoding: str) -> str:
    """Return the first line of a sample; no byte of a letter in GB18030 is a line's end, in UTF-16 one may be."""
    start = sample if encoding == "utf-16" else sample.partition(b"\n")[0]
    return start.decode(encoding, errors="replace").partition("\n")[0]


def _encoding(sample: bytes) -> str:
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii")


def _transcoded(name: str, encoding: str, into: Path) -> Path:
    decoder = codecs.getincrementaldecoder(encoding)()
    with unpacked(name) as file, into.open("w", encoding="utf-8", newline="") as out:
        row, ended = 1, False
        while not ended:
            chunk = file.read(_CHUNK)
            ended = not chunk
            try:
                text = decoder.decode(chunk, final=ended)
            except UnicodeDecodeError as problem:
                raise _not_encoded(name, encoding, row + chunk[: problem.start].count(b"\n")) from None
            row += text.count("\n")
            out.write(text)
    return into


def _not_encoded(name: str, encoding: str, row: int) -> CannotParse:
    said = Message("engine.encoding", {"encoding": encoding})
    return CannotParse(said, remedy=Message("engine.encoding.remedy"), place=Place(name, line=row))


def _any_quote(name: str, path: Path, dialect: _Dialect) -> bool:
    """Return whether a file holds quotation marks; raise what is wrong with its rows, blaming the file of that name.

    Without quotes the delimiters of all rows are counted at once; rows are looked at only if that does not come out.
    """
    delimiters = rows = 0
    quotes, last = False, b"\n"
    with unpacked(path) as file:
        while chunk := file.read(_CHUNK):
            quotes = quotes or b'"' in chunk
            delimiters += chunk.count(dialect.delimiter.encode())
            rows += chunk.count(b"\n")
            last = chunk[-1:]
    rows += last != b"\n"
    wrong = _unpaired(path) if quotes else delimiters != rows * dialect.heads.count(dialect.delimiter)
    problem = _broken_row(name, path, dialect._replace(encoding="utf-8")) if wrong else None
    if problem is not None:
        raise problem
    return quotes


def _unpaired(path: Path) -> bool:
    """Return whether the quotation marks on some line do not pair; an engine looks, because there may be millions."""
    import polars as pl  # noqa: PLC0415  (only where text is quoted)

    lines = pl.scan_lines(path, name="line", glob=False)
    odd = pl.col("line").str.count_matches('"', literal=True) % 2 == 1
    return bool(lines.select(odd.any()).collect(engine="streaming").item())


def broken_row(source: Source, name: str) -> CannotParse | None:
    """Return the error for the first row of a file that cannot be decoded or whose quotes or fields do not fit."""
    dialect = _dialect(source, name)
    return _broken_row(name, Path(name), dialect) if dialect.encoding != "utf-16" else None


def _broken_row(name: str, path: Path, dialect: _Dialect) -> CannotParse | None:
    heads = dialect.heads.count(dialect.delimiter)
    with unpacked(path) as file:
        for row, raw in enumerate(file, start=1):
            try:
                line = raw.decode(dialect.encoding)
            except UnicodeDecodeError:
                return _not_encoded(name, dialect.encoding, row)
            if line.count('"') % 2:
                said, place = Message("engine.quote"), Place(name, line=row)
                return CannotParse(said, remedy=Message("engine.quote.remedy"), place=place)
            if '"' not in line and line.strip("\r\n") and line.count(dialect.delimiter) != heads:
                said = Message("engine.ragged", {"fields": line.count(dialect.delimiter) + 1, "heads": heads + 1})
                return CannotParse(said, remedy=Message("engine.ragged.remedy"), place=Place(name, line=row))
    return None
