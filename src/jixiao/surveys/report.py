"""问卷调查报告: an analysis as the paragraphs, tables and chart of a survey report (附件4), figures from the counts.

Headings carry no numbers: the report around them gives those.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Block, Cell, Chart, Heading, Paragraph, Table
from jixiao.figures.figure import Figure
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.surveys import sampling, satisfaction
from jixiao.surveys.roots import as_figure

if TYPE_CHECKING:
    from jixiao.surveys.analysis import Analysis, Asked
    from jixiao.surveys.questionnaire import Questionnaire
    from jixiao.surveys.satisfaction import Overall


def document(form: Questionnaire, of: Analysis, *, lang: str = "zh") -> tuple[Block, ...]:
    """Return the survey report of one analysis."""
    return (
        Heading(_say(lang, "title", title=form.title), 0),
        *_questioned(form, lang),
        *_method(form, lang),
        *_returned(of, lang),
        *_quality(of, lang),
        *_answers(of, lang),
        *_satisfied(of, lang),
        *_strata(of, lang),
    )


def percent(value: Figure | Message | None, lang: str = "zh") -> str:
    """Return a rate as the report prints it: two decimals, trailing zeros dropped; a condition as its sentence."""
    if value is None:
        return "—"
    return value.text(lang) if isinstance(value, Message) else str(value.in_unit(PERCENT).published(2))


def coefficient(value: Decimal | Figure | Message, lang: str = "zh") -> str:
    """Return a coefficient to two decimals; a condition as its sentence."""
    if isinstance(value, Message):
        return value.text(lang)
    return str((value if isinstance(value, Figure) else as_figure(value)).published(2, strip=False))


def _say(lang: str, name: str, **args: Any) -> str:
    return Message(f"survey.report.{name}", args).text(lang)


def _text(lang: str, name: str, **args: Any) -> Paragraph:
    return Paragraph(_say(lang, name, **args))


def _table(lang: str, caption: str, heads: tuple[str, ...], rows: list[list[str]], widths: tuple[float, ...]) -> Table:
    head = [Cell(_say(lang, f"head.{name}"), head=True) for name in heads]
    lines = [[Cell(text, align="left" if at == 0 else "center") for at, text in enumerate(row)] for row in rows]
    return Table.of([head, *lines], head_rows=1, caption=caption, widths=widths)


def _questioned(form: Questionnaire, lang: str) -> list[Block]:
    found: list[Block] = [Heading(_say(lang, "scope"), 1)]
    found.append(_text(lang, "respondents", who=form.respondents or "—"))
    for section in form.sections:
        found.append(Heading(section.title, 2))
        found += [Paragraph(f"{at}. {question.text}") for at, question in enumerate(section.questions, 1)]
    return found


def _method(form: Questionnaire, lang: str) -> list[Block]:
    found: list[Block] = [Heading(_say(lang, "method"), 1)]
    if form.channel:
        found.append(_text(lang, "channel", channel=form.channel))
    if form.pilot is not None:
        pilot, known = form.pilot, form.pilot.date is not None and form.pilot.answers is not None
        args = {"date": pilot.date, "answers": pilot.answers, "result": pilot.result or "—"}
        found.append(_text(lang, "pilot" if known else "pilot_only", **args))
    found += [
        _text(lang, "revision", version=entry.version, change=entry.change, reason=entry.reason or "—")
        for entry in form.revisions
    ]
    if form.sample is not None:
        found.append(Paragraph(sampling.described(form.sample).text(lang)))
    return found


def _returned(of: Analysis, lang: str) -> list[Block]:
    tally, field = of.tally, of.field
    found: list[Block] = [Heading(_say(lang, "returned"), 1)]
    counts = {"returned": tally.returned, "valid": tally.valid}
    if field.issued is None:
        found.append(_text(lang, "returned_only", **counts))
    else:
        rates = {"rate": percent(of.return_rate()), "valid_rate": percent(of.response())}
        found.append(_text(lang, "issued", issued=field.issued, **counts, **rates))
    if field.made == "reconstructed":
        found.append(_text(lang, "reconstructed", because=field.because or "—"))
    rows = [[_say(lang, "count.returned"), str(tally.returned)]]
    if tally.unreadable:
        rows.append([_say(lang, "count.unreadable"), str(tally.unreadable)])
    for rule in of.form.validity:
        if rule.name in tally.broken:
            name = Message(f"survey.rule.{rule.name}", {"limit": rule.limit or ""}).text(lang)
            left = tally.excluded.get(rule.name)
            count = str(tally.broken[rule.name]) if left is None else str(left)
            rows.append([_say(lang, "count.kept" if left is None else "count.left_out", rule=name), count])
    rows.append([_say(lang, "count.valid"), str(tally.valid)])
    found.append(_table(lang, _say(lang, "count.caption"), ("what", "answers"), rows, (100, 30)))
    return found


def _quality(of: Analysis, lang: str) -> list[Block]:
    found: list[Block] = [Heading(_say(lang, "quality"), 1), Heading(_say(lang, "reliability"), 2)]
    if isinstance(of.reliability, Message):
        found.append(_text(lang, "no_reliability", why=of.reliability))
    else:
        value = coefficient(of.reliability.value)
        args = {"alpha": value, "band": of.reliability.band.text(lang), "persons": of.reliability.persons}
        found += [_text(lang, "alpha_bands"), _text(lang, "alpha", **args)]
    found.append(Heading(_say(lang, "validity"), 2))
    if isinstance(of.validity, Message):
        found.append(_text(lang, "no_validity", why=of.validity))
        return found
    names = satisfaction.texts(of.form)
    without = {} if isinstance(of.reliability, Message) else dict(of.reliability.without)
    found.append(_text(lang, "validity_bands"))
    rows = [
        [names[item.code], coefficient(item.r), item.band.text(lang), coefficient(item.rest, lang),
         coefficient(without[item.code], lang) if item.code in without else "—"]
        for item in of.validity
    ]  # fmt: skip
    heads = ("item", "r", "band", "rest", "without")
    found.append(_table(lang, _say(lang, "validity_caption"), heads, rows, (70, 20, 25, 25, 25)))
    if isinstance(of.suitability, Message):
        found.append(_text(lang, "no_suitability", why=of.suitability))
    else:
        fit = of.suitability
        p = "< 0.001" if fit.p < Decimal("0.001") else f"= {as_figure(fit.p).published(3, strip=False)}"
        args = {
            "kmo": str(fit.kmo.published(3, strip=False)),
            "band": fit.band.text(lang),
            "degrees": fit.degrees,
            "p": p,
        }
        found.append(_text(lang, "suitability", chi_square=coefficient(fit.chi_square), **args))
    return found


def _answers(of: Analysis, lang: str) -> list[Block]:
    found: list[Block] = [Heading(_say(lang, "shares"), 1)]
    for asked in of.asked:
        if asked.question.kind not in ("single", "multiple"):
            continue
        found.append(Heading(asked.question.text, 2))
        found += _shares(asked, lang)
    if isinstance(of.awareness, Figure):
        found.append(_text(lang, "awareness", rate=percent(of.awareness)))
    return found


def _shares(asked: Asked, lang: str) -> list[Block]:
    if asked.why is not None:
        return [_text(lang, "no_shares", why=asked.why)]
    count, many = asked.count, asked.question.kind == "multiple"
    listed = [_say(lang, "share", option=share.option.text, rate=percent(share.of_answers)) for share in asked.shares]
    args = {"answered": count.answered, "shares": listed, "selections": count.selections}
    found: list[Block] = [_text(lang, "of_several" if many else "of_one", **args)]
    if count.missing:
        found.append(_text(lang, "missing", shown=count.shown, missing=count.missing))
    heads = ("option", "chosen", "of_answers", *(("of_selections",) if many else ()), "interval")
    rows = []
    for share in asked.shares:
        ends = f"{percent(share.interval.low)}～{percent(share.interval.high)}"
        of_all = [percent(share.of_selections)] if many else []
        rows.append([share.option.text, str(share.chosen), percent(share.of_answers), *of_all, ends])
    total = str(count.selections if many else count.answered)
    rows.append([_say(lang, "total"), total, "—" if many else "100%", *(["100%"] if many else []), ""])
    widths = (60, 20, 30, *((30,) if many else ()), 40)
    found.append(_table(lang, asked.question.text, heads, rows, widths))
    return found


def _satisfied(of: Analysis, lang: str) -> list[Block]:
    found: list[Block] = [Heading(_say(lang, "satisfaction"), 1)]
    overall = of.satisfaction
    if isinstance(overall, Message):
        return [*found, _text(lang, "no_satisfaction", why=overall)]
    if isinstance(overall.rate, Message):
        return [*found, _text(lang, "no_satisfaction", why=overall.rate)]
    spec = satisfaction.formulas()[overall.formula]
    ranked = [_say(lang, "ranked", item=item.text, rate=percent(item.rate)) for item in overall.items]
    found.append(_text(lang, "overall", rate=percent(overall.rate), formula=spec[lang], count=len(overall.items)))
    found.append(_text(lang, "order", ranked=ranked))
    rows = [
        [item.text, str(item.answered), f"{item.given}/{item.possible}", percent(item.rate)] for item in overall.items
    ]
    rows.append([_say(lang, "mean"), "", "", percent(overall.rate)])
    caption = _say(lang, "satisfaction_caption")
    found.append(_table(lang, caption, ("item", "answered", "points", "rate"), rows, (80, 25, 30, 25)))
    found.append(chart(overall, lang))
    if not isinstance(of.certainty, Message):
        ends, name = of.certainty.interval, "certainty" if of.certainty.estimate is None else "certainty_strata"
        found.append(_text(lang, name, low=percent(ends.low), high=percent(ends.high), persons=of.certainty.persons))
    if isinstance(of.importance, Figure):
        found.append(_text(lang, "importance", rate=percent(of.importance)))
    return found


def chart(overall: Overall, lang: str = "zh") -> Chart:
    """Return the ranking of the items as bars, as a Vega-Lite specification."""
    rows = [{"item": item.text, "rate": percent(item.rate).removesuffix("%")} for item in overall.items
            if isinstance(item.rate, Figure)]  # fmt: skip
    shown = {"field": "rate", "type": "quantitative", "title": _say(lang, "head.rate") + " (%)"}
    bars = {
        "y": {"field": "item", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 260}},
        "x": shown | {"scale": {"domain": [0, 100]}},
    }
    spec: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 420,
        "height": {"step": 34},
        "data": {"values": rows, "format": {"type": "json", "parse": {"rate": "number"}}},
        "encoding": bars,
        "layer": [
            {"mark": {"type": "bar", "color": "#2f5d8a"}},
            {
                "mark": {"type": "text", "align": "right", "dx": -6, "color": "white"},
                "encoding": {"text": {"field": "rate", "type": "quantitative", "format": ".2f"}},
            },
        ],
    }
    listed = [_say(lang, "ranked", item=row["item"], rate=row["rate"] + "%") for row in rows]
    return Chart(spec, _say(lang, "chart"), Message("survey.report.chart_says", {"ranked": listed}).text(lang))


def _strata(of: Analysis, lang: str) -> list[Block]:
    if not of.parts:
        return []
    rows = []
    for part in of.parts:
        size = str(part.size) if part.size is not None else "—"
        name = part.name or _say(lang, "unnamed_stratum")
        rows.append([name, size, str(part.returned), str(part.valid), percent(part.rate, lang)])
    heads = ("stratum", "size", "returned", "valid", "rate")
    found: list[Block] = [Heading(_say(lang, "strata"), 1)]
    found.append(_table(lang, _say(lang, "strata_caption"), heads, rows, (50, 30, 25, 25, 30)))
    found.append(_text(lang, "stratified", rate=percent(of.stratified, lang)))
    if not isinstance(of.certainty, Message) and of.certainty.estimate and of.certainty.estimate.design_effect:
        found.append(_text(lang, "design_effect", effect=coefficient(of.certainty.estimate.design_effect)))
    return found
