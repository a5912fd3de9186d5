"""Worked numbers of the rules of a review, of its verdicts, and of what follows from them."""

import unittest
from datetime import date, timedelta
from fractions import Fraction

import right_customer
from asking import UNIT_OF
from definitions import ModelError
from model import review
from review import NUMBERS, PLAYS, standard_plays
from review_calls import CHECKS
from snapshot import DEFAULTS
from worked import DAY, auto, book, card, contract, last, signal

LAST = date.fromisoformat(DAY)


def back(days):
    """So many days before the day."""
    return (LAST - timedelta(days=days)).isoformat()


def since_start(*customers, **tables):
    """Customers who pay 100 from the first of January 2025 on, 545 days before the day, and facts of them."""
    rows = [contract(f"c-{name}", "2025-01-01", mrr="100", customer_id=name) for name in customers or ("acme",)]
    tables = {table: [{"customer_id": "acme"} | row for row in facts] for table, facts in tables.items()}
    return book(*rows) | tables


class Rules(unittest.TestCase):
    def asked(self, given, check, as_of=DAY, **settings):
        """What is told of a question: of how many it asks, of how many there is evidence, and of how many it finds something."""
        tables = review(given, {}, as_of, settings=settings or None)
        (row,) = (row for row in tables["checks"] if row["check"] == check)
        assessed = Fraction(row["assessed_mrr"])
        return row["customers"], assessed, row["found_customers"]

    def missing(self, given, check, as_of=DAY, **settings):
        """The share with evidence, and what is missing of the rest."""
        (row,) = (row for row in review(given, {}, as_of, settings=settings or None)["checks"] if row["check"] == check)
        return row["coverage"], row["missing_reason"], row["missing_table"], row["missing_column"]

    def found(self, given, check, as_of=DAY, **settings):
        """The only finding: since when, and what was measured beside which threshold; None if there is none."""
        tables = review(given, {}, as_of, settings=settings or None)
        findings = [row for row in tables["findings"] if row["check"] == check]
        if not findings:
            return None
        (row,) = findings
        evidence = [each for each in tables["evidence"] if each["finding_id"] == row["finding_id"]]
        values = {each["measure"]: next((each[kind] for kind in ("value", "day", "text") if each[kind] is not None), None) for each in evidence}
        return row["since"], values, {each["measure"]: each["threshold"] for each in evidence if each["threshold"] is not None}


class RightCustomer(Rules):
    def fits(self, *customers):
        """Customers with what each pays, its first day and its fit."""
        rows = [contract(f"c-{name}", start, mrr=mrr, customer_id=name) for name, mrr, start, _ in customers]
        return book(*rows) | {"customers": [{"customer_id": name} | ({} if fit is None else {"fit": fit}) for name, *_, fit in customers]}

    def test_poor_fit(self):
        """A fit of 50 is the last that is acceptable."""
        self.assertIsNone(self.found(self.fits(("acme", "1", "2026-01-01", 50)), "poor_fit"))
        self.assertEqual(self.found(self.fits(("acme", "1", "2026-01-01", 49.999999)), "poor_fit"), ("2026-01-01", {"fit": 49.999999}, {"fit": 50}))
        self.assertEqual(self.asked(self.fits(("acme", "1", "2026-01-01", None)), "poor_fit"), (1, 0, 0))

    def test_unfit_sales(self):
        """A fifth of those who came within a year may not fit; the 30th of June a year ago is not within it."""
        new, old = ("a", "20", "2025-07-01", 10), ("old", "100", "2025-06-30", 10)
        self.assertIsNone(self.found(self.fits(new, ("b", "80", "2025-07-01", 50), old), "unfit_sales"))
        told = self.found(self.fits(new, ("b", "79", "2025-07-01", 50), old), "unfit_sales")
        self.assertEqual(told, (None, {"unfit_share": 20 / 99, "earlier_unfit_share": 1.0}, {"unfit_share": 0.2}))
        # Of those of whom it is known, which are half of what the new ones pay, or just less.
        half, less = (self.fits(new, ("b", mrr, "2025-07-01", None), old) for mrr in ("20", "20.01"))
        self.assertEqual(self.asked(half, "unfit_sales"), (2, 20, 1))
        self.assertEqual(self.asked(less, "unfit_sales"), (2, 20, 0))
        self.assertEqual(self.asked(less, "unfit_sales", bounds={"min_coverage": 0.4}), (2, 20, 1))
        self.assertEqual(self.missing(half, "unfit_sales"), (0.5, "not_known", "customers", "fit"))
        self.assertEqual(self.asked(self.fits(old), "unfit_sales"), (0, 0, 0))
        self.assertEqual(self.missing(self.fits(old), "unfit_sales"), (None, None, None, None))
        nothing = self.fits(("a", "20", "2025-07-01", None))
        self.assertEqual(self.asked(nothing, "unfit_sales", bounds={"min_coverage": 0}), (1, 0, 0))

    def test_unfit_sales_to_those_who_are_left_out(self):
        """They count on no side: a tenth is left of what was sold to the wrong ones, and before them nobody."""
        given = self.fits(("a", "90", "2025-07-01", 10), ("b", "10", "2025-07-01", 10), ("c", "90", "2025-07-01", 90), ("old", "100", "2025-06-30", 10))
        self.assertEqual(self.found(given, "unfit_sales")[1], {"unfit_share": 100 / 190, "earlier_unfit_share": 1})
        left_out = [{"customer_id": name, "reason": "a test", "principle": "right_customer"} for name in ("a", "old")]
        self.assertIsNone(self.found(given, "unfit_sales", exclusions=left_out))
        self.assertEqual(self.found(given, "unfit_sales", exclusions=left_out, right_customer={"max_unfit": 0})[1], {"unfit_share": 0.1})

    def channels(self, lost, of=20):
        """Two channels of so many customers: of `partner` so many left after 100 days, of `web` nobody."""
        rows = [contract(f"p{n}", "2025-01-01", "2025-04-11" if n < lost else None, "10", customer_id=f"p{n}") for n in range(of)]
        rows += [contract(f"w{n}", "2025-01-01", None, "10", customer_id=f"w{n}") for n in range(of)]
        customers = [{"customer_id": row["customer_id"], "channel": "partner" if row["customer_id"][0] == "p" else "web"} for row in rows]
        return book(*rows) | {"customers": customers}

    def test_early_churn(self):
        """12 of 20 left, of the others nobody: 60 points more, at least 29.0; of 7 it is at least 9.99, which is acceptable."""
        _, values, thresholds = self.found(self.channels(12), "early_churn")
        self.assertEqual((values["customers"], values["early_churn"], values["early_churn_of_rest"], values["early_churn_excess"]), (20, 0.6, 0, 0.6))
        self.assertEqual(thresholds, {"least_excess": 0.1, "q_value": 0.05})
        self.assertTrue(0.2 < values["least_excess"] < 0.6 and values["q_value"] < 0.001, values)
        self.assertIsNone(self.found(self.channels(12), "early_churn", right_customer={"max_excess": values["least_excess"]}))
        self.assertIsNone(self.found(self.channels(12), "early_churn", right_customer={"max_q_value": 0}))
        self.assertIsNone(self.found(self.channels(2), "early_churn"))
        self.assertEqual(self.asked(self.channels(12), "early_churn"), (28, 280, 8))
        self.assertEqual(self.asked(self.channels(12, of=19), "early_churn"), (26, 0, 0))
        self.assertEqual(self.asked(since_start(), "early_churn"), (1, 0, 0))

    def test_nobody_without_a_channel_is_accused(self):
        given = self.channels(12)
        for row in given["customers"]:
            if row["channel"] == "partner":
                del row["channel"]
        told = [(row["value"], row["is_accused"]) for row in review(given, {}, DAY)["comparisons"]]
        self.assertEqual(told, [("web", False), (None, False)])

    def test_watched_too_briefly(self):
        """Nobody was seen for a year."""
        rows = review(self.channels(0), {}, "2025-12-31")
        (row,) = (row for row in rows["checks"] if row["check"] == "early_churn")
        self.assertEqual((row["assessed_mrr"], row["missing_reason"], row["missing_table"]), ("0.00", "watched_too_briefly", "contracts"))
        self.assertEqual({row["excess"] for row in rows["comparisons"]}, {None})

    def test_what_follows_from_a_wrong_fit(self):
        """20 partners, 12 of whom paid for 100 days and 8 for 546, that which is looked from among them: 15.26 years."""
        given = self.channels(12) | {
            "cases": [{"customer_id": "p0", "case_id": "1", "opened_on": "2025-02-01"}, {"customer_id": "w0", "case_id": "1", "opened_on": "2025-02-01"}],
            "feedback": [{"customer_id": name, "date": "2025-02-01", "kind": "request", "topic": topic} for name, topic in [("p0", "own"), ("p1", "both"), ("w0", "both"), ("w1", "other")]],
            "outcomes": [{"customer_id": name, "outcome_id": "o"} for name in ("p19", "w0", "w1")],
        }  # fmt: skip
        values = self.found(given, "early_churn")[1]
        days = 12 * 100 + 8 * 546
        self.assertEqual((values["cases_per_year"], values["cases_per_year_of_rest"]), (365 / days, 365 / (20 * 546)))
        # Half of what partners ask for is `own`, which nobody else does; `both` they ask as often as the others.
        self.assertEqual((values["off_target_requests"], values["off_target_requests_of_rest"]), (0.5, 0))
        self.assertEqual((values["undefined_share"], values["undefined_share_of_rest"]), (7 / 8, 18 / 20))

    def test_payback(self):
        """250 for each, of whom one in two left after a month, pays back after 2.5 months; nobody is seen to stay less long."""
        rows = [contract(f"c{n}", "2025-01-01", "2025-02-01" if n % 2 else None, "100", customer_id=f"c{n}") for n in range(4)]
        costs = {"customers": [{"customer_id": f"c{n}", "acquisition_cost": "200", "onboarding_cost": "50"} for n in range(4)]}
        _, values, thresholds = self.found(book(*rows) | costs, "payback", right_customer={"max_payback": 0})
        self.assertEqual((values["payback_months"], thresholds), (2.5, {"payback_months": 0}))
        self.assertEqual(self.found(book(*rows) | costs, "payback", right_customer={"max_payback": 0}, bounds={"gross_margin": 0.5})[1]["payback_months"], 5)
        # It concerns those who have not paid for so many months: none of them, and whoever came two months ago.
        self.assertEqual(self.asked(book(*rows) | costs, "payback", right_customer={"max_payback": 0}), (2, 200, 0))
        late = [*rows, contract("late", "2026-04-15", mrr="100", customer_id="late")]
        costs["customers"].append({"customer_id": "late"})
        self.assertEqual(self.asked(book(*late) | costs, "payback", right_customer={"max_payback": 0}), (3, 300, 1))

    def test_payback_of_nothing(self):
        """Both costs are known, and nobody pays anything."""
        given = book(contract("c", "2025-01-01", mrr="0")) | {"customers": [{"customer_id": "acme", "acquisition_cost": "1", "onboarding_cost": "1"}]}
        (row,) = (row for row in review(given, {"free_counts": True}, DAY)["checks"] if row["check"] == "payback")
        self.assertEqual((row["customers"], row["missing_reason"], row["missing_table"], row["missing_column"]), (1, "too_few_customers", "customers", None))
        with self.assertRaises(ModelError):
            review(given, {}, DAY, settings={"bounds": {"gross_margin": 0}})

    def test_payback_is_not_known(self):
        """Without a cost; and where no model says how long customers stay, until they were watched as long as it takes."""
        self.assertEqual(self.asked(since_start(), "payback"), (1, 0, 0))
        for cost, assessed in (("1800", 100), ("1801", 0)):  # 18 months: the 1st of July is not over
            given = since_start() | {"customers": [{"customer_id": "acme", "acquisition_cost": cost, "onboarding_cost": "0"}]}
            self.assertEqual(self.asked(given, "payback")[1], assessed, cost)


