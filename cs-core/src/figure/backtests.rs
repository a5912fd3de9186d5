//! Pictures of backtests: who was lost of each score, and how many of the lost the lowest scores hold.

use super::labels::Label;
use super::source::{Source, few, percent_of};
use super::{Figure, Mark, Marks, Picture, Role};
use crate::error::Problem;
use crate::float::percent;

/// A result of ten rows that was read from JSON may have more: as many as these are drawn.
const ROWS: usize = 100;

impl Source<'_> {
    /// For each range of scores the share of those lost, over that of all.
    pub(super) fn calibration(&self) -> Result<Figure, Problem> {
        few(self.table.len(), ROWS)?;
        let ends = |row| [self.count(row, "score_from"), self.count(row, "score_to")];
        let names: Vec<String> = self.rows().map(|row| ends(row).map(|end| end.to_string()).join("–")).collect();
        let marks: Vec<Mark<[f64; 3]>> = self
            .rows()
            .zip(&names)
            .filter_map(|(row, name)| {
                let share = |column| self.share(row, column);
                let [low, rate, high] = [share("event_rate_low")?, share("event_rate")?, share("event_rate_high")?];
                let told = format!("{name}: {} ({} – {})", percent(rate), percent(low), percent(high));
                Some(Mark { band: row, at: [low, rate, high].map(|share| share * 100.0), told })
            })
            .collect();
        let sum = |column| self.rows().map(|row| self.count(row, column) as f64).sum::<f64>();
        // Of nobody there is no share.
        let all = (sum("observations") > 0.0).then(|| percent_of(sum("events"), sum("observations")));
        let line = all.map(|at| self.rows().map(|band| Mark { band, at, told: percent(at / 100.0) }).collect());
        let numbers = marks.iter().flat_map(|mark| mark.at).chain(all);
        let vertical = self.percents(Label::ShareOfCustomers, numbers)?;
        let layers = line.map(|line| self.layer(Label::All, Role::Balance, Marks::Line(line))).into_iter();
        let layers = layers.chain([self.layer(Label::LostWithin, Role::Churn, Marks::Intervals(marks))]).collect();
        Ok(self.figure(Picture::Calibration, ("", ""), (self.names(Label::Score, names), vertical), layers))
    }

    /// For each tenth of the scores how many times as often as all it was lost.
    pub(super) fn lift(&self) -> Result<Figure, Problem> {
        few(self.table.len(), ROWS)?;
        let names: Vec<String> = self.rows().map(|row| self.count(row, "decile").to_string()).collect();
        let bars = self.rows().filter_map(|row| {
            let lift = self.share(row, "lift")?;
            Some(Mark { band: row, at: [0.0, lift], told: format!("{lift:.2}") })
        });
        let bars: Vec<Mark<[f64; 2]>> = bars.collect();
        let line = self.rows().map(|band| Mark { band, at: 1.0, told: "1".to_owned() }).collect();
        let vertical = self.numbers(Label::TimesTheAverage, bars.iter().map(|bar| bar.at[1]).chain([1.0]))?;
        let layers = vec![
            self.layer(Label::Title(Picture::Lift), Role::Net, Marks::Bars(bars)),
            self.layer(Label::ByChance, Role::Balance, Marks::Line(line)),
        ];
        Ok(self.figure(Picture::Lift, ("", ""), (self.names(Label::Tenth, names), vertical), layers))
    }

    /// From the lowest scores on, which share of the lost they hold.
    pub(super) fn gains(&self) -> Result<Figure, Problem> {
        few(self.table.len(), ROWS)?;
        let all = self.rows().map(|row| self.count(row, "observations") as f64).sum::<f64>();
        let mut curve = vec![Mark { band: 0, at: [0.0, 0.0], told: percent(0.0) }];
        let mut sum = 0.0;
        for row in self.rows() {
            sum += self.count(row, "observations") as f64;
            let Some(recall) = self.share(row, "cumulative_recall").filter(|_| all > 0.0) else { continue };
            let across = percent_of(sum, all);
            let told = format!("{}: {}", percent(across / 100.0), percent(recall));
            curve.push(Mark { band: curve.len(), at: [across, recall * 100.0], told });
        }
        self.lorenz(Picture::Gains, [Label::ShareOfScores, Label::ShareOfLost], Label::ByChance, curve, "")
    }
}
