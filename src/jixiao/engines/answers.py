"""答卷计数: an answer file of any length to a `Tally`: Polars scans, decodes and adds; nothing here divides.

Closed questions are read as small numbers where the file's first rows look like it, else as text. Only the different
texts of a column are decoded, by `surveys.decoding`: a million answers cost as many decodings as they have spellings.
"""

from __future__ import annotations

import csv
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from jixiao.engines.answer_sums import shown, slice_of, sums
from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.surveys import decoding
from jixiao.surveys.questionnaire import CLOSED, RULES
from jixiao.surveys.tally import Bad, Counted, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jixiao.surveys.answers import Sheet
    from jixiao.surveys.layout import Layout
    from jixiao.surveys.questionnaire import Question, Questionnaire

    Spellings = dict[str, list[Any]]

MOST_LISTED = 1000
# No question's code begins with #.
_ROW, _BAD, _OUT, _PART = "#row", "#bad", "#out", "#part"
_NUMBERS = pl.Int16


class _Coded(NamedTuple):
    """The answers as codes, one column a question, and the cells that could not be read."""

    frame: pl.DataFrame
    bad: list[Bad]
    bad_cells: int


def counted(sheet: Sheet, layout: Layout, form: Questionnaire) -> Counted:
    """Return the tally of an answer file.

    A row with a cell that is no answer to its question is unreadable as a whole; it is listed and never counted.
    `CannotParse` for a file whose rows cannot be told apart; `UnicodeError` for one that was not checked beforehand and
    cannot be read: it may be no UTF-8.
    """
    raw, long = _raw(sheet, layout, form)
    holds = pl.any_horizontal(pl.exclude(_ROW).is_not_null())
    blank = int(raw.select((~holds).sum()).item())
    raw = raw.filter(holds) if blank else raw
    coded = _coded(raw, sheet, layout, form)
    frame = _judged(coded.frame, form)
    skipped = _skipped(raw, layout, form)
    del raw
    tally = _tally(frame, form, len(long), skipped)
    bad = sorted([*long, *coded.bad], key=lambda bad: bad.row)[:MOST_LISTED]
    return Counted(tally, tuple(bad), coded.bad_cells + len(long), blank)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _raw(sheet: Sheet, layout: Layout, form: Questionnaire) -> tuple[pl.DataFrame, list[Bad]]:
    """Return the columns that are needed, as numbers or text, and the rows that have more cells than the head."""
    needed = _needed(layout, form)
    if sheet.rows is not None:
        return _of_rows(sheet.rows, range(len(sheet.rows)), sheet, needed), []
    numbers = {at for at in needed if _looks_numeric(at, layout, form, sheet)}
    for guess in (numbers, set[int]()):
        try:
            return _scan(sheet, needed, guess), []
        except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):
            continue
    if not sheet.checked:
        raise UnicodeError(sheet.name)
    return _by_hand(sheet, needed)


def _scan(sheet: Sheet, needed: Sequence[int], numbers: set[int]) -> pl.DataFrame:
    schema = {f"c{at}": _NUMBERS if at in numbers else pl.String for at in range(len(sheet.heads))}
    source: Any = BytesIO(sheet.source) if isinstance(sheet.source, bytes) else sheet.source
    scan = pl.scan_csv(source, schema=schema, separator=sheet.separator, has_header=False, skip_rows=1)
    frame = scan.select([f"c{at}" for at in needed]).collect(engine="streaming")
    return frame.with_row_index(_ROW, offset=sheet.first_row)


def _of_rows(
    rows: Sequence[Sequence[str]], numbers: Iterable[int], sheet: Sheet, needed: Sequence[int]
) -> pl.DataFrame:
    columns: dict[str, Any] = {_ROW: pl.Series([at + sheet.first_row for at in numbers], dtype=pl.UInt32)}
    for at in needed:
        columns[f"c{at}"] = pl.Series([(row[at] or None) if at < len(row) else None for row in rows], dtype=pl.String)
    return pl.DataFrame(columns)


def _by_hand(sheet: Sheet, needed: Sequence[int]) -> tuple[pl.DataFrame, list[Bad]]:
    """Read a file whose rows are not all of one length: the rows that are too long are bad, the rest is read."""
    raw = sheet.source if isinstance(sheet.source, bytes) else Path(sheet.source or "").read_bytes()
    try:
        rows = list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=sheet.separator))[1:]
    except csv.Error as problem:
        said = Message("survey.file.rows", {"why": str(problem)})
        raise CannotParse(said, remedy=Message("survey.file.rows.remedy"), place=Place(sheet.name)) from None
    width = len(sheet.heads)
    long = [at for at, row in enumerate(rows) if len(row) > width]
    kept = [at for at, row in enumerate(rows) if 0 < len(row) <= width]
    why = [Message("survey.bad.cells", {"cells": len(rows[at]), "heads": width}) for at in long]
    bad = [Bad(at + sheet.first_row, "", "", said) for at, said in zip(long, why, strict=True)]
    return _of_rows([rows[at] for at in kept], kept, sheet, needed), bad


