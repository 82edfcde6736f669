"""机关自己的模板: fields are listed, a template is looked through before it is filled, its contents list comes out right."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from jixiao.errors import CannotParse, CannotWrite, NotKnown
from jixiao.operations.check import check
from jixiao.operations.evaluate import evaluate
from jixiao.operations.fields import fields, filled, sample_template


@pytest.fixture
def template(tmp_path):
    """Return a function that writes a Word template with these paragraphs, as Word's own editor would."""

    def written(*paragraphs, name="template.docx"):
        made = docx.Document()
        for text in paragraphs:
            style = "Heading 1" if text.startswith("# ") else None
            made.add_paragraph(text.removeprefix("# "), style=style)
        made.save(str(tmp_path / name))
        return tmp_path / name

    return written


def _texts(raw):
    return [paragraph.text for paragraph in docx.Document(BytesIO(raw)).paragraphs]


def test_fields_are_listed_with_examples(examples):
    listed = {field.name: field for field in fields(examples / "bazhou-2024").value.fields}

    assert listed["scored.score"].example == "93.7"
    assert listed["funds.total.executed"].example == "51253万元"
    assert listed["scored.C201.actual"].example == "106人"
    assert listed["head.project"].example.startswith("2024城乡居民基本医疗保险")
    assert listed["indicators"].parts[:5] == ("code", "level1", "level2", "name", "weight")


def test_field_prints_what_a_text_quotes_at_the_same_path(bazhou):
    from jixiao.reports.prose import quoted

    for field in fields_of(bazhou):
        if '"' not in field.name and field.name.partition(".")[0] in ("scored", "declared", "funds", "head"):
            assert quoted(bazhou, field.name.replace(".", "/")).text[:60] == field.example, field.name


def fields_of(of):
    from jixiao.reports.fields import listed

    return [field for field in listed(of) if not field.parts and not field.name.startswith("texts")]


def test_dry_run_names_unknown_and_unused_fields_with_their_paragraphs(examples, template):
    path = template(
        "得{{ scored.score }}分",
        "共{{ scored.scor }}分",
        "{%p for one in indicators %}",
        "{{ one.name }}{{ one.targt }}",
        "{%p endfor %}",
        "{{ 总分 }}",
    )

    outcome = fields(examples / "bazhou-2024", path)

    assert [(found.printed, found.places[0].quote) for found in outcome.findings] == [
        ("scored.scor", "共{{ scored.scor }}分"),
        ("one.targt", "{{ one.name }}{{ one.targt }}"),
        ("总分", "{{ 总分 }}"),
    ]
    assert set(outcome.value.used) == {"scored.score", "indicators"}
    assert "scored.grade" in outcome.value.unused and "scored.score" not in outcome.value.unused
    assert "scored.C201.actual" not in outcome.value.unused
    assert outcome.exit_code() == 1


@pytest.mark.parametrize(
    "broken",
    [
        "得{{ scored.score }分",
        "得{{ scored. }}分",
        "{%p for one in indicators %}",
        "{% if %}",
        "得{{ scored.score | nofilter }}",
    ],
)
def test_broken_tag_is_named_with_its_paragraph(examples, template, broken):
    path = template("第一段", broken, "第三段")

    with pytest.raises(CannotParse) as refused:
        fields(examples / "bazhou-2024", path)

    assert refused.value.what.id in ("template.broken", "template.syntax")
    assert refused.value.place.file == str(path)


def test_broken_tag_says_the_words_around_it(examples, template):
    with pytest.raises(CannotParse) as refused:
        fields(examples / "bazhou-2024", template("第一段", "综合得分{{ scored.score }分", "第三段"))

    assert (refused.value.place.line, refused.value.place.quote) == (2, "综合得分{{ scored.score }分")


