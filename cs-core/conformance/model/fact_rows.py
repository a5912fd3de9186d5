"""Random rows of the tables of facts: valid ones, on days that matter to a scorecard."""

from __future__ import annotations

import random
from datetime import date

from draws import shift
from facts import ROW_DAYS
from maker import Maker

RESERVED = ["logins", "active_users", "licensed_users", "days_past_due", "used_in_executive_meetings"]
SIGNALS = [*RESERVED, "mood", "Mood", "気分"]

# Columns of texts, with texts that they have.
TEXTS = {
    "signals": {"signal": SIGNALS},
    "engagements": {
        "kind": ["qbr", "outreach", "training", "health_check", "onboarding", "event", "marketing", "community"],
        "channel": ["human", "digital"], "person_id": ["p1", "P1", "p2"], "owner": ["ann", "bob"],
    },
    "cases": {"case_id": ["k0", "k1", "k2"], "priority": ["low", "high"], "agent": ["ann", "bob", "é"]},
    "surveys": {"kind": ["nps", "csat", "ces"], "role": ["admin", "user"]},
    "milestones": {"milestone": ["kickoff", "setup_done", "first_value", "onboarded"]},
    "outcomes": {"outcome_id": ["o0", "o1", "o2"], "measure": ["hours", "cost"]},
    "stakeholders": {"person_id": ["p1", "P1", "p2"], "role": ["executive_sponsor", "champion", "admin", "user"]},
    "feedback": {"kind": ["request", "bug", "praise", "promise"], "topic": ["export", "Export"]},
    "advocacy": {"kind": ["reference", "review", "referral", "case_study", "word_of_mouth"]},
    "actions": {"finding_id": ["f1", "f2"], "play": ["call", "visit"], "owner": ["ann", "bob"], "result": ["done", "dropped"]},
}  # fmt: skip
NUMBERS = {
    "signals": ["value"], "engagements": ["minutes"], "cases": ["satisfaction"], "surveys": ["score", "scale_max"],
    "milestones": [], "outcomes": ["baseline", "target", "current", "experience"], "stakeholders": [], "feedback": [],
    "advocacy": [], "actions": [],
}  # fmt: skip
OTHER_NUMBERS = {"outcomes": ["progress", "progress"], "cases": ["days_to_close"], "feedback": ["days_to_answer"]}
FLAGS = {table: [] for table in TEXTS} | {"engagements": ["two_way"], "cases": ["resolved_by_self"], "outcomes": ["agreed_by_customer"]}
# Columns that may be absent.
OPTIONAL = {
    "signals": ["recorded_on"],
    "engagements": ["two_way", "minutes", "person_id", "owner"],
    "cases": ["closed_on", "priority", "agent", "resolved_by_self", "satisfaction"],
    "surveys": ["score", "role"],
    "milestones": ["due_on", "reached_on"],
    "outcomes": ["measure", "baseline", "target", "current", "observed_on", "agreed_on", "agreed_by_customer", "due_on", "achieved_on", "experience"],
    "stakeholders": ["since", "moved_to_customer_id"],
    "feedback": ["topic", "answered_on", "released_on"],
    "advocacy": [],
    "actions": ["finding_id", "owner", "due_on", "closed_on", "result", "snoozed_until"],
}  # fmt: skip
DAYS = {
    "signals": ["observed_on", "recorded_on"],
    "engagements": ["date"],
    "cases": ["opened_on", "closed_on"],
    "surveys": ["date"],
    "milestones": ["due_on", "reached_on"],
    "outcomes": ["observed_on", "agreed_on", "due_on", "achieved_on"],
    "stakeholders": ["since", "left_on"],
    "feedback": ["date", "answered_on", "released_on"],
    "advocacy": ["date"],
    "actions": ["opened_on", "due_on", "closed_on", "snoozed_until"],
}