class NaturalDrift(Rules):
    def contact(self, days, channel="human", **more):
        return {"date": back(days), "kind": "qbr", "channel": channel} | more

    def silence(self, *contacts, **settings):
        return self.found(since_start(engagements=contacts), "silence", **settings)

    def test_silence(self):
        """One alone pays as much as all on average: low touch, to be met every 45 days."""
        self.assertIsNone(self.silence(self.contact(135)))
        told = (back(0), {"days_silent": 136, "last_contact": back(136)}, {"days_silent": 135})
        self.assertEqual(self.silence(self.contact(136)), told)
        self.assertEqual(self.silence(self.contact(136), self.contact(1, two_way=False), self.contact(1, "digital")), told)
        self.assertIsNone(self.silence(self.contact(136), self.contact(1, "digital", two_way=True)))
        self.assertEqual(self.asked(since_start(), "silence"), (1, 0, 0))

    def test_silence_of_other_cadences(self):
        days = {"tiers": {"low_touch": {"contact_days": 20}}}
        self.assertEqual(self.silence(self.contact(91), touch_model=days)[2], {"days_silent": 90})
        self.assertEqual(self.silence(self.contact(91), touch_model=days, natural_drift={"min_silent_days": 0, "max_cadences": 4})[2], {"days_silent": 80})

    def test_silence_since_it_came_back(self):
        """The last contact was before it came back 136 days ago, or on that day, which is told."""
        rows = [contract("c1", "2025-01-01", "2025-12-01", "1"), contract("c2", back(136), None, "1")]
        given = book(*rows) | {"engagements": [{"customer_id": "acme"} | self.contact(300)]}
        self.assertEqual(self.found(given, "silence")[1], {"days_silent": 136})
        given["engagements"].append({"customer_id": "acme"} | self.contact(136))
        self.assertEqual(self.found(given, "silence")[1], {"days_silent": 136, "last_contact": back(136)})
        given["engagements"][1]["date"] = back(137)
        self.assertEqual(self.found(given, "silence")[1], {"days_silent": 136})
        self.assertIsNone(self.found(given, "silence", natural_drift={"min_silent_days": 136}))

    def use(self, now, then, name="active_users"):
        return [signal(back(0), now, name), signal(back(90), then, name)]

    def test_falling_use(self):
        self.assertIsNone(self.found(since_start(signals=self.use(7, 10)), "falling_use"))
        told = self.found(since_start(signals=self.use(6.9, 10)), "falling_use")
        self.assertEqual(told[:2], (None, {"use_kept": 0.69}))
        self.assertAlmostEqual(told[2]["use_kept"], 0.7)
        self.assertEqual(self.found(since_start(signals=[*self.use(5, 0), *self.use(1, 2, "logins")]), "falling_use")[1], {"use_kept": 0.5})
        self.assertEqual(self.asked(since_start(signals=self.use(5, 0)), "falling_use"), (1, 0, 0))

    def test_falling_use_of_windows(self):
        """Of 30 days each: those 29 and 119 days before are in them, and those 30 and 120 days before are not."""
        edges = [signal(back(days), value, "active_users") for days, value in ((29, 4), (30, 1000), (119, 10), (120, 1000), (89, 1000))]
        self.assertEqual(self.found(since_start(signals=[*self.use(4, 10), *edges]), "falling_use")[1], {"use_kept": 0.4})

    def test_falling_use_to_the_last_acceptable_share(self):
        """Thirds of 7 and of 10: seven tenths, however they are divided."""
        zeros = [signal(back(days), 0, "active_users") for days in (1, 2, 91, 92)]
        self.assertIsNone(self.found(since_start(signals=[*self.use(7, 10), *zeros]), "falling_use"))

    def test_below_by_millionths(self):
        """0.6999996 is seven tenths to the millionth, and 0.6999994 is not; of halves the even one is taken."""
        for now, limit, is_found in ((6.999996, 0.3, False), (6.999994, 0.3, True), (6.999985, 0.300002, False), (6.999995, 0.299999, True)):
            told = self.found(since_start(signals=self.use(now, 10)), "falling_use", natural_drift={"max_fall": limit})
            self.assertEqual(told is not None, is_found, now)

    def test_falling_use_of_who_came(self):
        """On the first of the earlier days, or one later."""
        for days, assessed in ((119, 100), (118, 0)):
            given = book(contract("c", back(days), mrr="100")) | {"signals": [{"customer_id": "acme"} | row for row in self.use(10, 10)]}
            self.assertEqual(self.asked(given, "falling_use")[1], assessed)

    def test_person_gone(self):
        def gone(*rows):
            return self.found(since_start(stakeholders=[{"person_id": "p"} | row for row in rows]), "person_gone")

        sponsor, champion = {"role": "executive_sponsor", "left_on": back(91)}, {"role": "champion", "left_on": back(90)}
        self.assertEqual(gone(sponsor, champion), (back(0), {"role": "executive_sponsor", "days_vacant": 91}, {"days_vacant": 90}))
        self.assertIsNone(gone(champion))
        self.assertIsNone(gone(sponsor, {"role": "executive_sponsor"}))
        self.assertIsNone(gone(sponsor, {"role": "executive_sponsor", "left_on": "2027-01-01"}))
        self.assertIsNone(gone({"role": "admin", "left_on": back(300)}))
        self.assertEqual(self.asked(since_start(), "person_gone"), (1, 0, 0))

    def test_single_threaded(self):
        def people(*rows):
            return self.found(since_start(stakeholders=[{"role": "user"} | row for row in rows]), "single_threaded")

        self.assertEqual(people({"person_id": "p"}, {"person_id": "p"}), (None, {"people": 1}, {"people": 2}))
        self.assertEqual(people({"person_id": "p"}, {"person_id": "q", "left_on": DAY})[1], {"people": 1})
        self.assertIsNone(people({"person_id": "p"}, {"person_id": "q"}))

    def test_unread_mail(self):
        def mail(sent, *opened, days=89):
            rows = [signal(back(days), sent, "emails_sent"), *(signal(DAY, number, "emails_opened") for number in opened)]
            return since_start(signals=rows)

        self.assertEqual(self.found(mail(100, 4), "unread_mail"), (None, {"opened_share": 0.04}, {"opened_share": 0.05}))
        self.assertIsNone(self.found(mail(100, 5), "unread_mail"))
        self.assertIsNone(self.found(mail(100, 4.99996), "unread_mail"))
        self.assertIsNotNone(self.found(mail(100, 4.9999), "unread_mail"))
        self.assertEqual(self.asked(mail(4, 0), "unread_mail"), (0, 0, 0))
        self.assertEqual(self.asked(mail(5, 0), "unread_mail"), (1, 100, 1))
        self.assertEqual(self.asked(mail(5), "unread_mail"), (1, 0, 0))
        self.assertEqual(self.asked(mail(5, 0, days=90), "unread_mail"), (1, 0, 0))

    def drifting(self, now, *more, names=("acme", "bolt")):
        """All are silent; acme had 90 points, and bolt 80."""
        rows = [{"customer_id": name} | signal(back(days), value) for name, days, value in [("acme", 31, 90), ("acme", 0, now), ("bolt", 31, 80), *more]]
        return since_start(*names) | {"signals": rows, "engagements": [{"customer_id": "bolt"} | self.contact(200)]}

    def test_unseen_drift(self):
        """The score of one fell by 10 points in 30 days."""
        scorecard = card(last("x"))
        self.assertIsNone(self.found(self.drifting(80), "unseen_drift", scorecard=scorecard))
        self.assertEqual(self.found(self.drifting(80.000001), "unseen_drift", scorecard=scorecard), (None, {"unseen_share": 1.0}, {"unseen_share": 0.5}))
        self.assertEqual(self.asked(self.drifting(81), "unseen_drift", scorecard=scorecard), (2, 200, 2))
        # In the worst band it is seen.
        self.assertIsNone(self.found(self.drifting(81, ("bolt", 0, 49)), "unseen_drift", scorecard=scorecard))

    def test_unseen_drift_without_a_score_of_then(self):
        """Nobody can say whether it fell, but that it is in the worst band."""
        alone = since_start(engagements=[self.contact(200)], signals=[signal(DAY, 50)])
        self.assertEqual(self.asked(alone, "unseen_drift", scorecard=card(last("x"))), (1, 0, 0))
        self.assertEqual(self.missing(alone, "unseen_drift", scorecard=card(last("x"))), (0, "not_known", "signals", None))
        alone["signals"][0]["value"] = 49
        self.assertEqual(self.asked(alone, "unseen_drift", scorecard=card(last("x"))), (1, 100, 0))

    def test_unseen_drift_of_too_few(self):
        """Of two of three it is known: enough for two thirds less a millionth, and too few for a millionth more."""
        given = self.drifting(81, names=("acme", "bolt", "coil"))
        for least, count in ((0.666666, 2), (0.666667, 0)):
            settings = {"scorecard": card(last("x")), "bounds": {"min_coverage": least}}
            self.assertEqual(self.asked(given, "unseen_drift", **settings), (3, 200, count))
            self.assertEqual(self.missing(given, "unseen_drift", **settings), (2 / 3, "not_known", "signals", None))

    def test_unseen_drift_looks_at_those_who_drift(self):
        """Nobody does; or nobody knows."""
        talking = since_start(engagements=[self.contact(1)])
        self.assertEqual((self.asked(talking, "unseen_drift"), self.missing(talking, "unseen_drift")), ((0, 0, 0), (None, None, None, None)))
        self.assertEqual((self.asked(since_start(), "unseen_drift"), self.missing(since_start(), "unseen_drift")), ((1, 0, 0), (0, "not_known", "engagements", None)))


