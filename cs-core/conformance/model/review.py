"""How a company stands by the principles (section 10): verdicts, what was asked and found, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import monitor_health
import natural_drift
import right_customer
import time_to_value
import wildly_successful
from asking import Question, Told, WiderQuestion, at_least, at_most, told
from contracts import last_seen
from definitions import FIRST_DAY, ModelError, by_bytes, format_money, parse_day
from snapshot import Settings, Snapshot
from values import value_incidence

PLAYS = Path(__file__).resolve().parents[2] / "src" / "principles" / "plays.json"
# The number of each principle in the edition; one of which no source names it has none.
NUMBERS: dict[str, dict[str, int | None]] = {
    "2016": {"right_customer": 1, "natural_drift": 2, "wildly_successful": 3, "monitor_health": 4, "time_to_value": 7},
    "2021": {"monitor_health": None},
}
NUMBERS["both"] = NUMBERS["2016"]
RULES: dict[str, Callable[[Snapshot, list[str]], list[Question | WiderQuestion]]] = {
    rule.PRINCIPLE: rule.questions for rule in (right_customer, natural_drift, wildly_successful, monitor_health, time_to_value)
}
SCOPES = ("company", "segment", "customer")
STANDINGS = ("pass", "attention", "fail")
PREVIOUS = ("finding_id", "principle", "check", "scope", "subject")


@cache
def standard_plays() -> list[dict]:
    return json.loads(PLAYS.read_text(encoding="utf-8"))


def share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def as_float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


@dataclass(frozen=True)
class Finding:
    principle: str
    check: str
    scope: str
    subject: str | None
    severity: str
    concerned: set[str]
    mrr: int  # at stake
    since: date | None
    evidence: tuple[Told, ...]

    @property
    def finding_id(self) -> str:
        return "/".join([self.principle, self.check, self.scope, *([] if self.subject is None else [self.subject])])

    @property
    def place(self) -> tuple[int, int, bytes]:
        return SCOPES.index(self.scope), -self.mrr, by_bytes(self.finding_id)


class Principle:
    """How the company stands by one of them."""

    def __init__(self, seen: Snapshot, name: str):
        self.seen, self.name = seen, name
        self.panel = seen.panel(name)
        self.asked = RULES[name](seen, self.panel)
        self.faults = [each for each in self.asked if isinstance(each, Question) and each.kind == "fault"]
        self.claims = [claim for each in self.asked if isinstance(each, WiderQuestion) for claim in each.claims]
        self.customers, self.assessed, self.failing = (
            set().union(*sets) for sets in zip(*((each.asked, each.assessed, each.found) for each in self.faults), strict=True)
        )
        self.at_stake = self.failing.union(*(claim.concerned for claim in self.claims))
        self.coverage = share(sum(seen.sum(each.assessed) for each in self.faults), sum(seen.sum(each.asked) for each in self.faults))
        self.failing_share = share(seen.sum(self.failing), seen.sum(self.assessed))
        self.verdict, self.decided_by = self.judged()
        self.findings = self.found()

    def judged(self) -> tuple[str, str]:
        """By the share that fails; what was found of segments and of the company may be worse."""
        bounds = self.seen.settings["bounds"]
        by_share, severities = "not_assessable", {claim.severity for claim in self.claims}
        if self.coverage is not None and self.failing_share is not None and self.coverage >= bounds["min_coverage"]:
            by_share = "fail" if self.failing_share > bounds["fail_above"] else "attention" if self.failing_share > bounds["attention_above"] else "pass"
        by_claims = "fail" if "high" in severities else "attention" if "medium" in severities else None
        if by_claims is not None and (by_share not in STANDINGS or STANDINGS.index(by_claims) > STANDINGS.index(by_share)):
            return by_claims, "group_finding"
        return by_share, "coverage" if by_share == "not_assessable" else "failing_share"

    def found(self) -> list[Finding]:
        result = []
        if self.verdict == "fail":
            result.append(self.finding("principle_fails", "company", None, "high", self.at_stake, None, tuple(self.what_decided())))
        for each in self.asked:
            if isinstance(each, WiderQuestion):
                for claim in each.claims:
                    scope = "company" if claim.subject is None else "segment"
                    result.append(self.finding(each.check, scope, claim.subject, claim.severity, claim.concerned, None, claim.evidence))
            else:
                for name in each.found:
                    answer = each.answers[name]
                    result.append(self.finding(each.check, "customer", name, self.severity(each, name), {name}, answer.since, answer.evidence))
        return result

    def what_decided(self) -> list[Told]:
        """The other share only stands beside how many groups stand out."""
        bounds, beside = self.seen.settings["bounds"], told(failing_customers=len(self.failing))
        if self.decided_by == "group_finding":
            accused = sum(claim.subject is not None for claim in self.claims)
            return [at_most("accused_groups", accused, 0), *beside, *told(failing_share=self.failing_share, evidence_coverage=self.coverage)]
        assert self.failing_share is not None and self.coverage is not None
        return [at_most("failing_share", self.failing_share, bounds["fail_above"]), at_least("evidence_coverage", self.coverage, bounds["min_coverage"]), *beside]

    def finding(self, check: str, scope: str, subject: str | None, severity: str, concerned: set[str], since: date | None, evidence: tuple[Told, ...]) -> Finding:
        mrr = 0 if severity == "opportunity" else self.seen.sum(concerned)
        return Finding(self.name, check, scope, subject, severity, concerned, mrr, since, evidence)

    def severity(self, question: Question, name: str) -> str:
        if question.kind != "fault":
            return {"sign": "low", "won": "opportunity"}[question.kind]
        return "high" if self.seen.is_due_within(name, int(self.seen.settings["bounds"]["soon_days"])) else "medium"

    def row(self, number: int | None) -> dict:
        seen, bounds = self.seen, self.seen.settings["bounds"]
        return {
            "principle": self.name,
            "number": number,
            "verdict": self.verdict,
            "decided_by": self.decided_by,
            "customers": len(self.customers),
            "mrr": money(seen, self.customers),
            "assessed_mrr": money(seen, self.assessed),
            "coverage": as_float(self.coverage),
            "min_coverage": float(bounds["min_coverage"]),
            "failing_customers": len(self.failing),
            "failing_mrr": money(seen, self.failing),
            "failing_share": as_float(self.failing_share),
            "attention_above": float(bounds["attention_above"]),
            "fail_above": float(bounds["fail_above"]),
            "customers_at_stake": len(self.at_stake),
            "mrr_at_stake": money(seen, self.at_stake),
            "findings": len(self.findings),
        }

    def check_rows(self) -> list[dict]:
        return [self.check_row(each) for each in self.asked]

    def check_row(self, asked: Question | WiderQuestion) -> dict:
        seen = self.seen
        customers, assessed, found_ones = asked.asked, asked.assessed, asked.found
        missing = None if assessed == customers else asked.missing
        return {
            "principle": self.name,
            "check": asked.check,
            "customers": len(customers),
            "mrr": money(seen, customers),
            "assessed_mrr": money(seen, assessed),
            "coverage": as_float(share(seen.sum(assessed), seen.sum(customers))),
            "found_customers": len(found_ones),
            "found_mrr": money(seen, found_ones),
            "missing_reason": None if missing is None else missing.reason,
            "missing_table": None if missing is None else missing.table,
            "missing_column": None if missing is None else missing.column,
        }

    def why_not(self, row: dict) -> str:
        """Was what an earlier review found looked for again?"""
        if row["check"] == "principle_fails":
            return "not_assessed" if self.verdict == "not_assessable" else "no_longer_found"
        asked, subject = next(each for each in self.asked if each.check == row["check"]), row["subject"]
        if isinstance(asked, Question):
            is_asked, is_known = subject in asked.asked, subject in asked.assessed
        elif row["scope"] == "segment":
            is_asked, is_known = True, subject in asked.tested
        else:
            is_asked, is_known = bool(asked.asked), self.seen.is_enough(asked.assessed, asked.asked)
        return "not_asked" if not is_asked else "no_longer_found" if is_known else "not_assessed"


def money(seen: Snapshot, names: set[str]) -> str:
    return format_money(seen.sum(names), seen.view.digits)


# ---------------------------------------------------------------------------------------------------------------
# What to do
# ---------------------------------------------------------------------------------------------------------------


def catalogue(settings: Settings) -> list[dict]:
    """Plays of one's own come first, and take the place of those of their names."""
    own = {play["play"] for play in settings.plays}
    return [*settings.plays, *(play for play in standard_plays() if play["play"] not in own)]