class FactRows:
    """Draws the facts of one book."""

    def __init__(self, rng: random.Random, maker: Maker, ids: list[str], day: date, edges: list[date], signals: list[str]):
        """Rows for the customers `ids` around `day`, mostly on `edges`; `signals`: those that are asked for."""
        self.rng = rng
        self.maker = maker
        self.ids = ids
        self.around = day
        self.edges = edges
        self.names = [*signals, *rng.sample(SIGNALS, 1 if signals else 2)]

    def tables(self, asked: set[str]) -> dict[str, list[dict]]:
        """Those that are asked for are mostly there."""
        return {table: self.table(table) for table in ROW_DAYS if self.rng.random() < (0.95 if table in asked else 0.3)}

    def table(self, table: str) -> list[dict]:
        rng = self.rng
        rows = []
        for customer_id in self.ids:
            most = rng.choice([0, 1, 3, 5, 6, 8]) * (2 if table == "signals" else 1)
            rows += [{"customer_id": customer_id} | row for row in getattr(self, table)(most)]
        if table == "actions" and rng.random() < 0.5:
            rows += self.actions(1)
        if rows and table in ("signals", "engagements", "surveys") and rng.random() < 0.3:
            rows.append(dict(rng.choice(rows)))  # equal rows are separate facts
        rng.shuffle(rows)
        return [self.maker.sparse(row) for row in rows]

    # --- days --------------------------------------------------------------------------------------------------

    def day(self) -> date:
        chance = self.rng.random()
        if chance < 0.5:
            return self.rng.choice(self.edges)
        if chance < 0.9:
            return shift(self.around, -self.rng.choice([0, 1, 5, self.rng.randint(0, 30), self.rng.randint(0, 120)]))
        return self.rng.choice([shift(self.around, self.rng.randint(1, 60)), self.maker.day()])

    def some_day(self) -> str | None:
        return self.rng.choice([None, self.day().isoformat()])

    def days_after(self, first: date, number: int) -> list[str | None]:
        """Days that are not before the first one, or none; often known just when it matters."""
        days = [first, shift(first, 1), shift(first, 5), self.around, shift(self.around, 1), shift(self.around, -30), shift(self.around, -29)]
        choices = [None, None, *(day.isoformat() for day in days if day >= first)]
        return [self.rng.choice(choices) for _ in range(number)]

    # --- cells -------------------------------------------------------------------------------------------------

    def text(self, table: str, column: str) -> str:
        return self.rng.choice(TEXTS[table][column])

    def texts(self, table: str, *columns: str) -> dict:
        """Texts, each of which may be absent."""
        return {column: self.rng.choice([None, *TEXTS[table][column]]) for column in columns}

    def flag(self) -> bool | None:
        return self.rng.choice([None, True, False])

    def value(self, signal: str) -> int | float:
        if signal == "used_in_executive_meetings":
            return self.rng.choice([0, 1])
        if signal in RESERVED:
            return self.rng.choice([0, 1, 2, 3, 5, 10, 40])
        return self.rng.choice([-4, -1, 0, 0.1, 0.2, 0.3, 1 / 3, 2.5, 3, 1e15, -1e15])

    def recorded_on(self, day: date) -> str | None:
        by = [shift(day, step) for step in (-2, 0, 1, 3)]
        chosen = self.rng.choice([None, None, *by, self.around, shift(self.around, 1)])
        return None if chosen is None else chosen.isoformat()

    def answer(self, kind: str) -> dict:
        """The score of a survey; absent where nobody answered."""
        rng = self.rng
        if kind == "csat":
            scale_max = rng.choice([3, 5, 10])
            return {"score": rng.choice([None, 0, 1, 2.5, scale_max]), "scale_max": scale_max}
        return {"score": rng.choice([None, 0, 3, 6, 7, 9, 10] if kind == "nps" else [None, 0, 1.5, 4, 7])}

    # --- rows of one customer ----------------------------------------------------------------------------------

    def signals(self, most: int) -> list[dict]:
        rows = []
        for _ in range(most):
            signal, day = self.rng.choice(self.names), self.day()
            rows.append({"signal": signal, "observed_on": day.isoformat(), "value": self.value(signal), "recorded_on": self.recorded_on(day)})
        return rows

    def engagements(self, most: int) -> list[dict]:
        return [
            {
                "date": self.day().isoformat(),
                "kind": self.text("engagements", "kind"),
                "channel": self.text("engagements", "channel"),
                "two_way": self.flag(),
                "minutes": self.rng.choice([None, 0, 15, 45]),
                **self.texts("engagements", "person_id", "owner"),
            }
            for _ in range(most)
        ]

    def cases(self, most: int) -> list[dict]:
        rows = []
        for number in range(most):
            day = self.day()
            (closed_on,) = self.days_after(day, 1)
            rows.append(
                {
                    "case_id": f"k{number}",
                    "opened_on": day.isoformat(),
                    "closed_on": closed_on,
                    "resolved_by_self": self.flag(),
                    "satisfaction": self.rng.choice([None, 1, 3, 4, 5]),
                    **self.texts("cases", "priority", "agent"),
                }
            )
        return rows

    def surveys(self, most: int) -> list[dict]:
        kinds = [self.text("surveys", "kind") for _ in range(most)]
        return [{"date": self.day().isoformat(), "kind": kind, **self.answer(kind), **self.texts("surveys", "role")} for kind in kinds]

    def milestones(self, most: int) -> list[dict]:
        names = self.rng.sample(TEXTS["milestones"]["milestone"], min(most, 4))
        return [{"milestone": name, "due_on": self.some_day(), "reached_on": self.some_day()} for name in names]

    def outcomes(self, most: int) -> list[dict]:
        rng = self.rng
        return [
            {
                "outcome_id": f"o{number}",
                "baseline": rng.choice([None, 0, 3, 10]),
                "target": rng.choice([None, 0, 3, 10, 100.5]),
                "current": rng.choice([None, 0, 3, 5.5, 10]),
                "experience": rng.choice([None, 0, 5, 7.5, 10]),
                "observed_on": self.some_day(),
                "agreed_on": self.some_day(),
                "agreed_by_customer": self.flag(),
                "due_on": self.some_day(),
                "achieved_on": self.some_day(),
                **self.texts("outcomes", "measure"),
            }
            for number in range(most)
        ]

    def stakeholders(self, most: int) -> list[dict]:
        rows = []
        for _ in range(most):
            day = self.day()
            (left_on,) = self.days_after(day, 1)
            rows.append(
                {
                    "person_id": self.text("stakeholders", "person_id"),
                    "role": self.text("stakeholders", "role"),
                    "since": self.rng.choice([None, day.isoformat(), day.isoformat()]),
                    "left_on": left_on,
                    "moved_to_customer_id": self.rng.choice([None, None, *self.ids]),
                }
            )
        return rows

    def feedback(self, most: int) -> list[dict]:
        rows = []
        for _ in range(most):
            day = self.day()
            answered_on, released_on = self.days_after(day, 2)
            rows.append(
                {
                    "date": day.isoformat(),
                    "kind": self.text("feedback", "kind"),
                    "answered_on": answered_on,
                    "released_on": released_on,
                    **self.texts("feedback", "topic"),
                }
            )
        return rows

    def advocacy(self, most: int) -> list[dict]:
        return [{"date": self.day().isoformat(), "kind": self.text("advocacy", "kind")} for _ in range(most)]

    def actions(self, most: int) -> list[dict]:
        rows = []
        for _ in range(most):
            day = self.day()
            due_on, closed_on, snoozed_until = self.days_after(day, 3)
            rows.append(
                {
                    "play": self.text("actions", "play"),
                    "opened_on": day.isoformat(),
                    "due_on": due_on,
                    "closed_on": closed_on,
                    "snoozed_until": snoozed_until,
                    **self.texts("actions", "finding_id", "owner", "result"),
                }
            )
        return rows
