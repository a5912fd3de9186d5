"""What is made of scores of one day or two: changes by measure, migration between bands, coverage of the evidence.

The page on scorecards says what a score is; here scores are put beside each other.
"""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

from contracts import known_customers
from definitions import FIRST_DAY, ModelError, by_bytes, format_money, money_digits, parse_day, read_definitions
from lines import Unit, mrr_of
from scores import MILLION, Evidence, Score, card_of, override_of, profile_of, scores_at
from standings import standing

OUTLOOK_COLUMNS = "customer_id state reasons score band change term_end ends_on mrr".split()
EXPLAIN_HEALTH_CHANGE_COLUMNS = (
    "customer_id measure value_before value measure_score_before measure_score contribution_before contribution change"
).split()
HEALTH_MIGRATION_COLUMNS = "from_band to_band from_standing to_standing customers mrr_before mrr".split()
HEALTH_COVERAGE_COLUMNS = (
    "measure group evidence customers measured stale missing measured_share mrr measured_mrr median_age_days"
).split()


def earlier_day(as_of: str, since: str):
    day, before = parse_day(as_of), parse_day(since)
    if before >= day:
        raise ModelError("invalid_range")
    return day, before


def points(millionths: int | None) -> float | None:
    return None if millionths is None else millionths / MILLION


def by_measure(score: Score) -> dict[str, tuple]:
    """What each measure that weighs something is, and has in the score."""
    return {each.measure["measure"]: (each, share) for each, share in zip(score.measured, score.contributions, strict=True)}


def share_of(score: Score, found: dict, name: str) -> int | None:
    """0 for what is left out of a score; none where there is no score."""
    if score.points is None:
        return None
    return 0 if name not in found or found[name][1] is None else found[name][1]


def explain_health_change(book: dict, definitions: dict, as_of: str, since: str, *, scorecard: dict, customer_id: str | None = None) -> list[dict]:
    day, before = earlier_day(as_of, since)
    if customer_id is not None and customer_id not in known_customers(book, day):
        raise ModelError("unknown_customer")
    then, now = (scores_at(book, definitions, scorecard, one) for one in (before, day))
    rows = []
    for name in now:
        if name not in then or customer_id not in (None, name):
            continue
        was, score = then[name][1], now[name][1]
        earlier, later = by_measure(was), by_measure(score)
        for measure in sorted({*earlier, *later}, key=by_bytes):
            shares = share_of(was, earlier, measure), share_of(score, later, measure)
            values = [found[measure][0].value.number if measure in found else None for found in (earlier, later)]
            worth = [found[measure][0].points if measure in found else None for found in (earlier, later)]
            change = None if None in shares else shares[1] - shares[0]
            cells = [name, measure, *values, *map(points, worth), *map(points, shares), points(change)]
            rows.append(dict(zip(EXPLAIN_HEALTH_CHANGE_COLUMNS, cells, strict=True)))
    return rows


def bands_at(book: dict, definitions: dict, scorecard: dict, day) -> dict[str, tuple[str | None, str, int]]:
    """The band, the standing and the MRR of every customer who pays."""
    result = {}
    for name, (unit, score) in scores_at(book, definitions, scorecard, day).items():
        override = override_of(scorecard, name, day)
        band = score.band if override is None else override
        result[name] = band, "insufficient_data" if band is None else "banded", mrr_of(unit.close(day))
    return result


def health_migration(book: dict, definitions: dict, as_of: str, since: str, *, scorecard: dict) -> list[dict]:
    day, before = earlier_day(as_of, since)
    digits = money_digits(book, read_definitions(definitions))
    then, now = (bands_at(book, definitions, scorecard, one) for one in (before, day))
    away = (None, "not_paying", 0)
    moved: dict[tuple, list[int]] = {}
    for name in {*then, *now}:
        (band_before, was, mrr_before), (band, is_now, mrr) = then.get(name, away), now.get(name, away)
        sums = moved.setdefault((band_before, band, was, is_now), [0, 0, 0])
        for at, amount in enumerate((1, mrr_before, mrr)):
            sums[at] += amount
    standings = ["banded", "insufficient_data", "not_paying"]

    def place(key: tuple) -> tuple:
        band_before, band, was, is_now = key
        named = [(name is None, by_bytes(name or "")) for name in (band_before, band)]
        return (*named, standings.index(was), standings.index(is_now))

    rows = []
    for key in sorted(moved, key=place):
        customers, mrr_before, mrr = moved[key]
        cells = [*key, customers, format_money(mrr_before, digits), format_money(mrr, digits)]
        rows.append(dict(zip(HEALTH_MIGRATION_COLUMNS, cells, strict=True)))
    return rows


