//! Pictures of health: how scores are spread, where customers moved, what scores are made of and changed by.

use std::cmp::Reverse;

use super::labels::Label;
use super::source::{BANDS, Source, few, moved, whole};
use super::{Figure, Layer, Mark, Marks, Picture, Role};
use crate::error::Problem;
use crate::float::percent;
use crate::interner::Interner;
use crate::money::grouped;

/// How many ranges of scores, each of ten points.
const BINS: usize = 10;

/// Bands of one picture, at most: each has a colour and a name in the legend.
const LAYERS: usize = 100;

/// Scores are in millionths of a point.
const DIGITS: u8 = 6;

/// Customers in each range of scores, those without a score last.
type Counts = [u64; BINS + 1];

/// Where a customer was or is: bands, of the kind 0, stand before what is none.
type End<'t> = (u8, &'t str);

/// What measures have in scores, summed over customers in millionths of a point.
#[derive(Default)]
struct Sums {
    measures: Interner,
    parts: Vec<i128>,
    before: i128,
    customers: u64,
}

impl Sums {
    /// A sum as the mean over the customers, in points; of nobody there is none.
    fn mean(&self, sum: i128) -> Option<f64> {
        (self.customers > 0).then(|| whole(sum, DIGITS) / self.customers as f64)
    }
}

impl Source<'_> {
    /// Points in millionths, as they are told exactly.
    fn millionths(&self, row: usize, column: &str) -> Option<i128> {
        self.share(row, column).map(|points| (points * 1e6).round() as i128)
    }

    /// The day that the result looks from.
    pub(super) fn as_of(&self) -> String {
        self.table.metadata().as_of.map_or(String::new(), |day| day.to_string())
    }

    /// The place of a band among those of the scorecard, from the best; one that it does not have is behind all.
    fn rank(&self, band: &str) -> usize {
        let bands = &self.table.metadata().bands;
        bands.iter().position(|known| known == band).unwrap_or(bands.len())
    }

    /// The colour of a band; a single one is neither good nor bad.
    fn grade(&self, band: &str) -> Role {
        let worst = self.table.metadata().bands.len().saturating_sub(1);
        match worst.checked_sub(self.rank(band)) {
            Some(better) => Role::Grade((better * 4).checked_div(worst).unwrap_or(2) as u8),
            None => Role::Unknown,
        }
    }

    /// Customers by score, each band in its colour.
    pub(super) fn score_distribution(&self) -> Result<Figure, Problem> {
        let (mut bands, mut counts): (Interner, Vec<Counts>) = Default::default();
        let mut unbanded: Counts = Default::default();
        for row in self.rows() {
            let counts = match self.word(row, "band") {
                None => &mut unbanded,
                Some(band) => {
                    let code = bands.intern(band) as usize;
                    few(code + 1, LAYERS)?;
                    if counts.len() <= code {
                        counts.push(Default::default());
                    }
                    let Some(counts) = counts.get_mut(code) else { continue };
                    counts
                }
            };
            let bin = self.share(row, "score").map_or(BINS, |score| ((score / 10.0) as usize).min(BINS - 1));
            if let Some(count) = counts.get_mut(bin) {
                *count += 1;
            }
        }
        let mut stacks: Vec<(&str, Counts)> =
            (0_u32..).zip(counts).map(|(code, counts)| (bands.pool().get(code), counts)).collect();
        // The worst at the bottom.
        stacks.sort_by_key(|&(band, _)| (Reverse(self.rank(band)), band));
        let nobody = self.text(Label::Nobody).to_owned();
        let layers = stacks.iter().map(|(band, counts)| (self.name(band, &[Label::Nobody]), self.grade(band), counts));
        let layers = layers.chain([(nobody.clone(), Role::Unknown, &unbanded)]);
        let mut names: Vec<String> = (0..BINS).map(|bin| format!("{}–{}", bin * 10, bin * 10 + 10)).collect();
        names.push(nobody);
        let all = self.table.len() as f64;
        let mut tops: Counts = Default::default();
        let mut drawn = Vec::new();
        for (name, role, counts) in layers {
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
        let mut bands: Vec<End<'_>> = ends.iter().flat_map(|&(from, to)| [from, to]).collect();
        bands.sort_unstable_by_key(|&(kind, name)| (kind, self.rank(name), name));
        bands.dedup();
        let labels = [Label::NotPaying, Label::InsufficientData];
        let name = |&(kind, name): &End<'_>| if kind == 0 { self.name(name, &labels) } else { name.to_owned() };
        let names: Vec<String> = bands.iter().map(name).collect();
        let place = |end: End<'_>| bands.iter().position(|band| *band == end).unwrap_or_default();
        let told = |end: End<'_>| names.get(place(end)).map_or("", String::as_str);
        let mut totals = vec![0_u64; bands.len()];
        for (row, (from, _)) in ends.iter().enumerate() {
            if let Some(total) = totals.get_mut(place(*from)) {
                *total = total.saturating_add(self.count(row, "customers"));
            }
        }
        let cell = |(row, (from, to)): (usize, &(End<'_>, End<'_>))| {
            let (down, customers) = (place(*from), self.count(row, "customers"));
            let all = totals.get(down).copied().unwrap_or_default();
            let share = if all == 0 { 0.0 } else { customers as f64 / all as f64 };
            let told =
                format!("{} → {}: {} ({})", told(*from), told(*to), grouped(&customers.to_string()), percent(share));
            Mark { band: place(*to), at: (down, share), told }
        };
        let cells = ends.iter().enumerate().map(cell).collect();
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
        let scores = sums.mean(sums.before).zip(sums.mean(after));
        let scores =
            scores.map_or(String::new(), |(before, after)| format!(", {} → {}", points(before), points(after)));
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
            if let (Some(mean), Some(from), Some(to)) = (sums.mean(part), sums.mean(from), sums.mean(top)) {
                let bars = if part < 0 { &mut lost } else { &mut gained };
                bars.push(Mark { band: names.len(), at: [from, to], told: format!("{name} {}", points(mean)) });
            }
            names.push(name.to_owned());
        }
        let whole = sums.mean(top).map(|top| Mark { band: names.len(), at: [0.0, top], told: points(top) });
        let whole: Vec<Mark<[f64; 2]>> = whole.into_iter().collect();
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

/// Points as people read them; what is rounded to nothing has no sign.
fn points(points: f64) -> String {
    let text = format!("{points:.1}");
    if text == "-0.0" { "0.0".to_owned() } else { text }
}
