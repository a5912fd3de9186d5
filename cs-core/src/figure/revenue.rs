//! Pictures of recurring revenue: what moved, what it came to, and who holds it.

use super::labels::{Amounts, Label};
use super::source::{BANDS, Source, ends_of, few, moved, percent_of, whole};
use super::{Axis, Figure, Mark, Marks, Picture, Role};
use crate::error::Problem;
use crate::float::percent;

/// A curve has at most this many points.
const POINTS: usize = 200;

/// A column of amounts: what it is called, and what it is.
pub(super) type Flow = (&'static str, Label, Role);

/// A bar of a waterfall: what it is called and is, its amount, and whether it goes up (1), down (-1), or starts anew (0).
pub(super) type Step = (Label, Role, (i128, u8), i128);

/// Gains and losses in the order in which they are stacked.
const GAINS: [Flow; 3] = [
    ("new_mrr", Label::New, Role::New),
    ("reactivation_mrr", Label::Reactivation, Role::Reactivation),
    ("expansion_mrr", Label::Expansion, Role::Expansion),
];
const LOSSES: [Flow; 2] =
    [("contraction_mrr", Label::Contraction, Role::Contraction), ("churned_mrr", Label::Churned, Role::Churn)];
impl Source<'_> {
    /// The names of the periods of rows.
    pub(super) fn periods(&self) -> Result<Vec<String>, Problem> {
        few(self.table.len(), BANDS)?;
        Ok(self.rows().map(|row| self.period(self.day(row, "period_start"))).collect())
    }

    pub(super) fn movements(&self) -> Result<Figure, Problem> {
        self.stacked(Label::Title(Picture::Movements), &[(&GAINS, 1), (&LOSSES, -1)])
    }

    /// Amounts of every period, each kind upon the one before, up or down.
    pub(super) fn stacked(&self, title: Label, kinds: &[(&[Flow], i128)]) -> Result<Figure, Problem> {
        let names = self.periods()?;
        let mut layers = Vec::new();
        let mut ends = Vec::new();
        for &(flows, sign) in kinds {
            let mut tops = vec![0_i128; self.table.len()];
            for &(column, label, role) in flows {
                let mut bars = Vec::new();
                for (row, (top, name)) in tops.iter_mut().zip(&names).enumerate() {
                    let (units, digits) = self.units(row, column);
                    if units == 0 {
                        continue;
                    }
                    let from = *top;
                    *top = moved(from, sign, units)?;
                    let told = format!("{name} {}", self.amount((units, digits)));
                    bars.push(Mark { band: row, at: [whole(from, digits), whole(*top, digits)], told });
                }
                ends.extend(bars.iter().flat_map(|bar: &Mark<[f64; 2]>| bar.at));
                if !bars.is_empty() {
                    layers.push(self.layer(label, role, Marks::Bars(bars)));
                }
            }
        }
        let axes = (self.bands(Label::Period, names.clone()), self.money(Amounts::Monthly, ends.into_iter())?);
        Ok(self.titled(title, ends_of(&names), axes, layers))
    }

    pub(super) fn waterfall(&self) -> Result<Figure, Problem> {
        let periods = self.periods()?;
        let last = self.table.len().saturating_sub(1);
        let mut steps = vec![(Label::Opening, Role::Balance, self.units(0, "opening_mrr"), 0)];
        for (flows, sign) in [(&GAINS[..], 1), (&LOSSES[..], -1)] {
            for &(column, name, role) in flows {
                let sum = self.rows().try_fold(0, |sum, row| moved(sum, 1, self.units(row, column).0))?;
                steps.push((name, role, (sum, self.units(0, column).1), sign));
            }
        }
        steps.push((Label::Closing, Role::Balance, self.units(last, "closing_mrr"), 0));
        self.steps_of_money(Label::Title(Picture::Waterfall), Amounts::Monthly, steps, ends_of(&periods))
    }

    /// Amounts one after the other, each from where the one before ended.
    pub(super) fn steps_of_money(
        &self,
        title: Label,
        amounts: Amounts,
        steps: Vec<Step>,
        of: (&str, &str),
    ) -> Result<Figure, Problem> {
        let mut top = 0;
        let (mut names, mut layers, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for (name, role, (units, digits), sign) in steps {
            let from = if sign == 0 { 0 } else { top };
            top = if sign == 0 { units } else { moved(from, sign, units)? };
            let at = [whole(from, digits), whole(top, digits)];
            ends.extend(at);
            let told = self.amount((units, digits));
            layers.push(self.layer(name, role, Marks::Bars(vec![Mark { band: names.len(), at, told }])));
            names.push(self.text(name).to_owned());
        }
        let axes =
            (Axis::Bands { title: String::new(), names, is_sequence: false }, self.money(amounts, ends.into_iter())?);
        Ok(self.titled(title, of, axes, layers))
    }

    pub(super) fn arr(&self) -> Result<Figure, Problem> {
        let names = self.periods()?;
        let mark = |row| {
            let (units, digits) = self.units(row, "closing_arr");
            Mark { band: row, at: whole(units, digits), told: self.amount((units, digits)) }
        };
        let marks: Vec<Mark<f64>> = self.rows().map(mark).collect();
        let vertical = self.money(Amounts::Annual, marks.iter().map(|mark| mark.at))?;
        let layers = vec![self.layer(Label::Title(Picture::Arr), Role::Net, Marks::Line(marks))];
        Ok(self.figure(Picture::Arr, ends_of(&names), (self.bands(Label::Period, names.clone()), vertical), layers))
    }

    /// Groups at the last close, the largest first: which share of them holds which share of the revenue.
    pub(super) fn concentration(&self) -> Result<Figure, Problem> {
        let last = self.rows().filter_map(|row| self.day(row, "period_start")).max();
        let is_last = |&row: &usize| self.day(row, "period_start") == last;
        let mut amounts: Vec<i128> = self.rows().filter(is_last).map(|row| self.units(row, "closing_mrr").0).collect();
        amounts.retain(|units| *units > 0);
        amounts.sort_unstable_by(|a, b| b.cmp(a));
        let count = amounts.len();
        let total = amounts.iter().try_fold(0, |sum, &units| moved(sum, 1, units))?;
        let mut curve = vec![Mark { band: 0, at: [0.0, 0.0], told: "0".to_owned() }];
        let (mut sum, stride) = (0, count.div_ceil(POINTS).max(1));
        for (position, units) in amounts.into_iter().enumerate() {
            sum = moved(sum, 1, units)?;
            if (position + 1) % stride == 0 || position + 1 == count {
                let [across, up] = [((position + 1) as f64, count as f64), (sum as f64, total as f64)]
                    .map(|(part, all)| percent_of(part, all));
                let told = format!("{}: {}", position + 1, percent(up / 100.0));
                curve.push(Mark { band: curve.len(), at: [across, up], told });
            }
        }
        let period = self.period(last);
        self.lorenz(Picture::Concentration, [Label::ShareOfGroups, Label::ShareOfRevenue], Label::Even, curve, &period)
    }
}
