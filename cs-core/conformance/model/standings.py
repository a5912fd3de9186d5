"""How a customer's contracts stand at the close of a day: what notices leave of them, and when they fall due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from contracts import contracts_that_count, known_contracts
from definitions import parse_day


@dataclass(frozen=True)
class Standing:
    mrr: int  # the most that is paid on a day from now on without contracts under notice
    stays: bool  # whether that makes a customer
    is_noticed: bool  # whether a contract in force is under notice
    due: date | None  # the first day on which one in force falls due
    end: date | None  # the last end; None if open


def standing(book: dict, switches: dict, name: str, day: date, *, known_on: date | None = None) -> Standing:
    """At the close of the day, by what was known then or on another day."""
    known_on = known_on or day
    rows = {row["contract_id"]: row for row in known_contracts(book, known_on)}
    there = [
        contract for contract in contracts_that_count(book, switches, known_on)
        if contract.customer_id == name and (contract.end is None or contract.end > day)
        and (contract.mrr > 0 or switches["free_counts"])
    ]  # fmt: skip
    noticed = {
        contract.contract_id for contract in there
        if rows[contract.contract_id].get("notice_date") is not None and rows[contract.contract_id].get("notice_withdrawn_on") is None
    }  # fmt: skip
    left = [contract for contract in there if contract.contract_id not in noticed]
    days = {day, *(contract.start for contract in left if contract.start > day)}
    in_force = [contract for contract in there if contract.start <= day]
    dues = [due(rows[contract.contract_id], contract.end, day) for contract in in_force]
    ends = [contract.end for contract in there]
    return Standing(
        max(sum(contract.mrr for contract in left if contract.in_force(each)) for each in days),
        bool(left),
        any(contract.contract_id in noticed for contract in in_force),
        min((each for each in dues if each is not None), default=None),
        None if None in ends else max(ends, default=None),
    )


def due(row: dict, end: date | None, day: date) -> date | None:
    """The end of the term, or its own if that is earlier; of one that renews itself that of a further term, still to come."""
    if row.get("term_end") is None:
        return end
    start, term_end = parse_day(row["start_date"]), parse_day(row["term_end"])
    if term_end > day or row.get("auto_renew") is False:
        return term_end if end is None else min(term_end, end)
    ends = further_terms(start, term_end, day)
    following = next((each for each in ends if each > day), None)
    return following if following is None or end is None else min(following, end)


def further_terms(start: date, term_end: date, day: date) -> list[date]:
    """The ends of all terms from the start on to some time after the day, not beyond the last day of all."""
    months = (term_end.year - start.year) * 12 + term_end.month - start.month
    is_of_months = months > 0 and months_after(start, months) == term_end
    days = (term_end - start).days
    ends = []
    for number in range(1, 12 * 400):
        try:
            end = months_after(start, number * months) if is_of_months else start + timedelta(days=number * days)
        except (OverflowError, ValueError):
            break
        if end > date(2200, 12, 31):
            break
        ends.append(end)
        if end > day:
            break
        if not is_of_months and len(ends) == 12 * 400 - 1:
            ends.append(start + timedelta(days=((day - start).days // days + 1) * days))
    return ends


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(number, day.day))
        except ValueError:
            continue
    raise ValueError
