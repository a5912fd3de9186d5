"""Random calls of `review`, made from a seed; and how an answer differs from the model's.

Everything that is told is the same; what comes of quotients, powers and logarithms is as near as floats of two libraries
are, and what follows from the model of stays is as near as its maximum.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
from datetime import date

import model
from attention_calls import Attended, day_to_look_from, ids_of
from cards import Cards
from definitions import read_definitions
from draws import LAST_DAY, shift
from fact_rows import FactRows
from review import NUMBERS, RULES
from snapshot import DEFAULTS

OPERATIONS = ["review"]
TABLES = ["signals", "engagements", "cases", "surveys", "milestones", "outcomes", "stakeholders", "feedback", "advocacy", "actions", "practices"]
COLUMNS = ("segment", "channel", "seller")
Tables = dict[str, list[dict]]
FITS = [0, 20, 49, 49.999999, 50, 50.000001, 51, 80, 100]
CHECKS = {
    "right_customer": ["poor_fit", "unfit_sales", "early_churn", "payback"],
    "natural_drift": ["silence", "falling_use", "person_gone", "single_threaded", "unread_mail", "unseen_drift"],
    "wildly_successful": ["undefined_success", "off_path", "poor_experience", "pleasant_but_unmet", "achieved"],
    "monitor_health": ["unmonitored", "stale_evidence", "red_without_action", "red_ignored", "unvalidated_score"],
    "time_to_value": ["stuck", "late_value", "promise_missed", "slower_cohorts"],
}
OF_SEGMENTS = ("early_churn",)
OF_THE_COMPANY = ("unfit_sales", "payback", "unseen_drift", "unvalidated_score", "slower_cohorts")
SHARES = [0, 0.1, 0.2, 0.25, 0.333333, 0.5, 0.75, 1]
THRESHOLDS: dict[str, dict[str, list]] = {
    "right_customer": {
        "min_fit": [49, 50, 51, 80], "new_months": [1, 3, 12, 24], "max_unfit": SHARES, "horizon_days": [1, 30, 90, 180, 365], "min_customers": [2, 2, 2, 3, 5],
        "max_q_value": [0.05, 0.25, 0.5, 0.5, 1, 1], "max_excess": [0, 0, 0, 0.1, 0.25, 1], "max_payback": [0, 0.1, 0.5, 1, 2, 10],
    },
    "natural_drift": {
        "max_cadences": [1, 2, 3], "min_silent_days": [0, 7, 30, 90], "use_days": [1, 7, 30], "use_lag_days": [1, 7, 30, 90], "max_fall": [0, 0.1, 0.25, 0.3, 0.5, 1],
        "max_vacant_days": [0, 1, 30, 90], "min_people": [1, 2, 3], "mail_days": [1, 30, 90], "min_mails": [1, 2, 5, 10], "min_opened": [0.05, 0.1, 0.25, 0.5, 1],
        "score_fall": [1, 10, 25, 50], "score_days": [1, 7, 30, 60], "max_unseen": SHARES,
    },
    "wildly_successful": {
        "max_undefined_days": [0, 30, 60, 365], "min_time_spent": SHARES, "min_pace": [0, 0.35, 0.5, 0.7, 1], "max_days_overdue": [0, 1, 30],
        "min_experience": [0, 4.9, 5, 7.5, 10], "content_experience": [0, 5, 7, 7.5, 10], "max_age_days": [1, 30, 180],
    },
    "monitor_health": {"max_unscored_days": [0, 30, 60, 365], "max_evidence_days": [0, 1, 7, 30, 60], "min_open_actions": [1, 2, 3], "max_ignored_days": [1, 7, 30]},
    "time_to_value": {
        "new_months": [1, 6, 12, 24], "max_days": [1, 30, 60, 90], "max_share_of_term": SHARES, "max_days_behind_plan": [0, 1, 30], "recent_months": [1, 3, 6, 12],
        "min_customers": [2, 2, 2, 3, 5], "max_p_value": [0.05, 0.25, 0.5, 1, 1],
    },
    "bounds": {
        "attention_above": [0, 0.1, 0.25, 0.333333, 0.5], "fail_above": [0.5, 0.5, 0.75, 1], "min_coverage": SHARES, "soon_days": [0, 1, 30, 90, 365],
        "gross_margin": [0.1, 0.5, 0.75, 1],
    },
}  # fmt: skip


class Reviewed(Attended):
    """Makes books and definitions as Attended does; customers have a fit, costs, and groups that may stay differently."""

    def __init__(self, rng: random.Random, customers: int, days: int, is_plain: bool):
        super().__init__(rng, customers, days)
        self.is_plain = is_plain
        self.kept = [column for column in (*COLUMNS, "fit", "name", "costs") if rng.random() < 0.7]
        self.groups = {customer_id: {column: rng.choice(["x", "x", "y", "é", None]) for column in COLUMNS} for customer_id in self.ids}

    def contracts_of(self, customer_id: str) -> list[dict]:
        """One contract alone in plain books; those of some group mostly end early."""
        if not self.is_plain:
            return super().contracts_of(customer_id)
        rng, start = self.rng, self.random_day()
        leaves = rng.random() < (0.85 if self.groups[customer_id]["channel"] == "x" else 0.05)
        start = min(start, shift(LAST_DAY, -1))
        end = shift(start, rng.choice([1, 20, 29, 30, 31, 80, 90, 91])) if leaves else None
        row = self.contract(customer_id, start, end, self.product(), self.money(self.units()))
        if not leaves and rng.random() < 0.5:
            row |= {"term_end": shift(start, rng.choice([90, 120, 240, 360, 365])).isoformat(), "auto_renew": rng.choice([None, True])}
        return [row | {"kind": None}]

    def customer_rows(self) -> list[dict]:
        rng = self.rng
        rows = super().customer_rows()
        for row in rows:
            row.pop("segment", None)
            for column in COLUMNS:
                value = self.groups[row["customer_id"]][column] if rng.random() < 0.9 else rng.choice(["x", "y"])
                if column in self.kept and value is not None:
                    row[column] = value
            if "fit" in self.kept and rng.random() < 0.8:
                row["fit"] = rng.choice(FITS)
            if "name" in self.kept and rng.random() < 0.7:
                row["name"] = rng.choice(["Acme", "大", "x|y"])
            for column in ("acquisition_cost", "onboarding_cost"):
                if "costs" in self.kept and rng.random() < 0.7:
                    row[column] = self.decimal(self.units() * rng.choice([0, 1, 2, 6, 24]))
        return rows


class Facts(FactRows):
    """Rows around the thresholds of the rules."""

    def __init__(self, rng: random.Random, maker: Reviewed, ids: list[str], day: date, edges: list[date], starts: dict[str, date], limits: dict):
        super().__init__(rng, maker, ids, day, edges, ["active_users"])
        self.starts, self.limits = starts, limits

    def back(self, *days: int) -> str:
        """So many days before the day, or one more or less."""
        return shift(self.around, self.rng.choice([-1, 0, 0, 1]) - self.rng.choice(days)).isoformat()

    def signals(self, most: int) -> list[dict]:
        rng, limits = self.rng, self.limits["natural_drift"]
        lag, window = limits["use_lag_days"], limits["use_days"]
        rows = super().signals(most // 3)
        for signal in ("active_users", "logins"):
            if rng.random() < 0.7:
                for days, values in ((0, [7, 9, 10, 70, 75, 0, 0.7, 6.999996, 6.999994]), (lag, [10, 10, 100, 7, 0, 1])):
                    for _ in range(rng.choice([0, 1, 1, 2, 3])):
                        rows.append({"signal": signal, "observed_on": self.back(days, days, days + window - 1, days + window // 2), "value": rng.choice(values)})
        if rng.random() < 0.5:
            for signal, values in (("emails_sent", [1, 2, 3, 5, 10, 20]), ("emails_opened", [0, 0, 0.5, 1, 5, 0.499999, 0.4999996])):
                for _ in range(rng.choice([0, 1, 1, 2])):
                    rows.append({"signal": signal, "observed_on": self.back(0, limits["mail_days"], 10), "value": rng.choice(values)})
        for row in rows[-3:]:
            if rng.random() < 0.2:
                row["recorded_on"] = self.recorded_on(date.fromisoformat(row["observed_on"]))
        return rows

    def milestones(self, most: int) -> list[dict]:
        """First value about as many days after the start as are acceptable."""
        rng, limits = self.rng, self.limits["time_to_value"]
        rows = [row for row in super().milestones(most) if row["milestone"] != "first_value"]
        if most > 0:
            start = self.starts.get(self.current, self.around)
            reached = shift(start, rng.choice([0, 1, 10, 30, 91, limits["max_days"] - 1, limits["max_days"], limits["max_days"] + 1]))
            if start < shift(self.around, -30 * limits["recent_months"]) and rng.random() < 0.5:  # those before were quicker
                reached = shift(start, rng.choice([0, 1]))
            days = [reached, self.day(), shift(self.around, rng.choice([0, 1]))]
            due = [shift(reached, -limits["max_days_behind_plan"] + rng.choice([-1, 0, 1])), self.day(), shift(self.around, -limits["max_days_behind_plan"] + rng.choice([-1, 0, 1]))]
            row = {"milestone": "first_value", "due_on": rng.choice([None, *due]), "reached_on": rng.choice([None, *days, reached])}
            rows.append({key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()})
        return rows

    def outcomes(self, most: int) -> list[dict]:
        rng, limits = self.rng, self.limits["wildly_successful"]
        rows = super().outcomes(most // 2)
        if rng.random() < 0.3:
            return rows
        late = limits["max_days_overdue"]
        for number in range(rng.choice([1, 1, 2, 3])):
            span = rng.choice([10, 20, 40, 100, 365])
            spent = rng.choice([span // 10, span // 4, span // 2, span * 7 // 10, span - 1, span, span + 1, span + late, span + late + 1])
            agreed = shift(self.around, -spent)
            rows.append(
                {
                    "outcome_id": f"p{number}",
                    "measure": rng.choice([None, "hours"]),
                    "baseline": rng.choice([0, 0, 100, 10]),
                    "target": rng.choice([100, 100, 0, 50]),
                    "current": rng.choice([0, 7, 17.5, 25, 34.99996, 34.9999, 35, 50, 70, 90, 100, 120]),
                    "observed_on": self.back(0, 1, limits["max_age_days"]),
                    "agreed_on": agreed.isoformat() if rng.random() < 0.9 else None,
                    "agreed_by_customer": self.flag(),
                    "due_on": shift(agreed, span).isoformat(),
                    "achieved_on": self.back(0, 5, 50) if rng.random() < 0.25 else None,
                    "experience": rng.choice([None, 0, 4.9, 5, 7, 7.5, 10]),
                }
            )
        return rows

    def stakeholders(self, most: int) -> list[dict]:
        rows, rng = super().stakeholders(most), self.rng
        for row in rows:
            row["role"] = rng.choice(["executive_sponsor", "champion", row["role"]])
            if rng.random() < 0.4:
                left = self.back(self.limits["natural_drift"]["max_vacant_days"], 0, 200)
                row |= {"left_on": left, "since": None if row["since"] is None or row["since"] > left else row["since"]}
        return rows

    def feedback(self, most: int) -> list[dict]:
        return [row | {"kind": self.rng.choice(["request", "request", row["kind"]])} for row in super().feedback(most)]

    def actions(self, most: int) -> list[dict]:
        """Some for findings, of any customer, and then for one more; some of them rest these."""
        rng = self.rng
        rows = super().actions((most + 1) // 2)
        for row in rows:
            principle = rng.choice(list(CHECKS))
            check = rng.choice([*CHECKS[principle], "principle_fails"])
            if rng.random() < 0.5:
                row["finding_id"] = random_id(rng, principle, check, self.ids)
            if rng.random() < 0.3:
                ignored = self.limits["monitor_health"]["max_ignored_days"]
                row["opened_on"] = self.back(ignored, ignored + 1)
                row |= {"closed_on": None, "due_on": None} if rng.random() < 0.7 else {"closed_on": max(self.back(0), row["opened_on"]), "due_on": None}
                row["snoozed_until"] = None
            if row["snoozed_until"] is None and rng.random() < 0.5:
                row["snoozed_until"] = max(shift(self.around, rng.choice([0, 1, 10])).isoformat(), row["opened_on"])
        return rows

    def practices(self) -> list[dict]:
        """Not two of one topic from one day on: no order tells them apart."""
        rng, days = self.rng, {None, *(self.back(0, 30) for _ in range(3))}
        chosen = rng.sample(sorted(days, key=str), rng.randint(0, min(len(days), 2)))
        rows = [{"topic": "score_validated", "value": rng.choice(["better", "not_shown", "health 1"]), "since": day} for day in chosen]
        return [self.maker.sparse(row) for row in [*rows, *([{"topic": "metric_owner", "value": "yes"}] if rng.random() < 0.7 else [])]]

    def table(self, table: str) -> list[dict]:
        if table == "practices":
            return self.practices()
        rows, ids = [], self.ids
        for self.current in ids:
            self.ids = [self.current]
            most = self.rng.choice([0, 1, 1, 2, 3, 4])
            self.ids = ids
            rows += [{"customer_id": self.current} | row for row in getattr(self, table)(most)]
        if table == "actions":
            rows = [row if row.get("finding_id") is None else row | {"customer_id": self.rng.choice([None, subject_of(row["finding_id"]), row["customer_id"]])} for row in rows]
        self.rng.shuffle(rows)
        return [self.maker.sparse(row) for row in rows]


def subject_of(finding_id: str) -> str | None:
    """The customer whom a finding is about."""
    _, scope, subject = finding_id.rpartition("/customer/")
    return subject if scope else None


def random_id(rng: random.Random, principle: str, check: str, ids: list[str]) -> str:
    if check == "principle_fails" or check in OF_THE_COMPANY:
        return f"{principle}/{check}/company"
    if check in OF_SEGMENTS:
        return f"{principle}/{check}/segment/{rng.choice(COLUMNS)}={rng.choice(['x', 'y', 'é'])}"
    return f"{principle}/{check}/customer/{rng.choice(ids or ['nobody'])}"


def random_review_call(seed: int) -> dict:
    """{"book", "definitions", "operation", "arguments"}: the same for the same seed; about one in thirty is refused."""
    rng = random.Random(f"review {seed}")
    kind = rng.choices(["stories", "plain", "crowd"], weights=[10, 9, 1])[0]
    maker = Reviewed(rng, {"stories": rng.choice([3, 6, 9]), "plain": rng.choice([8, 14]), "crowd": 60}[kind], rng.choice([400, 800, 1200]), kind != "stories")
    if kind == "crowd":
        maker.customers = max(maker.customers, 40)
    book, definitions = maker.book(), maker.definitions()
    if rng.random() < 0.9:
        book["customers"] = maker.customer_rows()
    else:
        book.pop("customers", None)
    day, ids = maker.last if kind != "stories" and rng.random() < 0.5 else day_to_look_from(rng, maker, book), ids_of(book)
    settings = random_settings(rng, book, ids, day, kind)
    limits = {name: values | settings.get(name, {}) for name, values in DEFAULTS.items()}
    starts: dict[str, date] = {}
    for row in book["contracts"]:
        start = date.fromisoformat(row["start_date"])
        starts[row["customer_id"]] = min(start, starts.get(row["customer_id"], start))
    facts = Facts(rng, maker, ids, day, days_of_edges(day, limits), starts, limits)
    book |= {table: facts.table(table) for table in TABLES if rng.random() < (0.4 if kind == "crowd" else 0.75)}
    if ids and rng.random() < 0.25:
        for name in rng.sample(ids, min(len(ids), 3)):
            make_well(book, name, day, starts.get(name, day), limits["natural_drift"]["use_lag_days"])
    if rng.random() < 0.2:
        book["observed_until"] = shift(day, rng.choice([-30, -1, 0, 1, 400])).isoformat()
    arguments: dict = {"as_of": day.isoformat()}
    if rng.random() < 0.3:
        arguments["edition"] = rng.choice(list(NUMBERS))
    if settings:
        arguments["settings"] = settings
    if rng.random() < 0.3:
        arguments["previous"] = random_previous(rng, maker, book, ids, day)
    if rng.random() < 0.05:
        arguments["definitions"] = definitions | {"free_counts": rng.random() < 0.5}
    if rng.random() < 0.01:
        arguments["settings"] = settings | {"bounds": {"gross_margin": 0}}
    elif rng.random() < 0.01:
        arguments["settings"] = settings | {"exclusions": [{"customer_id": "nobody", "reason": "a typing error"}]}
    elif rng.random() < 0.01:
        arguments["settings"] = settings | {"exclusions": [{"customer_id": rng.choice(ids or ["nobody"]), "reason": "a school"}] * 2}
    return {"book": book, "definitions": definitions, "operation": "review", "arguments": arguments}


def make_well(book: dict, name: str, day: date, start: date, lag: int) -> None:
    """Nothing is wrong with the customer, who has what it wanted."""
    today, yesterday, first = day.isoformat(), shift(day, -1).isoformat(), start.isoformat()
    facts: dict[str, list[dict]] = {
        "signals": [{"signal": "active_users", "observed_on": on, "value": 100} for on in (today, shift(day, -lag).isoformat())],
        "engagements": [{"date": today, "kind": "qbr", "channel": "human", "two_way": True}],
        "outcomes": [{"outcome_id": "done", "achieved_on": yesterday, "experience": 10, "observed_on": today}],
        "stakeholders": [{"person_id": person, "role": "champion"} for person in ("p1", "p2")],
        "milestones": [{"milestone": milestone, "reached_on": first} for milestone in ("first_value", "onboarded")],
        "surveys": [{"date": yesterday, "kind": "nps", "score": 10}],
    }
    for table, rows in facts.items():
        others = [row for row in book.get(table, []) if row["customer_id"] != name]
        book[table] = [*others, *({"customer_id": name} | row for row in rows)]
    for row in book.get("customers", []):
        if row["customer_id"] == name and "fit" in row:
            row["fit"] = 100


def days_of_edges(day: date, limits: dict) -> list[date]:
    """The days at which what is acceptable ends, and their neighbours."""
    drift = limits["natural_drift"]
    back = [0, *(drift["max_cadences"] * days for days in (14, 45, 90)), drift["min_silent_days"], drift["max_vacant_days"], limits["monitor_health"]["max_evidence_days"]]
    back += [limits["wildly_successful"]["max_age_days"], limits["monitor_health"]["max_ignored_days"] + 1, limits["time_to_value"]["max_days_behind_plan"]]
    return sorted({shift(day, by - days) for days in back for by in (-1, 0, 1)})


# ---------------------------------------------------------------------------------------------------------------
# Settings
# ---------------------------------------------------------------------------------------------------------------


def random_settings(rng: random.Random, book: dict, ids: list[str], day: date, kind: str) -> dict:
    settings: dict = {}
    for name, thresholds in THRESHOLDS.items():
        if rng.random() < (0.3 if kind == "crowd" else 0.7):
            settings[name] = {threshold: rng.choice(choices) for threshold, choices in thresholds.items() if rng.random() < 0.6}
    if kind != "crowd":
        settings.setdefault("right_customer", {}).setdefault("min_customers", 2)
        settings.setdefault("time_to_value", {}).setdefault("min_customers", 2)
    if kind == "plain":
        settings["right_customer"] |= {"max_q_value": rng.choice([0.25, 0.5, 1]), "max_excess": rng.choice([0, 0, 0.1])}
        if rng.random() < 0.5:
            settings["right_customer"]["horizon_days"] = rng.choice([30, 90])
        settings["time_to_value"] |= {"recent_months": rng.choice([3, 6, 12]), "max_days": rng.choice([1, 30, 60, 180, 365]), "max_p_value": rng.choice([0.5, 1])}
    if "attention_above" in (bounds := settings.get("bounds", {})):
        bounds.setdefault("fail_above", 0.5)
    chance = rng.random()
    if chance < 0.7:
        settings["scorecard"] = random_card(rng, ids, day)
    elif chance < 0.85:
        settings["scorecard"] = without_weights(Cards(rng, book, ids, day).scorecard())
    if ids and rng.random() < 0.3:
        settings["exclusions"] = random_exclusions(rng, ids, day)
    if rng.random() < 0.2:
        settings["validation"] = rng.choice(["better", "not_shown"])
    if rng.random() < 0.3:
        settings["touch_model"] = {"tiers": {tier: {"contact_days": rng.choice([1, 7, 14, 30, 90])} for tier in ("high_touch", "low_touch", "tech_touch") if rng.random() < 0.6}}
    if rng.random() < 0.3:
        settings["plays"] = [random_play(rng, name) for name in rng.sample(["call", "visit", "qbr", "training", "review_of_the_principle"], rng.choice([1, 2]))]
    return settings


def without_weights(card: dict) -> dict:
    """Profiles in which nothing weighs 0: of what weighs nothing the pages do not say whether it is evidence."""
    profiles = [{name: value for name, value in profile.items() if name not in ("weights", "group_weights")} for profile in card.get("profiles", [])]
    return card | ({"profiles": profiles} if profiles else {})


def random_card(rng: random.Random, ids: list[str], day: date) -> dict:
    """Of use and answers; those who pay more count for more."""
    window, age = rng.choice([7, 31, 62, 90]), rng.choice([None, None, 7, 30])
    measures: list[dict] = [
        {
            "measure": "use", "evidence": "product_adoption", "weight": rng.choice([1, 1, 2]), "curve": [[0, 0], [10, 40], [100, 100]],
            "value": {"table": "signals", "aggregate": rng.choice(["last", "mean"]), "where": {"signal": "active_users"}, "window_days": window},
        },
        {
            "measure": "answers", "evidence": "surveys", "weight": rng.choice([1, 1, 3]), "curve": [[0, 0], [10, 100]],
            "value": {"table": "surveys", "aggregate": "mean", "where": {"kind": "nps"}, "window_days": 90},
        },
        {"measure": "growth", "evidence": "contract_growth", "weight": 1, "curve": [[-1, 0], [0, 60], [1, 100]], "value": {"table": "contracts", "aggregate": "growth", "window_days": 90}},
    ]  # fmt: skip
    chosen = rng.sample(measures, rng.choice([1, 2, 3]))
    card = {"name": "a card", "measures": [measure if age is None else measure | {"max_age_days": age} for measure in chosen], "min_coverage": rng.choice([0.25, 0.5, 1])}
    if ids and rng.random() < 0.3:
        drawn = [random_override(rng, name, day) for name in rng.sample(ids, min(len(ids), 2))]
        card["overrides"] = [override for override in drawn if override["from"] < override["until"]]
    return card


def random_override(rng: random.Random, name: str, day: date) -> dict:
    first = shift(day, -rng.choice([0, 1, 30, 31]))
    days = {"from": first.isoformat(), "until": shift(max(first, day), rng.choice([1, 1, 10])).isoformat()}
    return {"customer_id": name, "band": rng.choice(["green", "red", "red"]), "author": "ann", "reason": "a talk"} | days


def random_exclusions(rng: random.Random, ids: list[str], day: date) -> list[dict]:
    rows = []
    for name in rng.sample(ids, min(len(ids), rng.choice([1, 2, 3]))):
        row = {"customer_id": name, "reason": rng.choice(["a school", "大"])}
        if rng.random() < 0.6:
            row["principle"] = rng.choice(list(RULES))
        if rng.random() < 0.5:
            row["until"] = shift(day, rng.choice([-1, 0, 1, 30])).isoformat()
        rows.append(row)
    return rows


def random_play(rng: random.Random, name: str) -> dict:
    checks = [check for mine in CHECKS.values() for check in mine]
    texts = {text: {"en": f"{text} of {name}", "ja": f"{name}の{text}"} for text in ("label", "effect", "success")}
    play = {"play": name, "checks": rng.sample([*checks, "principle_fails"], rng.choice([1, 3, 8])), **texts}
    if rng.random() < 0.4:
        play["tiers"] = rng.sample(["high_touch", "low_touch", "tech_touch"], rng.choice([1, 2]))
    if rng.random() < 0.3:
        play["phases"] = rng.sample(["onboarding", "adoption", "advocacy"], rng.choice([1, 2]))
    if rng.random() < 0.3:
        play["needs_health"] = rng.choice([True, False])
    return play


# ---------------------------------------------------------------------------------------------------------------
# Earlier reviews
# ---------------------------------------------------------------------------------------------------------------

COLUMN_KINDS = {
    "finding_id": "text", "principle": "text", "check": "text", "scope": "text", "subject": "text", "name": "text", "severity": "text",
    "mrr_at_stake": "money", "since": "date", "plays": "text_list", "state": "text", "snoozed_until": "date", "open_actions": "count",
}  # fmt: skip


def random_previous(rng: random.Random, maker: Reviewed, book: dict, ids: list[str], day: date) -> dict:
    """Findings that might have been: of any question, of anybody."""
    found: dict[str, dict] = {}
    for principle, checks in CHECKS.items():
        for check in [*checks, "principle_fails"]:
            for _ in range(rng.choice([2, 4] if check in OF_SEGMENTS else [0, 1, 2])):
                row = earlier_finding(rng, maker, principle, check, ids, day)
                found[row["finding_id"]] = row
    digits = maker.digits
    columns = [{"name": name, "kind": kind} | ({"digits": digits} if kind == "money" else {}) for name, kind in COLUMN_KINDS.items()]
    rows = list(found.values())
    rng.shuffle(rows)
    switches = all_switches(maker.extra_digits)
    fingerprint = hashlib.sha256(json.dumps(switches, separators=(",", ":")).encode()).hexdigest()
    metadata = {
        "version": "0.1.0", "operation": "review", "currency": book["currency"], "definitions": switches, "fingerprint": fingerprint, "scorecard": None,
        "as_of": shift(day, -rng.choice([0, 0, 30])).isoformat(), "known_on": None, "unit": "customer", "absent": {},
    }  # fmt: skip
    return {"findings": {"schema": "review_findings", "columns": columns, "rows": rows, "metadata": metadata}}


def all_switches(extra_digits: int) -> dict:
    """The usual ones in their order, with the one that the model does not know."""
    switches: dict = {}
    for name, value in read_definitions({"extra_digits": extra_digits}).items():
        switches |= {name: value} | ({"fx_date": None} if name == "fx" else {})
    return switches


def earlier_finding(rng: random.Random, maker: Reviewed, principle: str, check: str, ids: list[str], day: date) -> dict:
    name = random_id(rng, principle, check, ids)
    _, _, scope, *subject = name.split("/", 3)
    return {
        "finding_id": name,
        "principle": principle,
        "check": check,
        "scope": scope,
        "subject": subject[0] if subject else None,
        "name": rng.choice([None, "Acme"]),
        "severity": rng.choice(["high", "medium", "low"]),
        "mrr_at_stake": fixed(maker, rng.choice([0, *maker.amounts])),
        "since": rng.choice([None, shift(day, -rng.randint(1, 400)).isoformat()]),
        "plays": [],
        "state": None,
        "snoozed_until": None,
        "open_actions": 0,
    }


def fixed(maker: Reviewed, units: int) -> str:
    """An amount with as many decimals as amounts have."""
    text = str(units).zfill(maker.digits + 1)
    return f"{text[: len(text) - maker.digits]}.{text[len(text) - maker.digits :]}" if maker.digits else text


# ---------------------------------------------------------------------------------------------------------------
# An answer beside the model's
# ---------------------------------------------------------------------------------------------------------------


def differences(call: dict, found: Tables | str) -> list[str]:
    """Where the rows of the tables, or the refusal, are not those of the model; none if they are."""
    expected = model.answer(call)
    if isinstance(expected, str) or isinstance(found, str):
        return [] if found == expected else [f"{found} is not {expected}"]
    if list(found) != list(expected):
        return [f"{list(found)} are not {list(expected)}"]
    summary = dict(found["summary"][0])
    settings, fingerprint = summary.pop("settings"), summary.pop("settings_fingerprint")
    result = [] if hashlib.sha256(settings.encode()).hexdigest() == fingerprint else ["the fingerprint is not that of the settings"]
    given = model.as_read(call["arguments"].get("settings") or {})
    told = json.loads(settings)
    result += [f"{name} {told[name]} is not asked for" for name, values in DEFAULTS.items() if model.as_read(told[name]) != values | (given.get(name) or {})]
    tables = found | {"summary": [summary], "evidence": in_order(found["evidence"])}
    expected |= {"evidence": in_order(expected["evidence"])}
    return result + [each for name in expected for each in different_rows(name, tables[name], expected[name])]


def in_order(evidence: list[dict]) -> list[dict]:
    """Findings in their order, the values of each by their names."""
    places = {name: number for number, name in enumerate(dict.fromkeys(row["finding_id"] for row in evidence))}
    return sorted(evidence, key=lambda row: (places[row["finding_id"]], row["measure"]))


def different_rows(table: str, found: list[dict], expected: list[dict]) -> list[str]:
    if len(found) != len(expected):
        key = {"evidence": "measure", "findings": "finding_id"}.get(table)
        names = [{(row["finding_id"], row[key]) for row in rows} for rows in (found, expected)] if key else [set(), set()]
        return [f"{table}: {len(found)} rows are not {len(expected)}: {sorted(names[0] - names[1])} for {sorted(names[1] - names[0])}"]
    result = []
    for number, (row, other) in enumerate(zip(found, expected, strict=True)):
        if list(row) != list(other):
            result.append(f"{table} {number}: {list(row)} are not {list(other)}")
            continue
        near = 1e-6 if row.get("measure") in ("lifetime_months", "payback_months") else 1e-12
        what = " ".join(str(row[name]) for name in ("principle", "check", "subject", "finding_id", "measure") if name in row)
        result += [f"{table} {number} ({what}): {name} {row[name]} is not {value}" for name, value in other.items() if not is_same(row[name], value, near)]
    return result


def is_same(found, expected, near: float) -> bool:
    if found == expected or not isinstance(expected, float) or not isinstance(found, int | float) or isinstance(found, bool):
        return found == expected
    return math.isclose(found, expected, rel_tol=near, abs_tol=near)
