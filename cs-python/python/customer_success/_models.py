"""Models of how long customers stay."""

from dataclasses import dataclass, field
from typing import Any, Self, final

from customer_success import _native
from customer_success._arrays import flat


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftedBetaGeometric:
    """How long customers stay who may leave at the end of every period, each with a probability of its own.

    With r(t) = (beta + t - 1) / (alpha + beta + t - 1) the share of customers who are there after t periods is
    S(t) = r(1) r(2) ... r(t).

    Arguments:
        alpha, beta: the parameters of the beta distribution of these probabilities, from 1e-12 to 1e12.

    Raises:
        InvalidArgument: the call is at fault; code invalid_argument.

    Source:
        P. S. Fader and B. G. S. Hardie, How to Project Customer Retention, 2007.
    """

    alpha: float
    """The first parameter: the greater, the easier customers leave."""
    beta: float
    """The second parameter: the greater, the easier they stay."""
    alpha_error: float | None = field(default=None, init=False)
    """The standard error of alpha; None of a model that was not fitted, or where rounding hides it."""
    beta_error: float | None = field(default=None, init=False)
    """The standard error of beta, likewise."""
    log_likelihood: float | None = field(default=None, init=False)
    """The logarithm of the likelihood of what it was fitted to; None of a model that was not fitted."""

    def __post_init__(self) -> None:
        """Refuse what is no parameter."""
        for name, value in _native.asked("shifted_beta_geometric.of", {"alpha": self.alpha, "beta": self.beta}).items():
            object.__setattr__(self, name, value)

    @classmethod
    def fit(cls, survivors: Any) -> Self:
        """Find the most likely model of a cohort: how many customers were there at the start, and after each period.

        Raises:
            InvalidArgument: invalid_argument, or not_identified where no model is the most likely one: fewer than two
                periods, nobody lost at first or later, or retention that does not rise with age.
        """
        fitted = _native.asked("shifted_beta_geometric.fit", {"survivors": counts(flat(survivors))})
        model = cls(alpha=fitted["alpha"], beta=fitted["beta"])
        for name, value in fitted.items():
            object.__setattr__(model, name, value)
        return model

    def survival(self, t: int) -> float:
        """The share of customers who are still there after t periods, from 0 to 10000."""
        return self._asked("survival", t=t)

    def retention(self, t: int) -> float:
        """The share of those there before the end of period t, from 1 to 10000, who are there after it."""
        return self._asked("retention", t=t)

    def discounted_lifetime(self, discount: float, n: int) -> float:
        """The discounted periods to come of one who is about to renew for the nth time, from 1 to 10000.

        The sum over t >= n of S(t) / S(n - 1) / (1 + discount)^(t - n), with a discount of 0 or from 1e-9.
        """
        return self._asked("discounted_lifetime", discount=discount, n=n)

    def _asked(self, method: str, **arguments: Any) -> float:
        given: float = _native.asked(f"shifted_beta_geometric.{method}", {"alpha": self.alpha, "beta": self.beta, **arguments})
        return given


def counts(survivors: Any) -> Any:
    """An array as a list; whether its numbers are counts is the core's to say."""
    return survivors.tolist() if hasattr(survivors, "tolist") else survivors