class WildlySuccessful(Rules):
    def outcome(self, agreed=100, due=-100, current=None, **more):
        """From 0 to 100, agreed and due so many days before the day."""
        row = {"outcome_id": "o", "baseline": 0, "target": 100, "agreed_on": back(agreed), "due_on": back(due)}
        return row | ({} if current is None else {"current": current, "observed_on": DAY}) | more

    def test_undefined_success(self):
        given = book(contract("c1", back(60), mrr="1"), contract("c2", back(61), mrr="1", customer_id="bolt"), contract("c3", back(61), mrr="1", customer_id="coil"))
        given["outcomes"] = [{"customer_id": "coil", "outcome_id": "o"}]
        told = (back(0), {"days_as_customer": 61}, {"days_as_customer": 60})
        self.assertEqual(self.found(given, "undefined_success"), told)
        given["outcomes"] += [{"customer_id": "bolt", "outcome_id": "o", "agreed_by_customer": False}]
        self.assertEqual(self.found(given, "undefined_success"), told)
        given["outcomes"][1]["agreed_by_customer"] = True
        self.assertIsNone(self.found(given, "undefined_success"))
        self.assertEqual(self.asked(since_start(), "undefined_success"), (1, 0, 0))

    def off_path(self, *outcomes, **settings):
        return self.found(since_start(outcomes=outcomes), "off_path", **settings)

    def test_off_path(self):
        """Half of the time is over: 35 of 100 is the least."""
        self.assertIsNone(self.off_path(self.outcome(current=35)))
        self.assertEqual(self.off_path(self.outcome(current=34)), (None, {"outcome": "o", "progress": 0.34, "time_spent": 0.5}, {"progress": 0.35}))
        self.assertEqual(self.off_path(self.outcome(current=0, measure="hours"))[1]["outcome"], "hours")
        self.assertIsNone(self.off_path(self.outcome(current=34.99996)))  # to the millionth it is there
        self.assertIsNotNone(self.off_path(self.outcome(current=34.9999)))
        self.assertIsNone(self.off_path(self.outcome(current=0, achieved_on=DAY)))
        self.assertIsNone(self.off_path(self.outcome(current=0, agreed_by_customer=False)))
        # Downwards, and from a quarter of the time on.
        self.assertEqual(self.off_path(self.outcome(current=80, baseline=100, target=0))[1]["progress"], 0.2)
        self.assertIsNone(self.off_path(self.outcome(agreed=100, due=-301, current=0)))
        self.assertIsNotNone(self.off_path(self.outcome(agreed=100, due=-300, current=0)))

    def test_off_path_behind_the_day_that_was_agreed(self):
        """Up to 30 days the pace is asked for, of all of the time; then the target."""
        self.assertIsNone(self.off_path(self.outcome(agreed=130, due=30, current=70)))
        told = self.off_path(self.outcome(agreed=130, due=30, current=69))
        self.assertEqual(told, (None, {"outcome": "o", "progress": 0.69, "time_spent": 1.3, "days_overdue": 30}, {"progress": 0.7, "days_overdue": 30}))
        told = self.off_path(self.outcome(agreed=131, due=31, current=99))
        self.assertEqual(told[0], back(0))
        self.assertEqual(told[2], {"progress": 1, "days_overdue": 30})
        self.assertIsNone(self.off_path(self.outcome(agreed=131, due=31, current=100)))

    def test_off_path_of_several(self):
        """The one of which most of the time is over beyond the way."""
        rows = [self.outcome(current=34, outcome_id="a"), self.outcome(agreed=100, due=0, current=60, outcome_id="b"), self.outcome(current=5, outcome_id="c")]
        self.assertEqual(self.off_path(*rows)[1]["outcome"], "c")

    def test_off_path_is_not_known(self):
        for row in (self.outcome(), self.outcome(current=1, baseline=100), self.outcome(current=1, due_on=None), self.outcome(agreed=1, due=1, current=1)):
            self.assertEqual(self.asked(since_start(outcomes=[row]), "off_path"), (1, 0, 0))
        self.assertEqual(self.asked(since_start(outcomes=[self.outcome(achieved_on=DAY)]), "off_path"), (1, 100, 0))
        self.assertEqual(self.asked(since_start(outcomes=[{"outcome_id": "o", "agreed_on": "2027-01-01"}]), "off_path"), (1, 0, 0))
        self.assertEqual(self.asked(since_start("acme", "bolt", outcomes=[self.outcome(current=50)]), "off_path"), (1, 100, 0))

    def test_poor_experience(self):
        def felt(*told):
            return since_start(outcomes=[{"outcome_id": f"o{n}", "experience": number, "observed_on": back(days)} for n, (number, days) in enumerate(told)])

        self.assertIsNone(self.found(felt((5, 0)), "poor_experience"))
        self.assertEqual(self.found(felt((4.9, 180)), "poor_experience"), (None, {"experience": 4.9}, {"experience": 5}))
        self.assertEqual(self.asked(felt((4.9, 181)), "poor_experience"), (1, 0, 0))
        self.assertEqual(self.found(felt((9, 1), (4, 1), (3, 2)), "poor_experience")[1], {"experience": 4})

    def test_pleasant_but_unmet(self):
        given = since_start(outcomes=[self.outcome(current=0, experience=7)])
        self.assertEqual(self.found(given, "pleasant_but_unmet")[1], {"outcome": "o", "progress": 0, "time_spent": 0.5, "experience": 7})
        self.assertIsNone(self.found(since_start(outcomes=[self.outcome(current=0, experience=6.9)]), "pleasant_but_unmet"))
        self.assertEqual(self.asked(since_start(outcomes=[self.outcome(current=0)]), "pleasant_but_unmet"), (1, 0, 0))
        self.assertEqual(self.asked(since_start(outcomes=[self.outcome(current=50, experience=7)]), "pleasant_but_unmet"), (0, 0, 0))
        # Of whom nobody knows whether it is on its path, nobody knows this.
        self.assertEqual(self.asked(since_start(outcomes=[self.outcome(current=None, experience=7)]), "pleasant_but_unmet"), (1, 0, 0))
        self.assertEqual(self.asked(since_start(), "pleasant_but_unmet"), (1, 0, 0))

    def test_achieved(self):
        done = [{"outcome_id": "a", "achieved_on": back(9)}, {"outcome_id": "b", "achieved_on": back(5), "experience": 7, "observed_on": DAY}]
        self.assertEqual(self.found(since_start(outcomes=done), "achieved"), (back(5), {"experience": 7}, {}))
        (row,) = (row for row in review(since_start(outcomes=done), {}, DAY)["findings"] if row["check"] == "achieved")
        self.assertEqual((row["severity"], row["mrr_at_stake"], row["plays"]), ("opportunity", "0.00", ["next_challenge"]))
        for more in ({"experience": 6.9, "observed_on": DAY}, {"achieved_on": None}, {"achieved_on": "2027-01-01"}):
            self.assertIsNone(self.found(since_start(outcomes=[done[0], done[1] | more]), "achieved"))
            self.assertEqual(self.asked(since_start(outcomes=[done[0], done[1] | more]), "achieved"), (1, 100, 0))
        # Where nobody keeps what was reached, nobody knows who has.
        for kept in (since_start(), since_start(outcomes=[{"outcome_id": "a"}]), since_start(outcomes=[{"outcome_id": "a", "achieved_on": "2027-01-01"}])):
            self.assertEqual(self.missing(kept, "achieved"), (0, "not_known", "outcomes", "achieved_on"))
        red = since_start(outcomes=done, signals=[signal(DAY, 10)])
        self.assertIsNone(self.found(red, "achieved", scorecard=card(last("x"))))


