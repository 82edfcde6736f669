"""A finance system's upload form, made by somebody else: hidden keys, drop-downs, protection, formulas, a picture."""

from __future__ import annotations

import base64
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HEADS = (
    "一级指标",
    "二级指标",
    "绩效指标",
    "年度指标值",
    "全年实际值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
    "系统编码",
)


def template(path, rows, *, extra_rows=0, protect=True):
    """Write the form with one prepared row per (level 1, level 2, name, target, weight), and rows left blank."""
    book = Workbook()
    sheet = book.active
    sheet.title = "自评表"
    lists = book.create_sheet("字典")
    lists.sheet_state = "hidden"
    for at, word in enumerate(("停保断缴", "其他"), 1):
        lists.cell(at, 1, word)
    book.defined_names["reasons"] = DefinedName("reasons", attr_text="字典!$A$1:$A$2")
    _heads(sheet)
    first = 10
    for at, (level1, level2, name, target, weight) in enumerate(rows, first):
        for column, text in enumerate((level1, level2, name, target, None, weight, None, None, f"JX-{at:04}"), 1):
            sheet.cell(at, column, text).data_type = "s" if isinstance(text, str) else "n"
    last = first + len(rows) + extra_rows - 1
    for row in sheet.iter_rows(min_row=3, max_row=last, min_col=1, max_col=9):
        for cell in row:
            cell.protection = Protection(locked=cell.row < 8 and cell.column == 1)
            if cell.row >= first:
                cell.number_format = "0.00" if cell.column == 7 else "@" if cell.column == 5 else cell.number_format
    sheet.cell(last + 1, 1, "总分")
    sheet.cell(last + 1, 6, f"=SUM(F{first}:F{last})")
    sheet.cell(last + 1, 7, f"=SUM(G{first}:G{last})")
    _rules(sheet, first, last)
    sheet.column_dimensions["I"].hidden = True
    sheet.column_dimensions["C"].width = 31.5
    sheet.add_image(Image(BytesIO(_DOT)), "K2")
    if protect:
        sheet.protection.sheet = True
        sheet.protection.password = "1234"
    book.save(path)
    return path


def _heads(sheet):
    sheet["A1"] = "项目支出绩效自评表（2022年度）"
    sheet.merge_cells("A1:H1")
    sheet["A2"], sheet["B2"] = "项目名称", None
    sheet["A3"], sheet["C3"] = "主管部门", "项目实施单位"
    for column, text in enumerate(("项目资金（万元）", "全年预算数", "全年执行数", "分值", "执行率", "得分"), 1):
        sheet.cell(5, column, text)
    sheet["A6"] = "年度资金总额"
    sheet["B6"].number_format = sheet["C6"].number_format = "#,##0.00"
    sheet["E6"].number_format = "0.0%"
    for column, text in enumerate(HEADS, 1):
        sheet.cell(9, column, text)
    sheet["C9"].comment = Comment("由系统生成", "系统")


def _rules(sheet, first, last):
    reason = DataValidation(type="list", formula1="reasons", allow_blank=True)
    reason.add(f"H{first}:H{last}")
    points = DataValidation(type="decimal", operator="between", formula1="0", formula2="10")
    points.add(f"G{first}:G{last}")
    for rule in (reason, points):
        sheet.add_data_validation(rule)
    red = PatternFill(bgColor="FFC7CE")
    sheet.conditional_formatting.add(f"G{first}:G{last}", CellIsRule(operator="lessThan", formula=["5"], fill=red))
