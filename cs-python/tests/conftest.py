"""What the tests share."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

CONFORMANCE = Path(__file__).resolve().parents[2] / "cs-core" / "conformance"
sys.path.insert(0, str(CONFORMANCE / "model"))

BOOK = [
    {"contract_id": "c-1", "customer_id": "acme", "start_date": "2026-01-01", "end_date": "2026-03-15", "mrr": "100.00"},
    {"contract_id": "c-2", "customer_id": "acme", "start_date": "2026-03-15", "end_date": None, "mrr": "200.00"},
    {"contract_id": "c-3", "customer_id": "bolt", "start_date": "2026-02-10", "end_date": "2026-04-01", "mrr": "50.50"},
]


@pytest.fixture
def book() -> list[dict[str, Any]]:
    """Three contracts of two customers."""
    return [dict(row) for row in BOOK]


@pytest.fixture(scope="session")
def manifest() -> dict[str, Any]:
    """The committed surface manifest."""
    return json.loads((CONFORMANCE / "surface.json").read_text(encoding="utf-8"))
