"""Contracts that fall due, and what became of them: section 6, renewals, by the page on renewals.

Raw dates count: neither notices before the end, nor gaps, nor pauses play a part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Iterator

from contracts import contract_end, contracts_that_count, known_contracts, last_seen
from definitions import (
    LARGEST_MRR,
    LAST_DAY,
    ONE_DAY,
    ModelError,
    by_bytes,
    format_money,
    money_digits,
    parse_day,
    parse_optional_day,
    periods,
    ratio,
    read_definitions,
)
from standings import months_after

RENEWAL_LINE_COLUMNS = (
    "customer_id product due_on outcome timing is_first due_mrr renewed_mrr discount renewed_discount contract_ids renewed_by"
).split()
RUNS_ON, ENDS, ENDS_EARLY = "runs on", "ends", "ends early"


# ---------------------------------------------------------------------------------------------------------------
# Contracts and the days on which they fall due
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agreement:
    """A contract that counts, with what renewals ask of it. Its end and its price are as known; amounts in units."""

    contract_id: str
    customer_id: str
    product: str | None
    unit: tuple[str, str | None]  # the customer, and its product if `renewal_unit` asks for it
    start: date
    end: date | None
    term_end: date | None
    renews_itself: bool
    mrr: int
    net_mrr: int
    list_mrr: int | None
    follows: str | None  # the contract that it names: another of this customer that counts

    @property
    def place(self) -> tuple[date, bytes]:
        """Of several the first: by start, then by id."""
        return self.start, by_bytes(self.contract_id)

    @property
    def first_due(self) -> date | None:
        if self.term_end is not None and (self.end is None or self.term_end < self.end):
            return self.term_end
        return self.end

    @property
    def ends_early(self) -> bool:
        """Does it end within a term?"""
        if self.end is None or self.term_end is None:
            return False
        if not self.renews_itself:
            return self.end < self.term_end
        return next(day for day in self.term_ends() if day >= self.end) > self.end

    def term_ends(self) -> Iterator[date]:
        """The end of the first term and of every further one: whole months from the start if the first term is, else days."""
        months = (self.term_end.year - self.start.year) * 12 + self.term_end.month - self.start.month
        is_of_months = months > 0 and months_after(self.start, months) == self.term_end
        days = self.term_end - self.start
        number = 1
        while True:
            yield months_after(self.start, number * months) if is_of_months else self.start + number * days
            number += 1

    def term_after(self, day: date) -> date | None:
        """The end of the first term or, of one that renews itself, of a further one, that comes behind the day."""
        if self.term_end is None or (self.term_end <= day and not self.renews_itself):
            return None
        following = (each for each in self.term_ends() if each > day or each > LAST_DAY)
        end = next(following)
        return end if end <= LAST_DAY else None

    def runs_on(self, last: date) -> Iterator[date]:
        """The days up to `last` on which it is due and goes on all the same."""
        if self.term_end is None:
            return
        for day in self.term_ends():
            if day > last or (self.end is not None and day >= self.end):
                return
            yield day
            if not self.renews_itself:
                return


def agreements(book: dict, switches: dict, known_on: date | None) -> list[Agreement]:
    """The contracts known on the day that are looked at, in no order."""
    raw = switches | {"churn_date": "contract_end"}
    priced = {
        way: {contract.contract_id: contract.mrr for contract in contracts_that_count(book, raw | {"discounts": way}, known_on)}
        for way in ("net", "list")
    }
    rows = {row["contract_id"]: row for row in known_contracts(book, known_on) if row["contract_id"] in priced["net"]}
    result = []
    for contract_id, row in rows.items():
        named = rows.get(row.get("renews_contract_id"))
        is_link = named is not None and named is not row and named["customer_id"] == row["customer_id"]
        by_product = switches["renewal_unit"] == "customer_product"
        result.append(
            Agreement(
                contract_id=contract_id,
                customer_id=row["customer_id"],
                product=row.get("product"),
                unit=(row["customer_id"], row.get("product") if by_product else None),
                start=parse_day(row["start_date"]),
                end=contract_end(row),
                term_end=parse_optional_day(row.get("term_end")),
                renews_itself=row.get("auto_renew") is not False,
                mrr=priced[switches["discounts"]][contract_id],
                net_mrr=priced["net"][contract_id],
                list_mrr=None if row.get("list_mrr") is None else priced["list"][contract_id],
                follows=named["contract_id"] if is_link else None,
            )
        )
    return result


def successors(all_of_them: list[Agreement], switches: dict) -> tuple[dict[str, list[Agreement]], set[str]]:
    """What follows each contract that ends and is followed: all that name it and are not over; else what is there and free. And which
    contracts follow one that came to a term.

    Everything that ends takes its turn, whatever range is asked, be it ahead or long ago.
    """
    in_order = sorted(all_of_them, key=lambda each: each.place)
    linked: dict[str, list[Agreement]] = {}
    for each in in_order:
        if each.follows is not None:
            linked.setdefault(each.follows, []).append(each)
    early, grace = timedelta(days=switches["early_days"]), timedelta(days=switches["renewal_grace_days"])
    free = [each for each in in_order if each.follows is None]
    later = {each.contract_id for each in in_order if each.follows is not None}
    found = {}
    for due in sorted((each for each in in_order if each.end is not None), key=lambda each: (each.end, each.place)):
        fitting = [
            each for each in free
            if each.unit == due.unit and each.start > due.start and due.end - early <= each.start <= due.end + grace
            and (each.end is None or each.end > due.end)
        ]  # fmt: skip
        followers = [each for each in linked.get(due.contract_id, []) if each.end is None or each.end > due.end] or fitting[:1]
        if not followers:
            continue
        found[due.contract_id] = followers
        free = [each for each in free if each not in followers]
        # What takes the place of one that was amended before it came to a term comes to the first itself.
        came_to_a_term = not due.ends_early or due.first_due != due.end or due.contract_id in later
        names = {each.contract_id for each in followers}
        later = later | names if came_to_a_term else later - names
    return found, later


def begun(book: dict, switches: dict, name: str, first: date, known_on: date | None) -> set[Agreement]:
    """The contracts in force on the customer's first day, and in the place of what was amended what did so."""
    own = [each for each in agreements(book, switches, known_on) if each.customer_id == name]
    found, _ = successors(own, switches)
    result = {each for each in own if each.start <= first and (each.end is None or first < each.end) and (each.mrr > 0 or switches["free_counts"])}
    for each in sorted((each for each in own if each.end is not None), key=lambda each: (each.end, each.place)):
        if each in result and each.ends_early and each.contract_id in found:
            result = result - {each} | set(found[each.contract_id])
    return result


