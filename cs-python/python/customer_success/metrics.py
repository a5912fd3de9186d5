# Written by `cargo xtask surface` from the core's description of itself; not edited by hand.
"""The formulas of customer success on plain numbers.

Each gives a float, or None where it would divide by zero; those that end in `_interval` give the two ends of an interval
at 95%. Amounts are decimal.Decimal, int or str, and never float.

>>> from customer_success import metrics
>>> metrics.customer_churn_rate(10, 200)
0.05
>>> metrics.revenue_churn_rate("30000", 6, "3000000")
0.06
>>> round(metrics.annualised_rate(0.08, 12), 3)
0.632
>>> metrics.nps([10] * 40 + [8] * 40 + [3] * 20)
20.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from customer_success._arrays import asked as _asked
from customer_success._arrays import pair as _pair

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from customer_success._native import _Array


def customer_churn_rate(cancelled: int, customers: int) -> float | None:
    """The share of customers who were there at the start and cancelled.

    `cancelled / customers`; 10 of 200 are 5%.

    Arguments:
        cancelled (int): Customers of the start who cancelled in the period.
        customers (int): Customers at the start of the period.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.customer_churn_rate", cancelled=cancelled, customers=customers)


def customer_churn_rate_interval(cancelled: int, customers: int) -> tuple[float, float] | None:
    """The Wilson interval, at 95%, of `customer_churn_rate`.

    Arguments:
        cancelled (int): Customers of the start who cancelled in the period.
        customers (int): Customers at the start of the period.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The interval is that of E. B. Wilson, 1927.
    """
    return _pair(_asked("metrics.customer_churn_rate_interval", cancelled=cancelled, customers=customers))


def free_downgrade_rate(downgraded: int, customers: int) -> float | None:
    """The share of customers who went from paid to free.

    `downgraded / customers`: a rate of its own, never added to churn.

    Arguments:
        downgraded (int): Customers who went from paid to free.
        customers (int): Customers at the start of the period.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.free_downgrade_rate", downgraded=downgraded, customers=customers)


def free_downgrade_rate_interval(downgraded: int, customers: int) -> tuple[float, float] | None:
    """The Wilson interval, at 95%, of `free_downgrade_rate`.

    Arguments:
        downgraded (int): Customers who went from paid to free.
        customers (int): Customers at the start of the period.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The interval is that of E. B. Wilson, 1927.
    """
    return _pair(_asked("metrics.free_downgrade_rate_interval", downgraded=downgraded, customers=customers))


def revenue_churn_rate(unit_price: Decimal | int | str, cancellations: int, revenue: Decimal | int | str) -> float | None:
    """The share of revenue that cancellations took.

    `unit_price * cancellations / revenue`; 30,000 x 6 of 3,000,000 are 6%.

    Arguments:
        unit_price (decimal.Decimal, int, or str like 1200.00): What a cancelled customer paid.
        cancellations (int): How many cancelled.
        revenue (decimal.Decimal, int, or str like 1200.00): All revenue of the period.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.revenue_churn_rate", unit_price=unit_price, cancellations=cancellations, revenue=revenue)


def customer_retention_rate(customers_at_end: int, customers_gained: int, customers_at_start: int) -> float | None:
    """The share of the customers of the start who are still there.

    `(customers_at_end - customers_gained) / customers_at_start`; (1,300 - 350) of 1,000 are 95%.

    Arguments:
        customers_at_end (int): Customers at the end of the period.
        customers_gained (int): Those of them who came within the period.
        customers_at_start (int): Customers at its start.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.customer_retention_rate", customers_at_end=customers_at_end, customers_gained=customers_gained, customers_at_start=customers_at_start)


def customer_retention_rate_interval(customers_at_end: int, customers_gained: int, customers_at_start: int) -> tuple[float, float] | None:
    """The Wilson interval, at 95%, of `customer_retention_rate`.

    Arguments:
        customers_at_end (int): Customers at the end of the period.
        customers_gained (int): Those of them who came within the period.
        customers_at_start (int): Customers at its start.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The interval is that of E. B. Wilson, 1927.
    """
    return _pair(_asked("metrics.customer_retention_rate_interval", customers_at_end=customers_at_end, customers_gained=customers_gained, customers_at_start=customers_at_start))


def revenue_retention_rate(revenue_at_end: Decimal | int | str, revenue_gained: Decimal | int | str, revenue_at_start: Decimal | int | str) -> float | None:
    """The share of revenue that was kept.

    `(revenue_at_end - revenue_gained) / revenue_at_start`; above 1 where customers of the start pay
    more.

    Arguments:
        revenue_at_end (decimal.Decimal, int, or str like 1200.00): Revenue at the end of the period.
        revenue_gained (decimal.Decimal, int, or str like 1200.00): That of customers who came within
            the period.
        revenue_at_start (decimal.Decimal, int, or str like 1200.00): Revenue at the start of the
            period.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.revenue_retention_rate", revenue_at_end=revenue_at_end, revenue_gained=revenue_gained, revenue_at_start=revenue_at_start)


