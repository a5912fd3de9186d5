"""What the specification says of every book, on random ones."""

import copy
import functools
import unittest
from collections import Counter
from datetime import date
from fractions import Fraction

import model
from books import random_book, random_call
from changes import PRODUCT_COLUMNS, movements_of
from contracts import contracts_that_count
from definitions import MINOR_DIGITS, read_definitions
from draws import shift
from lines import Unit, customer_line
from model import MOVEMENT_COLUMNS, journal, movements
from worked import JOURNAL_COLUMNS

RANDOM_BOOKS = 600
RANDOM_CALLS = 2000

COLUMNS = {
    "movements": MOVEMENT_COLUMNS,
    "retention": model.RETENTION_COLUMNS,
    "flow_retention": model.FLOW_RETENTION_COLUMNS,
    "cohorts": model.COHORT_COLUMNS,
}


def in_every_book(check):
    """Makes a test of a check of one case, and names the seed of each case that fails."""

    @functools.wraps(check)
    def test(self):
        for seed, asked, table, entries in self.cases:
            with self.subTest(seed=seed):
                check(self, asked, table, entries)

    return test


class Laws(unittest.TestCase):
    """Laws of movements and the journal, whatever the switches."""

    @classmethod
    def setUpClass(cls):
        cls.cases = []
        for seed in range(RANDOM_BOOKS):
            asked = random_book(seed)
            cls.cases.append((seed, asked, movements(*asked), journal(*asked)))

    @in_every_book
    def test_shape(self, asked, table, entries):
        given, definitions, _, _ = asked
        digits = MINOR_DIGITS[given["currency"]] + definitions.get("extra_digits", 0)
        decimals = rf"^(0|[1-9][0-9]*){rf'[.][0-9]{{{digits}}}' if digits else ''}$"
        for row in table:
            self.assertEqual(list(row), MOVEMENT_COLUMNS)
            for column in row:
                if column.endswith(("_mrr", "_arr")):
                    self.assertRegex(row[column], decimals)
                elif column.endswith("_customers"):
                    self.assertIs(type(row[column]), int)
        for row in entries:
            self.assertEqual(list(row), JOURNAL_COLUMNS)
            self.assertTrue(row["contract_ids"])
            for column in JOURNAL_COLUMNS[3:10]:
                self.assertRegex(row[column], decimals)
        keys = [(row["date"], row["customer_id"].encode(), row["kind"]) for row in entries]
        self.assertEqual(keys, sorted(keys))

    @in_every_book
    def test_opening_and_flows_make_closing(self, _asked, table, _entries):
        for row in table:
            money = {column: Fraction(row[column]) for column in row if column.endswith("_mrr")}
            self.assertEqual(
                money["opening_mrr"] + money["new_mrr"] + money["reactivation_mrr"] + money["expansion_mrr"]
                - money["contraction_mrr"] - money["churned_mrr"] + money["fx_mrr"],
                money["closing_mrr"],
            )  # fmt: skip
            self.assertEqual(money["provisional_mrr"], 0)

    @in_every_book
    def test_closing_is_the_next_opening(self, asked, table, _entries):
        _, _, start, end = asked
        for row, following in zip(table, table[1:]):
            self.assertEqual(row["period_end"], following["period_start"])
            self.assertEqual(row["closing_mrr"], following["opening_mrr"])
            self.assertEqual(row["closing_customers"], following["opening_customers"])
        self.assertLessEqual(table[0]["period_start"], start)
        self.assertLess(start, table[0]["period_end"])
        self.assertLess(table[-1]["period_start"], end)
        self.assertLessEqual(end, table[-1]["period_end"])

    @in_every_book
    def test_table_is_journal_summed(self, asked, table, entries):
        switches = read_definitions(asked[1])
        dated = 0
        for row in table:
            mine = [entry for entry in entries if row["period_start"] <= entry["date"] < row["period_end"]]
            dated += len(mine)
            for kind, (money_column, customer_column) in model.TABLE_COLUMNS.items():
                of_kind = [entry for entry in mine if entry["kind"] == kind]
                self.assertEqual(sum(Fraction(entry["amount"]) for entry in of_kind), Fraction(row[money_column]))
                self.assertEqual(len({entry["customer_id"] for entry in of_kind}), row[customer_column])
            for column in PRODUCT_COLUMNS:
                self.assertEqual(sum(Fraction(entry[column]) for entry in mine), Fraction(row[column]))
            # Distinct customers do not add up over a month with a return; movements do.
            by_kind = Counter(entry["kind"] for entry in mine)
            if switches["reactivation_as"] != "expansion":
                came = by_kind["new"] + by_kind["reactivation"]
                self.assertEqual(row["opening_customers"] + came - by_kind["churn"], row["closing_customers"])
            if switches["sampling"] == "period_end":
                self.assertTrue(all(shift(date.fromisoformat(entry["date"]), 1).isoformat() == row["period_end"] or entry["date"] == "2200-12-31" for entry in mine))
                self.assertEqual(len({entry["customer_id"] for entry in mine}), len(mine))
                if switches["reactivation_as"] != "expansion":
                    came = row["new_customers"] + row["reactivated_customers"]
                    self.assertEqual(row["opening_customers"] + came - row["churned_customers"], row["closing_customers"])
        self.assertEqual(dated, len(entries))

    @in_every_book
    def test_journal_rows(self, asked, _table, entries):
        switches = read_definitions(asked[1])
        last = {}
        for row in entries:
            kind, amount = row["kind"], Fraction(row["amount"])
            before, after = Fraction(row["mrr_before"]), Fraction(row["mrr_after"])
            upsell, cross_sell, downsell, product_churn = (Fraction(row[column]) for column in PRODUCT_COLUMNS)
            self.assertEqual(amount, abs(after - before))
            self.assertEqual(after >= before, kind in ("new", "reactivation", "expansion") or before == after)
            if not switches["free_counts"]:
                returned = kind == switches["reactivation_as"] and before == 0 < after
                shape = {
                    "new": before == 0 < after, "reactivation": before == 0 < after, "expansion": 0 < before < after,
                    "contraction": 0 < after < before, "churn": after == 0 < before, "product_mix": 0 < before == after,
                }  # fmt: skip
                self.assertTrue(shape[kind] or returned)
                if before > 0 and after > 0:
                    self.assertEqual(upsell + cross_sell - downsell - product_churn, after - before)
                    self.assertTrue(upsell or cross_sell or downsell or product_churn)
            if kind in ("new", "reactivation", "churn"):
                self.assertFalse(upsell or cross_sell or downsell or product_churn)
            # The journal of one customer is one chain; it is new once, at the chain's start, without a window.
            previous = last.get(row["customer_id"])
            if previous is not None:
                self.assertEqual(previous["mrr_after"], row["mrr_before"])
                self.assertLess(previous["date"], row["date"])
                if switches["reactivation_window_days"] is None and switches["reactivation_as"] != "new":
                    self.assertNotEqual(kind, "new")
            last[row["customer_id"]] = row

    @in_every_book
    def test_quiet_days_may_be_skipped(self, asked, _table, _entries):
        """Looking at every single day gives the same lines and the same movements, known up to a day or complete."""
        given, definitions, _, end = asked
        switches, last_day = read_definitions(definitions), date.fromisoformat(end)
        first_day = min((date.fromisoformat(row["start_date"]) for row in given["contracts"]), default=last_day)
        if (last_day - first_day).days > 1500:
            return  # the point is made by the others, and sooner
        for known_on in (None, shift(first_day, (last_day - first_day).days * 2 // 3)):
            contracts = contracts_that_count(given, switches, known_on)
            for customer_id in {contract.customer_id for contract in contracts}:
                mine = [contract for contract in contracts if contract.customer_id == customer_id]
                quick, slow = (customer_line(mine, switches, known_on, skip_quiet_days=skip) for skip in (True, False))
                self.assertEqual(quick.provisional_from, slow.provisional_from)
                for day in slow.days:
                    self.assertEqual(quick.close(day), slow.close(day))
                self.assertEqual(
                    movements_of(Unit(customer_id, [quick], switches), last_day),
                    movements_of(Unit(customer_id, [slow], switches), last_day, skip_quiet_days=False),
                )

    @in_every_book
    def test_order_of_rows_does_not_matter_and_nothing_is_changed(self, asked, table, entries):
        given, definitions, start, end = asked
        turned = {name: rows[::-1] if name != "currency" else rows for name, rows in given.items()}
        kept = copy.deepcopy(turned)
        self.assertEqual(movements(turned, definitions, start, end), table)
        self.assertEqual(journal(turned, definitions, start, end), entries)
        self.assertEqual(turned, kept)

    @in_every_book
    def test_sampling_does_not_matter_where_things_happen_once_a_period(self, asked, _table, _entries):
        """With every day the first of a month, each month has one day on which something changes.

        Then both samplings see the same changes. They are dated differently, so a window may tell them apart.
        """
        given, definitions, start, end = asked
        firsts = {"currency": given["currency"], "contracts": []}
        for row in given["contracts"]:
            days = {name: f"{value[:8]}01" for name, value in row.items() if value is not None and name.endswith(("_date", "_end", "_on")) and name != "recorded_on"}
            if all(row["start_date"][:7] < (row.get(name) or "9")[:7] for name in ("end_date", "term_end")):
                firsts["contracts"].append(row | days)
        ids = {row["contract_id"] for row in firsts["contracts"]}
        for row in given.get("pauses", []):
            days = {name: f"{row[name][:8]}01" for name in ("from_date", "to_date") if row.get(name) is not None}
            if row["contract_id"] in ids and days["from_date"] < days.get("to_date", "9"):
                firsts.setdefault("pauses", []).append(row | days)
        definitions = {name: value for name, value in definitions.items() if name not in ("period", "reactivation_window_days")}
        daily, period_end = (definitions | {"sampling": sampling} for sampling in ("daily", "period_end"))
        self.assertEqual(movements(firsts, daily, start, end), movements(firsts, period_end, start, end))
        for one, other in zip(journal(firsts, daily, start, end), journal(firsts, period_end, start, end), strict=True):
            self.assertEqual(one["date"][:7], other["date"][:7])
            self.assertEqual(one | {"date": ""}, other | {"date": ""})


def in_every_answer(*operations):
    """Makes a test of a check of one call of the operations (none: of all) and its rows, unless it was refused."""

    def decorator(check):
        @functools.wraps(check)
        def test(self):
            for seed, call, rows in self.cases:
                if (not operations or call["operation"] in operations) and not isinstance(rows, str):
                    with self.subTest(seed=seed):
                        check(self, call, rows)

        return test

    return decorator


def add_up(rows, column):
    return sum(Fraction(row[column]) for row in rows)


class LawsOfCalls(unittest.TestCase):
    """Laws of all operations, with groups, parents and what was known."""

    @classmethod
    def setUpClass(cls):
        cls.cases = []
        for seed in range(RANDOM_CALLS):
            call = random_call(seed)
            cls.cases.append((seed, call, model.answer(call)))

    def changed(self, call, **arguments):
        """The call with other arguments; None leaves one out."""
        kept = {name: value for name, value in (call["arguments"] | arguments).items() if value is not None}
        return call | {"arguments": kept}

    def names(self, call):
        by = call["arguments"].get("by") or []
        return [by] if isinstance(by, str) else by

    @in_every_answer(*COLUMNS)
    def test_group_columns_come_first_and_keys_ascend(self, call, rows):
        names = self.names(call)
        keys = []
        for row in rows:
            self.assertEqual(list(row), names + COLUMNS[call["operation"]])
            group = [(row[name] is None, (row[name] or "").encode()) for name in names]
            rest = (row["cohort"], row["age"]) if call["operation"] == "cohorts" else (row.get("period_end") or row["window_end"],)
            keys.append((group, rest))
        self.assertEqual(keys, sorted(keys))
        self.assertEqual(len({str(key) for key in keys}), len(keys))

    @in_every_answer("movements", "retention", "flow_retention")
    def test_groups_of_attributes_add_up(self, call, rows):
        if not self.names(call) or "product" in self.names(call):
            return
        whole = model.answer(self.changed(call, by=None))
        for total in whole:
            end = "window_end" if "window_end" in total else "period_end"
            parts = [row for row in rows if row[end] == total[end]]
            for column in total:
                if column.endswith(("_mrr", "_arr", "_customers")):
                    self.assertEqual(add_up(parts, column), Fraction(total[column]), column)

    @in_every_answer("movements")
    def test_products_add_up_in_balances(self, call, rows):
        if "product" in self.names(call):
            for total in model.answer(self.changed(call, by=None)):
                parts = [row for row in rows if row["period_end"] == total["period_end"]]
                for column in ("opening_mrr", "closing_mrr", "provisional_mrr", "closing_arr"):
                    self.assertEqual(add_up(parts, column), Fraction(total[column]))

    @in_every_answer("movements")
    def test_balances(self, call, rows):
        for row in rows:
            net = sum(Fraction(row[f"{name}_mrr"]) for name in ("opening", "new", "reactivation", "expansion"))
            self.assertEqual(net - Fraction(row["contraction_mrr"]) - Fraction(row["churned_mrr"]), Fraction(row["closing_mrr"]))
            self.assertLessEqual(Fraction(row["provisional_mrr"]), Fraction(row["closing_mrr"]))

    @in_every_answer("movements")
    def test_parents_change_no_balance(self, call, rows):
        if call["arguments"].get("level") == "parent":
            other = model.answer(self.changed(call, level=None, by=None))
            for total in other:
                parts = [row for row in rows if row["period_end"] == total["period_end"]]
                for column in ("opening_mrr", "closing_mrr", "provisional_mrr", "closing_arr"):
                    self.assertEqual(add_up(parts, column), Fraction(total[column]))

    @in_every_answer()
    def test_without_parents_everybody_is_their_own(self, call, rows):
        given = call["book"]
        if "parent_id" in self.names(call) or not given.get("customers"):
            return
        orphans = [{name: value for name, value in row.items() if name != "parent_id"} for row in given["customers"]]
        alone = call | {"book": given | {"customers": orphans}}
        self.assertEqual(model.answer(self.changed(alone, level="parent")), model.answer(self.changed(alone, level="customer")))

    @in_every_answer("retention")
    def test_retention_is_a_share(self, _, rows):
        for row in rows:
            opening, retained = Fraction(row["opening_mrr"]), Fraction(row["retained_mrr"])
            self.assertTrue(0 <= retained <= opening)
            self.assertTrue(0 <= row["retained_customers"] <= row["opening_customers"])
            self.assertEqual(row["grr"] is None, opening == 0)
            if row["grr"] is not None:
                self.assertTrue(0 <= row["grr"] <= 1 and row["grr"] <= row["nrr"])
            self.assertEqual(row["customer_churn"] is None, row["opening_customers"] == 0)
            if row["customer_churn"] is not None:
                self.assertTrue(0 <= row["customer_churn_low"] <= row["customer_churn"] <= row["customer_churn_high"] <= 1)
                self.assertAlmostEqual(row["customer_churn"] + row["customer_retention"], 1)

    @in_every_answer("retention")
    def test_retention_opens_where_movements_open(self, call, rows):
        if call["arguments"].get("window") == "period":
            table = model.answer(self.changed(call, window=None) | {"operation": "movements"})
            for row, movement in zip(rows, table, strict=True):
                self.assertEqual((row["window_start"], row["window_end"]), (movement["period_start"], movement["period_end"]))
                self.assertEqual(row["opening_mrr"], movement["opening_mrr"])
                self.assertEqual(row["opening_customers"], movement["opening_customers"])

    @in_every_answer("flow_retention")
    def test_flow_retention_is_movements_summed(self, call, rows):
        table = model.answer(call | {"operation": "movements"})
        if isinstance(table, str):
            return  # an attribute has the name of one of its columns
        for row, movement in zip(rows, table, strict=True):
            self.assertEqual(row["opening_mrr"], movement["opening_mrr"])
            lost = Fraction(movement["churned_mrr"]) + Fraction(movement["contraction_mrr"])
            won = Fraction(movement["expansion_mrr"]) + Fraction(movement["reactivation_mrr"])
            self.assertEqual(Fraction(row["net_churned_mrr"]), lost - won)
            for column in ("expansion_mrr", "reactivation_mrr", "contraction_mrr", "churned_mrr"):
                self.assertLessEqual(Fraction(row[column]), Fraction(movement[column]))

    @in_every_answer("cohorts")
    def test_cohorts_add_up_to_the_closing_mrr(self, call, rows):
        if self.names(call) or not rows:
            return
        switches = read_definitions(call["arguments"].get("definitions", call["definitions"]))
        first = date.fromisoformat(rows[0]["cohort"])
        if first < date(1900, 1, 1):
            return
        asked = {"start": first.isoformat(), "end": call["arguments"]["end"]}
        if asked["start"] >= asked["end"]:
            return
        table = model.answer(self.changed(call, **asked) | {"operation": "movements"})
        closes = [row["period_start"] for row in table]
        for number, movement in enumerate(table):
            then = [row for row in rows if closes.index(row["cohort"]) + row["age"] == number]
            self.assertEqual(add_up(then, "mrr"), Fraction(movement["closing_mrr"]))
            self.assertEqual(sum(row["customers"] for row in then), movement["closing_customers"])
        for row in rows:
            self.assertEqual(row["size"], rows[[r["cohort"] for r in rows].index(row["cohort"])]["size"])
            if row["age"] == 0 and not switches["gap_tolerance_days"]:
                self.assertGreaterEqual(row["size"], row["customers"])

    @in_every_answer()
    def test_known_at_the_end_of_time_is_all_there_is(self, call, rows):
        days = [value for table in ("contracts", "pauses") for row in call["book"].get(table, []) for value in row.values()]
        if any(isinstance(value, str) and value.startswith("2200-") for value in days) or call["arguments"]["end"] > "2200":
            return
        self.assertEqual(
            model.answer(self.changed(call, known_on="2200-12-31")),
            model.answer(self.changed(call, known_on=None)),
        )

    @in_every_answer()
    def test_nothing_recorded_later_changes_what_was_known(self, call, rows):
        """New revisions, contracts, versions and pauses, all of a later day, and dates filled in later."""
        known_on = call["arguments"].get("known_on")
        if known_on is None or known_on >= "2200-06-01":
            return
        later = shift(date.fromisoformat(known_on), 1).isoformat()
        given = copy.deepcopy(call["book"])
        for row in given["contracts"]:
            filled_in = row.get("recorded_on") is None and row.get("end_date") is None and row.get("term_end") is None
            if filled_in and row.get("notice_date") is None and row["start_date"] < later:
                row["end_date"] = row["notice_date"] = later
        for number, row in enumerate(list(given["contracts"])):
            if (row.get("recorded_on") or "") < later:
                price = {"mrr": "1", "amount": None, "billing_period": None, "term_months": None, "list_mrr": None}
                given["contracts"].append(row | price | {"recorded_on": later, "withdrawn": number % 2 == 0})
            given["contracts"].append({"contract_id": f"later {number}", "customer_id": row["customer_id"], "start_date": later, "mrr": "5"})
            given.setdefault("pauses", []).append({"contract_id": row["contract_id"], "from_date": later})
        if given.get("customers"):
            for name in {row["customer_id"] for row in given["customers"]}:
                if later not in {row.get("recorded_on") for row in given["customers"] if row["customer_id"] == name}:
                    given["customers"].append({"customer_id": name, "recorded_on": later, "parent_id": name, "segment": "later"})
        self.assertEqual(model.answer(call | {"book": given}), rows)