def first_term_end(book: dict, switches: dict, name: str, first: date, known_on: date | None) -> date | None:
    """The first end of a term behind the customer's first day of those that it begins with."""
    return min((end for each in begun(book, switches, name, first, known_on) if (end := each.term_after(first)) is not None), default=None)


def first_due(book: dict, switches: dict, name: str, first: date, known_on: date | None) -> date | None:
    """The same, of those without a term that they end."""
    own = begun(book, switches, name, first, known_on)
    return min((end for each in own if (end := each.term_after(first) or each.end) is not None), default=None)


def replaced(book: dict, switches: dict, day: date, until: date) -> set[str]:
    """The contracts that would renew themselves behind the day, and in whose place others are signed by then."""
    known = agreements(book, switches, day)
    planned = {each: each.term_after(day) for each in known if each.renews_itself and each.start <= day}
    ending = {each.contract_id: end for each, end in planned.items() if end is not None and end <= until and (each.end is None or end < each.end)}
    found, _ = successors([replace(each, end=ending.get(each.contract_id, each.end)) for each in known], switches)
    early = timedelta(days=switches["early_days"])
    return {name for name, end in ending.items() if any(end - early <= each.start <= until for each in found.get(name, []))}


# ---------------------------------------------------------------------------------------------------------------
# Lines: the contracts of one unit that are due on one day
# ---------------------------------------------------------------------------------------------------------------


@dataclass
class RenewalLine:
    unit: tuple[str, str | None]
    due_on: date
    due: list[tuple[Agreement, str]]  # in order, each with how it is due
    followers: list[Agreement]  # in order
    is_open: bool  # may a follower still come?
    is_first: bool

    @property
    def due_mrr(self) -> int:
        return sum(each.mrr for each, _ in self.due)

    @property
    def renewed_mrr(self) -> int:
        return sum(each.mrr for each in self.followers)

    @property
    def outcome(self) -> str:
        if self.due_mrr == 0:
            return "free"
        if self.is_open and self.renewed_mrr < self.due_mrr:
            return "pending"
        if not self.followers:
            return "early_termination" if all(how == ENDS_EARLY for _, how in self.due) else "lost"
        if self.renewed_mrr == self.due_mrr:
            return "renewed"
        return "upgraded" if self.renewed_mrr > self.due_mrr else "downgraded"

    @property
    def timing(self) -> str | None:
        if not self.followers:
            return None
        own = [each for each, _ in self.due]
        latest = max((each.start for each in self.followers if each not in own), default=self.due_on)
        if latest == self.due_on:
            return "on_time"
        return "early" if latest < self.due_on else "late"

    @property
    def prices(self) -> tuple[int, int] | None:
        """The sums of the list prices and of what is paid; none if a contract has no list price."""
        return prices_of([each for each, _ in self.due])

    @property
    def renewed_prices(self) -> tuple[int, int] | None:
        return prices_of(self.followers)


