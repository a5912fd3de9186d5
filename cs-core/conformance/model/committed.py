"""What customers pay by a coming day as far as it is signed, and how much of it may be lost: section 6, commitment."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from contracts import known_contracts, known_customers, last_seen
from definitions import FIRST_DAY, LARGEST_MRR, LAST_DAY, ModelError, format_money, parse_day, ratio, round_to_units
from lines import Unit, View, group_names, group_text, mrr_of, view
from renewals import replaced
from scores import exactly

COMMITTED_COLUMNS = (
    "until customers mrr signed_mrr upgrade_mrr downgrade_mrr withdrawal_mrr committed_mrr noticed_mrr loss_probability loss_source "
    "expected_loss_mrr expected_mrr"
).split()


def committed(book: dict, definitions: dict, as_of: str, horizon_days: int, *, by=None, loss_probability=None) -> list[dict]:
    """A row per group: what is paid at the close of the day, and what is signed for the close so many days later."""
    if not 1 <= horizon_days <= 3660 or (loss_probability is not None and not 0 <= loss_probability <= 1):
        raise ModelError("invalid_argument")
    day = parse_day(as_of)
    if day + timedelta(days=horizon_days) > LAST_DAY:
        raise ModelError("date_out_of_range")
    names = group_names(book, by, COMMITTED_COLUMNS)
    seen = view(book, definitions, names, "customer", as_of)
    seen.check_sums(day + timedelta(days=horizon_days))
    past = {} if loss_probability is not None else history(book, definitions, seen, as_of, horizon_days)
    noticed = {row["contract_id"] for row in known_contracts(book, day) if row.get("notice_date") is not None and row.get("notice_withdrawn_on") is None}
    gone = replaced(book, seen.switches, day, day + timedelta(days=horizon_days))
    rows = []
    for group, units in seen.groups():
        chance, told, source = None, None, "history"
        if loss_probability is not None:
            chance, told, source = exactly(loss_probability), float(loss_probability), "given"
        else:
            base, lost = past.get(group, (0, 0))
            if base > 0:
                chance, told = Fraction(lost, base), ratio(lost, base)
        row = committed_row(units, day, day + timedelta(days=horizon_days), chance, noticed, gone, seen.digits)
        row |= {"loss_probability": told, "loss_source": source}
        rows.append(dict(zip(seen.names, group)) | {column: row[column] for column in COMMITTED_COLUMNS})
    return rows


def committed_row(units: list[Unit], day: date, until: date, chance: Fraction | None, noticed: set[str], gone: set[str], digits: int) -> dict:
    changes = [(mrr_of(unit.close(day)), committed_mrr(unit, until, gone)) for unit in units]
    total = sum(then for _, then in changes)
    is_here = [(unit.paying(day), stays(unit, until, gone)) for unit in units]
    staying = [change for change, here in zip(changes, is_here) if here == (True, True)]
    money = {
        "mrr": sum(now for now, _ in changes),
        "signed_mrr": sum(then for (_, then), (here, _) in zip(changes, is_here) if not here),
        "upgrade_mrr": sum(then - now for now, then in staying if then > now),
        "downgrade_mrr": sum(now - then for now, then in staying if then < now),
        "withdrawal_mrr": sum(now for (now, _), here in zip(changes, is_here) if here == (True, False)),
        "committed_mrr": total,
        "noticed_mrr": sum(noticed_mrr(unit, until, noticed - gone, gone) for unit in units),
        "expected_loss_mrr": None,
        "expected_mrr": None,
    }
    if chance is not None:
        loss = round_to_units(chance * sum(then for _, then in staying), 0)  # already in units
        money |= {"expected_loss_mrr": loss, "expected_mrr": total - loss}
    if max(amount or 0 for amount in money.values()) > LARGEST_MRR:
        raise ModelError("overflow")
    return {
        "until": until.isoformat(),
        "customers": sum(1 for unit in units if unit.paying(day)),
        **{name: None if amount is None else format_money(amount, digits) for name, amount in money.items()},
    }


def committed_mrr(unit: Unit, until: date, gone: set[str]) -> int:
    """What the line has at the close but for what others take the place of; a gap that is open, and filled for want of news,
    is no commitment."""
    there, provisional = ({name: carried for name, carried in part.items() if name not in gone} for part in (unit.close(until), unit.provisional(until)))
    return mrr_of(there) - mrr_of(provisional)


def stays(unit: Unit, until: date, gone: set[str]) -> bool:
    """Does it pay then, or with `free_counts` is it served at all, but for what others take the place of and what is open?"""
    there = unit.close(until).keys() - unit.provisional(until).keys() - gone
    return bool(there) if unit.switches["free_counts"] else committed_mrr(unit, until, gone) > 0


def noticed_mrr(unit: Unit, until: date, noticed: set[str], gone: set[str]) -> int:
    """What of it is of contracts under notice."""
    if committed_mrr(unit, until, gone) == 0:
        return 0
    return sum(carried.mrr for contract_id, carried in unit.close(until).items() if contract_id in noticed)


def is_committed(unit: Unit, until: date) -> bool:
    """Does the unit still pay at the close, as far as that is known?"""
    return unit.paying(until) and not any(line.is_provisional(until) for line in unit.lines)


def history(book: dict, definitions: dict, seen: View, as_of: str, horizon_days: int) -> dict[tuple, tuple[int, int]]:
    """By group: what was paid so many days before the last that is seen by those who, as far as was known then, would pay at
    its close; and how much of it was of those who do not.

    A unit is in the group that it is in on the day; one of which nothing is known any more was never there.
    """
    day = last_seen(book, as_of)
    before = day - timedelta(days=horizon_days)
    if before < FIRST_DAY:
        return {}
    present = {unit.identity: unit for unit in seen.units}
    customers = known_customers(book, parse_day(as_of))
    sums: dict[tuple, tuple[int, int]] = {}
    for then in view(book, definitions, seen.names, "customer", before.isoformat()).units:
        now = present.get(then.identity)
        if now is None or not (then.paying(before) and now.paying(before) and is_committed(then, day)):
            continue  # what is taken back by now never was
        group = tuple(group_text(now, column, customers[then.name]) for column in seen.names)
        base, lost = sums.get(group, (0, 0))
        mrr = mrr_of(then.close(before))
        sums[group] = base + mrr, lost + (0 if now.paying(day) else mrr)
    return sums
