"""承接指标目录: what a system takes over, overrides, adds and leaves out, and where each value then stands."""

from __future__ import annotations

import pytest

from jixiao.errors import CannotParse
from jixiao.findings import Place
from jixiao.formats import bundle
from jixiao.formats.bundle_extends import expanded
from jixiao.formats.bundle_source import Source, of_yaml

HEAD = "schema: evaluation/1\nkind: third-party\nyear: 2024\nsystems:\n  scored:\n"


def read(folder, text):
    (folder / bundle.FILE).write_text(HEAD + text, encoding="utf-8")
    return bundle.read(folder)


def test_system_that_extends_has_the_whole_set_and_says_which_file_each_value_is_from(tmp_path):
    found = read(tmp_path, "    extends: common-framework-2020\n")

    system = found.evaluation.system("scored")
    assert [(root.code, str(root.weight)) for root in system.roots] == [
        ("A", "20"),
        ("B", "20"),
        ("C", "40"),
        ("D", "20"),
    ]
    assert system.frame == "third-party"
    assert found.place("scored/A101/weight").file == "indicators/catalogue/common-framework-2020.yaml"


def test_own_nodes_override_field_by_field_wherever_they_stand(tmp_path):
    found = read(
        tmp_path,
        """    extends: common-framework-2020
    places: 1
    indicators:
      - {code: C101, name: 参保人数, target: ≥81万人}
""",
    )

    system, own = found.evaluation.system("scored"), str(tmp_path / bundle.FILE)
    indicator = system.find("C101")
    assert (indicator.name, str(indicator.target), str(indicator.weight), indicator.rule.id) == (
        "参保人数", "≥81万人", "10", "proportional",
    )  # fmt: skip
    assert system.places == 1
    assert found.place("scored/C101/target") == Place(own, line=9)
    assert found.place("scored/C101/rule").file.startswith("indicators/catalogue/")


def test_new_codes_join_the_group_they_are_written_in(tmp_path):
    found = read(
        tmp_path,
        """    extends: common-framework-2020
    indicators:
      - code: C1
        children:
          - {code: C109, name: 门诊人次, weight: 1}
      - {code: E, name: 附加, children: [{code: E1, name: 其他}]}
""",
    )

    system = found.evaluation.system("scored")
    assert [node.code for node in system.find("C1").children] == ["C101", "C109"]
    assert [root.code for root in system.roots] == ["A", "B", "C", "D", "E"]
    assert found.place("scored/C109/weight").line == 10


def test_codes_left_out_are_gone_with_everything_below_them(tmp_path):
    system = read(tmp_path, "    extends: common-framework-2020\n    without: [C4, A302]\n").evaluation.system("scored")

    assert system.find("C4") is None
    assert system.find("C401") is None
    assert system.find("A302") is None


def test_unknown_set_is_refused_at_its_line_with_the_near_ones(tmp_path):
    with pytest.raises(CannotParse) as caught:
        read(tmp_path, "    extends: common-framework\n")

    assert caught.value.what.id == "catalogue.unknown"
    assert caught.value.place.line == 6
    assert "common-framework-2020" in caught.value.remedy.text("zh")


def test_circle_is_refused_and_named(tmp_path):
    sets = {"a": "extends: b\n", "b": "extends: a\n"}

    def load(name):
        path = tmp_path / f"{name}.yaml"
        path.write_text(sets[name], encoding="utf-8")
        return of_yaml(path)

    source = Source({"systems": {"scored": {"extends": "a"}}}, {("systems", "scored", "extends"): Place("x", line=1)})
    with pytest.raises(CannotParse) as caught:
        expanded(source, load)

    assert caught.value.what.text("zh") == "指标目录互相承接，成了一圈：a → b → a"
    assert caught.value.place == Place(str(tmp_path / "b.yaml"), line=1)


def test_wrong_value_in_an_extending_system_is_refused_where_it_stands(tmp_path):
    with pytest.raises(CannotParse) as caught:
        read(
            tmp_path,
            "    extends: common-framework-2020\n    indicators:\n      - {code: A101,\n         direction: up}\n",
        )

    assert caught.value.place.line == 9
    assert "direction" in caught.value.what.text("zh")
