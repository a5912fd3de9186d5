"""What became of those who paid, looked at closely: section 6, the questions behind a rate of retention.

Who pays more than before, which industry leaves, how products fare, what a first renewal does to the discount, and what
those pay who have been there for years. All by what was known at the close of a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from contracts import known_customers, last_seen
from definitions import ONE_DAY, ModelError, format_money, parse_day, ratio, round_to_units
from lines import Unit, View, group_names, mrr_of, view
from renewals import RenewalLine, lines_due
from resampling import wilson_interval
from standings import months_after

SMALL_SAMPLE = 30  # fewer customers than this say little
LOCALES = ("en", "ja")  # of the answers in words, which are not modelled
CHANGES = ("expanded", "unchanged", "contracted", "lost")
OUTCOMES = {"renewed": ("renewed", "upgraded", "downgraded"), "lost": ("lost", "early_termination"), "pending": ("pending",)}
COLUMNS = {
    "expansion": "change customers share_of_customers opening_mrr closing_mrr share_of_opening_mrr".split(),
    "churn_by_industry": (
        "industry opening_customers lost_customers customer_churn customer_churn_low customer_churn_high small_sample "
        "opening_mrr lost_mrr mrr_churn"
    ).split(),
    "products": (
        "product opening_customers lost_customers new_customers opening_mrr retained_mrr expansion_mrr closing_mrr grr nrr growth"
    ).split(),
    "first_renewals": "outcome lines due_mrr renewed_mrr with_discount discount renewed_discount discount_change".split(),
    "long_standing": "standing customers starting_mrr latest_mrr starting_average latest_average growth".split(),
}


def drilldown(
    book: dict, definitions: dict, as_of: str, *, months: int = 12, industry: str | None = None, years: int = 3, locale: str = "en"
) -> dict[str, list[dict]]:  # fmt: skip
    """A table per question: from the close before so many months up to that of the day, and over the years before it."""
    if not 1 <= months <= 120 or not 1 <= years <= 20 or locale not in LOCALES:
        raise ModelError("invalid_argument")
    day = last_seen(book, as_of)
    as_of = day.isoformat()  # what was known later is not looked at
    window_start = months_after(day + ONE_DAY, -months)
    seen = view(book, definitions, industry_names(book, industry), "customer", as_of)
    seen.check_sums(day)
    own = changes(seen.units, window_start - ONE_DAY, day)
    lines = lines_due(book, seen.switches, window_start, day + ONE_DAY, as_of)
    return {
        "expansion": expansion(own, seen.digits),
        "churn_by_industry": churn_by_industry(seen, window_start - ONE_DAY, day),
        "products": products(book, definitions, as_of, window_start - ONE_DAY, day),
        "first_renewals": first_renewals([line for line in lines if line.is_first], seen.digits),
        "long_standing": long_standing(seen, day, months_after(day, -12 * years)),
    }


def industry_names(book: dict, industry: str | None) -> list[str]:
    """The attribute that is asked for; else `industry`, if customers have such a column."""
    if industry in ("cohort", "product") and known_customers(book, None):
        raise ModelError("unknown_attribute")  # no column of customers
    if industry is not None:
        return group_names(book, industry, [])
    return ["industry"] if any("industry" in row for row in book.get("customers") or []) else []


def told(table: str, *cells) -> dict:
    return dict(zip(COLUMNS[table], cells, strict=True))


# ---------------------------------------------------------------------------------------------------------------
# From one close to another
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """What a unit pays at both closes, and whether it does."""

    opening: int
    closing: int
    paid: bool
    pays: bool

    @property
    def name(self) -> str:
        """What became of one who paid."""
        if not self.pays:
            return "lost"
        if self.closing == self.opening:
            return "unchanged"
        return "expanded" if self.closing > self.opening else "contracted"


def changes(units: Iterable[Unit], first: date, last: date) -> list[Change]:
    return [Change(mrr_of(unit.close(first)), mrr_of(unit.close(last)), unit.paying(first), unit.paying(last)) for unit in units]


def opening_of(some: list[Change]) -> int:
    return sum(each.opening for each in some)


def expansion(own: list[Change], digits: int) -> list[dict]:
    """A row per change of those who paid."""
    there, rows = [each for each in own if each.paid], []
    for name in CHANGES:
        mine = [each for each in there if each.name == name]
        amounts = (format_money(units, digits) for units in (opening_of(mine), sum(each.closing for each in mine)))
        rows.append(told("expansion", name, len(mine), ratio(len(mine), len(there)), *amounts, ratio(opening_of(mine), opening_of(there))))
    return rows


def churn_by_industry(seen: View, first: date, last: date) -> list[dict]:
    """A row per group: how many of those who paid do no more, and how much they paid."""
    rows = []
    for group, units in seen.groups():
        there = [each for each in changes(units, first, last) if each.paid]
        lost = [each for each in there if not each.pays]
        churn = (ratio(len(lost), len(there)), *wilson_interval(len(lost), len(there)), len(there) < SMALL_SAMPLE)
        amounts = (format_money(opening_of(some), seen.digits) for some in (there, lost))
        name = group[0] if group else None
        rows.append(told("churn_by_industry", name, len(there), len(lost), *churn, *amounts, ratio(opening_of(lost), opening_of(there))))
    return rows


def products(book: dict, definitions: dict, as_of: str, first: date, last: date) -> list[dict]:
    """A row per product of a known contract, of customers with what they pay for it."""
    seen = view(book, definitions, ["product"], "customer", as_of)
    rows = []
    for group, units in seen.groups():
        own = changes(units, first, last)
        there = [each for each in own if each.paid]
        opening, closing = opening_of(there), sum(each.closing for each in own)
        retained = sum(min(each.opening, each.closing) for each in there)
        more = sum(max(each.closing - each.opening, 0) for each in there)
        counts = (len(there), sum(not each.pays for each in there), sum(each.pays and not each.paid for each in own))
        amounts = (format_money(units, seen.digits) for units in (opening, retained, more, closing))
        rates = (ratio(retained, opening), ratio(retained + more, opening), ratio(closing - opening, opening))
        rows.append(told("products", group[0] if group else None, *counts, *amounts, *rates))
    return rows


# ---------------------------------------------------------------------------------------------------------------
# First renewals
# ---------------------------------------------------------------------------------------------------------------


def first_renewals(lines: list[RenewalLine], digits: int) -> list[dict]:
    """A row per outcome of lines that fell due for the first time; what is free is in none."""
    rows = []
    for outcome, those in OUTCOMES.items():
        mine, is_kept = [line for line in lines if line.outcome in those], outcome == "renewed"
        amounts = (format_money(units, digits) for units in (sum(line.due_mrr for line in mine), sum(line.renewed_mrr for line in mine)))
        discounts = [(exact_discount(line.prices), exact_discount(line.renewed_prices)) for line in mine]
        known = [(before, after) for before, after in discounts if before is not None and (after is not None or not is_kept)]
        afterwards = [mean([after for _, after in known]), mean([after - before for before, after in known])] if is_kept else [None, None]
        rows.append(told("first_renewals", outcome, len(mine), *amounts, len(known), mean([before for before, _ in known]), *afterwards))
    return rows


def exact_discount(prices: tuple[int, int] | None) -> Fraction | None:
    """The share of the list price that is not paid."""
    return None if prices is None else Fraction(prices[0] - prices[1], prices[0])


def mean(shares: list[Fraction]) -> float | None:
    return float(sum(shares) / len(shares)) if shares else None


# ---------------------------------------------------------------------------------------------------------------
# Those who came years ago
# ---------------------------------------------------------------------------------------------------------------


def long_standing(seen: View, day: date, since: date) -> list[dict]:
    """Of those who first paid by then, what they started with beside what they pay, or paid last."""
    first_days = [(unit, unit.first_paying_day()) for unit in seen.units]
    there = [(unit, first) for unit, first in first_days if first is not None and first <= since]
    rows = []
    for standing in ("staying", "lost"):
        mine = [(unit, first) for unit, first in there if unit.paying(day) == (standing == "staying")]
        starting = sum(mrr_of(unit.close(first)) for unit, first in mine)
        latest = sum(mrr_of(unit.close(last_paying_change(unit, day))) for unit, _ in mine)
        amounts = (format_money(units, seen.digits) for units in (starting, latest))
        averages = (format_money(round_to_units(Fraction(units, len(mine)), 0), seen.digits) if mine else None for units in (starting, latest))
        rows.append(told("long_standing", standing, len(mine), *amounts, *averages, ratio(latest - starting, starting)))
    return rows


def last_paying_change(unit: Unit, day: date) -> date:
    """The last day up to this one on which something changes and it pays; what it pays then, it pays until it leaves."""
    return max(change for change in unit.days() if change <= day and unit.paying(change))
