//! How well a ranking tells the lost from the kept, and how far chance in the customers could move that.

use std::ops::Range;

use super::observations::Observation;
use crate::draws::Draws;
use crate::error::Error;
use crate::float;
use crate::order::by_key;
use crate::parts::joined;
use crate::query::Context;
use crate::watch::{Progress, Stage, Stopped};

/// So many draws of customers are looked at together.
const LANES: usize = 32;

/// How often a customer was drawn, draw by draw: in one byte each, so that those of many customers stay near. That one is
/// drawn more often than fits has a chance below one over the factorial of 256, for each customer in each draw.
type Weights = [u8; LANES];

/// Observations in the order of their risk, from the lowest: whose they are, those with an event apart from the others.
pub(super) struct Ranking {
    kept: Vec<u32>,
    lost: Vec<u32>,
    /// Where risks are at which somebody was lost.
    runs: Vec<Run>,
}

/// Observations of one risk: a range of the kept, and where those of the lost end.
struct Run {
    kept: Range<usize>,
    lost: usize,
}

impl Ranking {
    /// By a risk; observations without one are left out.
    pub(super) fn of<'o>(
        observations: impl Iterator<Item = &'o Observation>,
        risk: impl Fn(&Observation) -> Option<u64>,
    ) -> Self {
        let found: Vec<(u64, &Observation)> = observations.filter_map(|found| Some((risk(found)?, found))).collect();
        let order = by_key(found.len(), |at| found.get(at).map_or(0, |(risk, _)| *risk));
        let mut ranking = Self { kept: Vec::new(), lost: Vec::new(), runs: Vec::new() };
        let (mut current, mut first, mut lost) = (None, 0, 0);
        for (risk, found) in order.iter().filter_map(|&at| found.get(at as usize)) {
            if current != Some(*risk) {
                ranking.end_run(first, lost);
                (current, first, lost) = (Some(*risk), ranking.kept.len(), ranking.lost.len());
            }
            if found.lost.is_some() { &mut ranking.lost } else { &mut ranking.kept }.push(found.customer);
        }
        ranking.end_run(first, lost);
        ranking
    }

    /// Ends a run that begins at these places; one in which nobody was lost is none.
    fn end_run(&mut self, kept: usize, lost: usize) {
        if self.lost.len() > lost {
            self.runs.push(Run { kept: kept..self.kept.len(), lost: self.lost.len() });
        }
    }

    /// How many observations there are, and how many of them with an event.
    pub(super) fn counts(&self) -> (u64, u64) {
        ((self.kept.len() + self.lost.len()) as u64, self.lost.len() as u64)
    }

    /// The chance that of one lost and one kept the lost one had the greater risk, ties counting one half: none where
    /// there are not both.
    pub(super) fn auc(&self, customers: usize) -> Option<f64> {
        self.aucs(&vec![[1; LANES]; customers]).first().copied().flatten()
    }

    /// The same of customers who were drawn so often.
    fn aucs(&self, weights: &[Weights]) -> [Option<f64>; LANES] {
        let sum = |of: &[u32]| sum(of, weights);
        let mut tallies = [Tally::default(); LANES];
        let (mut kept, mut lost) = (0, 0);
        for run in &self.runs {
            let passed = sum(self.kept.get(kept..run.kept.start).unwrap_or_default());
            let tied = sum(self.kept.get(run.kept.clone()).unwrap_or_default());
            let met = sum(self.lost.get(lost..run.lost).unwrap_or_default());
            for (tally, ((passed, tied), met)) in tallies.iter_mut().zip(passed.into_iter().zip(tied).zip(met)) {
                // There are so few observations that no product overflows.
                tally.kept += passed;
                tally.won_twice += met * (2 * tally.kept + tied);
                tally.kept += tied;
                tally.lost += met;
            }
            (kept, lost) = (run.kept.end, run.lost);
        }
        let rest = sum(self.kept.get(kept..).unwrap_or_default());
        tallies.iter_mut().zip(rest).for_each(|(tally, rest)| tally.kept += rest);
        tallies.map(Tally::auc)
    }
}

/// How often these customers were drawn together, draw by draw.
fn sum(of: &[u32], weights: &[Weights]) -> [u64; LANES] {
    let mut sums = [0; LANES];
    // Of so many the sums fit into two bytes.
    for some in of.chunks(usize::from(u16::MAX / u16::from(u8::MAX))) {
        let mut of_some = [0_u16; LANES];
        for &customer in some {
            let drawn = weights.get(customer as usize).unwrap_or(&[0; LANES]);
            for (sum, &drawn) in of_some.iter_mut().zip(drawn) {
                *sum = sum.wrapping_add(drawn.into());
            }
        }
        sums.iter_mut().zip(of_some).for_each(|(sum, of_some)| *sum += u64::from(of_some));
    }
    sums
}

/// Pairs of one draw.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// Observations that are passed, from the lowest risk, with and without an event.
    kept: u64,
    lost: u64,
    /// Pairs in which the lost one had the greater risk, twice, and once those in which both had the same.
    won_twice: u64,
}

impl Tally {
    fn auc(self) -> Option<f64> {
        float::quotient(self.won_twice.into(), 2 * i128::from(self.lost) * i128::from(self.kept))
    }
}

/// Where the draws begin.
const SEED: u64 = 8;