def gross_revenue_retention(opening: Decimal | int | str, contraction: Decimal | int | str, churned: Decimal | int | str) -> float | None:
    """The share of the opening's revenue that stays, without what grows (GRR).

    `(opening - contraction - churned) / opening`.

    Arguments:
        opening (decimal.Decimal, int, or str like 1200.00): Recurring revenue at the opening.
        contraction (decimal.Decimal, int, or str like 1200.00): By how much less those of the opening
            pay who still pay.
        churned (decimal.Decimal, int, or str like 1200.00): What those of the opening paid who left.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy.
    """
    return _asked("metrics.gross_revenue_retention", opening=opening, contraction=contraction, churned=churned)


def net_revenue_retention(opening: Decimal | int | str, expansion: Decimal | int | str, contraction: Decimal | int | str, churned: Decimal | int | str) -> float | None:
    """The share of the opening's revenue that stays, with what grows (NRR).

    `(opening + expansion - contraction - churned) / opening`.

    Arguments:
        opening (decimal.Decimal, int, or str like 1200.00): Recurring revenue at the opening.
        expansion (decimal.Decimal, int, or str like 1200.00): By how much more those of the opening pay
            who still pay.
        contraction (decimal.Decimal, int, or str like 1200.00): By how much less those of the opening
            pay who still pay.
        churned (decimal.Decimal, int, or str like 1200.00): What those of the opening paid who left.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy.
    """
    return _asked("metrics.net_revenue_retention", opening=opening, expansion=expansion, contraction=contraction, churned=churned)


def renewal_rate(renewed: int, due: int) -> float | None:
    """The share of renewals that fell due and were renewed.

    `renewed / due`.

    Arguments:
        renewed (int): Renewals that fell due and were renewed.
        due (int): Renewals that fell due.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy.
    """
    return _asked("metrics.renewal_rate", renewed=renewed, due=due)


def renewal_rate_interval(renewed: int, due: int) -> tuple[float, float] | None:
    """The Wilson interval, at 95%, of `renewal_rate`.

    Arguments:
        renewed (int): Renewals that fell due and were renewed.
        due (int): Renewals that fell due.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The interval is that of E. B. Wilson, 1927.
    """
    return _pair(_asked("metrics.renewal_rate_interval", renewed=renewed, due=due))


def onboarding_completion_rate(completed: int, in_window: int) -> float | None:
    """The share of those in the onboarding window who completed it.

    `completed / in_window`; what completed means each company fixes for itself.

    Arguments:
        completed (int): Those who completed onboarding, by the company's own definition.
        in_window (int): All who are in the onboarding window.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.onboarding_completion_rate", completed=completed, in_window=in_window)


def onboarding_completion_rate_interval(completed: int, in_window: int) -> tuple[float, float] | None:
    """The Wilson interval, at 95%, of `onboarding_completion_rate`.

    Arguments:
        completed (int): Those who completed onboarding, by the company's own definition.
        in_window (int): All who are in the onboarding window.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The interval is that of E. B. Wilson, 1927.
    """
    return _pair(_asked("metrics.onboarding_completion_rate_interval", completed=completed, in_window=in_window))


def upsell_rate(upgraded: int, customers: int) -> float | None:
    """The share of customers who moved to a higher grade.

    `upgraded / customers`.

    Arguments:
        upgraded (int): Customers who moved to a higher grade.
        customers (int): Customers at the start of the period.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.upsell_rate", upgraded=upgraded, customers=customers)


def upsell_rate_interval(upgraded: int, customers: int) -> tuple[float, float] | None:
    """The Wilson interval, at 95%, of `upsell_rate`.

    Arguments:
        upgraded (int): Customers who moved to a higher grade.
        customers (int): Customers at the start of the period.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The interval is that of E. B. Wilson, 1927.
    """
    return _pair(_asked("metrics.upsell_rate_interval", upgraded=upgraded, customers=customers))