def _needed(layout: Layout, form: Questionnaire) -> list[int]:
    known = {question.code for question in form.questions()}
    places = [at for code, at in layout.questions.items() if code in known]
    flat = [one for at in places for one in (at if isinstance(at, tuple) else (at,)) if one is not None]
    # The first column numbers the answers: a row without anything there and elsewhere is no answer at all.
    return sorted({0, *flat, *layout.meta.values()})


def _looks_numeric(at: int, layout: Layout, form: Questionnaire, sheet: Sheet) -> bool:
    closed = {question.code for question in form.questions() if question.kind in CLOSED}
    ours = any(code in closed and (at == place or (isinstance(place, tuple) and at in place))
               for code, place in layout.questions.items())  # fmt: skip
    texts = {row[at] for row in sheet.sample} - {""}
    # 01 stays a text: it may be an option's code.
    plain = all(
        text.isascii() and len(text) <= 4 and text.lstrip("-").isdigit() and str(int(text)) == text for text in texts
    )
    return (ours or at == layout.meta.get("seconds")) and plain and bool(texts)


# ── decoding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _coded(raw: pl.DataFrame, sheet: Sheet, layout: Layout, form: Questionnaire) -> _Coded:
    """Return one column of codes a question, its name the question's code, and the flag of rows with a bad cell."""
    spellings = _spellings(raw, layout, form)
    columns: list[pl.Expr] = []
    wrong: list[tuple[str, str, dict[Any, Message]]] = []
    for question in form.questions():
        at = layout.questions.get(question.code)
        if at is None:
            columns.append(pl.lit(None, dtype=pl.UInt8).alias(question.code))
        elif question.kind == "text":
            written = pl.col(f"c{at}").str.strip_chars()
            blank = written.is_in([*decoding.BLANK, *decoding.SKIPPED]) | written.is_null()
            columns.append(pl.when(~blank).then(pl.lit(1, dtype=pl.UInt8)).alias(question.code))
        elif isinstance(at, tuple):
            columns.append(_ticks(spellings, question, at, wrong))
        else:
            decode, width = partial(decoding.decoded, question), _width(question)
            columns.append(_code(spellings, question.code, f"c{at}", decode, wrong=wrong, width=width))
    columns += _meta(spellings, layout, wrong)
    flags = [pl.col(column).is_in(list(texts)) for _, column, texts in wrong]
    columns.append(
        pl.any_horizontal(flags).fill_null(value=False).alias(_BAD) if flags else pl.lit(value=False).alias(_BAD)
    )
    bad, cells = _bad(raw, wrong)
    return _Coded(raw.select(columns), bad, cells)


def _spellings(raw: pl.DataFrame, layout: Layout, form: Questionnaire) -> Spellings:
    """Return the different texts or numbers of every column of a closed question, and of the time taken."""
    closed = [question.code for question in form.questions() if question.kind in CLOSED]
    places = [layout.questions[code] for code in closed if code in layout.questions]
    flat = {one for at in places for one in (at if isinstance(at, tuple) else (at,)) if one is not None}
    columns = [f"c{at}" for at in sorted(flat | {at for name, at in layout.meta.items() if name == "seconds"})]
    found = raw.select([pl.col(column).unique().drop_nulls().implode() for column in columns])
    return {column: found[column].item().to_list() for column in columns}


def _code(
    spellings: Spellings, name: str, column: str, decode: Callable[[str], Any], *, wrong: list[Any], width: Any
) -> pl.Expr:
    """Return the expression that turns the texts of a column into codes; texts that are no answer go to `wrong`."""
    meanings = {text: decode(str(text)) for text in spellings[column]}
    bad = {text: code.why for text, code in meanings.items() if isinstance(code, decoding.BadCell)}
    if bad:
        wrong.append((name, column, bad))
    good = {text: code for text, code in meanings.items() if code is not None and text not in bad}
    if len(good) == len(meanings) and all(text == code for text, code in good.items()):
        return pl.col(column).cast(width).alias(name)
    if not good:
        return pl.lit(None, dtype=width).alias(name)
    return pl.col(column).replace_strict(good, default=None, return_dtype=width).alias(name)


