//! The share that one of several events has met, by the estimator of O. O. Aalen and S. Johansen, 1978.

use super::course::Step;
use super::estimate::interval;

/// The estimate at one time, and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Incidence {
    /// With those whom this event meets.
    pub(crate) step: Step,
    pub(crate) share: f64,
    variance: f64,
}

/// Sums over times that the variance of every later time is made of.
#[derive(Default)]
struct Sums {
    /// Greenwood's terms by the powers of the share at their times.
    greenwood: [f64; 3],
    own: f64,
    /// Terms of both by the powers of the share.
    both: [f64; 2],
}

/// The estimate at every time: `any` is what all events do there, `own` what this one does.
pub(crate) fn incidences<'a>(any: &'a [Step], own: &'a [Step]) -> impl Iterator<Item = Incidence> + 'a {
    let (mut survival, mut share, mut sums) = (1.0, 0.0, Sums::default());
    let mut met_by_others = false;
    any.iter().zip(own).map(move |(any, own)| {
        met_by_others |= any.events > own.events;
        // Whom nothing else met, and of whom nobody is left, has all met this: no sum of rounded shares says so.
        let is_all = any.left() <= 0.0 && !met_by_others;
        share = if is_all { 1.0 } else { (share + survival * own.events / any.at_risk).min(1.0) };
        sums.add(survival, share, any, own);
        survival *= any.left() / any.at_risk;
        Incidence { step: *own, share, variance: sums.variance(share) }
    })
}

impl Sums {
    fn add(&mut self, survival: f64, share: f64, any: &Step, own: &Step) {
        let left = any.left();
        // Where nobody is left, the share stays as it is, and nothing follows from the term.
        let greenwood = if left > 0.0 { any.events / (any.at_risk * left) } else { 0.0 };
        let [once, by_share, by_square] = &mut self.greenwood;
        *once += greenwood;
        *by_share += share * greenwood;
        *by_square += share * share * greenwood;
        let rate = own.events / any.at_risk;
        self.own += survival * survival * rate * (1.0 - rate) / any.at_risk;
        let both = survival * rate / any.at_risk;
        let [once, by_share] = &mut self.both;
        *once += both;
        *by_share += share * both;
    }

    /// The variance of the share at a time: by Greenwood's terms, as Collett has it.
    fn variance(&self, share: f64) -> f64 {
        let [once, by_share, by_square] = self.greenwood;
        let [both, both_by_share] = self.both;
        let greenwood = share * share * once - 2.0 * share * by_share + by_square;
        // Rounding may leave less than nothing.
        (greenwood + self.own - 2.0 * (share * both - both_by_share)).max(0.0)
    }
}

impl Incidence {
    /// The 95% interval, by the logarithm of the logarithm.
    pub(crate) fn interval(&self) -> (f64, f64) {
        interval(self.share, self.variance / (self.share * self.share))
    }
}
