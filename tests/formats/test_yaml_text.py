"""坏文件: whatever somebody hands in as `evaluation.yaml`, the answer names place, trouble and remedy."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.errors import FAMILIES, CannotOpen, CannotParse, JixiaoError
from jixiao.findings import Message
from jixiao.formats import bundle, yaml_text
from jixiao.operations.check import check

GOOD = "schema: evaluation/1\nkind: third-party\nyear: 2024\n"
BOMB = "a: &a [甲, 甲, 甲, 甲, 甲, 甲, 甲, 甲, 甲]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)

CASES = {
    "空文件": (b"", CannotOpen, "open.empty", None),
    "只有空白": (b" \n\t\n", CannotOpen, "open.empty", None),
    "只有注释": (b"# nothing\n", CannotParse, "open.empty", 1),
    "含有空字节": (GOOD.encode() + b"head: {unit: a\0b}\n", CannotParse, "yaml.nul", 4),
    "含有控制字符": (GOOD.encode() + b"head: {unit: a\x07b}\n", CannotParse, "yaml.nul", None),
    "全是空字节": (b"\0" * 4096, CannotParse, "yaml.nul", 1),
    "一句话": (b"evaluation", CannotParse, "yaml.scalar", 1),
    "一个列表": (b"- a\n- b\n", CannotParse, "yaml.list", 1),
    "流式嵌套二十万层": (b"a: " + b"[" * 200_000, CannotParse, "yaml.deep", 1),
    "流式映射嵌套二十万层": (b"{a: " * 200_000, CannotParse, "yaml.deep", 1),
    "块状嵌套二十万层": (b"- " * 200_000 + b"x", CannotParse, "yaml.deep", 1),
    "块状映射逐行缩进两千层": ("\n".join(f"{' ' * at}a:" for at in range(2000)).encode(), CannotParse, "yaml.deep", 42),
    "别名炸弹": (BOMB.encode(), CannotParse, "yaml.many", None),
    "没有定义的别名": (GOOD.encode() + b"head: *nothing\n", CannotParse, "yaml.alias", 4),
    "引用自身的别名": (GOOD.encode() + b"head: &a {unit: *a}\n", CannotParse, "yaml.alias", 4),
    "重复的名称": (GOOD.encode() + b"year: 2023\n", CannotParse, "yaml.twice", 4),
    "几份文档": (GOOD.encode() + b"---\n" + GOOD.encode(), CannotParse, "yaml.several", 4),
    "制表符缩进": (GOOD.encode() + b"head:\n\tunit: a\n", CannotParse, "yaml.syntax", 5),
    "引号不成对": (GOOD.encode() + b'head: {unit: "a}\n', CannotParse, "yaml.syntax", None),
    "GB18030 编码": (GOOD.encode() + "head: {unit: 医疗保障局}\n".encode("gb18030"), CannotParse, "yaml.encoding", 4),
    "UTF-16 编码": (GOOD.encode("utf-16"), CannotParse, "yaml.encoding", 1),
    "名称是列表": (GOOD.encode() + b"? [a, b]\n: c\n", CannotParse, "yaml.key", 4),
    "没有 schema": (b"kind: fund\n", CannotParse, "bundle.schema", 1),
    "更新的 schema": (b"\n\nschema: evaluation/99\n", CannotParse, "bundle.schema", 3),
    "不认识的名称": (GOOD.encode() + b"actual: {}\n", CannotParse, "bundle.unknown_field", 4),
    "缺少年度": (b"schema: evaluation/1\nkind: fund\n", CannotParse, "bundle.missing", None),
    "年度不是年": (b"schema: evaluation/1\nkind: fund\nyear: 24\n", CannotParse, "bundle.wrong_value", 3),
    "种类不在其列": (b"schema: evaluation/1\nkind: other\nyear: 2024\n", CannotParse, "bundle.choice", 2),
    "该写对照却写了一句话": (GOOD.encode() + b"funds: 100\n", CannotParse, "bundle.wrong_kind", 4),
    "不认识的计量单位": (GOOD.encode() + "funds:\n  unit: 斛\n".encode(), CannotParse, "bundle.wrong_value", 5),
}


def refused(path) -> JixiaoError:
    with pytest.raises(JixiaoError) as problem:
        check(path)
    return problem.value


@pytest.mark.parametrize("name", CASES)
def test_bad_file_is_answered_with_place_trouble_and_remedy(name, tmp_path):
    raw, family, said, line = CASES[name]
    (tmp_path / bundle.FILE).write_bytes(raw)
    begun = time.monotonic()

    problem = refused(tmp_path)

    assert time.monotonic() - begun < 20  # seconds of patience, not a measurement: a crash of nesting takes the process
    assert (type(problem), problem.what.id) == (family, said)
    assert problem.place.file == str(tmp_path / bundle.FILE)
    assert line is None or problem.place.line == line
    for message in (problem.what, problem.remedy):
        assert isinstance(message, Message)
        assert message.text("zh") and message.text("en")
    assert type(problem) in FAMILIES


def test_file_of_100_mb_is_refused_unread(tmp_path):
    with (tmp_path / bundle.FILE).open("wb") as file:
        file.truncate(100 * 2**20)

    problem = refused(tmp_path)

    assert (type(problem), problem.what.text("zh")) == (CannotOpen, "文件有 100 MB，上限 50 MB")


def test_folder_without_a_bundle_and_path_to_nothing_are_refused(tmp_path):
    assert refused(tmp_path).what.id == "bundle.absent"
    assert refused(tmp_path / "nothing").what.id == "bundle.absent"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read_is_refused(tmp_path):
    path = tmp_path / bundle.FILE
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)

    assert refused(tmp_path).what.id == "open.forbidden"


def test_folder_named_like_the_file_is_refused(tmp_path):
    (tmp_path / bundle.FILE).mkdir()

    assert refused(tmp_path).what.id == "open.folder"


def test_byte_order_mark_and_windows_line_ends_are_read(tmp_path):
    (tmp_path / bundle.FILE).write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert check(tmp_path).value.evaluation.year == 2024


def test_alias_that_is_defined_is_read_as_what_it_stands_for(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("a: &x {b: 4.50}\nc: *x\n", encoding="utf-8")

    assert yaml_text.read(path).value == {"a": {"b": "4.50"}, "c": {"b": "4.50"}}


def test_scalars_are_text_with_their_lines(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("a: 4.50\nb:\n  - yes\n  - ~\n  - 2024-12-31\nc: 0x1F\n", encoding="utf-8")

    tree = yaml_text.read(path)

    assert tree.value == {"a": "4.50", "b": ["yes", "~", "2024-12-31"], "c": "0x1F"}
    assert {loc: tree.lines[loc] for loc in [("a",), ("b", 0), ("b", 2), ("c",)]} == {
        ("a",): 1,
        ("b", 0): 3,
        ("b", 2): 5,
        ("c",): 6,
    }


@given(
    raw=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(str.encode),
        st.text("{}[]:,-#&*!|>'\" \n\tab?%@`~", max_size=80).map(str.encode),
    )
)
def test_any_bytes_are_read_or_refused_in_words(raw, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(raw)

    try:
        tree = yaml_text.read(path)
    except JixiaoError as problem:
        assert problem.what.text("zh") and problem.remedy.text("en")
        assert problem.place.file == str(path)
    else:
        assert isinstance(tree.value, dict)