def test_values_are_escaped_and_templates_reach_nothing_else(bundle_of, template):
    folder = bundle_of("bazhou-2024")
    path = folder / "evaluation.yaml"
    path.write_text(
        path.read_text("utf-8").replace("head:\n", "head:\n", 1).replace("  unit: ", "  unit: <甲>&", 1), "utf-8"
    )
    of = check(folder).value

    made = filled(of, template("单位：{{ head.unit }}"))

    (raw,) = made.value.values()
    assert _texts(raw)[-1].startswith("单位：<甲>&")
    escape = template("{{ head.unit.__class__.__mro__ }}", name="escape.docx")
    with pytest.raises(CannotParse):
        filled(of, escape)


@pytest.mark.parametrize("name", ["report", "table"])
@pytest.mark.parametrize("example", ["bazhou-2024", "kashgar-2022-resident-medical"])
def test_sample_templates_use_fields_that_there_are(examples, tmp_path, name, example):
    path = sample_template(name, tmp_path / f"{name}.docx").value

    outcome = fields(examples / example, path)

    assert outcome.findings == ()
    (raw,) = filled(check(examples / example).value, path).value.values()
    assert not any("{{" in text or "{%" in text for text in _texts(raw))


def test_contents_list_names_the_headings_that_the_template_made(bazhou, tmp_path):
    path = sample_template("report", tmp_path / "report.docx").value

    (raw,) = filled(bazhou, path).value.values()

    document = docx.Document(BytesIO(raw))
    entries = [p for p in document.paragraphs if p.style.name.lower().startswith("toc")]
    links = [p._p.find(qn("w:hyperlink")) for p in entries]
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading") and p.text != "目录"]
    assert ["".join(t.text for t in link.iter(qn("w:t"))) for link in links] == headings
    assert "（1）重复参保人数" in headings
    marks = {node.get(qn("w:name")) for node in document.element.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in links} == marks


def test_same_values_give_the_same_bytes(bazhou, tmp_path):
    path = sample_template("report", tmp_path / "report.docx").value

    assert filled(bazhou, path).value == filled(bazhou, path).value


def test_evaluate_writes_the_template_beside_the_rest(examples, tmp_path):
    path = sample_template("table", tmp_path / "简表.docx").value

    evaluate(examples / "kashgar-2022-resident-medical", tmp_path / "out", template=path)

    table = docx.Document(str(tmp_path / "out" / "简表.docx")).tables[0]
    assert [cell.text for cell in table.rows[3].cells] == ["自评得分", "96.85", "评价等级", "优"]
    assert (tmp_path / "out" / "scorecard.json").exists()


def test_evaluate_writes_nothing_for_a_template_with_unknown_fields(examples, tmp_path, template):
    outcome = evaluate(examples / "bazhou-2024", tmp_path / "out", template=template("{{ 总分 }}"))

    assert [found.check for found in outcome.findings if found.severity == "error"] == ["template_field"]
    assert not (tmp_path / "out").exists()


def test_sample_is_not_written_over_anything(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"x")

    with pytest.raises(CannotWrite):
        sample_template("report", tmp_path / "a.docx")
    with pytest.raises(NotKnown):
        sample_template("other", tmp_path / "b.docx")


@pytest.mark.office
def test_contents_list_has_page_numbers_where_libreoffice_laid_it_out(bazhou, tmp_path):
    path = sample_template("report", tmp_path / "report.docx").value

    made = filled(bazhou, path, pdf=True).value

    assert set(made) == {"report.docx", "report.pdf"}
    document = docx.Document(BytesIO(made["report.docx"]))
    entries = [
        "".join(t.text for t in p._p.iter(qn("w:t")))
        for p in document.paragraphs
        if p.style.name.lower().startswith("toc")
    ]
    assert entries[0] == "一、项目基本情况1"
    pages = [int(entry[-1]) for entry in entries]
    assert pages == sorted(pages) and pages[-1] > 1
    with zipfile.ZipFile(BytesIO(made["report.docx"])) as archive:
        assert archive.testzip() is None
