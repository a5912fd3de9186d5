"""What a rule asks, of whom, and what it is answered: section 10, and the page on verdicts.

A question of customers has an answer for each of them; one that is of segments or of the company has claims. Both say
what would bring the evidence that is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

Number = int | float | Fraction

UNITS = {
    "share": "failing_share unfit_share earlier_unfit_share early_churn early_churn_of_rest early_churn_excess least_excess off_target_requests "
    "off_target_requests_of_rest undefined_share undefined_share_of_rest use_kept opened_share unseen_share progress time_spent evidence_coverage share_of_term value_share "
    "earlier_value_share",
    "days": "days_silent days_vacant days_as_customer days_overdue days_since_evidence days_ignored days_to_value days_behind_plan median_days earlier_median_days",
    "months": "payback_months lifetime_months",
    "points": "fit score score_change earlier_score experience",
    "count": "failing_customers accused_groups customers people open_actions",
    "probability": "q_value p_value",
    "number": "cases_per_year cases_per_year_of_rest",
    "date": "last_contact red_on",
    "text": "role outcome validation",
}
UNIT_OF = {measure: unit for unit, measures in UNITS.items() for measure in measures.split()}


@dataclass(frozen=True)
class Told:
    """A value of the evidence; `bound` and `threshold` are absent of what only stands beside others."""

    measure: str
    value: Number | date | str
    bound: str | None = None
    threshold: Number | None = None

    def row(self, finding_id: str) -> dict:
        value = self.value
        return {
            "finding_id": finding_id,
            "measure": self.measure,
            "unit": UNIT_OF[self.measure],
            "value": float(value) if isinstance(value, Number) else None,
            "day": value.isoformat() if isinstance(value, date) else None,
            "text": value if isinstance(value, str) else None,
            "bound": self.bound,
            "threshold": None if self.threshold is None else float(self.threshold),
        }


def at_most(measure: str, value: Number, threshold: Number) -> Told:
    return Told(measure, value, "at_most", threshold)


def at_least(measure: str, value: Number, threshold: Number) -> Told:
    return Told(measure, value, "at_least", threshold)


def told(**values: Number | date | str | None) -> list[Told]:
    """Those that there are, without thresholds."""
    return [Told(measure, value) for measure, value in values.items() if value is not None]


# ---------------------------------------------------------------------------------------------------------------
# Of customers
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """Of one customer: whether it is known, and what was found; `since` is the first day of that."""

    is_known: bool
    is_found: bool = False
    since: date | None = None
    evidence: tuple[Told, ...] = ()


NOT_KNOWN = Answer(False)
FINE = Answer(True)


def found(since: date | None, *evidence: Told) -> Answer:
    return Answer(True, True, since, evidence)


@dataclass(frozen=True)
class Missing:
    """Why something could not be assessed, and what would bring it."""

    reason: str
    table: str
    column: str | None = None


@dataclass(frozen=True)
class Question:
    """Asked of customers; `kind`: by a "fault" the principle fails for them, the others are a "sign" or can be "won"."""

    check: str
    kind: str
    answers: dict[str, Answer]  # of those that it asks of
    missing: Missing

    def those(self, holds: Callable[[Answer], bool]) -> set[str]:
        return {name for name, answer in self.answers.items() if holds(answer)}

    @property
    def asked(self) -> set[str]:
        return set(self.answers)

    @property
    def assessed(self) -> set[str]:
        return self.those(lambda answer: answer.is_known)

    @property
    def found(self) -> set[str]:
        return self.those(lambda answer: answer.is_found)


def ask(check: str, kind: str, panel: Iterable[str], answer_of: Callable[[str], Answer | None], table: str, column: str | None = None) -> Question:
    """`answer_of` gives None where the question does not concern a customer."""
    answers = {name: answer for name in panel if (answer := answer_of(name)) is not None}
    return Question(check, kind, answers, Missing("not_known", table, column))


# ---------------------------------------------------------------------------------------------------------------
# Of segments and of the company
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Claim:
    """Found of a segment, `subject`, or of the company; it concerns some customers."""

    severity: str
    concerned: set[str]
    evidence: tuple[Told, ...]
    subject: str | None = None


@dataclass(frozen=True)
class WiderQuestion:
    """Looks at some customers, of whom those with evidence are assessed; `missing` would bring the evidence of the others."""

    check: str
    asked: set[str]
    assessed: set[str]
    claims: list[Claim] = field(default_factory=list)
    missing: Missing | None = None
    tested: set[str] = field(default_factory=set)  # the segments that were

    def __post_init__(self) -> None:
        if not self.asked:  # a question that looks at nobody finds nothing
            self.claims.clear()

    @property
    def found(self) -> set[str]:
        return set().union(*(claim.concerned for claim in self.claims))


def unassessed(check: str, asked: Iterable[str], reason: str, table: str, column: str | None = None) -> WiderQuestion:
    return WiderQuestion(check, set(asked), set(), missing=Missing(reason, table, column))


def all_assessed(check: str, asked: Iterable[str], *claims: Claim, tested: Iterable[str] = ()) -> WiderQuestion:
    return WiderQuestion(check, set(asked), set(asked), list(claims), tested=set(tested))


# ---------------------------------------------------------------------------------------------------------------
# Beside thresholds
# ---------------------------------------------------------------------------------------------------------------


def is_below(value: Fraction, least: Fraction) -> bool:
    """Of quotients: also by their millionths, rounded half to even."""
    return value < least and round(value, 6) < round(least, 6)
