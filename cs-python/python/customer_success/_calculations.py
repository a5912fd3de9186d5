# Written by `cargo xtask surface` from the core's description of itself; not edited by hand.
"""Functions on plain numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from customer_success._arrays import calculated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from customer_success._native import Table, _Array


def kaplan_meier(
    durations: Sequence[float] | _Array,
    observed: Sequence[bool | int] | _Array,
    *,
    entry: Sequence[float] | _Array | None = None,
    weights: Sequence[float] | _Array | None = None,
) -> Table:
    """The share that is still there at each time, by the product-limit estimator of Kaplan and Meier.

    `survival = product of 1 - events / at_risk` over all times up to this. Whom the event meets at a
    time at which others are lost from sight, it meets before that; who enters at a time is watched from
    then on, exclusive, and who enters at 0 from the start. Sums are of weights where there are any.

    Arguments:
        durations (list of float, or an array or a series of numbers): The time until the event met
            each, or until it was lost from sight, from 0.
        observed (list of bool, or an array or a series of flags or of 0 and 1): Of each whether the
            event met it: true or false, or 1 or 0.
        entry (list of float, or an array or a series of numbers; default None): The time from which
            each was watched, before the end of its duration; 0, the start, if left out.
        weights (list of float, or an array or a series of numbers; default None): How many each stands
            for, from 0.000001 to 1000000; 1 if left out.

    Returns:
        Table. A row for every distinct time at which somebody leaves, in their order. Its columns:
            time (float): The time, in the unit of the durations.
            at_risk (float): Those who are watched just before it: they have entered before, and have
                not left.
            events (float): Those of them whom the event meets.
            censored (float): Those of them who are lost from sight, behind the events of the same time.
            survival (float): The share that is still there: of all times up to this, the product of `1
                - events / at_risk`.
            survival_low (float): The lower end of its interval at 95%, by Greenwood's variance and the
                logarithm of the logarithm; the share itself where that is 0 or 1.
            survival_high (float): The upper end of it.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, 1958; the
        interval by the logarithm of the logarithm, with Greenwood's variance.
    """
    return calculated("kaplan_meier", durations=durations, observed=observed, entry=entry, weights=weights)


def restricted_mean(
    durations: Sequence[float] | _Array,
    observed: Sequence[bool | int] | _Array,
    horizon: float,
    *,
    entry: Sequence[float] | _Array | None = None,
    weights: Sequence[float] | _Array | None = None,
) -> Table:
    """How long subjects stay within a horizon.

    That is the area under the estimate of Kaplan and Meier up to there. Behind the last time that is
    known of, the estimate goes on as it is.

    Arguments:
        durations (list of float, or an array or a series of numbers): The time until the event met
            each, or until it was lost from sight, from 0.
        observed (list of bool, or an array or a series of flags or of 0 and 1): Of each whether the
            event met it: true or false, or 1 or 0.
        horizon (float): The time up to which stays are counted, above 0.
        entry (list of float, or an array or a series of numbers; default None): The time from which
            each was watched, before the end of its duration; 0, the start, if left out.
        weights (list of float, or an array or a series of numbers; default None): How many each stands
            for, from 0.000001 to 1000000; 1 if left out.

    Returns:
        Table. One row. Its columns:
            horizon (float): The time up to which stays are counted, in the unit of the durations.
            restricted_mean (float): The mean time until the event, or until the horizon where that
                comes first: the area under the estimate.
            restricted_mean_low (float): The lower end of its interval at 95%, by the normal
                distribution.
            restricted_mean_high (float): The upper end of it.
            survival (float): The share that is still there at the horizon.
            survival_low (float): The lower end of its interval at 95%.
            survival_high (float): The upper end of it.
            median (float): The first time at which half or fewer are still there, also behind the
                horizon; absent where more are at the end.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        J. O. Irwin, The standard error of an estimate of expectation of life, 1949.
    """
    return calculated("restricted_mean", durations=durations, observed=observed, horizon=horizon, entry=entry, weights=weights)


def log_rank(
    durations: Sequence[float] | _Array,
    observed: Sequence[bool | int] | _Array,
    groups: Sequence[str] | _Array,
    *,
    entry: Sequence[float] | _Array | None = None,
    weights: Sequence[float] | _Array | None = None,
) -> Table:
    """Whether groups differ in how long they stay, by the log-rank test.

    At every time at which the event meets anyone, each group is expected to have its share, by those
    who are watched, of the events; `statistic` is how far the groups are from that in all, by the
    spread of such events, and `p_value` how often chi-squared of `groups - 1` degrees of freedom is as
    great.

    Arguments:
        durations (list of float, or an array or a series of numbers): The time until the event met
            each, or until it was lost from sight, from 0.
        observed (list of bool, or an array or a series of flags or of 0 and 1): Of each whether the
            event met it: true or false, or 1 or 0.
        groups (list of str, or an array or a series of texts): The group of each; two or more in all.
        entry (list of float, or an array or a series of numbers; default None): The time from which
            each was watched, before the end of its duration; 0, the start, if left out.
        weights (list of float, or an array or a series of numbers; default None): How many each stands
            for, from 0.000001 to 1000000; 1 if left out.

    Returns:
        Table. One row. Its columns:
            groups (int): How many groups are compared.
            statistic (float): How far the events of the groups are from those that they would have if
                they were alike: chi-squared.
            degrees_of_freedom (int): One less than the groups, those included of which nobody was there
                when the event met anyone.
            p_value (float): How often groups that do not differ are as far apart, or further.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        N. Mantel, Evaluation of survival data and two new rank order statistics, 1966; R. and J. Peto,
        Asymptotically efficient rank invariant test procedures, 1972.
    """
    return calculated("log_rank", durations=durations, observed=observed, groups=groups, entry=entry, weights=weights)


def cumulative_incidence(
    durations: Sequence[float] | _Array,
    events: Sequence[str | None] | _Array,
    *,
    entry: Sequence[float] | _Array | None = None,
    weights: Sequence[float] | _Array | None = None,
) -> Table:
    """The share that each of several events has met, of which the first keeps the others away.

    `incidence = sum of S(before) events / at_risk` over all times up to this, where `S(before)` is the
    share that no event has met before. Over all events it adds up to the share that any has met.

    Arguments:
        durations (list of float, or an array or a series of numbers): The time until the event met
            each, or until it was lost from sight, from 0.
        events (list of str or None, or an array or a series of texts): Of each the event that met it;
            null where it was lost from sight.
        entry (list of float, or an array or a series of numbers; default None): The time from which
            each was watched, before the end of its duration; 0, the start, if left out.
        weights (list of float, or an array or a series of numbers; default None): How many each stands
            for, from 0.000001 to 1000000; 1 if left out.

    Returns:
        Table. A row for every event, in the order of their names (by bytes), and every distinct time at
        which somebody leaves. Its columns:
            event (str): The event.
            time (float): The time, in the unit of the durations.
            at_risk (float): Those who are watched just before it.
            events (float): Those of them whom this event meets.
            incidence (float): The share that this event has met: of all times up to this, the sum of
                `events / at_risk` of those whom none had met before.
            incidence_low (float): The lower end of its interval at 95%, by the logarithm of the
                logarithm; the share itself where that is 0 or 1.
            incidence_high (float): The upper end of it.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, missing_argument,
            invalid_argument.

    Source:
        O. O. Aalen and S. Johansen, An empirical transition matrix for non-homogeneous Markov chains
        based on censored observations, 1978; the interval by the logarithm of the logarithm.
    """
    return calculated("cumulative_incidence", durations=durations, events=events, entry=entry, weights=weights)


def plays() -> Table:
    """The library's plays: what to do about findings, for whom, to what effect.

    A finding proposes the plays that it triggers and that fit the customer's tier and phase, in this
    order. Plays of your own, given to `review` in its settings, come before these, and take the place
    of those of their names.

    Arguments:
        none.

    Returns:
        Table. A row for each play, in the order in which they are proposed. Its columns:
            play (str): Its name.
            label_en (str): What it is called in English.
            label_ja (str): What it is called in Japanese.
            effect_en (str): What it is expected to bring, in English.
            effect_ja (str): The same in Japanese.
            success_en (str): How one sees that it worked, in English.
            success_ja (str): The same in Japanese.
            checks (list of str): What triggers it: questions of rules that found something.
            tiers (list of str): The tiers that it fits; all where none is named.
            phases (list of str): The phases that it fits, likewise.
            needs_health (bool): Whether only customers in the best band of the score welcome it, of
                whom nothing was found by which a principle fails.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, invalid_argument.

    Source:
        "Customer Success" by Mehta, Steinman and Murphy, and HubSpot Japan's guide to customer success:
        the activities that move the indicators, and what is done in each phase.
    """
    return calculated("plays")


def catalogue() -> Table:
    """All that there is, with what interfaces are built from.

    Each metric, indicator, column, figure and switch has a label in English and Japanese, a unit, a
    format as spreadsheets write it, the direction that is good, its formula and its source.

    Arguments:
        none.

    Returns:
        Table. A row for each metric, indicator, column, figure and switch, in their order. Its columns:
            id (str): What tells it from all others, such as `movements.opening_mrr`, `metrics.nps` or
                `definitions.period`.
            entry (str): What it is.
            operation (str): What has it: an operation, a table of a report, a function, `metrics`,
                `kpis` or `definitions`.
            name (str): Its name there.
            label_en (str): Its label in English.
            label_ja (str): Its label in Japanese.
            unit (str): What it is counted in.
            format (str): How a number of it is shown, as spreadsheets write it, amounts with the two
                decimals that most currencies have; absent for what is none.
            good (str): Which direction is good; absent where neither is.
            formula (str): Its formula, or what it says.
            source (str): Where its definition comes from; absent for switches.

    Raises:
        InvalidArgument: the call is at fault; codes limit_exceeded, unknown_argument, invalid_argument.

    Source:
        The library itself.
    """
    return calculated("catalogue")