def plays_for(seen: Snapshot, finding: Finding) -> list[str]:
    return [play["play"] for play in catalogue(seen.settings) if finding.check in play["checks"] and is_fit(seen, finding, play)]


def is_fit(seen: Snapshot, finding: Finding, play: dict) -> bool:
    """Where nobody knows a tier or a phase, as of the company, any fits; health has to be known."""
    name = finding.subject
    if finding.scope != "customer" or name is None:
        return not play.get("needs_health")
    return (
        (not play.get("tiers") or seen.tiers[name] in play["tiers"])
        and (not play.get("phases") or seen.phases[name] in (None, *play["phases"]))
        and (not play.get("needs_health") or (seen.is_best(name) and name not in seen.at_fault))
    )


def play_rows(seen: Snapshot, findings: list[Finding]) -> list[dict]:
    """Those that are proposed first for some."""
    first: dict[str, list[Finding]] = {}
    for finding in findings:
        for name in plays_for(seen, finding)[:1]:
            first.setdefault(name, []).append(finding)
    rows = []
    for play in catalogue(seen.settings):
        mine = first.get(play["play"], [])
        concerned = set().union(*(finding.concerned for finding in mine))
        texts = {f"{text}_{language}": (play.get(text) or {}).get(language) for text in ("label", "effect", "success") for language in ("en", "ja")}
        row = {"play": play["play"], **texts, "checks": play["checks"], "findings": len(mine), "customers": len(concerned), "mrr": money(seen, concerned)}
        rows += [row] if mine else []
    return rows