def prices_of(all_of_them: list[Agreement]) -> tuple[int, int] | None:
    if not all_of_them or any(each.list_mrr is None for each in all_of_them):
        return None
    if sum(each.list_mrr for each in all_of_them) == 0:
        return None
    return sum(each.list_mrr for each in all_of_them), sum(each.net_mrr for each in all_of_them)


def discount(prices: tuple[int, int] | None) -> float | None:
    """The share of the list price that is not paid; below zero if more than that is paid."""
    return None if prices is None else ratio(prices[0] - prices[1], prices[0])


def lines_due(book: dict, switches: dict, first_day: date, end_day: date, known_on: str | None) -> list[RenewalLine]:
    """The lines due on first_day <= day < end_day, by customer, day and product."""
    seen = last_seen(book, known_on)
    all_of_them = agreements(book, switches, parse_optional_day(known_on))
    found, later = successors(all_of_them, switches)
    due: dict[tuple, list[tuple[Agreement, str]]] = {}
    for each in sorted(all_of_them, key=lambda each: each.place):
        # Days after the last of all are none, even where a period runs beyond it.
        days = [(day, RUNS_ON) for day in each.runs_on(min(end_day - ONE_DAY, LAST_DAY))]
        if each.end is not None and not (each.ends_early and each.contract_id in found):  # amended away
            days.append((each.end, ENDS_EARLY if each.ends_early else ENDS))
        for day, how in days:
            if first_day <= day < end_day:
                due.setdefault((each.unit, day), []).append((each, how))

    lines = [line_of(unit, day, its_due, found, later, seen, switches) for (unit, day), its_due in due.items()]
    lines.sort(key=lambda line: (by_bytes(line.unit[0]), line.due_on, line.unit[1] is None, by_bytes(line.unit[1] or "")))
    return lines


def line_of(unit, day: date, due: list[tuple[Agreement, str]], found: dict, later: set[str], seen: date, switches: dict) -> RenewalLine:
    followers: set[Agreement] = set()
    is_open = False
    for each, how in due:
        if how == RUNS_ON:
            its_own = [each] if day <= seen or each.end is not None else []
            is_open = is_open or not its_own
        else:
            its_own = found.get(each.contract_id, [])
            is_open = is_open or seen < day + timedelta(days=switches["renewal_grace_days"])
        followers |= set(its_own)
    is_first = all(day == each.first_due and each.contract_id not in later for each, _ in due)
    in_order = sorted(followers, key=lambda each: each.place)
    line = RenewalLine(unit, day, due, in_order, is_open, is_first)
    if max(line.due_mrr, line.renewed_mrr) > LARGEST_MRR:
        raise ModelError("overflow")
    return line


def renewal_lines(book: dict, definitions: dict, start: str, end: str, *, known_on=None) -> list[dict]:
    """A row per unit and day on which contracts of it are due."""
    switches = read_definitions(definitions)
    asked = periods(start, end, switches)
    digits = money_digits(book, switches)
    return [line_row(line, digits) for line in lines_due(book, switches, asked[0][0], asked[-1][1], known_on)]


def line_row(line: RenewalLine, digits: int) -> dict:
    return {
        "customer_id": line.unit[0],
        "product": line.unit[1],
        "due_on": line.due_on.isoformat(),
        "outcome": line.outcome,
        "timing": line.timing,
        "is_first": line.is_first,
        "due_mrr": format_money(line.due_mrr, digits),
        "renewed_mrr": format_money(line.renewed_mrr, digits),
        "discount": discount(line.prices),
        "renewed_discount": discount(line.renewed_prices),
        "contract_ids": [each.contract_id for each, _ in line.due],
        "renewed_by": [each.contract_id for each in line.followers],
    }
