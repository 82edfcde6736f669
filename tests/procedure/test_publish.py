"""公开: what anybody may read holds no personal data and no working paper, and its data say what they are."""

import csv
import hashlib
import json
import zipfile
from io import StringIO

import pytest

from jixiao.errors import CannotOpen
from jixiao.operations.publish import publish

PERSONS = "联系人：王某某，电话13800138000，身份证11010519491231002X，卡号6222020200112233446；李某到场。"


@pytest.fixture
def with_persons(fund, change):
    """Return the fund with persons in a text of its report and in an indicator's reason."""
    change(
        "  objective: 保障参保人员按时足额享受待遇。",
        f"  objective: 保障参保人员按时足额享受待遇。\n  background: {PERSONS}",
    )
    change("why: 外出务工人员停保, measure", "why: 外出务工人员停保（负责人：赵某某）, measure")
    return fund


def everything(folder):
    """Return the text of every file, those inside Office files too."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", archive.read(name).decode("utf-8", "replace")
        elif path.is_file():
            yield path.name, path.read_text("utf-8")


def test_no_file_holds_a_person(with_persons, tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("李某\n\n", "utf-8")

    outcome = publish(with_persons, tmp_path / "out", names=names)

    assert outcome.exit_code() == 0
    for name, text in everything(tmp_path / "out"):
        for secret in ("王某某", "赵某某", "李某", "13800138000", "11010519491231002X", "6222020200112233446"):
            assert secret not in text, name
    assert outcome.value.masked == {"card": 1, "identity": 1, "name": 3, "telephone": 1}
    told = [one.because.text("zh") for one in outcome.findings if one.check == "published_masked"]
    assert told == ["公开版本已遮盖 银行卡号 1 处、身份证号 1 处、姓名 3 处、电话号码 1 处"]


def test_everything_else_stays_as_it_is(fund, tmp_path):
    publish(fund, tmp_path / "out")

    texts = dict(everything(tmp_path / "out"))
    assert "98.29" in texts["部门单位项目支出绩效自评表.html"]
    assert "＊" not in "".join(texts.values())


def test_working_papers_stay_inside(fund, tmp_path):
    outcome = publish(fund, tmp_path / "out")

    titles = {name.partition(".")[0] for name in outcome.value.files}
    assert titles == {
        "绩效自评报告", "部门单位项目支出绩效自评表", "评价指标体系评分表", "项目支出绩效目标执行监控表",
        "项目支出绩效目标申报表", "绩效目标调整对照表", "funds", "indicators", "datapackage",
    }  # fmt: skip


def test_data_are_described_and_carry_their_digest(fund, tmp_path):
    publish(fund, tmp_path / "out")

    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert package["homepage"] == "https://example.invalid/2025/8" and package["created"] == "2025年8月20日"
    for resource in package["resources"]:
        raw = (tmp_path / "out" / resource["path"]).read_bytes()
        head, *rows = csv.reader(StringIO(raw.decode("utf-8-sig")))
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}" and resource["bytes"] == len(raw)
        assert [field["name"] for field in resource["schema"]["fields"]] == head and rows
    rows = list(csv.DictReader(StringIO((tmp_path / "out/indicators.csv").read_text("utf-8-sig"))))
    assert [row["score"] for row in rows if row["target"]] == ["8.49", "9.8", "20", "20", "30", "10"]


def test_same_bundle_gives_the_same_bytes(fund, tmp_path):
    publish(fund, tmp_path / "one")
    publish(fund, tmp_path / "two")

    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("one", "two")
    )
    assert one == two


def test_nothing_is_published_while_an_error_stands(fund, change, jixiao, tmp_path):
    change("value: 4.9万人", "value: ≥5万人")

    done = jixiao("publish", fund, "--out", "out")

    assert done.returncode == 1 and "有必改问题，未写出任何文件" in done.stderr
    assert not (tmp_path / "out").exists()


def test_list_of_names_that_is_not_there_is_a_sentence(fund, tmp_path):
    with pytest.raises(CannotOpen) as problem:
        publish(fund, tmp_path / "out", names=tmp_path / "none.txt")

    assert problem.value.what.text("zh") == "没有这个姓名清单"


def test_command_says_how_many_files(fund, jixiao):
    done = jixiao("publish", fund, "--out", "out")

    assert done.returncode == 0 and "已写入 out，共 20 个文件" in done.stderr