/// What rankings are worth of customers drawn with replacement, as many as there are, again and again: ranking by
/// ranking, draw by draw.
pub(super) fn resampled(
    context: &Context<'_>,
    rankings: &[Ranking],
    customers: usize,
    resamples: u32,
) -> Result<Vec<Vec<Option<f64>>>, Error> {
    let batches = (resamples as usize).div_ceil(LANES);
    let progress = Progress::of(context.watch, Stage::Resample, batches);
    let in_part = |part: Range<usize>| -> Result<Vec<Vec<Option<f64>>>, Stopped> {
        let mut of_rankings: Vec<Vec<Option<f64>>> = rankings.iter().map(|_| Vec::new()).collect();
        let mut weights = Vec::new();
        for batch in part {
            progress.step().map_err(|error| progress.stop(error))?;
            draw(customers, batch, &mut weights);
            for (values, ranking) in of_rankings.iter_mut().zip(rankings) {
                values.extend(ranking.aucs(&weights));
            }
        }
        Ok(of_rankings)
    };
    let joined = joined(batches, 1, in_part, |all, more| {
        let mut all = all?;
        all.iter_mut().zip(more?).for_each(|(all, more)| all.extend(more));
        Ok(all)
    });
    let mut of_rankings = joined.map_err(|Stopped| progress.why())?;
    of_rankings.iter_mut().for_each(|values| values.truncate(resamples as usize));
    Ok(of_rankings)
}

/// How often each customer is in the draws of a batch.
fn draw(customers: usize, batch: usize, weights: &mut Vec<Weights>) {
    weights.clear();
    weights.resize(customers, [0; LANES]);
    for lane in 0..LANES {
        let mut draws = Draws::skip(SEED, (batch * LANES + lane) as u64 * customers as u64);
        for _ in 0..customers {
            let drawn = weights.get_mut(draws.position(customers)).and_then(|lanes| lanes.get_mut(lane));
            if let Some(times) = drawn {
                *times = times.saturating_add(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use super::{LANES, Ranking, Weights, draw};
    use crate::health::backtest::observations::Observation;
    use crate::health::points::Points;

    /// Observations of customers by themselves, each with its risk and whether it was lost.
    fn observations(seen: &[(u64, bool)]) -> Vec<Observation> {
        let observation = |(customer, &(risk, is_lost)): (u32, &(u64, bool))| Observation {
            customer,
            day: 0,
            score: Points::NEUTRAL,
            band: 0,
            is_worst: false,
            lost: is_lost.then_some(1),
            risks: [NonZeroU64::new(risk), None, None, None],
        };
        (0..).zip(seen).map(observation).collect()
    }

    fn ranking(seen: &[(u64, bool)]) -> Ranking {
        Ranking::of(observations(seen).iter(), |found| found.risks[0].map(NonZeroU64::get))
    }

    #[test]
    fn pairs_are_counted_and_ties_are_half() {
        // Of four pairs three are won, and one is tied.
        let seen = [(3, true), (2, false), (2, true), (1, false)];
        assert_eq!(ranking(&seen).auc(4), Some(3.5 / 4.0));
        assert_eq!(ranking(&seen).counts(), (4, 2));
        let reversed: Vec<(u64, bool)> = seen.iter().map(|&(risk, is_lost)| (9 - risk, is_lost)).collect();
        assert_eq!(ranking(&reversed).auc(4), Some(0.5 / 4.0));
    }

    #[test]
    fn without_both_there_is_nothing_to_tell_apart() {
        assert_eq!(ranking(&[(1, true), (2, true)]).auc(2), None);
        assert_eq!(ranking(&[(1, false)]).auc(1), None);
        assert_eq!(ranking(&[]).auc(0), None);
    }

    #[test]
    fn who_is_drawn_twice_counts_twice() {
        let seen = [(3, true), (2, false), (1, true), (1, false)];
        let mut weights = vec![[1; LANES]; 4];
        weights[0][1] = 2;
        weights[1][1] = 3;
        weights[2][1] = 0;
        let [plain, weighed, ..] = ranking(&seen).aucs(&weights);
        // The first wins of two and of one; the third loses to one, and ties with one.
        assert_eq!(plain, Some((2.0 + 0.5) / 4.0));
        // Twice the first against thrice the second and once the last.
        assert_eq!(weighed, Some(1.0));
    }

    #[test]
    fn many_who_are_drawn_often_are_all_counted() {
        // The first two thousand are kept with the least risk, then all are tied.
        let seen: Vec<(u64, bool)> = (0..4_000).map(|at| (1 + at / 2_000, at == 2_000)).collect();
        let weights: Vec<Weights> = (0..4_000).map(|at| [255 - (at % 2) as u8; LANES]).collect();
        let [below, tied] = [1_000 * (255 + 254), 1_000 * (255 + 254) - 255];
        let expected = f64::from(2 * below + tied) / f64::from(2 * (below + tied));
        assert_eq!(ranking(&seen).aucs(&weights), [Some(expected); LANES]);
    }

    #[test]
    fn draws_go_on_from_batch_to_batch() {
        let (mut one, mut two) = (Vec::new(), Vec::new());
        draw(50, 0, &mut one);
        draw(50, 1, &mut two);
        assert_ne!(one, two);
        for lane in 0..LANES {
            assert_eq!(one.iter().map(|weights| u32::from(weights[lane])).sum::<u32>(), 50);
        }
        draw(0, 3, &mut one);
        assert!(one.is_empty());
    }
}
