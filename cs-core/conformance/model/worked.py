"""What the worked examples are written with."""

JOURNAL_COLUMNS = (
    "date customer_id kind amount mrr_before mrr_after upsell_mrr cross_sell_mrr downsell_mrr product_churn_mrr "
    "contract_ids"
).split()


def contract(contract_id, start_date, end_date=None, mrr=None, **more):
    row = {"contract_id": contract_id, "customer_id": "acme", "start_date": start_date, "end_date": end_date, "mrr": mrr}
    return row | more


def book(*contracts, currency="USD"):
    return {"currency": currency, "contracts": list(contracts)}


def kinds(rows):
    """(date, kind, amount) of journal rows."""
    return [(row["date"], row["kind"], row["amount"]) for row in rows]


def months(rows, *columns):
    """The named columns of each row, in the order of the rows."""
    return [tuple(row[column] for column in columns) for row in rows]