class MonitorHealth(Rules):
    CARD = card(last("x", max_age_days=100), last("y"))

    def test_unmonitored(self):
        given = book(contract("c1", back(60), mrr="1"), contract("c2", back(61), mrr="1", customer_id="bolt"), contract("c3", back(61), mrr="1", customer_id="coil"))
        given["signals"] = [{"customer_id": "coil"} | signal(DAY, 50)]
        told = (None, {"evidence_coverage": 0, "days_as_customer": 61}, {"evidence_coverage": 0.5, "days_as_customer": 60})
        self.assertEqual(self.found(given, "unmonitored", scorecard=self.CARD), told)
        # By the least that the customer's profile asks for.
        given["customers"] = [{"customer_id": "acme"}, {"customer_id": "bolt", "segment": "big"}, {"customer_id": "coil"}]
        given["signals"].append({"customer_id": "bolt"} | signal(DAY, 50))
        scorecard = self.CARD | {"profiles": [{"profile": "big", "where": {"segment": "big"}, "min_coverage": 0.75}]}
        self.assertEqual(self.found(given, "unmonitored", scorecard=scorecard)[1:], ({"evidence_coverage": 0.5, "days_as_customer": 61}, {"evidence_coverage": 0.75, "days_as_customer": 60}))
        given["signals"] = []
        self.assertEqual(self.asked(given, "unmonitored", scorecard=self.CARD), (3, 0, 0))

    def test_stale_evidence(self):
        for days, told in ((60, None), (61, (back(0), {"days_since_evidence": 61}, {"days_since_evidence": 60}))):
            self.assertEqual(self.found(since_start(signals=[signal(back(days), 50), signal(back(200), 50, "y")]), "stale_evidence", scorecard=self.CARD), told)
        growth = {"measure": "growth", "evidence": "contract_growth", "weight": 1, "value": {"table": "contracts", "aggregate": "days_since"}, "curve": [[0, 0], [1, 100]]}
        self.assertEqual(self.asked(since_start(), "stale_evidence", scorecard=card(growth)), (0, 0, 0))
        self.assertEqual(self.asked(since_start(signals=[signal(back(61), 50)]), "stale_evidence", scorecard=card(growth, last("x"))), (1, 100, 1))

    ELSEWHERE = {"customer_id": "other", "opened_on": back(400)}

    def red(self, *actions, score=49, days=31, then=None):
        """Of a customer who has been in the worst band for so many days; of another there is no score."""
        rows = [signal(back(days), score if then is None else then), signal(DAY, score, "y")]
        return since_start("acme", "other", signals=rows) | {"actions": [{"play": "call"} | row for row in actions]}

    def test_red_without_action(self):
        given = self.red(self.ELSEWHERE)
        self.assertEqual(self.found(given, "red_without_action", scorecard=self.CARD), (None, {"open_actions": 0, "score": 49}, {"open_actions": 1}))
        self.assertIsNone(self.found(self.red(self.ELSEWHERE, score=50), "red_without_action", scorecard=self.CARD))
        mine, of_mine = {"customer_id": "acme", "opened_on": back(400)}, {"finding_id": "a/b/customer/acme", "opened_on": DAY}
        for row, count in (
            (mine, 1), (mine | {"closed_on": DAY}, 0), (mine | {"closed_on": "2027-01-01"}, 1), (of_mine, 1), ({"finding_id": "a/b/customer/acme/2", "opened_on": DAY}, 0),
            # It is for the customer that it names, and for the one whose finding it names.
            (of_mine | {"customer_id": "other"}, 1), (mine | {"finding_id": "a/b/customer/other"}, 1),
        ):  # fmt: skip
            found = self.found(self.red(self.ELSEWHERE, row), "red_without_action", scorecard=self.CARD)
            self.assertEqual(found is None, count == 1, row)
        self.assertEqual(self.found(self.red(mine), "red_without_action", scorecard=self.CARD, monitor_health={"min_open_actions": 2})[1]["open_actions"], 1)

    def test_red_without_evidence(self):
        """Where no action is kept nobody is assessed; without a score nobody can tell who is red, and in the first days nobody asks."""
        for check in ("red_without_action", "red_ignored"):
            self.assertEqual(self.asked(self.red(), check, scorecard=self.CARD), (2, 0, 0))
            self.assertEqual(self.missing(self.red(), check, scorecard=self.CARD), (0, "not_known", "actions", None))
            self.assertEqual(self.asked(self.red(self.ELSEWHERE), check, scorecard=self.CARD), (2, 100, 1))
            self.assertEqual(self.missing(self.red(self.ELSEWHERE), check, scorecard=self.CARD), (0.5, "not_known", "signals", None))
            for days, count in ((60, 0), (61, 1)):
                early = book(contract("c", back(days), mrr="1")) | {"actions": [{"customer_id": "acme", "play": "call", "opened_on": DAY}]}
                self.assertEqual(self.asked(early, check, scorecard=self.CARD), (count, 0, 0))

    def test_red_ignored(self):
        closed = {"customer_id": "acme", "closed_on": back(1)}
        told = (None, {"days_ignored": 31, "red_on": back(31), "earlier_score": 49, "score": 49}, {"days_ignored": 30})
        self.assertEqual(self.found(self.red(self.ELSEWHERE), "red_ignored", scorecard=self.CARD), told)
        self.assertEqual(self.found(self.red(self.ELSEWHERE, score=41, then=45), "red_ignored", scorecard=self.CARD)[1], {"days_ignored": 31, "red_on": back(31), "earlier_score": 45, "score": 43})
        # Without a score of then nobody can tell; of the other one there is none today.
        self.assertEqual(self.asked(self.red(self.ELSEWHERE, days=30), "red_ignored", scorecard=self.CARD), (2, 0, 0))
        # In another band then it is not asked.
        self.assertEqual(self.asked(self.red(self.ELSEWHERE, score=30, then=60), "red_ignored", scorecard=self.CARD), (1, 0, 0))
        self.assertEqual(self.found(self.red(self.ELSEWHERE, closed | {"opened_on": back(31)}), "red_ignored", scorecard=self.CARD), told)
        self.assertIsNone(self.found(self.red(self.ELSEWHERE, closed | {"opened_on": back(30)}), "red_ignored", scorecard=self.CARD))

    def test_red_ignored_of_who_came_back(self):
        """On the earlier day, or one later, when nobody could have ignored it so long."""
        for days, expected in ((31, (1, 100, 1)), (30, (0, 0, 0))):
            rows = [contract("c1", "2025-01-01", back(100), "100"), contract("c2", back(days), mrr="100")]
            facts = {"signals": [signal(back(120), 49), signal(DAY, 49, "y")], "actions": [{"play": "call", "opened_on": back(400), "closed_on": back(399)}]}
            given = book(*rows) | {table: [{"customer_id": "acme"} | row for row in some] for table, some in facts.items()}
            scorecard = card(last("x", max_age_days=200), last("y"))
            self.assertEqual(self.asked(given, "red_ignored", scorecard=scorecard), expected)

    def test_worst_band_by_a_person(self):
        """What a person says hides no score, and the other way round; it stands in for one."""
        override = {"customer_id": "acme", "band": "red", "author": "ann", "reason": "a talk", "from": back(1), "until": "2027-01-01"}
        for score, band in ((90, "red"), (10, "green")):
            given = self.red(self.ELSEWHERE, score=score)
            scorecard = self.CARD | {"overrides": [override | {"band": band}]}
            self.assertEqual(self.asked(given, "red_without_action", scorecard=scorecard), (2, 100, 1))
        for band, asked in (("red", (2, 200, 1)), ("green", (1, 100, 0))):
            scorecard = self.CARD | {"overrides": [override | {"customer_id": "other", "band": band}]}
            given = self.red({"customer_id": "acme", "opened_on": DAY})
            self.assertEqual(self.asked(given, "red_without_action", scorecard=scorecard), asked)

    def test_unvalidated_score(self):
        def validated(*rows, **settings):
            return self.found(since_start() | {"practices": list(rows)}, "unvalidated_score", **settings)

        first, second = {"topic": "score_validated", "value": "not_shown", "since": back(2)}, {"topic": "score_validated", "value": "health 2", "since": back(1)}
        self.assertEqual(validated(first), (None, {"validation": "not_shown"}, {}))
        self.assertIsNone(validated(second, first))
        self.assertEqual(validated(first, second | {"since": "2027-01-01"})[1], {"validation": "not_shown"})
        self.assertEqual(validated({"topic": "metric_owner", "value": "yes"})[1], {"validation": "never"})
        self.assertIsNone(validated(first, validation="better"))
        self.assertEqual(self.asked(since_start(), "unvalidated_score"), (1, 0, 0))
        self.assertEqual(self.asked(since_start(), "unvalidated_score", validation="not_shown"), (1, 100, 0))


