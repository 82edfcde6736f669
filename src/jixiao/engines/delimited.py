r"""分隔文本: CSV in parts, in the dialects that platforms export, made fit for an engine and checked for quotes.

Delimiters `,` `|` tab and \x01; UTF-8 or GB18030 (whose second bytes may be `|`, so text is transcoded before it is
split); `\\N` for null; gzip. A quote that does not close would swallow the rest of a file: it is an error with its row.
"""

from __future__ import annotations

import codecs
import gzip
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from jixiao.errors import CannotParse
from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.engines.files import Source

_DELIMITERS = (b"\x01", b"|", b"\t", b",")
_CHUNK = 1 << 22


class Parts(NamedTuple):
    """Files of one dialect in UTF-8, ready for an engine; `quoted` where quotation marks occur in them."""

    files: tuple[Path, ...]
    delimiter: str
    quoted: bool


def opened(name: str) -> IO[bytes]:
    """Return a file's bytes, unpacked."""
    return gzip.open(name, "rb") if name.lower().endswith(".gz") else Path(name).open("rb")  # type: ignore[return-value]


def prepared(source: Source, spool: Path) -> Parts:
    """Return a source's files in UTF-8 with their delimiter; those in another encoding are transcoded into `spool`."""
    with opened(source.files[0]) as file:
        sample = file.read(1 << 20)
    encoding = source.encoding or _encoding(sample)
    head = sample.split(b"\n", 1)[0]
    delimiter = source.delimiter or max(_DELIMITERS, key=head.count).decode()
    files, quoted = [], False
    for number, name in enumerate(source.files):
        if _any_quote(name):
            quoted = True
            problem = broken_row(source, name)
            if problem is not None:
                raise problem
        plain = encoding.lower().replace("_", "-") in ("utf-8", "utf8", "ascii")
        files.append(
            Path(name)
            if plain
            else _transcoded(name, encoding, spool / f"part-{len(list(spool.iterdir()))}-{number}.csv")
        )
    return Parts(tuple(files), delimiter, quoted)


def _encoding(sample: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _transcoded(name: str, encoding: str, into: Path) -> Path:
    decoder = codecs.getincrementaldecoder(encoding)()
    with opened(name) as file, into.open("w", encoding="utf-8", newline="") as out:
        row = 1
        while chunk := file.read(_CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError:
                said = Message("engine.encoding", {"encoding": encoding})
                raise CannotParse(said, remedy=Message("engine.encoding.remedy"), place=Place(name, line=row)) from None
            row += text.count("\n")
            out.write(text)
    return into


def _any_quote(name: str) -> bool:
    return any(b'"' in chunk for chunk in _chunks(name))


def _chunks(name: str) -> Iterator[bytes]:
    with opened(name) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def broken_row(source: Source, name: str) -> CannotParse | None:
    """Return the error for the first row whose quotes do not pair or whose fields are more or fewer than the heads."""
    delimiter: bytes | None = None
    heads = 0
    with opened(name) as file:
        for row, line in enumerate(file, start=1):
            if delimiter is None:
                delimiter = (source.delimiter or max(_DELIMITERS, key=line.count).decode()).encode()
                heads = line.count(delimiter)
            if line.count(b'"') % 2:
                return CannotParse(
                    Message("engine.quote"), remedy=Message("engine.quote.remedy"), place=Place(name, line=row)
                )
            if b'"' not in line and line.strip() and line.count(delimiter) != heads:
                said = Message("engine.ragged", {"fields": line.count(delimiter) + 1, "heads": heads + 1})
                return CannotParse(said, remedy=Message("engine.ragged.remedy"), place=Place(name, line=row))
    return None
