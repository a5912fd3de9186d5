"""The rule of the right customer: who does not fit, who leaves early, and whether selling pays."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from asking import FINE, NOT_KNOWN, Answer, Claim, Missing, Question, WiderQuestion, all_assessed, ask, at_least, at_most, found, is_below, told, unassessed
from definitions import ONE_DAY
from groups_compared import adjusted, survival_comparison
from scores import exactly
from snapshot import Snapshot
from worth import lifetime_value, whole_months

PRINCIPLE = "right_customer"
COLUMNS = ("segment", "channel", "seller")
HORIZON_MONTHS = 1200  # of a lifetime as many count as there can be


def questions(seen: Snapshot, panel: list[str]) -> list[Question | WiderQuestion]:
    seen.comparisons = comparisons(seen)
    return [
        ask("poor_fit", "fault", panel, lambda name: poor_fit(seen, name), "customers", "fit"),
        unfit_sales(seen, panel),
        early_churn(seen, panel, seen.comparisons),
        payback(seen, panel),
    ]


def fit(seen: Snapshot, name: str) -> Fraction | None:
    given = seen.attribute(name, "fit")
    return None if given is None else exactly(given)


def poor_fit(seen: Snapshot, name: str) -> Answer:
    given, least = fit(seen, name), seen.settings[PRINCIPLE]["min_fit"]
    if given is None:
        return NOT_KNOWN
    return FINE if given >= least else found(seen.first(name), at_least("fit", given, least))


def unfit_sales(seen: Snapshot, panel: list[str]) -> WiderQuestion:
    """Of those who came lately, beside those before them."""
    limits = seen.settings[PRINCIPLE]
    border = seen.since_months(int(limits["new_months"]))
    new = {name for name in panel if seen.first(name) > border}
    known = {name for name in panel if fit(seen, name) is not None}
    asked = WiderQuestion("unfit_sales", new, new & known, missing=Missing("not_known", "customers", "fit"))
    if not seen.is_enough(new & known, new):
        return asked
    unfit = {name for name in known if fit(seen, name) < limits["min_fit"]}
    share, earlier = unfit_share(seen, unfit & new, known & new), unfit_share(seen, unfit - new, known - new)
    if share <= limits["max_unfit"]:
        return asked
    evidence = [at_most("unfit_share", share, limits["max_unfit"]), *told(earlier_unfit_share=earlier)]
    return replace(asked, claims=[Claim("medium", unfit & new, tuple(evidence))])


def unfit_share(seen: Snapshot, unfit: set[str], known: set[str]) -> Fraction | None:
    return Fraction(seen.sum(unfit), seen.sum(known)) if seen.sum(known) else None


# ---------------------------------------------------------------------------------------------------------------
# Groups beside the rest
# ---------------------------------------------------------------------------------------------------------------


def comparisons(seen: Snapshot) -> list[dict]:
    """A row for each value of each column that customers have."""
    limits = seen.settings[PRINCIPLE]
    there = {column for row in seen.book.get("customers") or [] for column in row}
    rows = []
    for column in (column for column in COLUMNS if column in there):
        compared = survival_comparison(
            seen.book, seen.definitions, seen.day.isoformat(), by=column, horizon_days=int(limits["horizon_days"]), min_customers=int(limits["min_customers"]),
        )  # fmt: skip
        rows += [row | {"column": column, "value": row[column]} for row in compared]
    q_values = adjusted({number: row["p_value"] for number, row in enumerate(rows) if row["p_value"] is not None})
    return [comparison(row, q_values.get(number), limits) for number, row in enumerate(rows)]


def comparison(row: dict, q_value: float | None, limits: dict) -> dict:
    excess, low, high = (None if row[name] is None else -row[name] for name in ("difference", "difference_high", "difference_low"))
    is_chance = q_value is None or q_value > float(limits["max_q_value"])
    return {
        "column": row["column"],
        "value": row["value"],
        "customers": row["customers"],
        "rest_customers": row["rest_customers"],
        "early_churn": None if row["survival"] is None else 1 - row["survival"],
        "early_churn_of_rest": None if row["rest_survival"] is None else 1 - row["rest_survival"],
        "excess": excess,
        "excess_low": low,
        "excess_high": high,
        "q_value": q_value,
        "is_accused": row["value"] is not None and not is_chance and low is not None and low > float(limits["max_excess"]),
    }


def early_churn(seen: Snapshot, panel: list[str], compared: list[dict]) -> WiderQuestion:
    """A group is tested where both sides have customers enough, and some of both were watched so long."""
    if not compared:
        return unassessed("early_churn", panel, "not_known", "customers", "segment")
    if all(row["q_value"] is None for row in compared):
        return unassessed("early_churn", panel, "too_few_customers", "customers")
    tested = [row for row in compared if row["q_value"] is not None and row["excess"] is not None]
    if not tested:
        return unassessed("early_churn", panel, "watched_too_briefly", "contracts")
    claims = [accusation(seen, panel, row) for row in tested if row["is_accused"]]
    return all_assessed("early_churn", panel, *claims, tested=(segment(row) for row in tested))


def segment(row: dict) -> str:
    return f"{row['column']}={row['value']}"


def accusation(seen: Snapshot, panel: list[str], row: dict) -> Claim:
    limits = seen.settings[PRINCIPLE]
    members = {name for name in seen.payers if seen.attribute(name, row["column"]) == row["value"]}
    evidence = [
        *told(customers=row["customers"], early_churn=row["early_churn"], early_churn_of_rest=row["early_churn_of_rest"], early_churn_excess=row["excess"]),
        at_most("least_excess", row["excess_low"], limits["max_excess"]), at_most("q_value", row["q_value"], limits["max_q_value"]),
        *told(**beside("cases_per_year", cases_per_year(seen, members))),
        *told(**beside("off_target_requests", off_target_requests(seen, row))),
        *told(**beside("undefined_share", undefined_shares(seen, members))),
    ]  # fmt: skip
    return Claim("high", members & set(panel), tuple(evidence), segment(row))


def beside(name: str, both: tuple[Fraction, Fraction] | None) -> dict[str, Fraction]:
    """Of the group, and of the rest."""
    return {} if both is None else {name: both[0], f"{name}_of_rest": both[1]}


def cases_per_year(seen: Snapshot, members: set[str]) -> tuple[Fraction, Fraction] | None:
    """In a year that a customer pays."""
    if not seen.facts("cases"):
        return None
    rest = seen.payers - members
    cases, days = ([count(some) for some in (members, rest)] for count in (lambda some: cases_of(seen, some), lambda some: days_paid(seen, some)))
    return None if 0 in days else (Fraction(365 * cases[0], days[0]), Fraction(365 * cases[1], days[1]))


def cases_of(seen: Snapshot, names: set[str]) -> int:
    return sum(1 for row in seen.facts("cases") if row["customer_id"] in names)


def days_paid(seen: Snapshot, names: set[str]) -> int:
    """The days on which they paid, that which is looked from among them."""
    total = 0
    for unit in (seen.units[name] for name in names):
        changes = [day for day in unit.days() if day <= seen.day]
        total += sum((end - day).days for day, end in zip(changes, [*changes[1:], seen.day + ONE_DAY]) if unit.paying(day))
    return total


def off_target_requests(seen: Snapshot, row: dict) -> tuple[Fraction, Fraction] | None:
    """The share of requests of topics of which the group asks more than three times as often, whoever of both pays."""
    asked = [each for each in seen.facts("feedback") if each["kind"] == "request" and each.get("topic") is not None]
    mine, others = Counter[str](), Counter[str]()
    for each in asked:
        topics = mine if seen.attribute(each["customer_id"], row["column"]) == row["value"] else others
        topics[each["topic"]] += 1
    if not mine or not others:
        return None
    own = [topic for topic in mine if mine[topic] * others.total() > 3 * others[topic] * mine.total()]
    of_mine, of_others = (Fraction(sum(topics[topic] for topic in own), topics.total()) for topics in (mine, others))
    return of_mine, of_others


def undefined_shares(seen: Snapshot, members: set[str]) -> tuple[Fraction, Fraction] | None:
    """Of those who pay, the share without an outcome on record that they did not refuse."""
    if not seen.facts("outcomes"):
        return None
    there = {row["customer_id"] for row in seen.facts("outcomes") if row.get("agreed_by_customer") is not False}
    both = [[name for name in seen.paying if (name in members) == is_member] for is_member in (True, False)]
    if not all(both):
        return None
    of_mine, of_rest = (Fraction(sum(name not in there for name in some), len(some)) for some in both)
    return of_mine, of_rest


# ---------------------------------------------------------------------------------------------------------------
# What a customer costs
# ---------------------------------------------------------------------------------------------------------------


def payback(seen: Snapshot, panel: list[str]) -> WiderQuestion:
    limits = seen.settings[PRINCIPLE]
    for column in ("acquisition_cost", "onboarding_cost"):
        if all(seen.attribute(name, column) is None for name in seen.payers):
            return unassessed("payback", panel, "not_known", "customers", column)
    margin = seen.settings.thresholds["bounds"]["gross_margin"]
    (row,) = lifetime_value(seen.book, seen.definitions, seen.day.isoformat(), gross_margin=margin, horizon_months=HORIZON_MONTHS)
    months, lifetime = row["payback_months"], row["model_months"]
    if months is None:  # nobody pays anything
        return unassessed("payback", panel, "too_few_customers", "customers")
    if lifetime is None and row["observed_months"] >= months:
        lifetime = row["lifetime_months"]
    if lifetime is None:
        return unassessed("payback", panel, "watched_too_briefly", "contracts")
    most = lifetime * float(limits["max_payback"])
    if not is_below(most, months):
        return all_assessed("payback", panel)
    evidence = [at_most("payback_months", months, most), *told(lifetime_months=lifetime)]
    owing = {name for name in panel if whole_months(seen.first(name), seen.day) < months}
    return all_assessed("payback", panel, Claim("medium", owing, tuple(evidence)))
