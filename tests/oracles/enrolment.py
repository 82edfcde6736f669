"""参保数据比对的独立答案: annex 7 in plain Python, row by row, written from the clauses; imports nothing of jixiao.

Rows are dictionaries of text with the platform's names. Slow on purpose: no index, no engine, no shared code.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
LAST = "10X98765432"
WIDE = {ord(wide): plain for wide, plain in zip("０１２３４５６７８９ｘＸ", "0123456789XX", strict=True)}
SCHEMES = {"310": "employee", "390": "resident", "391": "resident", "380": "resident"}
DOTS = "·•‧・．.∙⋅ 　\u00a0\t"


def number(text, as_of):
    """Return (17 digits or None, usable)."""
    text = "".join((text or "").translate(WIDE).split()).upper()
    if len(text) == 15 and all(c in "0123456789" for c in text):
        text = text[:6] + "19" + text[6:]
        text += LAST[sum(int(c) * w for c, w in zip(text, WEIGHTS, strict=True)) % 11]
    if len(text) != 18 or any(c not in "0123456789" for c in text[:17]) or text[17] not in LAST:
        return None, False
    head = text[:17]
    right = text[17] == LAST[sum(int(c) * w for c, w in zip(head, WEIGHTS, strict=True)) % 11]
    try:
        born = datetime.strptime(head[6:14], "%Y%m%d").date()  # noqa: DTZ007
        right = right and date(1850, 1, 1) <= born <= as_of
    except ValueError:
        right = False
    return head, right and head[0] != "0"


def name(text):
    return "".join(c for c in text or "" if c not in DOTS) or None


def answer(own, other, deaths, as_of, codes=("1",)):
    """Return {(area, scheme, column): count}, the suspects by kind, and how many own records are unusable."""
    own = [r for r in own if r["psn_insu_stas"] in codes and r["insutype"] in SCHEMES]
    other = [r for r in other if r["psn_insu_stas"] in codes and r["insutype"] in SCHEMES]
    table, unusable = defaultdict(int), 0
    keyed = defaultdict(list)  # key -> (side, record)
    for side, rows in (("own", own), ("other", other), ("dead", deaths)):
        for r in rows:
            if side == "own":
                table[r["insu_admdvs"], SCHEMES[r["insutype"]], "reported"] += 1
                table[r["insu_admdvs"], SCHEMES[r["insutype"]], "left"] += 1
            if r.get("psn_cert_type") not in (None, "01"):
                text = "".join((r["certno"] or "").split()).upper()
                if text:
                    keyed[r["psn_cert_type"], text].append((side, r))
                continue
            head, usable = number(r["certno"], as_of)
            if usable:
                keyed[head].append((side, r))
            unusable += side == "own" and not usable
    suspects = {"names": 0, "digit": 0}
    for found in keyed.values():
        names = {name(r["psn_name"]) for _, r in found} - {None}
        suspects["names"] += len(names) > 1 and any(side == "own" for side, _ in found)
        groups = [[p for p in found if name(p[1]["psn_name"]) == n] for n in names] if len(names) > 1 else [found]
        for group in groups:
            settle(group, as_of, table)
    everyone = [
        (side, number(r["certno"], as_of)[0], name(r["psn_name"]))
        for side, rows in (("own", own), ("other", other), ("dead", deaths))
        for r in rows
        if r.get("psn_cert_type") in (None, "01")
    ]
    pairs = set()
    for side, head, who in everyone:
        for side2, head2, who2 in everyone:
            alike = head and head2 and who and who == who2 and head < head2 and "own" in (side, side2)
            if alike and sum(a != b for a, b in zip(head, head2, strict=True)) == 1:
                pairs.add((head, head2, who))
    suspects["digit"] = len(pairs)
    return {key: count for key, count in table.items() if count}, suspects, unusable


def settle(group, as_of, table, told=lambda record, column: None):
    """Book the records of one person, from the leftmost column of the form to the rightmost; `told` hears each."""
    mine = [r for side, r in group if side == "own"]
    if not mine:
        return

    def book(record, column):
        table[record["insu_admdvs"], SCHEMES[record["insutype"]], column] += 1
        table[record["insu_admdvs"], SCHEMES[record["insutype"]], "left"] -= 1
        told(record, column)

    # latest enrolment stays; then employees, then the smaller region, then the smaller personal number
    mine.sort(key=lambda r: (SCHEMES[r["insutype"]], r["insu_admdvs"] or "", r["psn_no"] or ""))
    mine.sort(key=lambda r: r["psn_insu_date"] or "0000", reverse=True)
    stays, goes = mine[0], mine[1:]
    for r in goes:
        book(r, "own_same" if SCHEMES[r["insutype"]] == SCHEMES[stays["insutype"]] else "own_cross")
    theirs = {SCHEMES[r["insutype"]] for side, r in group if side == "other"}
    if theirs:
        book(stays, "other_same" if SCHEMES[stays["insutype"]] in theirs else "other_cross")
    elif any(side == "dead" and (r["die_date"] or "0000") <= as_of.isoformat() for side, r in group):
        book(stays, "deceased")
