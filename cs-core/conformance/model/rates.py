"""How much of what fell due was renewed, by group and period: section 6, renewals."""

from __future__ import annotations

from datetime import date

from definitions import ONE_DAY, ModelError, format_money, periods, ratio, read_definitions
from lines import group_names, view
from renewals import Agreement, RenewalLine, agreements, discount, lines_due
from resampling import wilson_interval

RENEWALS_COLUMNS = (
    "period_start period_end due_count pending_count renewed_count upgraded_count downgraded_count lost_count "
    "early_termination_count free_count early_count on_time_count late_count due_mrr pending_mrr kept_mrr upgrade_mrr "
    "downgrade_mrr lost_mrr renewal_rate renewal_rate_low renewal_rate_high gross_renewal_rate net_renewal_rate "
    "first_count first_kept_count first_renewal_rate first_discount first_renewed_discount first_discount_change "
    "open_ended_mrr"
).split()
KEPT = ("renewed", "upgraded", "downgraded")
GONE = ("lost", "early_termination")


def renewals(book: dict, definitions: dict, start: str, end: str, *, by=None, known_on=None) -> list[dict]:
    """A row per group and period, also of periods that are still to come: what falls due then is pending."""
    switches = read_definitions(definitions)
    asked = periods(start, end, switches)
    names = group_names(book, by, RENEWALS_COLUMNS)
    if "product" in names and switches["renewal_unit"] == "customer":
        raise ModelError("invalid_argument")
    seen = view(book, definitions, names, "customer", known_on)
    seen.check_sums(asked[-1][1] - ONE_DAY)
    lines = lines_due(book, switches, asked[0][0], asked[-1][1], known_on)
    open_ended = [each for each in agreements(book, switches, seen.known_on) if each.end is None and each.term_end is None]
    rows = []
    for group, units in seen.groups():
        mine = {unit.identity for unit in units}

        def is_mine(customer_id: str, product: str | None) -> bool:
            return (customer_id, product if "product" in names else None) in mine

        its_lines = [line for line in lines if is_mine(*line.unit)]
        its_open_ended = [each for each in open_ended if is_mine(each.customer_id, each.product)]
        for first_day, end_day in asked:
            row = renewals_row(first_day, end_day, its_lines, its_open_ended, seen.digits)
            rows.append(dict(zip(seen.names, group)) | {column: row[column] for column in RENEWALS_COLUMNS})
    return rows


def renewals_row(first_day: date, end_day: date, lines: list[RenewalLine], open_ended: list[Agreement], digits: int) -> dict:
    lines = [line for line in lines if first_day <= line.due_on < end_day]
    due = [line for line in lines if line.outcome != "free"]
    decided = [line for line in due if line.outcome != "pending"]
    kept = [line for line in decided if line.outcome in KEPT]
    gone = [line for line in decided if line.outcome in GONE]

    def count(outcome: str) -> int:
        return sum(1 for line in lines if line.outcome == outcome)

    due_mrr = sum(line.due_mrr for line in due)
    pending_mrr = sum(line.due_mrr for line in due if line.outcome == "pending")
    kept_mrr = sum(min(line.due_mrr, line.renewed_mrr) for line in kept)
    upgrade_mrr = sum(max(line.renewed_mrr - line.due_mrr, 0) for line in kept)
    downgrade_mrr = sum(max(line.due_mrr - line.renewed_mrr, 0) for line in kept)
    low, high = wilson_interval(len(kept), len(decided))
    return {
        "period_start": first_day.isoformat(),
        "period_end": end_day.isoformat(),
        "due_count": len(due),
        **{f"{outcome}_count": count(outcome) for outcome in ("pending", *KEPT, "early_termination", "free")},
        "lost_count": len(gone),
        **{f"{timing}_count": sum(1 for line in kept if line.timing == timing) for timing in ("early", "on_time", "late")},
        "due_mrr": format_money(due_mrr, digits),
        "pending_mrr": format_money(pending_mrr, digits),
        "kept_mrr": format_money(kept_mrr, digits),
        "upgrade_mrr": format_money(upgrade_mrr, digits),
        "downgrade_mrr": format_money(downgrade_mrr, digits),
        "lost_mrr": format_money(sum(line.due_mrr for line in gone), digits),
        "renewal_rate": ratio(len(kept), len(decided)),
        "renewal_rate_low": low,
        "renewal_rate_high": high,
        "gross_renewal_rate": ratio(kept_mrr, due_mrr - pending_mrr),
        "net_renewal_rate": ratio(kept_mrr + upgrade_mrr, due_mrr - pending_mrr),
        **first_renewals([line for line in decided if line.is_first]),
        "open_ended_mrr": format_money(sum(each.mrr for each in open_ended if each.start < end_day), digits),
    }


def first_renewals(decided: list[RenewalLine]) -> dict:
    """Of lines that are first: how many were kept, and how their discount changed."""
    kept = [line for line in decided if line.outcome in KEPT]
    priced = [line for line in kept if line.prices is not None and line.renewed_prices is not None]
    before, after = sums([line.prices for line in priced]), sums([line.renewed_prices for line in priced])
    change = None
    if before[0] > 0 and after[0] > 0:
        change = ratio(before[1] * after[0] - after[1] * before[0], before[0] * after[0])
    return {
        "first_count": len(decided),
        "first_kept_count": len(kept),
        "first_renewal_rate": ratio(len(kept), len(decided)),
        "first_discount": discount(before),
        "first_renewed_discount": discount(after),
        "first_discount_change": change,
    }


def sums(prices: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(each for each, _ in prices), sum(each for _, each in prices)
