"""A customer's line: what it has at the close of each day, gaps filled; and the units and groups that are looked at.

Section 2, steps 5 and 6, and of section 3 the parts on `by` and parents.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Iterable

from contracts import Carried, Contract, contracts_that_count, known_contracts, known_customers
from definitions import LARGEST_MRR, ONE_DAY, ModelError, by_bytes, every_day, money_digits, parse_optional_day, period_start, read_definitions

# What is in force at a close: contract id -> what it carries. Overlapping contracts add up.
Composition = dict[str, Carried]


def mrr_of(composition: Composition) -> int:
    return sum(carried.mrr for carried in composition.values())


def arr_of(composition: Composition) -> int:
    return sum(carried.arr for carried in composition.values())


def is_paying(composition: Composition, switches: dict) -> bool:
    """Is there MRR? With `free_counts` *active*, a contract in force even at 0, stands for *paying* everywhere."""
    return len(composition) > 0 if switches["free_counts"] else mrr_of(composition) > 0


# ---------------------------------------------------------------------------------------------------------------
# Section 2, steps 5 and 6: a customer's line
# ---------------------------------------------------------------------------------------------------------------


@dataclass
class Line:
    """One customer: `closes[i]` is what it has at the close of `days[i]` and of every day before `days[i + 1]`."""

    customer_id: str
    days: list[date]
    closes: list[Composition]
    provisional_from: date | None = None  # from this day on the line is filled for want of news

    def close(self, day: date) -> Composition:
        """What the customer has at the close of the day; before its first contract it has nothing."""
        number = bisect_right(self.days, day)
        return self.closes[number - 1] if number > 0 else {}

    def is_provisional(self, day: date) -> bool:
        return self.provisional_from is not None and self.provisional_from <= day


def customer_line(contracts: list[Contract], switches: dict, known_on: date | None, *, skip_quiet_days: bool = True) -> Line:
    """The line of the customer who has these contracts.

    On a quiet day nothing starts, ends or changes, and its close is the close of the day before: skipping it saves
    time and changes nothing, which the tests check by not skipping.
    """
    days = sorted(set().union(*(contract.busy_days() for contract in contracts)))
    if not skip_quiet_days:
        days = list(every_day(days[0], days[-1]))  # after the last one all days are quiet
    closes = [{contract.contract_id: contract.carried(day) for contract in contracts if contract.in_force(day)} for day in days]
    line = Line(contracts[0].customer_id, days, closes)
    fill_gaps(line, switches, known_on)
    return line


def fill_gaps(line: Line, switches: dict, known_on: date | None) -> None:
    """Step 6: a run of at most G unpaid days between two paid ones has the composition of the day before it.

    A run that is still open is churn where the book is complete. Where it is known up to `known_on`, the run is
    filled, provisionally, as long as it is no longer than G there.
    """
    tolerance = switches["gap_tolerance_days"]
    paying = [is_paying(close, switches) for close in line.closes]
    last = None  # the latest paying day before
    for number, day in enumerate(line.days):
        if not paying[number]:
            continue
        if last is not None and last + 1 < number:
            first_unpaid = line.days[last + 1]
            if (day - first_unpaid).days <= tolerance:
                line.closes[last + 1 : number] = [line.closes[last]] * (number - last - 1)
        last = number

    if known_on is not None and last is not None and last + 1 < len(line.days):
        first_unpaid = line.days[last + 1]
        if first_unpaid <= known_on and (known_on - first_unpaid).days + 1 <= tolerance:
            line.closes[last + 1 :] = [line.closes[last]] * (len(line.days) - last - 1)
            line.provisional_from = first_unpaid


def customer_lines(contracts: list[Contract], switches: dict, known_on: date | None) -> dict[str, Line]:
    of_customer: dict[str, list[Contract]] = {}
    for contract in contracts:
        of_customer.setdefault(contract.customer_id, []).append(contract)
    return {name: customer_line(its_contracts, switches, known_on) for name, its_contracts in of_customer.items()}


# ---------------------------------------------------------------------------------------------------------------
# Section 3: units and groups
# ---------------------------------------------------------------------------------------------------------------


@dataclass
class Unit:
    """What is counted and classified: a customer, or a top parent with the lines of all below it summed; by product,
    that part of it which is of one product."""

    name: str
    lines: list[Line]
    switches: dict
    by_product: bool = False
    product: str | None = None  # by product only; the absent product is one
    group: tuple[str | None, ...] = ()
    _closes: dict[date, Composition] = field(default_factory=dict)  # those already looked at

    @property
    def identity(self) -> tuple[str, str | None]:
        return self.name, self.product

    def days(self) -> list[date]:
        """The days on which something may change, in order."""
        return sorted(set().union(*(line.days for line in self.lines)))

    def close(self, day: date) -> Composition:
        if day not in self._closes:
            self._closes[day] = self.part(line.close(day) for line in self.lines)
        return self._closes[day]

    def provisional(self, day: date) -> Composition:
        """That part of the close which is there only because a gap is still open."""
        return self.part(line.close(day) for line in self.lines if line.is_provisional(day))

    def part(self, closes) -> Composition:
        """The closes of several customers in one; by product, what is of this product."""
        return {
            contract_id: carried
            for close in closes
            for contract_id, carried in close.items()
            if not self.by_product or carried.product == self.product
        }

    def paying(self, day: date) -> bool:
        return is_paying(self.close(day), self.switches)

    def first_paying_day(self) -> date | None:
        return next((day for day in self.days() if self.paying(day)), None)

    def cohort(self) -> date | None:
        """Section 5: the first day of the period that holds the first paying day; None if it never pays."""
        day = self.first_paying_day()
        return None if day is None else period_start(day, self.switches)


def group_names(book: dict, by, output_columns: list[str]) -> list[str]:
    """The names in `by`, each an attribute of customers, `cohort` or `product`."""
    names = [by] if isinstance(by, str) else list(by or [])
    if len(set(names)) < len(names) or set(names) & set(output_columns):
        raise ModelError("invalid_argument")
    attribute_names(book, set(names) - {"cohort", "product"})
    for name in names:
        if name in ("acquisition_cost", "onboarding_cost", "potential_mrr", "fit"):
            raise NotImplementedError(f"by={name!r}: the text of an amount or a score")
    return names


def attribute_names(book: dict, names: Iterable[str]) -> None:
    """Refuses a name that is no column of customers, unless there are none."""
    attributes = {"customer_id"}.union(*(row.keys() for row in book.get("customers") or []))
    if (book.get("customers") or book["contracts"]) and not set(names) <= attributes:
        raise ModelError("unknown_attribute")


def attribute_text(value) -> str | None:
    """An attribute as text: text and dates as they are, true and false, whole numbers."""
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def top_parents(customers: dict[str, dict | None]) -> dict[str, str]:
    """Each customer's top parent: its parent's parent's ..., itself if it has none. A customer of whom no version is
    known has no parent that is known."""
    parents = {name: row.get("parent_id") if row is not None else None for name, row in customers.items()}
    for parent in parents.values():
        if parent is not None and parent not in parents:
            raise ModelError("unknown_parent")
    tops = {}
    for name in parents:
        top, steps = name, 0
        while parents[top] is not None:
            top, steps = parents[top], steps + 1
            if steps > len(parents):
                raise ModelError("parent_cycle")
        tops[name] = top
    return tops


@dataclass
class View:
    """What an operation looks at."""

    switches: dict
    digits: int
    names: list[str]  # the group columns
    units: list[Unit]  # in the order of their names
    known_on: date | None

    def groups(self) -> list[tuple[tuple[str | None, ...], list[Unit]]]:
        """The groups in order, null last, each with its units; ungrouped everything is one group, be it empty."""
        if not self.names:
            return [((), self.units)]
        keys = {unit.group for unit in self.units}
        ordered = sorted(keys, key=lambda key: [(text is None, by_bytes(text or "")) for text in key])
        return [(key, [unit for unit in self.units if unit.group == key]) for key in ordered]

    def known(self, periods: list[tuple[date, date]]) -> list[tuple[date, date]]:
        """Those periods whose close is not after `known_on`: the others are absent."""
        return [(first, end) for first, end in periods if self.known_on is None or end - ONE_DAY <= self.known_on]

    def check_sums(self, last_day: date) -> None:
        """No customer, and at level "parent" no top parent, may have more than fits, up to the last close looked at."""
        for unit in self.units:
            whole = Unit(unit.name, unit.lines, self.switches)
            for part in [*whole.lines, whole]:
                days = part.days() if isinstance(part, Unit) else part.days
                if any(mrr_of(part.close(day)) > LARGEST_MRR for day in days if day <= last_day):
                    raise ModelError("overflow")


def view(book: dict, definitions: dict, names: list[str], level: str, known_on: str | None) -> View:
    """The units of the book: a customer is there if it has a known contract of any kind; its product too."""
    return view_at(book, definitions, names, level, parse_optional_day(known_on))


def view_at(book: dict, definitions: dict, names: list[str], level: str, day: date | None) -> View:
    """The same of a day that may be after the last of all days, as a period's close may be."""
    assert level in ("customer", "parent")
    switches = read_definitions(definitions)
    customers = known_customers(book, day)
    tops = top_parents(customers) if level == "parent" else {name: name for name in customers}
    lines = customer_lines(contracts_that_count(book, switches, day), switches, day)

    by_product = "product" in names
    lines_of: dict[tuple[str, str | None], dict[str, Line]] = {}
    for row in known_contracts(book, day):
        customer_id, top = row["customer_id"], tops[row["customer_id"]]
        its_lines = lines_of.setdefault((top, row.get("product") if by_product else None), {})
        if customer_id in lines:
            its_lines[customer_id] = lines[customer_id]
    units = []
    for (name, product), its_lines in lines_of.items():
        unit = Unit(name, list(its_lines.values()), switches, by_product, product)
        unit.group = tuple(group_text(unit, column, customers[name]) for column in names)
        units.append(unit)
    units.sort(key=lambda unit: (by_bytes(unit.name), unit.product is None, by_bytes(unit.product or "")))
    return View(switches, money_digits(book, switches), names, units, day)


def group_text(unit: Unit, column: str, customer: dict | None) -> str | None:
    """The text of a group column for a unit; `customer`: the known version of the customer or top parent."""
    if column == "customer_id":
        return unit.name  # known from the contract, whatever is known of the customer
    if column == "product":
        return unit.product
    if column == "cohort":
        cohort = unit.cohort()
        return None if cohort is None else cohort.isoformat()
    return attribute_text(customer.get(column)) if customer is not None else None