class TimeToValue(Rules):
    KEPT = {"customer_id": "elsewhere", "milestone": "first_value", "due_on": DAY}  # so that it is known of somebody

    def waiting(self, start=91, reached=None, due=None, term_end=None, **more):
        row = {"customer_id": "acme", "milestone": "first_value", "reached_on": None if reached is None else back(reached), "due_on": None if due is None else back(due)}
        return book(contract("c", back(start), mrr="100", term_end=term_end, **more)) | {"milestones": [row, self.KEPT]}

    def test_stuck(self):
        self.assertIsNone(self.found(self.waiting(90), "stuck"))
        self.assertEqual(self.found(self.waiting(91), "stuck"), (back(0), {"days_to_value": 91}, {"days_to_value": 90}))
        self.assertEqual(self.found(self.waiting(91, reached=-1), "stuck")[1], {"days_to_value": 91})
        self.assertEqual(self.asked(self.waiting(91, reached=0), "stuck"), (1, 100, 0))
        # Who came long ago is asked only if it waits.
        self.assertEqual(self.asked(self.waiting(400, reached=0), "stuck"), (0, 0, 0))
        self.assertEqual(self.asked(self.waiting(400), "stuck"), (1, 100, 1))

    def test_share_of_the_term(self):
        """A quarter of 100 days is 25."""
        self.assertIsNone(self.found(self.waiting(25, term_end=back(-75)), "stuck"))
        told = (back(0), {"days_to_value": 26, "share_of_term": 0.26}, {"days_to_value": 90, "share_of_term": 0.25})
        self.assertEqual(self.found(self.waiting(26, term_end=back(-74)), "stuck"), told)

    def test_late_value(self):
        told = (back(9), {"days_to_value": 91}, {"days_to_value": 90})
        self.assertEqual(self.found(self.waiting(100, reached=9), "late_value"), told)
        self.assertIsNone(self.found(self.waiting(100, reached=10), "late_value"))
        self.assertEqual(self.asked(self.waiting(100), "late_value"), (1, 100, 0))

    def came_back(self, reached):
        """It left 200 days ago, and has been back for 50."""
        rows = [contract("c1", back(300), back(200), "100"), contract("c2", back(50), None, "100", term_end=back(-50))]
        row = {"customer_id": "acme", "milestone": "first_value", "reached_on": None if reached is None else back(reached), "due_on": back(250)}
        return book(*rows) | {"milestones": [row, self.KEPT]}

    def test_came_back_without_value(self):
        """It waits from the day on which it came back, of whose term nobody asks; what was promised, was so before."""
        for reached, check, days in ((None, "stuck", 50), (10, "late_value", 40)):
            given = self.came_back(reached)
            self.assertIsNone(self.found(given, check, time_to_value={"max_days": days}))
            self.assertEqual(self.found(given, check, time_to_value={"max_days": days - 1})[1], {"days_to_value": days})
            self.assertEqual(self.asked(given, "promise_missed"), (0, 0, 0))
        # On the day on which it came back it had not waited.
        self.assertEqual(self.asked(self.came_back(50), "late_value"), (1, 100, 0))

    def test_came_back_with_value(self):
        """Who had it by then is not asked again: between two stays, or in the second of three."""
        for given in (self.came_back(51), self.came_back(150), self.came_back(200)):
            self.assertEqual([self.asked(given, check) for check in ("stuck", "late_value", "promise_missed")], [(0, 0, 0)] * 3)
        again = self.came_back(40)
        again["contracts"] = [again["contracts"][0], contract("c2", back(50), back(30), "100"), contract("c3", back(20), None, "100")]
        self.assertEqual([self.asked(again, check) for check in ("stuck", "late_value", "promise_missed")], [(0, 0, 0)] * 3)
        # Who had it before it left for the first time waited for it then.
        self.assertEqual(self.found(self.came_back(201), "late_value")[1], {"days_to_value": 99})
        self.assertEqual(self.found(self.came_back(201), "promise_missed")[1], {"days_behind_plan": 49})

    def test_who_is_new(self):
        """Who began to wait after the 30th of April, or of May: that it came long before does not count."""
        for months, asked in ((2, (1, 100, 0)), (1, (0, 0, 0))):
            settings = {"time_to_value": {"new_months": months}}
            self.assertEqual(self.asked(self.came_back(10), "late_value", **settings), asked)
            self.assertEqual(self.asked(self.came_back(None), "stuck", **settings), (1, 100, 0))
            self.assertEqual(self.asked(self.came_back(None), "late_value", **settings), asked)

    def test_milestone_that_is_not_kept(self):
        """Anybody may still wait, and nobody is assessed."""
        for days, new in ((91, 1), (400, 0)):
            given = book(contract("c", back(days), mrr="100"))
            self.assertEqual([self.asked(given, check) for check in ("stuck", "late_value", "promise_missed", "slower_cohorts")], [(1, 0, 0), (new, 0, 0), (new, 0, 0), (new, 0, 0)])
            self.assertEqual(self.missing(given, "stuck"), (0, "not_known", "milestones", "first_value"))

    def test_promise_missed(self):
        told = (back(0), {"days_behind_plan": 31}, {"days_behind_plan": 30})
        self.assertEqual(self.found(self.waiting(60, due=31), "promise_missed"), told)
        self.assertIsNone(self.found(self.waiting(60, due=30), "promise_missed"))
        self.assertIsNone(self.found(self.waiting(60, due=31, reached=1), "promise_missed"))
        self.assertEqual(self.asked(self.waiting(60, reached=5), "promise_missed"), (1, 0, 0))

    def cohorts(self, late, early, days=20, watched=100):
        """20 who came so many days ago, and 20 who came a year ago; of each so many had value after so many days."""
        rows, milestones = [], []
        for name, start, count in (("late", watched, late), ("early", 300, early)):
            for n in range(20):
                rows.append(contract(f"{name}{n}", back(start), mrr="10", customer_id=f"{name}{n}"))
                milestones.append({"customer_id": f"{name}{n}", "milestone": "first_value", "due_on": DAY, "reached_on": back(start - days) if n < count else None})
        return book(*rows) | {"milestones": milestones}

    def test_slower_cohorts(self):
        """A quarter had value, and before them all; so few is no chance."""
        _, values, thresholds = self.found(self.cohorts(5, 20), "slower_cohorts")
        self.assertEqual((values["value_share"], values["earlier_value_share"], values["earlier_median_days"]), (0.25, 1, 20))
        self.assertNotIn("median_days", values)
        self.assertEqual(thresholds, {"p_value": 0.05})
        self.assertLess(values["p_value"], 0.001)
        self.assertEqual(self.asked(self.cohorts(5, 20), "slower_cohorts"), (20, 200, 20))
        self.assertIsNone(self.found(self.cohorts(20, 5), "slower_cohorts"))
        self.assertIsNone(self.found(self.cohorts(18, 20), "slower_cohorts"))
        self.assertEqual(self.asked(self.cohorts(5, 20), "slower_cohorts", time_to_value={"min_customers": 21}), (20, 0, 0))
        # It looks at those who came lately, but for who is left out.
        left_out = [{"customer_id": "late0", "reason": "a test"}, {"customer_id": "early0", "reason": "a test"}]
        self.assertEqual(self.asked(self.cohorts(5, 20), "slower_cohorts", exclusions=left_out), (19, 190, 19))
        self.assertEqual(self.missing(self.cohorts(5, 20, watched=200), "slower_cohorts"), (None, None, None, None))

    def test_slower_cohorts_that_nobody_watched_so_long(self):
        """Of those who came 89 days ago nobody can say who has value after 90."""
        for days, assessed in ((90, 200), (89, 0)):
            self.assertEqual(self.asked(self.cohorts(5, 20, watched=days), "slower_cohorts")[1], assessed)
        self.assertEqual(self.missing(self.cohorts(5, 20, watched=89), "slower_cohorts"), (0, "watched_too_briefly", "contracts", None))
        self.assertEqual(self.asked(self.cohorts(20, 20, watched=89), "slower_cohorts")[1], 200)


