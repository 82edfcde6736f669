"""资金台账在文件里的形状: what may stand under `funds/ledger` of a bundle, one list for each table."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _named(value: Any) -> Any:
    """Let a lone text stand for a record that has no more than a name."""
    return {"name": value} if isinstance(value, str) else value


class Line(BaseModel):
    """A mapping whose names are known."""

    model_config = ConfigDict(extra="forbid", strict=True)


class LevelShape(Line):
    """Whose money it is."""

    name: str = ""
    tier: Literal["central", "province", "prefecture", "county"] | None = None


class RegionShape(Line):
    """A region that money may go to."""

    code: str = ""
    name: str | None = None
    why: str | None = None


class NoticeShape(Line):
    """A notice that allocates money."""

    number: str = ""
    level: str = ""
    date: str | None = None
    issuer: str | None = None
    batch: str | None = None
    amount: str | None = None
    received_on: str | None = None
    passes_on: str | None = None
    region: str | None = None
    document: str | None = None
    stage: Literal["original", "adjustment"] | None = None


class AllocationShape(Line):
    """What a notice gives to a region."""

    notice: str = ""
    region: str | None = None
    amount: str | None = None
    account: str | None = None


class ReceiptShape(Line):
    """Money that arrived."""

    level: str = ""
    region: str | None = None
    amount: str | None = None
    on: str | None = None
    account: str | None = None
    document: str | None = None


class PaymentShape(Line):
    """Money that was paid."""

    level: str = ""
    region: str | None = None
    amount: str | None = None
    month: str | None = None
    account: str | None = None
    purpose: str | None = None


class TotalShape(Line):
    """A typed total, held against its parts."""

    of: Literal["allocation", "receipt", "payment", "prepaid", "due", "over", "deduction"] = "allocation"
    amount: str | None = None
    level: str | None = None
    batch: str | None = None
    region: str | None = None


class AccountItemShape(Line):
    """A row of a fund's account."""

    scheme: str = ""
    side: Literal["income", "expenditure", "balance"] = "income"
    item: str | None = None
    under: str | None = None
    budget: str | None = None
    this_year: str | None = None
    last_year: str | None = None
    document: str | None = None


class LedgerFileShape(Line):
    """A long ledger in a file of the bundle."""

    file: str = ""
    unit: Literal["元", "分", "万元"] | None = None


class QuantityShape(Line):
    """A region's share of an indicator's target."""

    indicator: str = ""
    region: str | None = None
    target: str | None = None


class PoolShape(Line):
    """Money to be divided by factors."""

    amount: str | None = None
    notice: str | None = None


class FactorShape(Line):
    """A need factor with its weight."""

    name: str = ""
    weight: str | None = None


class NeedShape(Line):
    """A region's need under a factor."""

    factor: str = ""
    region: str | None = None
    need: str | None = None


class CoefficientShape(Line):
    """What a region's share is multiplied by."""

    region: str | None = None
    capacity: str | None = None
    performance: str | None = None
    last_score: str | None = None


class SubsidyShape(Line):
    """What is paid for a head."""

    year: str | None = None
    tier: Literal["first", "second", "third", "fourth", "fifth"] | None = None
    paid_by: Literal["central", "local", "all"] | None = None
    per_head: str | None = None
    document: str | None = None


class HeadsShape(Line):
    """The heads of a region: expected, actual, insured."""

    region: str | None = None
    expected: str | None = None
    actual: str | None = None
    insured: str | None = None
    on: str | None = None
    prepaid: str | None = None
    due: str | None = None
    late: str | None = None
    document: str | None = None


class CompletionShape(Line):
    """How far an indicator had got by the end of a month."""

    indicator: str = ""
    month: str = ""
    actual: str | None = None


class ProgrammeShape(Line):
    """The programme that the money belongs to."""

    name: str = ""


class DutyShape(Line):
    """What a level has to give for every head."""

    level: str = ""
    per_head: str | None = None
    document: str | None = None


class EqualisationShape(Line):
    """A region's part in the adjustment fund."""

    region: str | None = None
    opening: str | None = None
    owed: str | None = None
    contributed: str | None = None
    granted: str | None = None
    paid_out: str | None = None
    document: str | None = None


class ApprovalShape(Line):
    """A step by which an allocation was agreed."""

    notice: str = ""
    step: str | None = None
    state: str | None = None
    date: str | None = None
    document: str | None = None


class BankAccountShape(Line):
    """An account that money goes through."""

    name: str = ""
    kind: Literal["income", "special_account", "expenditure", "treasury", "payer", "payee"] | None = None
    scheme: str | None = None


class MovementShape(Line):
    """Money that went from one account into another."""

    out_of: str | None = None
    into: str | None = None
    amount: str | None = None
    on: str | None = None
    document: str | None = None


class ReconciliationShape(Line):
    """An amount of a month as each set of books has it."""

    month: str = ""
    item: str | None = None
    business: str | None = None
    finance: str | None = None
    bank: str | None = None
    treasury: str | None = None
    tax: str | None = None
    document: str | None = None


class FilingShape(Line):
    """A report that was due."""

    report: str = ""
    period: str | None = None
    until: str | None = None
    sent: str | None = None


class LimitShape(Line):
    """A warning line for a key figure."""

    figure: str = ""
    floor: str | None = None
    ceiling: str | None = None
    document: str | None = None


class LedgerShape(Line):
    """The ledger of the funds, line by line."""

    levels: list[Annotated[LevelShape, BeforeValidator(_named, json_schema_input_type=str | LevelShape)]] = []
    regions: list[RegionShape] = []
    notices: list[NoticeShape] = []
    allocations: list[AllocationShape] = []
    receipts: list[ReceiptShape] = []
    payments: list[PaymentShape] = []
    totals: list[TotalShape] = []
    accounts: list[AccountItemShape] = []
    files: list[LedgerFileShape] = []
    quantities: list[QuantityShape] = []
    completions: list[CompletionShape] = []
    pools: list[PoolShape] = []
    factors: list[FactorShape] = []
    needs: list[NeedShape] = []
    coefficients: list[CoefficientShape] = []
    subsidies: list[SubsidyShape] = []
    heads: list[HeadsShape] = []
    duties: list[DutyShape] = []
    equalisation: list[EqualisationShape] = []
    approvals: list[ApprovalShape] = []
    bank_accounts: list[BankAccountShape] = []
    movements: list[MovementShape] = []
    reconciliations: list[ReconciliationShape] = []
    filings: list[FilingShape] = []
    limits: list[LimitShape] = []
    programmes: list[
        Annotated[ProgrammeShape, BeforeValidator(_named, json_schema_input_type=str | ProgrammeShape)]
    ] = []


LEDGER_INSIDE: dict[str, type[BaseModel]] = {
    "ledger": LedgerShape, "levels": LevelShape, "regions": RegionShape, "notices": NoticeShape,
    "allocations": AllocationShape, "receipts": ReceiptShape, "payments": PaymentShape, "totals": TotalShape,
    "accounts": AccountItemShape, "files": LedgerFileShape, "quantities": QuantityShape,
    "programmes": ProgrammeShape, "completions": CompletionShape, "pools": PoolShape, "factors": FactorShape,
    "needs": NeedShape, "coefficients": CoefficientShape, "subsidies": SubsidyShape, "heads": HeadsShape,
    "duties": DutyShape, "equalisation": EqualisationShape, "approvals": ApprovalShape,
    "bank_accounts": BankAccountShape, "movements": MovementShape, "reconciliations": ReconciliationShape,
    "filings": FilingShape, "limits": LimitShape,
}  # fmt: skip
