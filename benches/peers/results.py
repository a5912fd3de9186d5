"""The columns of a result, from sums by group, month and kind; every peer ends with these, in its own time."""

import numpy as np

from book import MONTHS

Columns = dict[str, np.ndarray]

KINDS = 5
NEW, REACTIVATION, EXPANSION, CONTRACTION, CHURN = range(KINDS)
AMOUNTS = ["new_mrr", "reactivation_mrr", "expansion_mrr", "contraction_mrr", "churned_mrr"]
COUNTS = ["new_customers", "reactivated_customers", "expanded_customers", "contracted_customers", "churned_customers"]
MOVEMENTS = ["opening_mrr", *AMOUNTS, "closing_mrr", "opening_customers", *COUNTS, "closing_customers"]

# What changes by product, of customers who pay before and after.
PARTS = 4
UPSELL, CROSS_SELL, DOWNSELL, PRODUCT_CHURN = range(PARTS)
BY_PRODUCT = ["upsell_mrr", "cross_sell_mrr", "downsell_mrr", "product_churn_mrr"]


def movements(amounts: np.ndarray, counts: np.ndarray, joined: np.ndarray | None = None) -> Columns:
    """From magnitudes and customers by group, month and kind.

    `joined` is by how many the customers grew, where someone may leave and return within a month.
    """
    amounts, counts = (values.reshape(-1, MONTHS, KINDS) for values in (amounts, counts))
    if joined is None:
        joined = counts[:, :, NEW] + counts[:, :, REACTIVATION] - counts[:, :, CHURN]
    grown = amounts[:, :, : EXPANSION + 1].sum(axis=2) - amounts[:, :, CONTRACTION:].sum(axis=2)
    columns = {}
    for balance, change in (("mrr", grown), ("customers", joined.reshape(-1, MONTHS))):
        closing = change.cumsum(axis=1)
        columns |= {f"opening_{balance}": closing - change, f"closing_{balance}": closing}
    for kind in range(KINDS):
        columns |= {AMOUNTS[kind]: amounts[:, :, kind], COUNTS[kind]: counts[:, :, kind]}
    return {name: columns[name].reshape(-1).astype(np.int64) for name in MOVEMENTS}


def split(amounts: np.ndarray) -> Columns:
    """From magnitudes by month and part."""
    return dict(zip(BY_PRODUCT, amounts.reshape(MONTHS, PARTS).T.astype(np.int64), strict=True))


def cohorts(mrr: np.ndarray, customers: np.ndarray) -> Columns:
    """From how both change, by cohort and month; a row for every cohort and age up to the last month."""
    cohort, month = np.triu_indices(MONTHS)
    both = {"customers": customers, "mrr": mrr}
    cells = {name: values.reshape(MONTHS, MONTHS).cumsum(axis=1) for name, values in both.items()}
    named = {"cohort": cohort, "age": month - cohort} | {name: cell[cohort, month] for name, cell in cells.items()}
    return {name: values.astype(np.int64) for name, values in named.items()}


def cells(shape: tuple[int, ...], places: list[np.ndarray], values: np.ndarray) -> np.ndarray:
    """Values of a grouped result at their places in an array that is zero elsewhere."""
    array = np.zeros(shape, np.int64)
    array[tuple(places)] = values
    return array


def checked(is_unique: bool, ends_after_start: bool) -> None:
    """The two checks that a book with ids passes before anything is computed from it."""
    if not is_unique or not ends_after_start:
        raise ValueError("a contract is there twice, or ends before it starts")
