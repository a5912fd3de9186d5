"""What comes of recommendations, and of champions who buy again where they go: second-order revenue."""

from __future__ import annotations

from datetime import date

from contracts import Contract, contracts_that_count, known_contracts
from definitions import LARGEST_MRR, ONE_DAY, ModelError, by_bytes, format_money, parse_day, periods, ratio, read_definitions, round_to_units
from lines import Unit, View, group_names, mrr_of, view
from purchases import paid_once, purchases
from renewals import agreements, successors

SECOND_ORDER_COLUMNS = (
    "period_start period_end source contracts customers new_customers mrr one_time_revenue share_of_mrr "
    "referring_customers unattributed_contracts closing_customers closing_mrr share_of_closing_mrr"
).split()
SOURCES = ("referral", "champion_move")
PRICES = ("mrr", "amount", "billing_period", "term_months", "list_mrr")


def second_order_revenue(book: dict, definitions: dict, start: str, end: str, *, by=None, known_on=None) -> list[dict]:
    """A row per group, period and source."""
    asked = periods(start, end, read_definitions(definitions))
    names = group_names(book, by, SECOND_ORDER_COLUMNS)
    if "product" in names:
        raise ModelError("invalid_argument")
    seen = view(book, definitions, names, "customer", known_on)
    asked = seen.known(asked)
    seen.check_sums(max((end_day - ONE_DAY for _, end_day in asked), default=date.min))
    # As signed: neither a notice nor a pause changes what was sold.
    priced = contracts_that_count(book, seen.switches | {"churn_date": "contract_end"}, seen.known_on)
    sold = Sold(book, seen, {each.contract_id: each for each in priced}, purchases(book, seen.switches, seen.known_on))
    rows = []
    for group, units in seen.groups():
        for first_day, end_day in asked:
            for source in SOURCES:
                row = sold.row(units, first_day, end_day, source)
                rows.append(dict(zip(seen.names, group)) | {column: row[column] for column in SECOND_ORDER_COLUMNS})
    return rows


class Sold:
    """The known contracts that count, with their prices, and what is paid once."""

    def __init__(self, book: dict, seen: View, priced: dict[str, Contract], once: list[dict]):
        self.priced, self.digits = priced, seen.digits
        self.once = {row["contract_id"] for row in once}
        counting = priced.keys() | self.once
        self.rows = [row for row in known_contracts(book, seen.known_on) if row["contract_id"] in counting]
        known = known_contracts(book, seen.known_on)
        later = followers(book, seen)
        # What is sold anew: nothing that renews another that recurs, be it said or only seen.
        customers = {row["contract_id"]: row["customer_id"] for row in known}
        self.anew = [row for row in self.rows if row["contract_id"] not in later and not self.renews(row, customers)]
        # The first contract of each customer says who brought it, or if it does not, the first before it that does.
        first: dict[str, dict] = {}
        before: dict[str, list[dict]] = {}
        for row in sorted(known, key=lambda row: (row["start_date"], by_bytes(row["contract_id"]))):
            if row["customer_id"] not in first:
                before.setdefault(row["customer_id"], []).append(row)
                if row["contract_id"] in counting:
                    first[row["customer_id"]] = row
        self.speaks = {
            row["contract_id"]: row if row.get("source") is not None else next((one for one in before[name] if one.get("source") is not None), row)
            for name, row in first.items()
        }
        self.won_by = {name: self.speaks[row["contract_id"]].get("source") for name, row in first.items()}

    def renews(self, row: dict, customers: dict[str, str]) -> bool:
        """Does it say that it renews another? After a trial, or what was paid once, a subscription renews nothing."""
        named = row.get("renews_contract_id")
        return named is not None and (named in self.priced or customers.get(named) != row["customer_id"])

    def speaker(self, row: dict) -> dict:
        return self.speaks.get(row["contract_id"], row)

    def row(self, units: list[Unit], first_day: date, end_day: date, source: str) -> dict:
        names = {unit.name for unit in units}
        begun = [row for row in self.anew if row["customer_id"] in names and first_day <= parse_day(row["start_date"]) < end_day]
        mine = [row for row in begun if self.speaker(row).get("source") == source]
        customers = {row["customer_id"] for row in mine}
        came = [unit for unit in units if unit.name in customers and in_period(unit.first_paying_day(), first_day, end_day)]
        last_day = end_day - ONE_DAY
        won = [unit for unit in units if self.won_by.get(unit.name) == source]
        closing = sum(mrr_of(unit.close(last_day)) for unit in won)
        mrr = self.mrr(mine)
        once = [round_to_units(paid_once(row), self.digits) for row in mine if row["contract_id"] in self.once]
        return {
            "period_start": first_day.isoformat(),
            "period_end": end_day.isoformat(),
            "source": source,
            "contracts": len(mine),
            "customers": len(customers),
            "new_customers": len(came),
            "mrr": self.told(mrr),
            "one_time_revenue": self.told(sum(once)),
            "share_of_mrr": ratio(mrr, self.mrr(begun)),
            "referring_customers": len({self.speaker(row).get("referred_by_customer_id") for row in mine} - {None}),
            "unattributed_contracts": sum(1 for row in mine if not is_attributed(self.speaker(row))),
            "closing_customers": sum(1 for unit in won if unit.paying(last_day)),
            "closing_mrr": self.told(closing),
            "share_of_closing_mrr": ratio(closing, sum(mrr_of(unit.close(last_day)) for unit in units)),
        }

    def mrr(self, rows: list[dict]) -> int:
        return sum(self.priced[row["contract_id"]].mrr for row in rows if row["contract_id"] in self.priced)

    def told(self, amount: int) -> str:
        if amount > LARGEST_MRR:
            raise ModelError("overflow")
        return format_money(amount, self.digits)


def followers(book: dict, seen: View) -> set[str]:
    """The contracts that follow one that ends, as renewals match them; that asks for no prices."""
    free = [{column: value for column, value in row.items() if column not in PRICES} | {"mrr": "0"} for row in book["contracts"]]
    found, _ = successors(agreements(book | {"contracts": free}, seen.switches, seen.known_on), seen.switches)
    return {each.contract_id for some in found.values() for each in some}


def in_period(day: date | None, first_day: date, end_day: date) -> bool:
    return day is not None and first_day <= day < end_day


def is_attributed(row: dict) -> bool:
    return row.get("referred_by_customer_id") is not None or row.get("referred_by_person_id") is not None
