"""What a review comes to, added up again from its findings, the book and the published thresholds."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import customer_success as cs
import pytest

FAULTS = [None, "right_customer", "natural_drift", "wildly_successful", "monitor_health", "time_to_value"]
# What a principle fails by; all other questions are signs, or something that could be won.
QUESTIONS = {
    "right_customer": {"poor_fit"},
    "natural_drift": {"silence", "falling_use", "person_gone"},
    "wildly_successful": {"undefined_success", "off_path", "poor_experience"},
    "monitor_health": {"unmonitored", "stale_evidence", "red_without_action", "red_ignored"},
    "time_to_value": {"stuck", "late_value"},
}
LAST = date(2025, 12, 31)


def same(found: float | None, expected: Decimal | None) -> bool:
    """Whether a share is the exact one, but for the last digits of a double."""
    return found is None if expected is None else found is not None and abs(found - float(expected)) < 1e-12


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    return part / whole if whole else None


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("seed", range(8))
def test_verdicts_add_up(seed: int, fault: str | None) -> None:
    portfolio = cs.Portfolio.synthetic(customers=250, seed=seed, fault=fault)
    for day in (date(2024, 11, 30), LAST):
        review = portfolio.review(day)
        mrr = {row["customer_id"]: row["mrr"] for row in portfolio.health(day).to_dicts()}
        checks, findings = review.checks.to_dicts(), review.findings.to_dicts()
        assert review.summary.to_dicts()[0]["customers"] == len(mrr)
        assert review.summary.to_dicts()[0]["mrr"] == sum(mrr.values())
        assert len({row["finding_id"] for row in findings}) == len(findings)
        verdicts = {row["principle"]: row for row in review.verdicts.to_dicts()}
        assert verdicts.keys() == QUESTIONS.keys()
        for principle, verdict in verdicts.items():
            of = [row for row in findings if row["principle"] == principle]
            assert verdict["findings"] == len(of)
            found = {check: {row["subject"] for row in of if row["check"] == check and row["scope"] == "customer"} for check in {row["check"] for row in of}}
            asked = [row for row in checks if row["principle"] == principle]
            for row in asked:
                subjects = found.get(row["check"], set())
                assert same(row["coverage"], share(row["assessed_mrr"], row["mrr"]))
                if subjects:
                    assert (row["found_customers"], row["found_mrr"]) == (len(subjects), sum(mrr[each] for each in subjects))
            judged = [row for row in asked if row["check"] in QUESTIONS[principle]]
            assert len(judged) == len(QUESTIONS[principle])
            failing = set().union(*(found.get(check, set()) for check in QUESTIONS[principle]))
            failing_mrr = sum((mrr[each] for each in failing), Decimal(0))
            assert (verdict["failing_customers"], verdict["failing_mrr"]) == (len(failing), failing_mrr)
            coverage = share(sum(row["assessed_mrr"] for row in judged), sum(row["mrr"] for row in judged))
            assert same(verdict["coverage"], coverage)
            failing_share = share(failing_mrr, verdict["assessed_mrr"])
            assert same(verdict["failing_share"], failing_share)
            # What is found of groups and of the company itself; the finding that a principle fails follows from the verdict.
            wider = {row["scope"]: row["severity"] for row in of if row["scope"] != "customer" and row["check"] != "principle_fails" and row["severity"] in ("high", "medium")}
            if "segment" in wider:
                expected = "fail"
            elif coverage is not None and failing_share is not None and coverage >= Decimal("0.5") and failing_share > Decimal("0.25"):
                expected = "fail"
            elif "company" in wider:
                expected = "attention"
            elif coverage is None or failing_share is None or coverage < Decimal("0.5"):
                expected = "not_assessable"
            else:
                expected = "attention" if failing_share > Decimal("0.1") else "pass"
            assert verdict["verdict"] == expected, (principle, day)
            assert any(row["check"] == "principle_fails" for row in of) == (expected == "fail")
            if not wider:
                assert (verdict["customers_at_stake"], verdict["mrr_at_stake"]) == (len(failing), failing_mrr)


@pytest.mark.parametrize("seed", range(8))
def test_poor_fit_is_read_from_the_rows(seed: int) -> None:
    portfolio = cs.Portfolio.synthetic(customers=250, seed=seed, fault="right_customer")
    paying = {row["customer_id"] for row in portfolio.health(LAST).to_dicts()}
    unfit = {row["customer_id"] for row in portfolio.table("customers").to_dicts() if row["fit"] is not None and row["fit"] < 50}
    findings = portfolio.review(LAST).findings.to_dicts()
    assert {row["subject"] for row in findings if row["check"] == "poor_fit"} == unfit & paying != set()


@pytest.mark.parametrize("seed", range(8))
def test_silence_is_counted_in_days(seed: int) -> None:
    """Each silence is longer than its threshold, and began on the day after the last that was allowed."""
    portfolio = cs.Portfolio.synthetic(customers=250, seed=seed, fault="natural_drift")
    review = portfolio.review(LAST)
    calls = portfolio.table("engagements").to_dicts()
    silent = {row["finding_id"]: row for row in review.findings.to_dicts() if row["check"] == "silence"}
    assert silent
    measured = [row for row in review.evidence.to_dicts() if row["measure"] == "days_silent" and row["finding_id"] in silent]
    assert len(measured) == len(silent)
    for row in measured:
        finding = silent[row["finding_id"]]
        assert row["value"] > row["threshold"] >= 90
        day = LAST.toordinal() - int(row["value"])
        assert finding["since"].toordinal() == day + int(row["threshold"]) + 1
        two_way = [call["date"].toordinal() for call in calls if call["customer_id"] == finding["subject"] and call["two_way"]]
        assert all(spoken <= day or spoken > LAST.toordinal() for spoken in two_way)


def test_findings_stand_in_their_order() -> None:
    """What is wider first, then by what is at stake, then by the id."""
    rank = {"company": 0, "segment": 1, "customer": 2}
    rows = cs.Portfolio.synthetic(customers=400, fault="right_customer").review(LAST).findings.to_dicts()
    keys = [(rank[row["scope"]], -row["mrr_at_stake"], row["finding_id"].encode()) for row in rows]
    assert len(keys) > 50
    assert all(before < after for before, after in pairwise(keys))
