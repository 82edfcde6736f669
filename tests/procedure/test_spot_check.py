"""抽查: drawn by hash, the same for the same seed; the sheet that was filled in stands beside the first score."""

import shutil

import openpyxl
import pytest

from jixiao.errors import CannotOpen
from jixiao.operations.spot_check import spot_check
from jixiao.operations.take import take


@pytest.fixture
def county(fund, tmp_path):
    """Return a folder of ten self-evaluations."""
    folder = tmp_path / "county"
    for number in range(10):
        shutil.copytree(fund, folder / f"项目{number}")
    for path in folder.glob("*/evaluation.yaml"):
        text = path.read_text("utf-8")
        start, end = text.index("  second_scores:"), text.index("  addressees:")
        path.write_text(text[:start] + text[end:], "utf-8")
    return folder


def names(outcome):
    return [one.bundle for one in outcome.value if one.drawn]


@pytest.mark.parametrize(("share", "count"), [("20%", 2), ("25%", 3), ("1%", 1), ("100%", 10)])
def test_share_is_rounded_up_and_never_nothing(county, share, count):
    assert len(names(spot_check(county, share=share))) == count


def test_same_seed_draws_the_same_wherever_others_come_and_go(county, fund):
    first = names(spot_check(county, share="30%", seed="2025"))
    assert first == names(spot_check(county, share="30%", seed="2025"))

    (gone,) = [name for name in (f"项目{number}" for number in range(10)) if name not in first][:1]
    shutil.rmtree(county / gone)

    assert names(spot_check(county, share="30%", seed="2025")) == first
    others = {tuple(names(spot_check(county, share="30%", seed=str(seed)))) for seed in range(20)}
    assert len(others) > 10


def test_second_score_stands_beside_the_first(county, tmp_path):
    (drawn,) = names(spot_check(county, tmp_path / "out", share="10%"))
    sheet = tmp_path / "out" / f"抽查复核评分表-{drawn}.xlsx"
    book = openpyxl.load_workbook(sheet)
    rows = {row[1].value: row for row in book.active.iter_rows() if row[1].value}
    rows["O101"][2].value, rows["O101"][3].value = "9", "季报多计跨县参保人员"
    rows["S101"][2].value = "10"
    book.save(sheet)

    take(sheet, county / drawn)
    outcome = spot_check(county, tmp_path / "again", share="10%")

    one = next(one for one in outcome.value if one.drawn)
    assert [str(value) for value in (one.first, one.second, one.difference())] == ["98.29", "97.49", "-0.8"]
    assert outcome.exit_code() == 0
    rows = list(openpyxl.load_workbook(tmp_path / "again" / "自评结果抽查清单.xlsx").active.iter_rows(values_only=True))
    assert next(row for row in rows if row[1] == drawn)[4:9] == ("抽中", "98.29", "优", "97.49", "-0.8")
    assert not list((tmp_path / "again").glob("抽查复核评分表*"))


def test_bundle_that_cannot_be_read_is_not_drawn(county):
    (county / "坏").mkdir()
    (county / "坏" / "evaluation.yaml").write_text("head: [\n", "utf-8")

    outcome = spot_check(county, share="100%")

    assert len(names(outcome)) == 10
    assert outcome.exit_code() == 1 and outcome.findings[0].because.args["name"] == "坏"


def test_folder_without_bundles_is_a_sentence(tmp_path):
    with pytest.raises(CannotOpen):
        spot_check(tmp_path)


def test_command_shows_the_sample_and_refuses_an_odd_share(county, jixiao):
    done = jixiao("spot-check", county, "--share", "20%")

    assert done.returncode == 0 and done.stdout.count("抽中") == 2
    for odd in ("0%", "120%", "三成", "-5%"):
        refused = jixiao("spot-check", county, "--share", odd)
        assert refused.returncode == 2 and "比例写成 20% 这样" in refused.stderr
