"""What a review looks at: who paid at the close of a day, and everything that was known of them then."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from contracts import contracts_that_count, known_contracts, known_customers
from definitions import FIRST_DAY, ModelError, parse_day, read_definitions
from facts import known_facts
from lines import Unit, mrr_of, view_at
from phases import lifecycle
from scores import MILLION, Card, Score, card_of, exactly, override_of, profile_of, scores_at
from standard_card import standard_card
from standings import due, months_after
from touch import DEFAULT_TIERS, present_run, touch_plan

DEFAULTS: dict[str, dict] = {
    "bounds": {"attention_above": 0.1, "fail_above": 0.25, "min_coverage": 0.5, "soon_days": 90, "gross_margin": 1},
    "right_customer": {
        "min_fit": 50, "new_months": 12, "max_unfit": 0.2, "horizon_days": 365, "min_customers": 20, "max_q_value": 0.05, "max_excess": 0.1, "max_payback": 1,
    },
    "natural_drift": {
        "max_cadences": 3, "min_silent_days": 90, "use_days": 30, "use_lag_days": 90, "max_fall": 0.3, "max_vacant_days": 90, "min_people": 2,
        "mail_days": 90, "min_mails": 5, "min_opened": 0.05, "score_fall": 10, "score_days": 30, "max_unseen": 0.5,
    },
    "wildly_successful": {
        "max_undefined_days": 60, "min_time_spent": 0.25, "min_pace": 0.7, "max_days_overdue": 30, "min_experience": 5, "content_experience": 7, "max_age_days": 180,
    },
    "monitor_health": {"max_unscored_days": 60, "max_evidence_days": 60, "min_open_actions": 1, "max_ignored_days": 30},
    "time_to_value": {
        "new_months": 12, "max_days": 90, "max_share_of_term": 0.25, "max_days_behind_plan": 30, "recent_months": 6, "min_customers": 20, "max_p_value": 0.05,
    },
}  # fmt: skip


class Settings:
    """What the rules go by; thresholds are exact."""

    def __init__(self, given: dict | None):
        given = given or {}
        self.thresholds = {name: values | (given.get(name) or {}) for name, values in DEFAULTS.items()}
        self.exclusions: list[dict] = given.get("exclusions") or []
        self.plays: list[dict] = given.get("plays") or []
        self.scorecard: dict = given.get("scorecard") or standard_card()
        self.touch_model: dict = given.get("touch_model") or {}
        self.validation: str | None = given.get("validation")
        if self["bounds"]["gross_margin"] == 0:  # of no margin nothing is paid back
            raise ModelError("invalid_argument")

    def __getitem__(self, name: str) -> dict[str, Fraction]:
        return {threshold: exactly(value) for threshold, value in self.thresholds[name].items()}

    def days(self, name: str) -> dict[str, int]:
        """Those of a principle that are whole numbers, as such."""
        return {threshold: int(value) for threshold, value in self.thresholds[name].items() if exactly(value).denominator == 1}


class Snapshot:
    def __init__(self, book: dict, definitions: dict, day: date, settings: Settings):
        self.book, self.definitions, self.day, self.settings = book, definitions, day, settings
        self.switches = read_definitions(definitions)
        self.view = view_at(book, definitions, [], "customer", day)
        self.view.check_sums(day)
        self.customers = known_customers(book, day)
        self.units: dict[str, Unit] = {unit.name: unit for unit in self.view.units}
        self.paying = [unit.name for unit in self.view.units if unit.paying(day)]
        self.payers = {name for name, unit in self.units.items() if (first := unit.first_paying_day()) is not None and first <= day}
        self.mrr = {name: mrr_of(self.units[name].close(day)) for name in self.paying}
        self.at_fault: set[str] = set()  # customers who fail a principle: they take offers badly
        self.comparisons: list[dict] = []  # of groups with the rest, once they are asked about
        self._facts: dict[str, list[dict]] = {}
        self._scores: dict[date, dict[str, Score]] = {}
        self.scores()  # whether anybody is asked or not, the scorecard has to be one

    # --- contracts ---------------------------------------------------------------------------------------------

    def sum(self, names: set[str] | list[str]) -> int:
        return sum(self.mrr[name] for name in names)

    def is_enough(self, assessed: set[str], asked: set[str]) -> bool:
        """Is the evidence of so many of those whom a question of the company looks at enough?"""
        return self.sum(assessed) > 0 and Fraction(self.sum(assessed), self.sum(asked)) >= self.settings["bounds"]["min_coverage"]

    def first(self, name: str) -> date:
        """The first day on which it paid."""
        day = self.units[name].first_paying_day()
        assert day is not None
        return day

    def came(self, name: str) -> date:
        """The first day of its present run of paying."""
        return present_run(self.units[name], self.day)

    def since_months(self, months: int) -> date:
        """Who came within so many months came after this day."""
        return months_after(self.day, -months)

    @cached_property
    def dues(self) -> dict[str, list[date]]:
        """When contracts in force fall due."""
        rows = {row["contract_id"]: row for row in known_contracts(self.book, self.day)}
        result: dict[str, list[date]] = {}
        for contract in contracts_that_count(self.book, self.switches, self.day):
            if contract.in_force(self.day) and (contract.mrr > 0 or self.switches["free_counts"]):
                each = due(rows[contract.contract_id], contract.end, self.day)
                result.setdefault(contract.customer_id, []).extend([] if each is None else [each])
        return result

    def is_due_within(self, name: str, days: int) -> bool:
        return any(self.day <= each <= self.day + timedelta(days=days) for each in self.dues.get(name, []))

    def attribute(self, name: str, column: str):
        return (self.customers[name] or {}).get(column)

    # --- facts -------------------------------------------------------------------------------------------------

    def facts(self, table: str) -> list[dict]:
        if table not in self._facts:
            self._facts[table] = known_facts(self.book, table, self.day)
        return self._facts[table]

    def facts_of(self, table: str, name: str) -> list[dict]:
        return [row for row in self.facts(table) if row["customer_id"] == name]

    def is_open(self, action: dict) -> bool:
        return action.get("closed_on") is None

    # --- scores ------------------------------------------------------------------------------------------------

    def scores(self, days_before: int = 0) -> dict[str, Score]:
        """Those of some day up to this one, of whoever paid then, by what was known then."""
        day = date.fromordinal(max(self.day.toordinal() - days_before, 1))
        if day not in self._scores:
            found = scores_at(self.book, self.definitions, self.settings.scorecard, day) if day >= FIRST_DAY else {}
            self._scores[day] = {name: score for name, (_, score) in found.items()}
        return self._scores[day]

    def score(self, name: str, days_before: int = 0) -> Fraction | None:
        return in_points(self.scores(days_before)[name].points)

    def change(self, name: str, days: int) -> Fraction | None:
        """By how much the score is higher than it was so many days before."""
        before = self.scores(days).get(name)
        now = self.scores()[name].points
        return None if before is None or before.points is None or now is None else in_points(now - before.points)

    def band(self, name: str, days_before: int = 0) -> str | None:
        """Also one that a person has set."""
        score = self.scores(days_before).get(name)
        if score is None:
            return None
        return override_of(self.settings.scorecard, name, self.day - timedelta(days=days_before)) or score.band

    def card(self, name: str) -> Card:
        return card_of(self.settings.scorecard, profile_of(self.settings.scorecard, name, self.customers[name]))

    def bands(self, name: str) -> list[str]:
        """From the best to the worst."""
        return [band["band"] for band in self.card(name).bands]

    def is_worst(self, name: str, days_before: int = 0) -> bool:
        """By the score, or by a person: neither hides the other."""
        score = self.scores(days_before).get(name)
        return score is not None and self.bands(name)[-1] in (score.band, self.band(name, days_before))

    def is_best(self, name: str) -> bool:
        return self.band(name) == self.bands(name)[0]

    # --- attention ---------------------------------------------------------------------------------------------

    @cached_property
    def tiers(self) -> dict[str, str]:
        plan = touch_plan(self.book, self.definitions, self.day.isoformat(), model=copy.deepcopy(self.settings.touch_model))
        return {row["customer_id"]: row["tier"] for row in plan}

    def contact_days(self, name: str) -> int:
        given = (self.settings.touch_model.get("tiers") or {}).get(self.tiers[name]) or {}
        days = given.get("contact_days")
        return DEFAULT_TIERS[self.tiers[name]]["contact_days"] if days is None else days

    @cached_property
    def phases(self) -> dict[str, str | None]:
        return {row["customer_id"]: row["phase"] for row in lifecycle(self.book, self.definitions, self.day.isoformat())}

    # --- who is asked ------------------------------------------------------------------------------------------

    @cached_property
    def exclusions(self) -> list[dict]:
        """Those that hold, of customers who pay."""
        named = [(each["customer_id"], each.get("principle")) for each in self.settings.exclusions]
        if len(set(named)) < len(named):
            raise ModelError("invalid_argument")
        for each in self.settings.exclusions:
            if each["customer_id"] not in self.customers:
                raise ModelError("unknown_customer")
        holding = [each for each in self.settings.exclusions if each.get("until") is None or parse_day(each["until"]) > self.day]
        return [each for each in holding if each["customer_id"] in self.mrr]

    def is_left_out(self, name: str, principle: str) -> bool:
        return any(each["customer_id"] == name and each.get("principle") in (None, principle) for each in self.exclusions)

    def panel(self, principle: str) -> list[str]:
        return [name for name in self.paying if not self.is_left_out(name, principle)]


def in_points(millionths: int | None) -> Fraction | None:
    return None if millionths is None else Fraction(millionths, MILLION)