class Verdicts(unittest.TestCase):
    """Of the fit of some customers, each of whom pays so much."""

    def given(self, *fits):
        rows = [contract(f"c{n}", "2025-01-01", mrr=mrr, customer_id=f"c{n}") for n, (mrr, _) in enumerate(fits)]
        return book(*rows) | {"customers": [{"customer_id": f"c{n}"} | ({} if fit is None else {"fit": fit}) for n, (_, fit) in enumerate(fits)]}

    def verdict(self, given, principle="right_customer", **settings):
        (row,) = (row for row in review(given, {}, DAY, settings=settings)["verdicts"] if row["principle"] == principle)
        return row["verdict"], row["decided_by"]

    def test_shares(self):
        for bad, good, expected in (("10", "90", "pass"), ("10.01", "90", "attention"), ("25", "75", "attention"), ("25.01", "75", "fail")):
            self.assertEqual(self.verdict(self.given((bad, 1), (good, 99))), (expected, "failing_share"))
        self.assertEqual(self.verdict(self.given(("25.01", 1), ("75", 99)), bounds={"fail_above": 0.5}), ("attention", "failing_share"))

    def test_coverage(self):
        for known, expected in (("50", ("pass", "failing_share")), ("49.99", ("not_assessable", "coverage"))):
            self.assertEqual(self.verdict(self.given((known, 99), ("50", None))), expected)
        self.assertEqual(self.verdict(self.given(("1", None)), bounds={"min_coverage": 0}), ("not_assessable", "coverage"))
        self.assertEqual(self.verdict(book()), ("not_assessable", "coverage"))

    def test_coverage_is_taken_question_by_question(self):
        """Of three questions one is answered: a third, and of one of four customers two."""
        given = since_start("a", "b", "c", "d") | {"engagements": [{"customer_id": "a", "date": DAY, "kind": "qbr", "channel": "human"}]}
        given["stakeholders"] = [{"customer_id": "a", "person_id": "p", "role": "admin"}]
        (row,) = (row for row in review(given, {}, DAY)["verdicts"] if row["principle"] == "natural_drift")
        self.assertEqual((row["coverage"], row["assessed_mrr"], row["failing_share"]), (5 / 12, "400.00", 0.75))
        self.assertEqual(row["verdict"], "not_assessable")

    def test_wider_findings(self):
        """What is found of the company asks for attention, and no more; what is found of a segment makes it fail."""
        self.assertEqual(self.verdict(since_start(), "monitor_health", validation="not_shown"), ("attention", "group_finding"))
        self.assertEqual(self.verdict(since_start(), "monitor_health", validation="better"), ("not_assessable", "coverage"))
        given = RightCustomer().channels(12)
        self.assertEqual(self.verdict(given), ("fail", "group_finding"))
        for row in given["customers"]:
            row["fit"] = 0
        self.assertEqual(self.verdict(given), ("fail", "failing_share"))

    def test_a_principle_that_fails(self):
        tables = review(self.given(("30", 1), ("30", 2), ("40", 99)), {}, DAY)
        (row,) = (row for row in tables["findings"] if row["check"] == "principle_fails")
        self.assertEqual((row["finding_id"], row["severity"], row["mrr_at_stake"], row["plays"]), ("right_customer/principle_fails/company", "high", "60.00", ["review_of_the_principle"]))
        decided = {"failing_share": (0.6, "at_most", 0.25), "failing_customers": (2, None, None), "evidence_coverage": (1, "at_least", 0.5)}
        self.assertEqual(self.what_decided(tables), decided)
        self.assertEqual([row["finding_id"].rpartition("/")[2] for row in tables["findings"]], ["company", "c0", "c1"])
        (summary,) = tables["summary"]
        self.assertEqual([summary[name] for name in ("customers", "mrr", "customers_at_stake", "mrr_at_stake", "passed", "failed", "not_assessable")], [3, "100.00", 2, "60.00", 0, 1, 4])

    def what_decided(self, tables):
        rows = [row for row in tables["evidence"] if row["finding_id"] == "right_customer/principle_fails/company"]
        return {row["measure"]: (row["value"], row["bound"], row["threshold"]) for row in rows}

    def test_a_principle_that_fails_by_groups(self):
        """How many of them decides; the other shares stand beside it, as far as they are known."""
        given, decided = RightCustomer().channels(12), {"accused_groups": (1, "at_most", 0), "failing_customers": (0, None, None)}
        self.assertEqual(self.what_decided(review(given, {}, DAY)), decided | {"evidence_coverage": (0, None, None)})
        for row in given["customers"]:
            row["fit"] = 99
        self.assertEqual(self.what_decided(review(given, {}, DAY)), decided | {"evidence_coverage": (1, None, None), "failing_share": (0, None, None)})

    def running_on(self, term_end):
        """A contract that is in force beyond its term."""
        return contract("c", "2025-01-01", back(-400), "1", term_end=term_end, auto_renew=False, recorded_on="2025-01-01")

    def test_severity(self):
        """By the contract in force that falls due within 90 days, that of the day among them; one whose term is over does not."""
        for rows, expected in (
            ([auto("c", "2025-01-01", back(-90))], "high"), ([auto("c", "2025-01-01", back(-91))], "medium"), ([contract("c", "2025-01-01", mrr="1")], "medium"),
            ([self.running_on(back(1))], "medium"), ([self.running_on(DAY)], "high"), ([self.running_on(back(1)), auto("d", "2025-01-01", back(-1))], "high"),
        ):  # fmt: skip
            given = book(*rows, contract("other", "2025-01-01", mrr="100", customer_id="other"))
            tables = review(given | {"customers": [{"customer_id": "acme", "fit": 1}, {"customer_id": "other", "fit": 99}]}, {}, DAY)
            (row,) = (row for row in tables["findings"] if row["check"] == "poor_fit")
            self.assertEqual(row["severity"], expected, rows)

    def test_editions(self):
        for edition, expected in (("2016", [1, 2, 3, 4, 7]), ("2021", [None]), ("both", [1, 2, 3, 4, 7])):
            tables = review(since_start(), {}, DAY, edition=edition)
            self.assertEqual([row["number"] for row in tables["verdicts"]], expected)
            self.assertEqual([row["principle"] for row in tables["verdicts"]], list(NUMBERS[edition]))

    def test_as_far_as_is_known(self):
        """A later day is looked from as the last one of which anything is known."""
        given = self.given(("1", 1)) | {"observed_until": "2026-01-31"}
        self.assertEqual(review(given, {}, DAY), review(given, {}, "2026-01-31"))
        late = self.given(("1", 1))
        late["customers"][0]["recorded_on"] = "2026-07-01"
        self.assertEqual(Rules().asked(late, "poor_fit"), (1, 0, 0))


