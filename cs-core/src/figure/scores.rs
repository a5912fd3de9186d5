//! Pictures of health: how scores are spread, where customers moved, what scores are made of and changed by.

use super::labels::Label;
use super::source::{BANDS, Source, few, moved, percent_of, whole};
use super::{Figure, Layer, Mark, Marks, Picture, Role};
use crate::error::Problem;
use crate::float::percent;
use crate::interner::Interner;
use crate::money::grouped;

/// How many ranges of scores, each of ten points.
const BINS: usize = 10;

/// Bands of one picture, at most: each has a colour and a name in the legend.
const LAYERS: usize = 100;

/// The bands of a scorecard that has none of its own, as they stand in a picture: a table does not tell which is better.
const BEST_TO_WORST: [&str; 3] = ["green", "yellow", "red"];

/// Scores are in millionths of a point.
const DIGITS: u8 = 6;

/// A band of scores: the lowest that it has, and its customers in each range, those without a score last.
struct Stack {
    lowest: f64,
    counts: [u64; BINS + 1],
}

/// Where a customer was or is: bands stand before what is none, which has a rank.
type End<'t> = (u8, &'t str);

impl Default for Stack {
    fn default() -> Self {
        Self { lowest: f64::INFINITY, counts: [0; BINS + 1] }
    }
}

/// What measures have in scores, summed over customers in millionths of a point.
#[derive(Default)]
struct Sums {
    measures: Interner,
    parts: Vec<i128>,
    before: i128,
    customers: u64,
}

impl Sums {
    /// A sum as the mean over the customers, in points.
    fn mean(&self, sum: i128) -> f64 {
        whole(sum, DIGITS) / self.customers.max(1) as f64
    }
}

