"""Which customers are served by whom and how often: section 9, touch tiers.

Ordered rules say which tier a customer is in, and the tier how many hours a month it takes and how soon it is met again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction

from contracts import known_customers, last_seen
from definitions import LARGEST_MRR, LAST_DAY, ModelError, by_bytes, format_money, parse_day, parse_money, ratio
from facts import known_facts
from lines import Unit, View, mrr_of, view
from phases import of_customer, those_who_pay
from scores import MILLION, exactly
from shifted_beta import DIGITS, Ages, fitted, months_of
from worth import ages_of, whole_months

Pair = tuple[float, float] | None  # alpha and beta
BEST = "best"  # those of the highest likelihood
TIERS = ("high_touch", "low_touch", "tech_touch")
DEFAULT_RULES = [
    {"tier": "high_touch", "min_value_ratio": 3},
    {"tier": "high_touch", "min_value_ratio": 1, "min_potential_ratio": 3},
    {"tier": "low_touch", "min_value_ratio": 0.5},
    {"tier": "low_touch", "max_experience": 4},
    {"tier": "tech_touch"},
]
DEFAULT_TIERS = {
    "high_touch": {"hours_per_month": 8, "contact_days": 14},
    "low_touch": {"hours_per_month": 1, "contact_days": 45},
    "tech_touch": {"hours_per_month": 0.1, "contact_days": 90},
}
MOST = {"min_value_ratio": 1000, "min_potential_ratio": 1000, "max_experience": 10}
CONDITIONS = ("min_value", *MOST)

PLAN_COLUMNS = (
    "customer_id tier rule owner value mrr potential_mrr experience planned_hours spent_hours margin cost_to_serve spent_cost "
    "margin_after_service last_contact_on next_contact_on is_overdue"
).split()
LOAD_COLUMNS = (
    "tier customers overdue_customers mrr share_of_mrr planned_hours share_of_planned_hours spent_hours share_of_spent_hours "
    "margin cost_to_serve spent_cost margin_after_service"
).split()
CAPACITY_COLUMNS = "owner customers high_touch low_touch tech_touch mrr planned_hours spent_hours capacity_hours utilisation".split()


# ---------------------------------------------------------------------------------------------------------------
# What is asked
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tier:
    hours: Fraction  # a month
    contact_days: int


@dataclass(frozen=True)
class Asked:
    rules: list[dict]  # conditions that are there, exactly; and the tier
    tiers: dict[str, Tier]
    of_lifetime: bool
    gross_margin: Fraction
    cost_per_hour: Fraction | None
    horizon_months: int
    window_days: int


def read_asked(model=None, value="mrr", gross_margin=1, cost_per_hour=None, horizon_months=60, window_days=90) -> Asked:
    if value not in ("mrr", "lifetime") or not 1 <= horizon_months <= 1200 or not 1 <= window_days <= 3660:
        raise ModelError("invalid_argument")
    margin, cost = of_six_decimals(gross_margin, 1), None if cost_per_hour is None else parse_money(str(cost_per_hour))
    model = model or {}
    tiers = {name: read_tier((model.get("tiers") or {}).get(name) or {}, DEFAULT_TIERS[name]) for name in TIERS}
    rules = read_rules(DEFAULT_RULES if model.get("rules") is None else model["rules"])
    return Asked(rules, tiers, value == "lifetime", margin, cost, horizon_months, window_days)


def of_six_decimals(number, most: int) -> Fraction:
    exact = exactly(number)
    if not 0 <= exact <= most or (exact * MILLION).denominator != 1:
        raise ModelError("invalid_argument")
    return exact


def read_tier(given: dict, default: dict) -> Tier:
    hours, days = (default[name] if given.get(name) is None else given[name] for name in ("hours_per_month", "contact_days"))
    if not 1 <= days <= 3660:
        raise ModelError("invalid_argument")
    return Tier(of_six_decimals(hours, 1000), days)


def read_rules(given: list[dict]) -> list[dict]:
    """Everybody is in a tier by the last rule, which has no condition; every other one has some."""
    rules = []
    for rule in given:
        if rule.get("tier") not in TIERS or rule.keys() - {"tier", *CONDITIONS}:
            raise ModelError("invalid_argument")
        read = {name: of_six_decimals(rule[name], most) for name, most in MOST.items() if rule.get(name) is not None}
        if rule.get("min_value") is not None:
            read["min_value"] = parse_money(str(rule["min_value"]))
        rules.append(read | {"tier": rule["tier"]})
    if [len(rule) == 1 for rule in rules] != [False] * (len(rules) - 1) + [True]:
        raise ModelError("invalid_argument")
    return rules


# ---------------------------------------------------------------------------------------------------------------
# What each customer is worth, and how it was met
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Profile:
    """What rules look at, and what the customer has had; amounts are in units."""

    name: str
    owner: str | None
    mrr: int
    value: int
    potential: int | None
    experience: int | float | None
    minutes: int  # in which it was met by people, in the window
    since: date  # the first day of its present run of paying
    met_on: date | None  # by people
    reached_on: date | None  # by anything


def profiles(book: dict, definitions: dict, as_of: str, asked: Asked, pair: Pair | str) -> tuple[View, list[Profile]]:
    """Of those who pay, by what was known at the close of the day; `pair`: alpha and beta, if not the best."""
    day = parse_day(as_of)
    seen, units = those_who_pay(book, definitions, as_of)
    customers = known_customers(book, day)
    tables = {name: known_facts(book, name, day) for name in ("engagements", "outcomes")}
    last = last_seen(book, as_of)
    ages = ages_of(view(book, definitions, [], "customer", last.isoformat()).units, last) if asked.of_lifetime else []
    pair = fitted(ages) if pair == BEST else pair
    chance = one_chance(ages)
    result = []
    for unit in units:
        mrr, since, customer = mrr_of(unit.close(day)), present_run(unit, day), customers[unit.name] or {}
        months = months_to_come(pair, chance, whole_months(since, day), asked.horizon_months) if asked.of_lifetime else None
        value = mrr if months is None else round(mrr * months * asked.gross_margin)
        potential = customer.get("potential_mrr")
        met = of_customer(tables["engagements"], unit.name)
        by_people = [row for row in met if row["channel"] == "human"]
        recent = [row for row in by_people if parse_day(row["date"]) > day - timedelta(days=asked.window_days)]
        result.append(
            Profile(
                unit.name, customer.get("owner"), mrr, value, None if potential is None else round(parse_money(potential) * 10**seen.digits),
                experience(of_customer(tables["outcomes"], unit.name)), sum(row.get("minutes") or 0 for row in recent), since,
                max((parse_day(row["date"]) for row in by_people), default=None), max((parse_day(row["date"]) for row in met), default=None),
            )
        )  # fmt: skip
    if max((abs(each.value) for each in result), default=0) > LARGEST_MRR:
        raise ModelError("overflow")
    return seen, result


def present_run(unit: Unit, day: date) -> date:
    """The first of the days up to this one on all of which it pays."""
    first = day
    for change in (each for each in reversed(unit.days()) if each <= day):
        if not unit.paying(change):
            break
        first = change
    return first


def one_chance(ages: Ages) -> Fraction:
    """To leave in a month, the same for all: those who left, over all months in which somebody might have."""
    months = months_of(ages)
    there = sum(there for _, _, there in months)
    return Fraction(sum(lost for _, lost, _ in months), there) if there else Fraction(0)


def months_to_come(pair: Pair, chance: Fraction, age: int, horizon: int) -> Fraction:
    """How many of so many months, this one among them, one who has stayed so long stays, to 6 decimals: by alpha and beta, or
    where there are none by one chance for all."""
    with localcontext(prec=DIGITS):
        share, total = Decimal(1), Decimal(0)
        stay = 1 - Decimal(chance.numerator) / Decimal(chance.denominator)
        for month in range(age, age + horizon):
            total += share
            share *= stay if pair is None else (Decimal(pair[1]) + month) / (Decimal(pair[0]) + Decimal(pair[1]) + month)
    return Fraction(round(Fraction(total) * MILLION), MILLION)


def experience(outcomes: list[dict]) -> int | float | None:
    """The last that was observed; of several of one day the lowest."""
    told = [row for row in outcomes if row.get("observed_on") is not None and row.get("experience") is not None]
    last = max((row["observed_on"] for row in told), default=None)
    return min((row["experience"] for row in told if row["observed_on"] == last), default=None)


# ---------------------------------------------------------------------------------------------------------------
# Tiers
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Placed:
    """A customer in its tier."""

    profile: Profile
    tier: str
    rule: int  # from 1
    hours: Fraction
    margin: int
    cost: int | None  # a month, as planned
    spent: int | None  # a month, by the minutes of the window
    last_contact: date | None
    next_contact: date | None  # none behind the last of all days

    def is_overdue(self, day: date) -> bool:
        return self.next_contact is not None and self.next_contact < day


def is_kept(book: dict, day: date) -> bool:
    """Is any engagement known, of any customer? Where none is, nobody knows who was met."""
    return bool(known_facts(book, "engagements", day))


def places(book: dict, definitions: dict, as_of: str, asked: Asked, pair: Pair | str) -> tuple[View, list[Placed]]:
    seen, found = profiles(book, definitions, as_of, asked, pair)
    total, unit = sum(each.value for each in found), 10**seen.digits
    result = []
    for each in found:

        def holds(rule: dict) -> bool:
            return (
                each.value >= rule.get("min_value", 0) * unit
                and ("min_value_ratio" not in rule or (total > 0 and each.value * len(found) >= rule["min_value_ratio"] * total))
                and ("min_potential_ratio" not in rule or (each.potential is not None and each.mrr > 0 and each.potential >= rule["min_potential_ratio"] * each.mrr))
                and ("max_experience" not in rule or (each.experience is not None and exactly(each.experience) <= rule["max_experience"]))
            )

        number, name = next((number, rule["tier"]) for number, rule in enumerate(asked.rules, 1) if holds(rule))
        tier = asked.tiers[name]
        last = each.reached_on if name == "tech_touch" else each.met_on
        following = max(last or each.since, each.since) + timedelta(days=tier.contact_days)
        following = following if following <= LAST_DAY and is_kept(book, parse_day(as_of)) else None
        margin, cost, spent = round(each.mrr * asked.gross_margin), None, None
        if asked.cost_per_hour is not None:
            cost = round(tier.hours * asked.cost_per_hour * unit)
            hours = Fraction(each.minutes, 60 * asked.window_days) * Fraction(seen.switches["days_per_month"])
            spent = round(hours * asked.cost_per_hour * unit)
        result.append(Placed(each, name, number, tier.hours, margin, cost, spent, last, following))
    return seen, result


def hours_spent(customers: list[Placed], seen: View, asked: Asked) -> float:
    """A month, of the minutes of the window."""
    of_a_month = Fraction(seen.switches["days_per_month"])
    minutes = sum(each.profile.minutes for each in customers)
    return ratio(minutes * of_a_month.numerator, 60 * asked.window_days * of_a_month.denominator)


def hours_planned(customers: list[Placed]) -> Fraction:
    return sum((each.hours for each in customers), Fraction(0))


def service(customers: list[Placed], asked: Asked, digits: int, is_known: bool) -> dict:
    """What they bring, what serving them as planned costs, what it did cost, and what the plan leaves."""
    margin = sum(each.margin for each in customers)
    row = {"margin": format_money(margin, digits), "cost_to_serve": None, "spent_cost": None, "margin_after_service": None}
    if asked.cost_per_hour is not None:
        cost, spent = sum(each.cost for each in customers), sum(each.spent for each in customers)
        costs = {"cost_to_serve": cost, "spent_cost": spent, "margin_after_service": margin - cost}
        row |= {name: format_money(amount, digits) for name, amount in costs.items() if is_known or name != "spent_cost"}
    return row


def touch_plan(book: dict, definitions: dict, as_of: str, *, pair: Pair | str = BEST, **arguments) -> list[dict]:
    """A row per customer who pays: its tier, why, what that takes, and when it is to be met."""
    asked, day = read_asked(**arguments), parse_day(as_of)
    seen, placed = places(book, definitions, as_of, asked, pair)
    rows = []
    for each in placed:
        profile = each.profile
        row = {
            "customer_id": profile.name,
            "tier": each.tier,
            "rule": each.rule,
            "owner": profile.owner,
            "value": format_money(profile.value, seen.digits),
            "mrr": format_money(profile.mrr, seen.digits),
            "potential_mrr": None if profile.potential is None else format_money(profile.potential, seen.digits),
            "experience": profile.experience,
            "planned_hours": float(each.hours),
            "spent_hours": hours_spent([each], seen, asked) if is_kept(book, day) else None,
            **service([each], asked, seen.digits, is_kept(book, day)),
            "last_contact_on": None if each.last_contact is None else each.last_contact.isoformat(),
            "next_contact_on": None if each.next_contact is None else each.next_contact.isoformat(),
            "is_overdue": each.is_overdue(day),
        }
        rows.append({name: row[name] for name in PLAN_COLUMNS})
    return rows


def touch_load(book: dict, definitions: dict, as_of: str, *, pair: Pair | str = BEST, **arguments) -> list[dict]:
    """A row per tier: what its customers bring, and what they take."""
    asked, day = read_asked(**arguments), parse_day(as_of)
    seen, placed = places(book, definitions, as_of, asked, pair)
    rows = []
    for tier in TIERS:
        mine = [each for each in placed if each.tier == tier]
        mrr, of_all = (sum(each.profile.mrr for each in some) for some in (mine, placed))
        minutes, all_minutes = (sum(each.profile.minutes for each in some) for some in (mine, placed))
        hours, all_hours = hours_planned(mine) * MILLION, hours_planned(placed) * MILLION
        row = {
            "tier": tier,
            "customers": len(mine),
            "overdue_customers": sum(each.is_overdue(day) for each in mine),
            "mrr": format_money(mrr, seen.digits),
            "share_of_mrr": ratio(mrr, of_all),
            "planned_hours": ratio(int(hours), MILLION),
            "share_of_planned_hours": ratio(int(hours), int(all_hours)),
            "spent_hours": hours_spent(mine, seen, asked) if is_kept(book, day) else None,
            "share_of_spent_hours": ratio(minutes, all_minutes),
            **service(mine, asked, seen.digits, is_kept(book, day)),
        }
        rows.append({name: row[name] for name in LOAD_COLUMNS})
    return rows


def touch_capacity(book: dict, definitions: dict, as_of: str, *, hours_per_person=120, pair: Pair | str = BEST, **arguments) -> list[dict]:
    """A row per owner of customers who pay, and one of those without: how much of a person's time they take."""
    if not 1 <= hours_per_person <= 1000:
        raise ModelError("invalid_argument")
    asked = read_asked(**arguments)
    seen, placed = places(book, definitions, as_of, asked, pair)
    rows = []
    for owner in sorted({each.profile.owner for each in placed}, key=lambda owner: (owner is None, by_bytes(owner or ""))):
        mine = [each for each in placed if each.profile.owner == owner]
        hours = int(hours_planned(mine) * MILLION)
        cells = [
            owner, len(mine), *(sum(each.tier == tier for each in mine) for tier in TIERS),
            format_money(sum(each.profile.mrr for each in mine), seen.digits), ratio(hours, MILLION), hours_spent(mine, seen, asked) if is_kept(book, parse_day(as_of)) else None,
            None if owner is None else hours_per_person, None if owner is None else ratio(hours, hours_per_person * MILLION),
        ]  # fmt: skip
        rows.append(dict(zip(CAPACITY_COLUMNS, cells, strict=True)))
    return rows