def cross_sell_rate(added: int, customers: int) -> float | None:
    """The share of customers who added another product.

    `added / customers`.

    Arguments:
        added (int): Customers who added another product.
        customers (int): Customers at the start of the period.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.cross_sell_rate", added=added, customers=customers)


def cross_sell_rate_interval(added: int, customers: int) -> tuple[float, float] | None:
    """The Wilson interval, at 95%, of `cross_sell_rate`.

    Arguments:
        added (int): Customers who added another product.
        customers (int): Customers at the start of the period.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The interval is that of E. B. Wilson, 1927.
    """
    return _pair(_asked("metrics.cross_sell_rate_interval", added=added, customers=customers))


def downsell_rate(downgraded: int, customers: int) -> float | None:
    """The share of customers who moved to a lower grade.

    `downgraded / customers`.

    Arguments:
        downgraded (int): Customers who moved to a lower grade, or to fewer seats.
        customers (int): Customers at the start of the period.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy.
    """
    return _asked("metrics.downsell_rate", downgraded=downgraded, customers=customers)


def downsell_rate_interval(downgraded: int, customers: int) -> tuple[float, float] | None:
    """The Wilson interval, at 95%, of `downsell_rate`.

    Arguments:
        downgraded (int): Customers who moved to a lower grade, or to fewer seats.
        customers (int): Customers at the start of the period.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The interval is that of E. B. Wilson, 1927.
    """
    return _pair(_asked("metrics.downsell_rate_interval", downgraded=downgraded, customers=customers))


def adoption_rate(active_users: int, licensed_users: int) -> float | None:
    """The share of licensed users who are active.

    `active_users / licensed_users`.

    Arguments:
        active_users (int): Users who are active.
        licensed_users (int): Users who are paid for.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy.
    """
    return _asked("metrics.adoption_rate", active_users=active_users, licensed_users=licensed_users)


def adoption_rate_interval(active_users: int, licensed_users: int) -> tuple[float, float] | None:
    """The Wilson interval, at 95%, of `adoption_rate`.

    Arguments:
        active_users (int): Users who are active.
        licensed_users (int): Users who are paid for.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The interval is that of E. B. Wilson, 1927.
    """
    return _pair(_asked("metrics.adoption_rate_interval", active_users=active_users, licensed_users=licensed_users))


def customer_growth_rate(customers_at_end: int, customers_at_start: int) -> float | None:
    """By how much the number of customers grew.

    `(customers_at_end - customers_at_start) / customers_at_start`.

    Arguments:
        customers_at_end (int): Customers at the end of the period.
        customers_at_start (int): Customers at its start.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.customer_growth_rate", customers_at_end=customers_at_end, customers_at_start=customers_at_start)


def revenue_growth_rate(revenue_at_end: Decimal | int | str, revenue_at_start: Decimal | int | str) -> float | None:
    """By how much revenue grew.

    `(revenue_at_end - revenue_at_start) / revenue_at_start`.

    Arguments:
        revenue_at_end (decimal.Decimal, int, or str like 1200.00): Revenue at the end of the period.
        revenue_at_start (decimal.Decimal, int, or str like 1200.00): Revenue at the start of the
            period.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.revenue_growth_rate", revenue_at_end=revenue_at_end, revenue_at_start=revenue_at_start)


def support_efficiency(cases_closed: int, days: int, people: int) -> float | None:
    """Cases closed per day and person: the measure of support.

    `cases_closed / (days * people)`; it stands beside success, never instead of it.

    Arguments:
        cases_closed (int): Cases closed.
        days (int): In so many days.
        people (int): By so many people.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy.
    """
    return _asked("metrics.support_efficiency", cases_closed=cases_closed, days=days, people=people)


def nps(scores: Sequence[int] | _Array) -> float | None:
    """The net promoter score, in points from -100 to 100.

    The share of promoters (9 and 10) less the share of detractors (0 to 6), times 100. The question is
    how likely one is to recommend the service to a friend or colleague; compare within an industry.

    Arguments:
        scores (list of int): The answers, from 0 to 10.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.nps", scores=scores)


def nps_interval(scores: Sequence[int] | _Array) -> tuple[float, float] | None:
    """The interval, at 95%, of `nps`.

    `100 * (p - d +- 1.96 * sqrt((p + d - (p - d)^2) / n))`, cut at -100 and 100, with the shares p of
    promoters and d of detractors; with few answers it is too narrow.

    Arguments:
        scores (list of int): The answers, from 0 to 10.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The variance of a difference of two shares of one sample.
    """
    return _pair(_asked("metrics.nps_interval", scores=scores))


