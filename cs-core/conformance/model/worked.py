"""What the worked examples are written with."""

from model import explain_health, health

JOURNAL_COLUMNS = (
    "date customer_id kind amount mrr_before mrr_after upsell_mrr cross_sell_mrr downsell_mrr product_churn_mrr "
    "contract_ids"
).split()


def contract(contract_id, start_date, end_date=None, mrr=None, **more):
    row = {"contract_id": contract_id, "customer_id": "acme", "start_date": start_date, "end_date": end_date, "mrr": mrr}
    return row | more


def term(contract_id, start, term_end, mrr="100", **more):
    """Of a fixed term, unless more is said: it ends with it."""
    return contract(contract_id, start, None, mrr, **{"term_end": term_end, "auto_renew": False, **more})


def auto(contract_id, start, term_end, end_date=None, mrr="100", **more):
    return contract(contract_id, start, end_date, mrr, term_end=term_end, auto_renew=True, **more)


def book(*contracts, currency="USD"):
    """One of which it is known what becomes of it until long after all that is asked."""
    return {"currency": currency, "contracts": list(contracts), "observed_until": "2099-12-31"}


def kinds(rows):
    """(date, kind, amount) of journal rows."""
    return [(row["date"], row["kind"], row["amount"]) for row in rows]


def months(rows, *columns):
    """The named columns of each row, in the order of the rows."""
    return [tuple(row[column] for column in columns) for row in rows]


# Of scorecards: the day of the score, unless another is said, and the curve at which a value is its score.
DAY = "2026-06-30"
IDENTITY = [[0, 0], [100, 100]]


def measure(asked, name="m", weight=1, curve=None, **more):
    return {"measure": name, "evidence": "custom", "weight": weight, "value": asked, "curve": curve or IDENTITY} | more


def last(signal, name=None, **more):
    """The measure of the last value of a signal, which is the score."""
    return measure({"table": "signals", "aggregate": "last", "where": {"signal": signal}}, name or signal, **more)


def card(*measures, **more):
    return {"name": "a card", "measures": list(measures)} | more


def paying(*contracts, customer_id="acme", **tables):
    """A book with one customer who pays 100 from the first of January on, and facts of it."""
    rows = [contract("c", "2026-01-01", mrr="100", customer_id=customer_id), *contracts]
    tables = {table: [{"customer_id": customer_id} | row for row in facts] for table, facts in tables.items()}
    return book(*rows) | tables


def signal(day, value, name="x", **more):
    return {"signal": name, "observed_on": day, "value": value} | more


def told(**values):
    """A book in which signals have these values on the day."""
    return paying(signals=[signal(DAY, value, name) for name, value in values.items()])


def explained(given, *measures, as_of=DAY, **more):
    return explain_health(given, {}, as_of, scorecard=card(*measures, **more))


def score(given, *measures, as_of=DAY, **more):
    """The only row."""
    (row,) = health(given, {}, as_of, scorecard=card(*measures, **more))
    return row