class WhatFollows(unittest.TestCase):
    def tables(self, settings=None, previous=None, actions=(), **more):
        """Of two who do not fit: acme, who pays 100, and bolt, who pays 50."""
        given = book(contract("c1", "2025-01-01", mrr="100"), contract("c2", "2025-01-01", mrr="50", customer_id="bolt"), contract("c3", "2025-01-01", DAY, "1", customer_id="gone"))
        given |= {"customers": [{"customer_id": "acme", "name": "Acme", "fit": 1}, {"customer_id": "bolt", "fit": 1}, {"customer_id": "gone"}], "actions": [{"play": "call", "opened_on": back(9)} | row for row in actions]}
        return review(given | more, {}, DAY, settings=settings, previous=previous)

    def finding(self, tables, name="right_customer/poor_fit/customer/acme"):
        (row,) = (row for row in tables["findings"] if row["finding_id"] == name)
        return row

    def test_columns(self):
        row = {
            "finding_id": "right_customer/poor_fit/customer/acme", "principle": "right_customer", "check": "poor_fit", "scope": "customer", "subject": "acme", "name": "Acme",
            "severity": "medium", "mrr_at_stake": "100.00", "since": "2025-01-01", "plays": ["success_plan"], "state": None, "snoozed_until": None, "open_actions": 0,
        }  # fmt: skip
        self.assertEqual(self.finding(self.tables()), row)

    def test_actions(self):
        mine = {"finding_id": "right_customer/poor_fit/customer/acme"}
        for rows, count, until in (
            ([mine, {"customer_id": "acme"}, {"customer_id": "bolt"}, mine | {"closed_on": DAY}], 2, None),
            ([mine | {"snoozed_until": back(-1)}, mine | {"snoozed_until": back(-2)}], 2, back(-2)),
            ([mine | {"snoozed_until": DAY}, {"customer_id": "acme", "snoozed_until": back(-2)}], 2, None),
            ([mine | {"snoozed_until": back(-1), "closed_on": back(1)}], 0, None),
            ([mine | {"opened_on": back(-1), "snoozed_until": back(-2)}], 0, None),
        ):  # fmt: skip
            row = self.finding(self.tables(actions=rows))
            self.assertEqual((row["open_actions"], row["snoozed_until"], row["state"]), (count, until, None if until is None else "snoozed"), rows)

    def earlier(self, *names, as_of=DAY):
        rows = []
        for name in names:
            principle, check, scope, *subject = name.split("/", 3)
            rows.append({"finding_id": name, "principle": principle, "check": check, "scope": scope, "subject": subject[0] if subject else None, "mrr_at_stake": "7.00", "since": None})
        return {"findings": {"rows": rows, "metadata": {"as_of": as_of}}}

    def test_states(self):
        tables = self.tables(previous=self.earlier("right_customer/poor_fit/customer/acme"))
        self.assertEqual([self.finding(tables, f"right_customer/poor_fit/customer/{name}")["state"] for name in ("acme", "bolt")], ["persisting", "new"])
        with self.assertRaises(ModelError):
            self.tables(previous=self.earlier(as_of="2026-07-01"))

    def resolved(self, given, *names, **more):
        """Why each of these earlier findings is there no more."""
        rows = review(given, {}, DAY, previous=self.earlier(*names), **more)["resolved"]
        self.assertEqual([row["finding_id"] for row in rows], list(names))
        return [row["resolved_by"] for row in rows]

    def test_resolved(self):
        expected = {
            "right_customer/poor_fit/customer/gone": "churned", "right_customer/poor_fit/customer/nobody": "not_assessed", "natural_drift/silence/customer/acme": "not_assessed",
            "natural_drift/silence/customer/bolt": "left_out", "monitor_health/red_ignored/customer/acme": "not_assessed", "monitor_health/stale_evidence/customer/acme": "not_asked",
            "time_to_value/slower_cohorts/company": "not_asked", "natural_drift/principle_fails/company": "not_assessed", "monitor_health/unvalidated_score/company": "no_longer_found",
        }  # fmt: skip
        settings = {"exclusions": [{"customer_id": "bolt", "principle": "natural_drift", "reason": "a school"}], "validation": "better"}
        rows = self.tables(settings, self.earlier(*expected))["resolved"]
        self.assertEqual({row["finding_id"]: row["resolved_by"] for row in rows}, expected)
        self.assertEqual([row["finding_id"] for row in rows], list(expected))
        self.assertEqual(rows[0]["mrr_at_stake"], "7.00")

    def test_resolved_of_customers(self):
        """What is well now, what nobody knows any more, and what is not asked any more."""
        contacts = [{"customer_id": "acme", "date": DAY, "kind": "qbr", "channel": "human"}]
        names = ["natural_drift/silence/customer/acme", "natural_drift/person_gone/customer/acme", "natural_drift/unread_mail/customer/acme", "time_to_value/late_value/customer/acme"]
        self.assertEqual(self.resolved(since_start() | {"engagements": contacts}, *names), ["no_longer_found", "not_assessed", "not_assessed", "not_asked"])

    def test_resolved_of_segments(self):
        """One that is compared now; one that nobody has any more, and a column that is not there."""
        names = [f"right_customer/early_churn/segment/{name}" for name in ("channel=web", "channel=shop", "seller=ann")]
        self.assertEqual(self.resolved(RightCustomer().channels(12), *names), ["no_longer_found", "not_assessed", "not_assessed"])
        self.assertEqual(self.resolved(RightCustomer().channels(12, of=19), names[0]), ["not_assessed"])
        given = RightCustomer().channels(2)
        self.assertEqual(self.resolved(given, "right_customer/early_churn/segment/channel=partner"), ["no_longer_found"])
        # Nobody was watched for so long.
        settings = {"right_customer": {"horizon_days": 546}}
        self.assertEqual(self.resolved(given, "right_customer/early_churn/segment/channel=partner", settings=settings), ["not_assessed"])

    def test_resolved_of_the_company(self):
        """Nobody came lately; too little is known of who did; enough is known."""
        fits, name = RightCustomer().fits, "right_customer/unfit_sales/company"
        self.assertEqual(self.resolved(fits(("a", "1", "2025-06-30", 1)), name), ["not_asked"])
        self.assertEqual(self.resolved(fits(("a", "49", "2025-07-01", 99), ("b", "51", "2025-07-01", None)), name), ["not_assessed"])
        self.assertEqual(self.resolved(fits(("a", "50", "2025-07-01", 99), ("b", "50", "2025-07-01", None)), name), ["no_longer_found"])
        fails = "right_customer/principle_fails/company"
        self.assertEqual(self.resolved(fits(("a", "1", "2025-06-30", None)), fails), ["not_assessed"])
        self.assertEqual(self.resolved(fits(("a", "1", "2025-06-30", 99)), fails), ["no_longer_found"])

    def test_resolved_in_another_edition(self):
        """What it lacks is not asked, whoever left since."""
        names = ["right_customer/poor_fit/customer/gone", "right_customer/principle_fails/company", "monitor_health/stale_evidence/customer/gone"]
        given = book(contract("c1", "2025-01-01", mrr="1"), contract("c2", "2025-01-01", DAY, "1", customer_id="gone"))
        self.assertEqual(self.resolved(given, *names, edition="2021"), ["not_asked", "not_asked", "churned"])

    def test_exclusions(self):
        """One that ends on the day is over; those of a principle are asked about the others."""
        rows = [{"customer_id": "bolt", "reason": "a school", "until": "2026-07-01"}, {"customer_id": "acme", "reason": "over", "until": DAY}, {"customer_id": "acme", "reason": "a test", "principle": "time_to_value"}]
        tables = self.tables({"exclusions": rows})
        self.assertEqual([(row["customer_id"], row["principle"], row["until"], row["reason"], row["mrr"]) for row in tables["exclusions"]], [("acme", "time_to_value", None, "a test", "100.00"), ("bolt", None, "2026-07-01", "a school", "50.00")])
        self.assertEqual([row["customers"] for row in tables["verdicts"]], [1, 1, 1, 1, 0])
        self.assertEqual((tables["summary"][0]["excluded_customers"], tables["summary"][0]["excluded_mrr"]), (2, "150.00"))
        with self.assertRaises(ModelError):
            self.tables({"exclusions": [{"customer_id": "nobody", "reason": "?"}]})
        with self.assertRaises(ModelError):
            self.tables({"exclusions": [{"customer_id": "acme", "reason": reason} for reason in ("a school", "a test")]})

    def test_plays(self):
        """In the order of the catalogue, behind those of one's own, which stand in for those of their names."""
        texts = {name: {"en": name, "ja": name} for name in ("label", "effect", "success")}
        own = [{"play": "call", "checks": ["poor_fit"], **texts}, {"play": "success_plan", "checks": ["silence"], **texts}, {"play": "visit", "checks": ["poor_fit"], "tiers": ["tech_touch"], **texts}]
        tables = self.tables({"plays": own})
        self.assertEqual(self.finding(tables)["plays"], ["call"])  # it is of low touch
        told = [(row["play"], row["findings"], row["customers"], row["mrr"]) for row in tables["plays"]]
        self.assertEqual(told, [("call", 2, 2, "150.00"), ("review_of_the_principle", 1, 2, "150.00")])

    def test_plays_of_the_healthy(self):
        """An offer is for those in the best band, who have no fault."""
        done = {"customer_id": "acme", "outcome_id": "o", "achieved_on": back(5)}
        given = since_start(outcomes=[done], signals=[signal(DAY, 75)])
        for changed, plays in (({}, 4), ({"signals": [{"customer_id": "acme"} | signal(DAY, 74)]}, 1), ({"customers": [{"customer_id": "acme", "fit": 1}]}, 1)):
            tables = review(given | changed, {}, DAY, settings={"scorecard": card(last("x"))})
            (row,) = (row for row in tables["findings"] if row["check"] == "achieved")
            self.assertEqual(len(row["plays"]), plays)


class Words(unittest.TestCase):
    def test_every_check_has_a_play(self):
        """The pages' names are those of the catalogue, and of the settings."""
        checks = {check for each in CHECKS.values() for check in each} | {"principle_fails"}
        self.assertEqual({check for play in standard_plays() for check in play["checks"]}, checks)
        self.assertEqual(DEFAULTS.keys() - CHECKS.keys(), {"bounds"})
        pages = [(PLAYS.parent / f"{name}.md").read_text(encoding="utf-8") for name in (*CHECKS, "verdicts")]
        for name, page in zip((*CHECKS, "bounds"), pages, strict=True):
            for threshold, value in DEFAULTS[name].items():
                self.assertIn(f"| `{threshold}` | {value} |", page)
            self.assertTrue(all(f"- `{check}`" in page for check in CHECKS.get(name, [])))
        self.assertEqual(len(UNIT_OF), 51)
        self.assertEqual(right_customer.COLUMNS, ("segment", "channel", "seller"))


if __name__ == "__main__":
    unittest.main()