def nps_from_counts(promoters: int, passives: int, detractors: int) -> float | None:
    """The net promoter score of counted answers.

    The share of promoters less the share of detractors, times 100.

    Arguments:
        promoters (int): Answers of 9 and 10.
        passives (int): Answers of 7 and 8.
        detractors (int): Answers from 0 to 6.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.nps_from_counts", promoters=promoters, passives=passives, detractors=detractors)


def csat(scores: Sequence[int] | _Array, threshold: int, scale_max: int) -> float | None:
    """The share of answers at or above a threshold.

    `answers from threshold to scale_max / answers`.

    Arguments:
        scores (list of int): The answers.
        threshold (int): The lowest answer of a satisfied customer.
        scale_max (int): The best answer of the scale.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.csat", scores=scores, threshold=threshold, scale_max=scale_max)


def csat_interval(scores: Sequence[int] | _Array, threshold: int, scale_max: int) -> tuple[float, float] | None:
    """The Wilson interval, at 95%, of `csat`.

    Arguments:
        scores (list of int): The answers.
        threshold (int): The lowest answer of a satisfied customer.
        scale_max (int): The best answer of the scale.

    Returns:
        tuple of two floats, or None where there is nothing to divide by.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        The interval is that of E. B. Wilson, 1927.
    """
    return _pair(_asked("metrics.csat_interval", scores=scores, threshold=threshold, scale_max=scale_max))


def lifetime_value(arpa: Decimal | int | str, customer_churn: float, *, gross_margin: float = 1) -> float | None:
    """What a customer brings over its whole life.

    `arpa * gross_margin / customer_churn`, absent at zero churn: all the money that it spends, or with
    a gross margin the profit that it brings.

    Arguments:
        arpa (decimal.Decimal, int, or str like 1200.00): Revenue per customer and period.
        customer_churn (float): The churn rate of customers in the same period, from 0 to 1.
        gross_margin (float; default 1): The share of revenue that is left after what it costs to serve,
            from 0 to 1; 1 for all the money that is spent.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        HubSpot Japan's guide to customer success.
    """
    return _asked("metrics.lifetime_value", arpa=arpa, customer_churn=customer_churn, gross_margin=gross_margin)


def payback_months(acquisition_cost: Decimal | int | str, arpa: Decimal | int | str, *, onboarding_cost: Decimal | int | str = 0, gross_margin: float = 1) -> float | None:
    """Months until a customer has earned what it cost.

    `(acquisition_cost + onboarding_cost) / (arpa * gross_margin)`, with the revenue per customer and
    month. In a business of recurring revenue it is often 24 or more: at least two renewals of annual
    contracts.

    Arguments:
        acquisition_cost (decimal.Decimal, int, or str like 1200.00): What it cost to win the customer.
        arpa (decimal.Decimal, int, or str like 1200.00): Revenue per customer and month.
        onboarding_cost (decimal.Decimal, int, or str like 1200.00; default 0): What it cost to bring
            the customer to value.
        gross_margin (float; default 1): The share of revenue that is left after what it costs to serve,
            from 0 to 1; 1 for all the money that is spent.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy.
    """
    return _asked("metrics.payback_months", acquisition_cost=acquisition_cost, arpa=arpa, onboarding_cost=onboarding_cost, gross_margin=gross_margin)


def largest_base(new_per_period: float, churn_rate: float) -> float | None:
    """How many customers a base can hold.

    `new_per_period / churn_rate`, absent at zero churn: beyond it a leaking base does not grow.

    Arguments:
        new_per_period (float): How many customers come in a period.
        churn_rate (float): The churn rate of customers in a period, from 0 to 1.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy.
    """
    return _asked("metrics.largest_base", new_per_period=new_per_period, churn_rate=churn_rate)


def annualised_rate(rate: float, periods: int) -> float | None:
    """What a rate of one period comes to over several.

    `1 - (1 - rate)^periods`; 8% a month are 63.2% a year.

    Arguments:
        rate (float): The rate of one period, from 0 to 1.
        periods (int): How many periods are looked at together, such as 12 months of a year.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy.
    """
    return _asked("metrics.annualised_rate", rate=rate, periods=periods)


def periodic_rate(rate: float, periods: int) -> float | None:
    """What a rate of several periods is in one.

    `1 - (1 - rate)^(1 / periods)`, the inverse of `annualised_rate`; absent for no periods.

    Arguments:
        rate (float): The rate of all periods together, from 0 to 1.
        periods (int): How many periods are looked at together, such as 12 months of a year.

    Returns:
        float, or None where it would divide by zero.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy.
    """
    return _asked("metrics.periodic_rate", rate=rate, periods=periods)
