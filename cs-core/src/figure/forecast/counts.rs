//! Customers and indicators told apart, shares of periods and groups, and whose time goes where.

use super::compared::Unit;
use crate::error::Problem;
use crate::figure::labels::Label;
use crate::figure::source::{BANDS, Source, ends_of, few};
use crate::figure::{Figure, Mark, Marks, Role};
use crate::float::percent;
use crate::money::grouped;

/// Tiers, phases and kinds by their words.
const TIERS: [(&str, Label); 3] =
    [("high_touch", Label::HIGH_TOUCH), ("low_touch", Label::LOW_TOUCH), ("tech_touch", Label::TECH_TOUCH)];
const PHASES: [(&str, Label); 3] =
    [("onboarding", Label::ONBOARDING), ("adoption", Label::ADOPTION), ("advocacy", Label::ADVOCACY)];
const KINDS: [(&str, Label); 3] =
    [("attitudinal", Label::ATTITUDINAL), ("behavioural", Label::BEHAVIOURAL), ("neither", Label::NEITHER)];

impl Source<'_> {
    /// A bar for each word of a column, as high as there are rows with it.
    fn counted(&self, column: &str, words: [(&str, Label); 3], [title, across]: [Label; 2]) -> Result<Figure, Problem> {
        let ours = words.map(|(word, label)| (Some(word), label)).into_iter().chain([(None, Label::NOT_KNOWN)]);
        let (mut names, mut bars) = (Vec::new(), Vec::new());
        for (band, (word, label)) in ours.enumerate() {
            let count = self.rows().filter(|&row| self.word(row, column) == word).count();
            let told = format!("{}: {}", self.text(label), grouped(&count.to_string()));
            bars.push(Mark { band, at: [0.0, count as f64], told });
            names.push(self.text(label).to_owned());
        }
        let vertical = self.numbers(Label::Customers, bars.iter().map(|bar| bar.at[1]))?;
        let layers = vec![self.layer(title, Role::Net, Marks::Bars(bars))];
        let day = self.as_of();
        Ok(self.titled(title, (&day, &day), (self.names(across, names), vertical), layers))
    }

    pub(super) fn phases(&self) -> Result<Figure, Problem> {
        self.counted("phase", PHASES, [Label::TITLE_OF_PHASES, Label::PHASE])
    }

    pub(super) fn loyalty_kinds(&self) -> Result<Figure, Problem> {
        self.counted("loyalty", KINDS, [Label::TITLE_OF_LOYALTY, Label::LOYALTY])
    }

    /// Shares of revenue as bars, those of time as points beside them.
    pub(super) fn touch_shares(&self) -> Result<Figure, Problem> {
        let points = [
            ("share_of_planned_hours", Label::TIME_PLANNED, Role::Balance),
            ("share_of_spent_hours", Label::TIME_SPENT, Role::Churn),
        ];
        let bar = ("share_of_mrr", Label::REVENUE, Role::Net);
        let places = self.by_word("tier", &TIERS, Label::TIER)?;
        self.compared([Label::TITLE_OF_TIERS, Label::SHARE_OF_ALL], Unit::Share, places, (bar, &points))
    }

    /// How many indicators reach their targets in each period, and how many do not.
    pub(super) fn targets(&self) -> Result<Figure, Problem> {
        let mut names: Vec<String> = Vec::new();
        let mut counts: Vec<[u64; 2]> = Vec::new();
        let mut last = None;
        for row in self.rows() {
            let day = self.day(row, "period_start");
            if last != Some(day) {
                last = Some(day);
                few(names.len() + 1, BANDS)?;
                names.push(self.period(day));
                counts.push([0; 2]);
            }
            let state = ["met", "missed"].iter().position(|word| self.word(row, "state") == Some(word));
            if let Some(count) = state.and_then(|state| counts.last_mut()?.get_mut(state)) {
                *count += 1;
            }
        }
        let bars = |state: usize| {
            let of_period = counts.iter().zip(&names).enumerate().filter_map(move |(band, (&[met, missed], name))| {
                let (from, to) = if state == 0 { (0, met) } else { (met, met + missed) };
                let told = format!("{name}: {}", to - from);
                (to > from).then_some(Mark { band, at: [from as f64, to as f64], told })
            });
            Marks::Bars(of_period.collect())
        };
        let vertical = self.numbers(Label::INDICATORS, counts.iter().map(|[met, missed]| (met + missed) as f64))?;
        let layers = vec![self.layer(Label::MET, Role::New, bars(0)), self.layer(Label::MISSED, Role::Churn, bars(1))];
        Ok(self.titled(
            Label::TITLE_OF_TARGETS,
            ends_of(&names),
            (self.bands(Label::Period, names.clone()), vertical),
            layers,
        ))
    }

    pub(in crate::figure) fn churn_by_industry(&self) -> Result<Figure, Problem> {
        let columns = ["customer_churn_low", "customer_churn", "customer_churn_high"];
        let labels = [Label::TITLE_OF_INDUSTRIES, Label::ShareOfCustomers, Label::CustomersLost];
        self.intervals(self.rows().collect(), "opening_customers", columns, labels, &self.as_of())
    }

    /// The share of each period that was onboarded in time.
    pub(super) fn onboarding(&self) -> Result<Figure, Problem> {
        let names = self.periods()?;
        let mark = |(row, name): (usize, &String)| {
            let share = |column| self.share(row, column);
            let [low, rate, high] =
                [share("completion_rate_low")?, share("completion_rate")?, share("completion_rate_high")?];
            let told = format!("{name}: {} ({} – {})", percent(rate), percent(low), percent(high));
            Some(Mark { band: row, at: [low, rate, high].map(|share| share * 100.0), told })
        };
        let marks: Vec<Mark<[f64; 3]>> = names.iter().enumerate().filter_map(mark).collect();
        let vertical = self.percents(Label::ShareOfCustomers, marks.iter().flat_map(|mark| mark.at).chain([100.0]))?;
        let horizontal = self.bands(Label::Period, names.clone());
        let layers = vec![self.layer(Label::ONBOARDED, Role::New, Marks::Intervals(marks))];
        Ok(self.titled(Label::TITLE_OF_ONBOARDING, ends_of(&names), (horizontal, vertical), layers))
    }
}