# ---------------------------------------------------------------------------------------------------------------
# What became of it
# ---------------------------------------------------------------------------------------------------------------


def finding_row(seen: Snapshot, finding: Finding, earlier: set[str] | None) -> dict:
    until = rests_until(seen, finding)
    state = None if earlier is None else "persisting" if finding.finding_id in earlier else "new"
    return {
        "finding_id": finding.finding_id,
        "principle": finding.principle,
        "check": finding.check,
        "scope": finding.scope,
        "subject": finding.subject,
        "name": seen.attribute(finding.subject, "name") if finding.scope == "customer" and finding.subject is not None else None,
        "severity": finding.severity,
        "mrr_at_stake": format_money(finding.mrr, seen.view.digits),
        "since": None if finding.since is None else finding.since.isoformat(),
        "plays": plays_for(seen, finding),
        "state": state if until is None else "snoozed",
        "snoozed_until": until,
        "open_actions": len(open_actions(seen, finding)),
    }


def open_actions(seen: Snapshot, finding: Finding) -> list[dict]:
    """Those for it, or for its customer without naming a finding."""

    def is_for_it(action: dict) -> bool:
        if action.get("finding_id") is not None:
            return action["finding_id"] == finding.finding_id
        return finding.scope == "customer" and action.get("customer_id") == finding.subject

    return [action for action in seen.facts("actions") if seen.is_open(action) and is_for_it(action)]


def rests_until(seen: Snapshot, finding: Finding) -> str | None:
    """Up to the day before the last that an open action for it names."""
    days = [action["snoozed_until"] for action in open_actions(seen, finding) if action.get("finding_id") is not None and action.get("snoozed_until") is not None]
    return max((day for day in days if parse_day(day) > seen.day), default=None)


