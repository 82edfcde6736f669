"""报告测试的公共部分: a document as plain text, and the bazhou report."""

import pytest

from jixiao.documents.document import Chart, Contents, Heading, PageBreak, Paragraph, Table
from jixiao.reports import report


@pytest.fixture
def plain():
    """Return a function that prints a document as plain text, a line per block, tables row by row."""

    def printed(document):
        lines = []
        for block in document.blocks:
            if isinstance(block, Heading):
                lines.append(f"{'#' * (block.level + 1)} {block.text}")
            elif isinstance(block, Paragraph):
                lines.append(block.text if block.kind == "body" else f"[{block.kind}] {block.text}")
            elif isinstance(block, Table):
                rows = [" | ".join("" if cell is None else cell.text for cell in row) for row in block.grid]
                lines += [f"[table] {block.caption or ''}", *(row.replace("\n", " / ") for row in rows)]
            elif isinstance(block, Chart):
                lines.append(f"[chart] {block.caption}：{block.says}")
            elif isinstance(block, Contents):
                lines.append("[contents]")
            else:
                assert isinstance(block, PageBreak)
                lines.append(f"[page{' landscape' if block.landscape else ''} {block.numbers}]")
        return "\n".join(lines) + "\n"

    return printed


@pytest.fixture(scope="session")
def bazhou_report(bazhou):
    """Return the third-party report of the bazhou example."""
    return report.write(report.kind_of(bazhou), bazhou)