def health_coverage(book: dict, definitions: dict, as_of: str, *, scorecard: dict) -> list[dict]:
    day = parse_day(as_of)
    digits = money_digits(book, read_definitions(definitions))
    scored = scores_at(book, definitions, scorecard, day)
    rows = []
    for measure in sorted(scorecard["measures"], key=lambda measure: by_bytes(measure["measure"])):
        found = []
        for unit, score in scored.values():
            found += [(each, mrr_of(unit.close(day))) for each in score.measured if each.measure["measure"] == measure["measure"]]
        states = [each.state for each, _ in found]
        ages = [(day - each.value.day).days for each, _ in found if each.value.day is not None]
        measured, stale, missing = (states.count(state) for state in ("measured", "stale", "missing"))
        cells = [
            measure["measure"], measure.get("group"), measure["evidence"], len(found), measured, stale, missing,
            measured / len(found) if found else None,
            format_money(sum(mrr for _, mrr in found), digits),
            format_money(sum(mrr for each, mrr in found if each.state == "measured"), digits),
            float(median(ages)) if ages else None,
        ]  # fmt: skip
        rows.append(dict(zip(HEALTH_COVERAGE_COLUMNS, cells, strict=True)))
    return rows


def outlook(
    book: dict, definitions: dict, as_of: str, *, scorecard: dict, fall_points: int = 15, fall_days: int = 30, term_days: int = 90,
) -> list[dict]:  # fmt: skip
    """A row per customer who pays or has paid, and what speaks for its leaving."""
    if not (1 <= fall_points <= 100 and 1 <= fall_days <= 3660 and 0 <= term_days <= 3660):
        raise ModelError("invalid_argument")
    day = parse_day(as_of)
    switches = read_definitions(definitions)
    digits = money_digits(book, switches)
    now = scores_at(book, definitions, scorecard, day)
    earlier = day - timedelta(days=fall_days)
    then = scores_at(book, definitions, scorecard, earlier) if earlier >= FIRST_DAY else {}
    evidence = Evidence(book, definitions, day)
    rows = []
    for unit in evidence.view.units:
        if unit.name not in now:
            rows += left_row(unit, day, digits)
            continue
        score = now[unit.name][1]
        override = override_of(scorecard, unit.name, day)
        band = score.band if override is None else override
        before = then[unit.name][1].points if unit.name in then else None
        change = None if score.points is None or before is None else score.points - before
        worst = card_of(scorecard, profile_of(scorecard, unit.name, evidence.customers[unit.name])).bands[-1]["band"]
        found = standing(book, switches, unit.name, day)
        is_leaving = found.is_noticed and not found.stays
        signs = {
            "worst_band": worst in (band, score.band),
            "steep_fall": change is not None and change <= -fall_points * MILLION,
            "term_ends_soon": found.due is not None and 1 <= (found.due - day).days <= term_days,
            "term_over": found.due is not None and found.due <= day,
            "partial_notice": found.is_noticed and found.stays,
            "notice_given": is_leaving,
        }
        suspect, due = signs["worst_band"] or signs["steep_fall"], signs["term_ends_soon"] or signs["term_over"]
        state = "imminent" if suspect and due else "suspected" if suspect else "insufficient_data" if band is None else "steady"
        cells = [
            unit.name, "confirmed" if is_leaving else state, [name for name, holds in signs.items() if holds],
            points(score.points), band, points(change),
            None if found.due is None else found.due.isoformat(),
            found.end.isoformat() if is_leaving and found.end is not None else None,
            format_money(mrr_of(unit.close(day)), digits),
        ]  # fmt: skip
        rows.append(dict(zip(OUTLOOK_COLUMNS, cells, strict=True)))
    return rows


def left_row(unit: Unit, day: date, digits: int) -> list[dict]:
    """Of a customer who has paid, and does not at the close of the day; nothing of one who never paid."""
    changes = [each for each in unit.days() if each <= day]
    paid = [each for each in changes if unit.paying(each)]
    if not paid:
        return []
    stopped = next(each for each in changes if each > paid[-1])
    mrr = mrr_of(unit.close(stopped - timedelta(days=1)))
    cells = [unit.name, "churned", ["stopped_paying"], None, None, None, None, stopped.isoformat(), format_money(mrr, digits)]
    return [dict(zip(OUTLOOK_COLUMNS, cells, strict=True))]
