"""Customer success by definition.

Contracts of recurring revenue in, dated movements out, by definitions that are data:

>>> import customer_success as cs
>>> portfolio = cs.Portfolio.from_tables(
...     contracts=[
...         {"contract_id": "c-1", "customer_id": "acme", "start_date": "2026-01-01", "mrr": "100.00"},
...         {"contract_id": "c-2", "customer_id": "acme", "start_date": "2026-03-15", "mrr": "20.00"},
...     ],
...     currency="USD",
... )
>>> march = portfolio.movements("2026-03-01", "2026-04-01").to_dicts()[0]
>>> march["opening_mrr"], march["expansion_mrr"], march["closing_mrr"]
(Decimal('100.00'), Decimal('20.00'), Decimal('120.00'))
"""

from customer_success import metrics
from customer_success._calculations import (
    catalogue,
    cumulative_incidence,
    kaplan_meier,
    log_rank,
    plays,
    restricted_mean,
)
from customer_success._errors import (
    CustomerSuccessError,
    InternalError,
    InvalidArgument,
    InvalidInput,
    Problem,
)
from customer_success._models import ShiftedBetaGeometric
from customer_success._native import (
    Backtest,
    Definitions,
    Drilldown,
    Portfolio,
    Review,
    Scorecard,
    Table,
    __version__,
    merge,
    merge_partials,
)
from customer_success._report import LoadReport

__all__ = [
    "Backtest",
    "CustomerSuccessError",
    "Definitions",
    "Drilldown",
    "InternalError",
    "InvalidArgument",
    "InvalidInput",
    "LoadReport",
    "Portfolio",
    "Problem",
    "Review",
    "Scorecard",
    "ShiftedBetaGeometric",
    "Table",
    "__version__",
    "catalogue",
    "cumulative_incidence",
    "kaplan_meier",
    "log_rank",
    "merge",
    "merge_partials",
    "metrics",
    "plays",
    "restricted_mean",
]