impl Source<'_> {
    /// Points in millionths, as they are told exactly.
    fn millionths(&self, row: usize, column: &str) -> Option<i128> {
        self.share(row, column).map(|points| (points * 1e6).round() as i128)
    }

    /// The day that the result looks from.
    fn as_of(&self) -> String {
        self.table.metadata().as_of.map_or(String::new(), |day| day.to_string())
    }

    /// Customers by score, each band in its colour.
    pub(super) fn score_distribution(&self) -> Result<Figure, Problem> {
        let (mut bands, mut stacks, mut unknown) = (Interner::default(), Vec::new(), Stack::default());
        for row in self.rows() {
            let score = self.share(row, "score");
            let stack = match self.word(row, "band") {
                None => &mut unknown,
                Some(band) => {
                    let code = bands.intern(band) as usize;
                    few(code + 1, LAYERS)?;
                    if stacks.len() <= code {
                        stacks.push(Stack::default());
                    }
                    let Some(stack) = stacks.get_mut(code) else { continue };
                    stack
                }
            };
            // What a person has set says nothing of where the band begins.
            if let (Some(score), Some("scored")) = (score, self.word(row, "state")) {
                stack.lowest = stack.lowest.min(score);
            }
            let bin = score.map_or(BINS, |score| ((score / 10.0) as usize).min(BINS - 1));
            if let Some(count) = stack.counts.get_mut(bin) {
                *count += 1;
            }
        }
        let mut stacks: Vec<(&str, Stack)> =
            (0_u32..).zip(stacks).map(|(code, stack)| (bands.pool().get(code), stack)).collect();
        stacks
            .sort_by(|(name, stack), (next, other)| stack.lowest.total_cmp(&other.lowest).then_with(|| name.cmp(next)));
        let best = stacks.len().saturating_sub(1).max(1);
        let layers = stacks.iter().enumerate().map(|(position, (name, stack))| {
            ((*name).to_owned(), Role::Grade((position * 4 / best) as u8), &stack.counts)
        });
        let nothing = (self.text(Label::NoScore).to_owned(), Role::Unknown, &unknown.counts);
        let mut names: Vec<String> = (0..BINS).map(|bin| format!("{}–{}", bin * 10, bin * 10 + 10)).collect();
        names.push(self.text(Label::NoScore).to_owned());
        let all = self.table.len() as f64;
        let mut tops = [0_u64; BINS + 1];
        let mut drawn = Vec::new();
        for (name, role, counts) in layers.chain([nothing]) {
            let mut bars = Vec::new();
            for (band, ((&count, top), range)) in counts.iter().zip(&mut tops).zip(&names).enumerate() {
                let from = *top;
                *top += count;
                if count > 0 {
                    let told = format!("{range}: {} ({})", grouped(&count.to_string()), percent(count as f64 / all));
                    bars.push(Mark { band, at: [from as f64, *top as f64], told });
                }
            }
            if !bars.is_empty() {
                drawn.push(Layer { name, role, marks: Marks::Bars(bars) });
            }
        }
        let vertical = self.numbers(Label::Customers, tops.into_iter().map(|top| top as f64))?;
        let day = self.as_of();
        let axes = (self.names(Label::Score, names), vertical);
        Ok(self.figure(Picture::ScoreDistribution, (&day, &day), axes, drawn))
    }

    /// From the bands down to the bands across: shares of those who were in a band.
    pub(super) fn band_migration(&self) -> Result<Figure, Problem> {
        few(self.table.len(), BANDS)?;
        let end = |row: usize, [band, standing]: [&str; 2]| match (self.word(row, band), self.word(row, standing)) {
            (Some(band), _) => (0, band),
            (None, Some("not_paying")) => (2, self.text(Label::NotPaying)),
            (None, _) => (1, self.text(Label::InsufficientData)),
        };
        let from = |row| end(row, ["from_band", "from_standing"]);
        let to = |row| end(row, ["to_band", "to_standing"]);
        let ends: Vec<_> = self.rows().map(|row| (from(row), to(row))).collect();
        let known = |name: &str| BEST_TO_WORST.iter().position(|&band| band == name).unwrap_or(BEST_TO_WORST.len());
        let mut bands: Vec<End<'_>> = ends.iter().flat_map(|&(from, to)| [from, to]).collect();
        bands.sort_unstable_by_key(|&(rank, name)| (rank, known(name), name));
        bands.dedup();
        let place = |end: End<'_>| bands.iter().position(|band| *band == end).unwrap_or_default();
        let mut totals = vec![0_u64; bands.len()];
        for (row, (from, _)) in ends.iter().enumerate() {
            if let Some(total) = totals.get_mut(place(*from)) {
                *total = total.saturating_add(self.count(row, "customers"));
            }
        }
        let cell = |(row, (from, to)): (usize, &(End<'_>, End<'_>))| {
            let (down, customers) = (place(*from), self.count(row, "customers"));
            let all = totals.get(down).copied().unwrap_or_default();
            let share = percent_of(customers as f64, all as f64) / 100.0;
            let told = format!("{} → {}: {} ({})", from.1, to.1, grouped(&customers.to_string()), percent(share));
            Mark { band: place(*to), at: (down, share), told }
        };
        let cells = ends.iter().enumerate().map(cell).collect();
        let names: Vec<String> = bands.iter().map(|(_, name)| (*name).to_owned()).collect();
        let axes = (self.names(Label::Band, names.clone()), self.names(Label::BandBefore, names));
        let marks = Marks::Cells { darkest: 1.0, cells };
        let layers = vec![self.layer(Label::Title(Picture::BandMigration), Role::Share, marks)];
        let day = self.as_of();
        Ok(self.figure(Picture::BandMigration, (&day, &day), axes, layers))
    }

    /// From nothing to the score, measure by measure.
    pub(super) fn contributions(&self) -> Result<Figure, Problem> {
        let sums = self.sums("contribution", None)?;
        self.steps(Picture::Contributions, &sums, [Label::Score, Label::Points], String::new())
    }

    /// What a score changed by, measure by measure.
    pub(super) fn contribution_changes(&self) -> Result<Figure, Problem> {
        let sums = self.sums("change", Some("contribution_before"))?;
        let after = sums.parts.iter().try_fold(sums.before, |sum, &part| moved(sum, 1, part))?;
        let scores = format!(", {} → {}", points(sums.mean(sums.before)), points(sums.mean(after)));
        self.steps(Picture::ContributionChanges, &sums, [Label::Change, Label::PointsGained], scores)
    }

    /// A step for each measure, and all of them: of one customer, or the mean of several.
    fn steps(&self, picture: Picture, sums: &Sums, [all, up]: [Label; 2], scores: String) -> Result<Figure, Problem> {
        let (mut names, mut top) = (Vec::new(), 0);
        let [mut gained, mut lost] = [const { Vec::new() }; 2];
        let pool = sums.measures.pool();
        for (code, &part) in (0_u32..).zip(&sums.parts) {
            let from = top;
            top = moved(from, 1, part)?;
            let name = pool.get(code);
            let told = format!("{name} {}", points(sums.mean(part)));
            let bars = if part < 0 { &mut lost } else { &mut gained };
            bars.push(Mark { band: names.len(), at: [sums.mean(from), sums.mean(top)], told });
            names.push(name.to_owned());
        }
        let whole = vec![Mark { band: names.len(), at: [0.0, sums.mean(top)], told: points(sums.mean(top)) }];
        names.push(self.text(all).to_owned());
        let numbers = [&whole, &gained, &lost].into_iter().flatten().flat_map(|mark| mark.at);
        let axes = (self.names(Label::Measure, names), self.numbers(Label::Points, numbers)?);
        let layers =
            [(up, Role::Expansion, gained), (Label::PointsLost, Role::Churn, lost), (all, Role::Balance, whole)];
        let layers = layers.into_iter().filter(|(_, _, bars)| !bars.is_empty());
        let layers = layers.map(|(name, role, bars)| self.layer(name, role, Marks::Bars(bars))).collect();
        let of = match self.word(0, "customer_id") {
            Some(customer) if self.is_of_one() => customer.to_owned(),
            _ => Label::mean(sums.customers, self.locale),
        };
        let of = format!("{of}, {}{scores}", self.as_of());
        Ok(self.figure(picture, (&of, &of), axes, layers))
    }

    /// Whether all rows are of one customer.
    fn is_of_one(&self) -> bool {
        self.rows().all(|row| self.word(row, "customer_id") == self.word(0, "customer_id"))
    }

    /// The sums over the customers who have a score, or both; what is left out of a score has nothing in it.
    fn sums(&self, part: &str, before: Option<&str>) -> Result<Sums, Problem> {
        let mut sums = Sums::default();
        let mut last = None;
        for row in self.rows() {
            let code = sums.measures.intern(self.word(row, "measure").unwrap_or_default()) as usize;
            few(code + 1, BANDS)?;
            if sums.parts.len() <= code {
                sums.parts.push(0);
            }
            let Some(units) = self.millionths(row, part) else { continue };
            if let Some(sum) = sums.parts.get_mut(code) {
                *sum = moved(*sum, 1, units)?;
            }
            if let Some(before) = before {
                sums.before = moved(sums.before, 1, self.millionths(row, before).unwrap_or_default())?;
            }
            let customer = self.word(row, "customer_id");
            if last != Some(customer) {
                (last, sums.customers) = (Some(customer), sums.customers + 1);
            }
        }
        Ok(sums)
    }
}

/// Points as people read them.
fn points(points: f64) -> String {
    format!("{points:.1}")
}
