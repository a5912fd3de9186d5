"""Whether scores foretold whom the company lost, by the page on backtests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cmp_to_key
from math import inf, log

from contracts import observed_until
from definitions import ModelError, parse_day, ratio, read_definitions
from lines import Unit, mrr_of, view
from resampling import nearest_rank, split_mix, wilson_interval
from scores import MILLION, Evidence, card_of, check_columns, exactly, measured, profile_of, score_of, value_of
from standings import standing

BASELINES = ["tenure", "mrr", "days_since_engagement", "quarterly_growth"]
LEAST = 20
SEED = 8


@dataclass(frozen=True)
class Observation:
    """A customer who is tested on a day; `lead` is None where it was kept."""

    customer: str
    day: date
    score: int
    band: str
    is_worst: bool
    lead: int | None
    risks: tuple[float | int | None, ...]  # by each baseline but chance: the greater, the likelier to be lost


@dataclass
class OfDay:
    customers: int = 0
    announced: int = 0
    announced_events: int = 0
    already_churned: int = 0
    unscored: int = 0
    unscored_events: int = 0


def backtest(
    book: dict, definitions: dict, as_of_days: list[str], horizon_days: int, *,
    scorecard: dict, contraction_share: float | None = None, resamples: int = 1000, known_on: str | None = None,
) -> dict:  # fmt: skip
    days = sorted(map(parse_day, as_of_days))
    if not days or len(set(days)) < len(days) or not 1 <= horizon_days <= 3660 or not 100 <= resamples <= 100_000:
        raise ModelError("invalid_argument")
    ends = [parse_day(text) for text in (book.get("observed_until") or observed_until(book), known_on) if text is not None]
    horizon = timedelta(days=horizon_days)
    tolerated = timedelta(days=read_definitions(definitions)["gap_tolerance_days"])
    used = [day for day in days if ends and day + horizon + tolerated <= min(ends)]
    share = None if contraction_share is None else exactly(contraction_share)
    in_the_end = {unit.name: unit for unit in view(book, definitions, [], "customer", known_on).units}

    counts, found = {}, []
    for day in used:
        counts[day] = OfDay()
        found += observations(book, definitions, scorecard, day, horizon, share, in_the_end, counts[day])
    compared, ends_of_auc = comparison(found, resamples)
    lift = lift_rows(found)
    verdict = verdict_of(used, found, compared)
    asked = {
        "horizon_days": horizon_days,
        "contraction_share": contraction_share if contraction_share is None else float(contraction_share),
        "observed_until": min(ends).isoformat() if ends else None,
    }
    summary = summary_row(asked, used, days, found, counts, compared, ends_of_auc, lift, verdict, resamples)
    return {
        "auc": compared[0]["score_auc"],
        "verdict": verdict[0],
        "summary": [summary],
        "baselines": compared,
        "by_band": band_rows(scorecard, found),
        "calibration": calibration_rows(found),
        "lift": lift,
        "days": [day_row(day, used, found, counts) for day in days],
    }


# ---------------------------------------------------------------------------------------------------------------
# What is tested
# ---------------------------------------------------------------------------------------------------------------


def is_lost(before: int, after: int, pays: bool, share: Fraction | None) -> bool:
    return not pays or (share is not None and after < (1 - share) * before)


def lead_of(unit: Unit, day: date, horizon: timedelta, share: Fraction | None) -> int | None:
    """The days to the first close within the horizon at which the customer is lost."""
    before = mrr_of(unit.close(day))
    for number in range(1, horizon.days + 1):
        close = day + timedelta(days=number)
        if is_lost(before, mrr_of(unit.close(close)), unit.paying(close), share):
            return number
    return None


def is_announced(book: dict, switches: dict, unit: Unit, day: date, share: Fraction | None) -> bool:
    """Do the notices that were known make the event?"""
    found = standing(book, switches, unit.name, day)
    return found.is_noticed and is_lost(mrr_of(unit.close(day)), found.mrr, found.stays, share)


def observations(book, definitions, scorecard, day, horizon, share, in_the_end, counts: OfDay) -> list[Observation]:
    switches = read_definitions(definitions)
    check_columns(book, scorecard)
    evidence = Evidence(book, definitions, day)
    result = []
    for unit in evidence.paying():
        counts.customers += 1
        later = in_the_end.get(unit.name)
        is_gone = later is None or not later.paying(day)
        lead = None if is_gone else lead_of(later, day, horizon, share)
        if is_announced(book, switches, unit, day, share):
            counts.announced += 1
            counts.announced_events += lead is not None
            continue
        if is_gone:
            counts.already_churned += 1
            continue
        card = card_of(scorecard, profile_of(scorecard, unit.name, evidence.customers[unit.name]))
        score = score_of(card, [measured(evidence, unit, measure) for measure in card.measures])
        if score.points is None:
            counts.unscored += 1
            counts.unscored_events += lead is not None
            continue
        worst = card.bands[-1]["band"]
        result.append(Observation(unit.name, day, score.points, score.band, score.band == worst, lead, risks(evidence, unit)))
    return result


def risks(evidence: Evidence, unit: Unit) -> tuple:
    def number(**asked):
        return value_of(evidence, unit, asked).number

    tenure = number(table="contracts", aggregate="days_since")
    since = number(table="engagements", aggregate="days_since")
    if since is None and number(table="engagements", aggregate="count") is not None:
        since = inf
    growth = number(table="contracts", aggregate="growth", window_days=90)
    return (
        None if tenure is None else -tenure,
        -mrr_of(unit.close(evidence.day)),
        since,
        None if growth is None else -growth,
    )


# ---------------------------------------------------------------------------------------------------------------
# The score beside the baselines
# ---------------------------------------------------------------------------------------------------------------


def auc_of(ranked: list[tuple]) -> float | None:
    """Of (risk, is lost, weight): the weighted share of pairs in which the lost one has the greater risk, ties one half."""
    lost = [(risk, weight) for risk, is_event, weight in ranked if is_event and weight]
    kept = [(risk, weight) for risk, is_event, weight in ranked if not is_event and weight]
    pairs = sum(weight for _, weight in lost) * sum(weight for _, weight in kept)
    won = sum(w * v * ((risk > other) * 2 + (risk == other)) for risk, w in lost for other, v in kept)
    return ratio(won, 2 * pairs)


def by_customer(found: list[Observation]) -> list[str]:
    """The customers in the order of their observations, whatever they are called."""

    def key(one: Observation) -> tuple:
        return (one.day, one.score, (one.lead is None, one.lead or 0), [(risk is None, risk or 0) for risk in one.risks])

    of_each: dict[str, list] = {}
    for one in sorted(found, key=lambda one: one.day):
        of_each.setdefault(one.customer, []).append(key(one))
    compare = cmp_to_key(lambda one, other: (of_each[one] > of_each[other]) - (of_each[one] < of_each[other]))
    return sorted(of_each, key=compare)


def draws(found: list[Observation], resamples: int) -> list[dict[str, int]]:
    """How often each customer is drawn, draw by draw."""
    customers = by_customer(found)
    numbers = split_mix(SEED)
    result = []
    for _ in range(resamples):
        drawn = dict.fromkeys(customers, 0)
        for _ in customers:
            drawn[customers[next(numbers) * len(customers) >> 64]] += 1
        result.append(drawn)
    return result


def comparison(found: list[Observation], resamples: int) -> tuple[list[dict], tuple]:
    drawn = draws(found, resamples)

    def ranked(of: list[Observation], risk, weights=None) -> list[tuple]:
        return [(risk(one), one.lead is not None, 1 if weights is None else weights[one.customer]) for one in of]

    def score_risk(one: Observation) -> int:
        return -one.score

    rows = []
    for number, name in enumerate(["chance", *BASELINES]):
        risk = (lambda one: 0) if number == 0 else (lambda one, at=number - 1: one.risks[at])
        of = [one for one in found if risk(one) is not None]
        auc, score_auc = auc_of(ranked(of, risk)), auc_of(ranked(of, score_risk))
        differences = []
        for weights in drawn:
            own, score = auc_of(ranked(of, risk, weights)), auc_of(ranked(of, score_risk, weights))
            differences += [] if own is None else [score - own]
        low = nearest_rank(differences, 25)
        rows.append(
            {
                "baseline": name,
                "observations": len(of),
                "events": sum(one.lead is not None for one in of),
                "auc": auc,
                "score_auc": score_auc,
                "difference": None if auc is None else score_auc - auc,
                "difference_low": low,
                "difference_high": nearest_rank(differences, 975),
                "is_beaten": low is not None and low > 0,
            }
        )
    aucs = [auc for weights in drawn if (auc := auc_of(ranked(found, score_risk, weights))) is not None]
    return rows, (nearest_rank(aucs, 25), nearest_rank(aucs, 975))


def customers_with(found: list[Observation], is_event: bool) -> int:
    return len({one.customer for one in found if (one.lead is not None) == is_event})


def verdict_of(used: list[date], found: list[Observation], compared: list[dict]) -> tuple[str, str]:
    if not used:
        return "not_shown", "no_day"
    if customers_with(found, True) < LEAST:
        return "not_shown", "too_few_lost"
    if customers_with(found, False) < LEAST:
        return "not_shown", "too_few_kept"
    if all(row["auc"] is None or row["is_beaten"] for row in compared):
        return "better", "beats_each_baseline"
    return "not_shown", "baseline_not_beaten"


# ---------------------------------------------------------------------------------------------------------------
# What is told
# ---------------------------------------------------------------------------------------------------------------


def lower_median(numbers: list[int]) -> int | None:
    return sorted(numbers)[(len(numbers) - 1) // 2] if numbers else None


def warnings_of(found: list[Observation]) -> list[int | None]:
    """Of each loss the days from the first warning on, or None."""
    losses: dict[tuple, list[int]] = {}
    for one in found:
        if one.lead is not None:
            warned = losses.setdefault((one.customer, one.day + timedelta(days=one.lead)), [])
            warned += [one.lead] if one.is_worst else []
    return [max(warned, default=None) for warned in losses.values()]


def summary_row(asked, used, days, found, counts, compared, ends_of_auc, lift, verdict, resamples) -> dict:
    events = sum(one.lead is not None for one in found)
    warnings = warnings_of(found)
    warned = [days for days in warnings if days is not None]

    def total(name: str) -> int:
        return sum(getattr(of_day, name) for of_day in counts.values())

    return {
        "verdict": verdict[0],
        "reason": verdict[1],
        **asked,
        "days": len(used),
        "dropped_days": len(days) - len(used),
        "customers": len({one.customer for one in found}),
        "lost_customers": customers_with(found, True),
        "kept_customers": customers_with(found, False),
        "observations": len(found),
        "events": events,
        "event_rate": ratio(events, len(found)),
        "announced": total("announced"),
        "announced_events": total("announced_events"),
        "already_churned": total("already_churned"),
        "unscored": total("unscored"),
        "unscored_events": total("unscored_events"),
        "auc": compared[0]["score_auc"],
        "auc_low": ends_of_auc[0],
        "auc_high": ends_of_auc[1],
        "lift": lift[0]["lift"],
        "losses": len(warnings),
        "warned_losses": len(warned),
        "median_warning_days": lower_median(warned),
        "resamples": resamples,
    }


def band_rows(scorecard: dict, found: list[Observation]) -> list[dict]:
    cards = [card_of(scorecard, profile) for profile in ({}, *(scorecard.get("profiles") or []))]
    names = list(dict.fromkeys(band["band"] for card in cards for band in card.bands))
    all_events = sum(one.lead is not None for one in found)
    rows = []
    for name in names:
        within = [one for one in found if one.band == name]
        leads = [one.lead for one in within if one.lead is not None]
        rows.append(
            {
                "band": name,
                "observations": len(within),
                "events": len(leads),
                "precision": ratio(len(leads), len(within)),
                "recall": ratio(len(leads), all_events),
                "median_lead_days": lower_median(leads),
            }
        )
    return rows


def bin_of(one: Observation) -> int:
    return min(one.score // (10 * MILLION), 9)


def mean_score(found: list[Observation]) -> float | None:
    return ratio(sum(one.score for one in found), len(found) * MILLION)


def calibration_rows(found: list[Observation]) -> list[dict]:
    rows = []
    for number in range(10):
        within = [one for one in found if bin_of(one) == number]
        events = sum(one.lead is not None for one in within)
        low, high = wilson_interval(events, len(within))
        rows.append(
            {
                "score_from": 10 * number,
                "score_to": 10 * number + 10,
                "observations": len(within),
                "mean_score": mean_score(within),
                "events": events,
                "event_rate": ratio(events, len(within)),
                "event_rate_low": low,
                "event_rate_high": high,
            }
        )
    return rows


def lift_rows(found: list[Observation]) -> list[dict]:
    ordered = sorted(found, key=lambda one: one.score)
    n, all_events = len(ordered), sum(one.lead is not None for one in ordered)

    def events_before(count: int) -> Fraction:
        """Among so many with the lowest scores; of those that share the score at which it is cut their share."""
        if count == 0:
            return Fraction(0)
        cut = ordered[count - 1].score
        below = [one for one in ordered if one.score < cut]
        tied = [one for one in ordered if one.score == cut]
        events = sum(one.lead is not None for one in tied) * (count - len(below))
        return sum(one.lead is not None for one in below) + Fraction(events, len(tied))

    def quotient(some: Fraction, whole: int | Fraction) -> float | None:
        return float(some / whole) if whole else None

    rows = []
    for number in range(10):
        start, end = n * number // 10, n * (number + 1) // 10
        events = events_before(end) - events_before(start)
        rows.append(
            {
                "decile": number + 1,
                "observations": end - start,
                "events": float(events),
                "event_rate": quotient(events, end - start),
                "lift": quotient(events, Fraction((end - start) * all_events, n or 1)),
                "cumulative_recall": quotient(events_before(end), all_events),
                "lowest_score": ordered[start].score / MILLION if end > start else None,
                "highest_score": ordered[end - 1].score / MILLION if end > start else None,
            }
        )
    return rows


def day_row(day: date, used: list[date], found: list[Observation], counts: dict[date, OfDay]) -> dict:
    within = [one for one in found if one.day == day]
    events = sum(one.lead is not None for one in within)
    of_day = counts.get(day)
    ranked = [(-one.score, one.lead is not None, 1) for one in within]
    row = {"as_of": day.isoformat(), "is_used": of_day is not None}
    for name in ("customers", "announced", "already_churned", "unscored"):
        row[name] = None if of_day is None else getattr(of_day, name)
    return row | {
        "observations": None if of_day is None else len(within),
        "events": None if of_day is None else events,
        "event_rate": ratio(events, len(within)),
        "mean_score": mean_score(within),
        "auc": auc_of(ranked),
        "population_stability_index": stability_index([one for one in found if one.day == found[0].day], within),
    }


def stability_index(before: list[Observation], now: list[Observation]) -> float | None:
    if not before or not now:
        return None

    def shares(found: list[Observation]) -> list[float]:
        return [(float(sum(bin_of(one) == number for one in found)) + 0.5) / (float(len(found)) + 5.0) for number in range(10)]

    index = 0.0
    for p, q in zip(shares(now), shares(before)):
        index += (p - q) * log(p / q)
    return round(index, 12)