def _ticks(spellings: Spellings, question: Question, places: Sequence[int | None], wrong: list[Any]) -> pl.Expr:
    """Return the bits of a multiple choice that has one column an option; null where every column is empty."""
    bits, asked = [], []
    for option, at in enumerate(places):
        if at is None:
            continue
        decode = partial(decoding.ticked, question, option)
        tick = _code(spellings, question.code, f"c{at}", decode, wrong=wrong, width=pl.UInt32)
        bits.append(tick.fill_null(0) * (1 << option))
        asked.append(tick.is_not_null())
    mask = pl.sum_horizontal(bits).cast(pl.UInt32)
    return pl.when(pl.any_horizontal(asked) & (mask > 0)).then(mask).alias(question.code)


def _width(question: Question) -> Any:
    return pl.UInt32 if question.kind == "multiple" else pl.UInt8


def _meta(spellings: Spellings, layout: Layout, wrong: list[Any]) -> list[pl.Expr]:
    """Return token, address and stratum as they stand, and the seconds taken."""
    found = [pl.col(f"c{at}").alias(f"#{name}") for name, at in layout.meta.items() if name in ("token", "address")]
    if "stratum" in layout.meta:
        found.append(pl.col(f"c{layout.meta['stratum']}").str.strip_chars().alias("#stratum"))
    if "seconds" in layout.meta:
        found.append(
            _code(spellings, "#seconds", f"c{layout.meta['seconds']}", decoding.seconds, wrong=wrong, width=pl.Int64)
        )
    elif "started" in layout.meta and "ended" in layout.meta:
        start, end = (
            pl.col(f"c{layout.meta[name]}")
            .str.slice(0, 19)
            .str.replace("T", " ")
            .str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
            for name in ("started", "ended")
        )
        found.append((end - start).dt.total_seconds().alias("#seconds"))
    return found


def _bad(raw: pl.DataFrame, wrong: list[tuple[str, str, dict[Any, Message]]]) -> tuple[list[Bad], int]:
    """Return the first cells that could not be read, by row, and how many there are in all."""
    listed: list[Bad] = []
    cells = 0
    for name, column, texts in wrong:
        found = raw.select(_ROW, column).filter(pl.col(column).is_in(list(texts)))
        cells += found.height
        label = name.removeprefix("#")
        listed += [Bad(row, label, str(text), texts[text]) for row, text in found.head(MOST_LISTED).iter_rows()]
    return sorted(listed, key=lambda bad: bad.row)[:MOST_LISTED], cells


def _skipped(raw: pl.DataFrame, layout: Layout, form: Questionnaire) -> dict[str, int]:
    """Return how many cells of each question say that the platform skipped it (−3), for the closed questions."""
    found = {}
    for question in form.questions():
        at = layout.questions.get(question.code)
        at = next((one for one in at if one is not None), None) if isinstance(at, tuple) else at
        if at is None:
            continue
        column = raw[f"c{at}"]
        marks = [-3] if column.dtype == _NUMBERS else sorted(decoding.SKIPPED)
        found[question.code] = int(column.is_in(marks).sum())
    return {code: count for code, count in found.items() if count}


# ── judging ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _judged(frame: pl.DataFrame, form: Questionnaire) -> pl.DataFrame:
    """Return the frame with a flag for each rule of validity and the number of the first one that excludes a row."""
    rules = {rule.name: rule for rule in form.validity if rule.name != "token"}
    flags = {name: broken for name, rule in rules.items()
             if (broken := _broken(name, rule.limit or 0, frame.columns, form)) is not None}  # fmt: skip
    frame = frame.with_columns(
        [(broken & ~pl.col(_BAD)).fill_null(value=False).alias(f"#breaks_{name}") for name, broken in flags.items()]
    )
    if "#token" in frame.columns and any(rule.name == "token" for rule in form.validity):
        frame = frame.with_columns(_again(refused="consent" in flags).alias("#breaks_token"))
    out: Any = pl.when(pl.col(_BAD)).then(pl.lit(1, dtype=pl.UInt8))
    leaves = {rule.name for rule in form.validity if rule.then == "exclude"}
    for number, name in enumerate(RULES, 2):
        if name in leaves and f"#breaks_{name}" in frame.columns:
            out = out.when(pl.col(f"#breaks_{name}")).then(pl.lit(number, dtype=pl.UInt8))
    return frame.with_columns(out.otherwise(pl.lit(0, dtype=pl.UInt8)).alias(_OUT))