def resolved_rows(seen: Snapshot, principles: list[Principle], previous: dict | None) -> list[dict]:
    """What was found before, and is not now; in the order of then."""
    now = {finding.finding_id for principle in principles for finding in principle.findings}
    before = [] if previous is None else previous["findings"]["rows"]
    return [resolved_row(seen, principles, row) for row in before if row["finding_id"] not in now]


def resolved_row(seen: Snapshot, principles: list[Principle], row: dict) -> dict:
    kept = {name: row.get(name) for name in PREVIOUS}
    return kept | {"resolved_by": resolved_by(seen, principles, row), "mrr_at_stake": row["mrr_at_stake"], "since": row.get("since")}


def resolved_by(seen: Snapshot, principles: list[Principle], row: dict) -> str:
    mine = next((each for each in principles if each.name == row["principle"]), None)
    if mine is None:  # the edition lacks it
        return "not_asked"
    if row["scope"] == "customer":
        if row["subject"] not in seen.customers:
            return "not_assessed"
        if row["subject"] not in seen.mrr:
            return "churned"
        if seen.is_left_out(row["subject"], row["principle"]):
            return "left_out"
    return mine.why_not(row)


# ---------------------------------------------------------------------------------------------------------------
# All of it
# ---------------------------------------------------------------------------------------------------------------


def review(book: dict, definitions: dict, as_of: str, *, edition="2016", settings: dict | None = None, previous: dict | str | None = None) -> dict[str, list[dict]]:
    """The tables of a review, each as its rows; `previous`: an earlier one, or its JSON."""
    if isinstance(previous, str):
        previous = json.loads(previous)
    day = max(last_seen(book, as_of), FIRST_DAY)
    if previous is not None and parse_day(previous["findings"]["metadata"]["as_of"]) > day:
        raise ModelError("invalid_argument")
    seen = Snapshot(book, definitions, day, Settings(settings))
    principles = [Principle(seen, name) for name in NUMBERS[edition]]
    seen.at_fault = set().union(*(each.failing for each in principles))
    findings = sorted((finding for each in principles for finding in each.findings), key=lambda finding: finding.place)
    earlier = None if previous is None else {row["finding_id"] for row in previous["findings"]["rows"]}
    return {
        "summary": [summary_row(seen, edition, principles)],
        "verdicts": [each.row(NUMBERS[edition][each.name]) for each in principles],
        "checks": [row for each in principles for row in each.check_rows()],
        "findings": [finding_row(seen, finding, earlier) for finding in findings],
        "evidence": [value.row(finding.finding_id) for finding in findings for value in finding.evidence],
        "comparisons": seen.comparisons,
        "value_incidence": value_incidence(book, definitions, day.isoformat()),
        "plays": play_rows(seen, findings),
        "resolved": resolved_rows(seen, principles, previous),
        "exclusions": exclusion_rows(seen),
    }


def summary_row(seen: Snapshot, edition: str, principles: list[Principle]) -> dict:
    """All but what the settings are."""
    at_stake = set().union(*(each.at_stake for each in principles))
    excluded = {each["customer_id"] for each in seen.exclusions}
    verdicts = [each.verdict for each in principles]
    return {
        "edition": edition,
        "customers": len(seen.paying),
        "mrr": money(seen, set(seen.paying)),
        "customers_at_stake": len(at_stake),
        "mrr_at_stake": money(seen, at_stake),
        "passed": verdicts.count("pass"),
        "attention": verdicts.count("attention"),
        "failed": verdicts.count("fail"),
        "not_assessable": verdicts.count("not_assessable"),
        "excluded_customers": len(excluded),
        "excluded_mrr": money(seen, excluded),
    }


def exclusion_rows(seen: Snapshot) -> list[dict]:
    return [
        {
            "customer_id": each["customer_id"],
            "principle": each.get("principle"),
            "until": each.get("until"),
            "reason": each["reason"],
            "mrr": money(seen, {each["customer_id"]}),
        }
        for each in sorted(seen.exclusions, key=lambda each: by_bytes(each["customer_id"]))
    ]