def _again(*, refused: bool) -> pl.Expr:
    """Return whether an answer repeats a token; one that is unreadable or refused does not use its token up."""
    counts = ~pl.col(_BAD) & ~pl.col("#breaks_consent") if refused else ~pl.col(_BAD)
    token = pl.when(counts & (pl.col("#token") != "")).then("#token")
    return token.is_not_null() & ~token.is_first_distinct()


def _broken(name: str, limit: int, columns: Sequence[str], form: Questionnaire) -> pl.Expr | None:
    """Return the expression of an answer that breaks a rule; None where the file has nothing to judge it by."""
    if name in ("consent", "straight", "complete"):
        return {"consent": _refused, "straight": _straight, "complete": _blank}[name](form, limit)
    if f"#{name}" not in columns:
        return None
    value = pl.col(f"#{name}")
    return value < limit if name == "seconds" else (value != "") & (pl.len().over(value) > limit)


def _refused(form: Questionnaire, _: int) -> pl.Expr | None:
    asked = [pl.col(question.code) > 1 for question in form.questions() if question.kind == "consent"]
    return pl.any_horizontal(asked) if asked else None


def _straight(form: Questionnaire, limit: int) -> pl.Expr | None:
    """Every scale answered has the same points, and enough were answered to tell."""
    scales = [pl.col(code) for code in form.scales()]
    if not scales or len(scales) < limit:
        return None
    answered = pl.sum_horizontal([scale.is_not_null() for scale in scales])
    return (pl.max_horizontal(scales) == pl.min_horizontal(scales)) & (answered >= limit)


def _blank(form: Questionnaire, _: int) -> pl.Expr | None:
    blank = [shown(question, form) & pl.col(question.code).is_null()
             for question in form.questions() if question.required]  # fmt: skip
    return pl.any_horizontal(blank) if blank else None


# ── adding up ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tally(frame: pl.DataFrame, form: Questionnaire, long: int, skipped: dict[str, int]) -> Tally:
    stratum = _stratum(form, frame.columns)
    frame = frame.with_columns((pl.lit("") if stratum is None else stratum).alias(_PART))
    returned = {"": frame.height} if stratum is None else dict(frame.group_by(_PART).len().iter_rows())
    out = dict(frame[_OUT].value_counts().iter_rows())
    flags = [name for name in RULES if f"#breaks_{name}" in frame.columns]
    broken = frame.select([pl.col(f"#breaks_{name}").sum() for name in flags]).row(0) if flags else ()
    rules = {rule.name: rule for rule in form.validity}
    excluded = {name: out.get(number, 0) for number, name in enumerate(RULES, 2)
                if name in flags and rules[name].then == "exclude"}  # fmt: skip
    answers = [question.code for question in form.questions()]
    valid = frame.select(_PART, _OUT, *answers).filter(pl.col(_OUT) == 0)
    # One group of everything is added up in one piece, twice as fast as by groups.
    one = valid.select(pl.lit("").alias(_PART), *sums(form)) if stratum is None else None
    added = valid.group_by(_PART).agg(sums(form)) if one is None else one
    slices = {part: slice_of(row, returned.get(part, 0), form) for row in added.iter_rows(named=True)
              for part in (row[_PART],)}  # fmt: skip
    nothing = dict.fromkeys(added.columns, 0)
    for part in sorted(set(returned) - set(slices)) or ([] if slices else [""]):
        slices[part] = slice_of(nothing, returned.get(part, 0), form)
    unreadable = out.get(1, 0) + long
    planned = [part.name for part in form.sample.strata.parts] if form.sample and form.sample.strata else []
    ordered = {part: slices[part] for part in (*planned, *sorted(set(slices) - set(planned))) if part in slices}
    return Tally(frame.height + long, unreadable, excluded, dict(zip(flags, broken, strict=True)), ordered, skipped)


def _stratum(form: Questionnaire, columns: Sequence[str]) -> pl.Expr | None:
    """Return the stratum of an answer by its name, "" where it names none; None where there are no strata."""
    strata = form.sample.strata if form.sample else None
    asked = form.question(strata.by) if strata else None
    if strata is None or (asked is None and "#stratum" not in columns):
        return None
    if asked is None:
        return pl.col("#stratum").fill_null("")
    names = {part.name for part in strata.parts}
    named = {at: option.code if option.code in names else option.text for at, option in enumerate(asked.choices(), 1)}
    return pl.col(asked.code).replace_strict(named, default="", return_dtype=pl.String).fill_null("")
