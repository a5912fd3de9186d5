//! What is to come: what falls due, how long customers stay and what they are worth, and where the time goes.

use cs_core::{
    Catalogue, CatalogueEntry, CatalogueRow, Day, Error, Kpi, KpiUnit, KpisRow, LifetimeValueRow, Locale, Money,
};

use super::super::money::{count, figure, percent};
use super::words::{Heading, Sentence};
use super::{Page, grid};

/// Days ahead that commitments are looked at.
const AHEAD: u32 = 90;

impl Page<'_> {
    /// Whether anything is known by a table.
    fn has(&self, table: &str) -> bool {
        self.portfolio().table(table).is_ok_and(|table| !table.is_empty())
    }

    /// What fell due, and what is committed.
    pub(super) fn due(&self) -> Result<String, Error> {
        let (start, end) = self.as_of.range();
        let renewals = self.table(self.portfolio().renewals(start, end))?;
        let day = self.as_of.day();
        // No day of the calendar is behind its last.
        let ahead = Day::MAX.date().signed_duration_since(day).num_days().clamp(0, AHEAD.into()) as u32;
        let committed = (ahead > 0).then(|| self.table(self.portfolio().committed(day, ahead))).transpose()?;
        let committed = committed.map_or_else(|| Ok(String::new()), |committed| self.pictures(&committed))?;
        Ok(self.pictures(&renewals)? + &committed)
    }

    /// Five questions that follow from a churn rate, each with its answer.
    pub(super) fn questions(&self) -> Result<String, Error> {
        let drilldown = self.portfolio().drilldown(self.as_of.day()).locale(self.locale);
        let drilldown = drilldown.watch(self.watch).run()?;
        let mut out = String::from("<ul>\n");
        for row in drilldown.answers().rows() {
            out.push_str(&format!("<li>{}</li>\n", cs_core::wire::escaped(row.answer)));
        }
        out.push_str("</ul>\n");
        Ok(out)
    }

    /// How long customers stay, what they are worth, and how fast they get value.
    pub(super) fn lifetime(&self) -> Result<String, Error> {
        let (day, portfolio) = (self.as_of.day(), self.portfolio());
        let value = portfolio.lifetime_value(day).watch(self.watch).run()?;
        let mut out = String::new();
        if let Some(row) = value.rows().next() {
            out.push_str(&self.worth(&row));
        }
        out.push_str(&self.pictures(&self.table(portfolio.survival(day))?)?);
        out.push_str(&self.pictures(&self.table(portfolio.retention_projection(day))?)?);
        if self.has("milestones") {
            let (start, end) = self.as_of.range();
            out.push_str(&self.pictures(&self.table(portfolio.value_incidence(day))?)?);
            out.push_str(&self.pictures(&self.table(portfolio.onboarding(start, end))?)?);
        }
        Ok(out)
    }

    /// What a customer is worth in each reading.
    fn worth(&self, row: &LifetimeValueRow) -> String {
        let months = |months: Option<f64>| months.map_or("–".to_owned(), |months| format!("{months:.1}"));
        let amount = |money: Option<Money>| money.map_or("–".to_owned(), figure);
        let reading =
            |heading, of: Option<f64>, revenue| vec![self.heading(heading).to_owned(), months(of), amount(revenue)];
        let rows = [
            reading(Heading::ByChurn, row.simple_months, row.simple_revenue),
            reading(Heading::AsSeen, row.lifetime_months, row.survival_revenue),
            reading(Heading::ByModel, row.model_months, row.model_revenue),
        ];
        let headings = [Heading::Reading, Heading::Months, Heading::Worth].map(|heading| self.heading(heading));
        self.paragraph(&Sentence::Lifetime) + &grid("", &headings, &rows)
    }

    /// Whose time each tier takes, and how far customers have come.
    pub(super) fn attention(&self) -> Result<String, Error> {
        let (day, portfolio) = (self.as_of.day(), self.portfolio());
        let mut out = self.pictures(&self.table(portfolio.touch_load(day))?)?;
        if self.has("milestones") {
            out.push_str(&self.pictures(&self.table(portfolio.lifecycle(day))?)?);
        }
        if ["surveys", "advocacy", "feedback"].iter().any(|table| self.has(table)) {
            out.push_str(&self.pictures(&self.table(portfolio.loyalty(day))?)?);
        }
        Ok(out)
    }

    /// The indicators of the last month that are known.
    pub(super) fn indicators(&self) -> Result<String, Error> {
        let (_, end) = self.as_of.range();
        let board = self.portfolio().kpis(self.as_of.month(), end).watch(self.watch).run()?;
        let labels = Catalogue::all()?;
        let is_known = |row: &KpisRow<'_>| row.amount.is_some() || row.number.is_some();
        let row = |row: KpisRow<'_>| {
            vec![
                self.label(&labels, row.kpi),
                row.amount.map_or_else(|| row.number.map_or("–".to_owned(), |number| shown(row.unit, number)), figure),
                row.change_amount
                    .map_or_else(|| row.change_number.map_or("–".to_owned(), |by| moved(row.unit, by)), signed),
                row.benchmark.map_or(String::new(), |number| shown(row.unit, number)),
            ]
        };
        let rows: Vec<Vec<String>> = board.rows().filter(is_known).map(row).collect();
        let headings = [Heading::Indicator, Heading::Value, Heading::Since, Heading::Benchmark];
        Ok(grid("", &headings.map(|heading| self.heading(heading)), &rows))
    }

    /// What an indicator is called.
    fn label(&self, labels: &Catalogue, kpi: Kpi) -> String {
        let row = labels.rows().find(|row| row.entry == CatalogueEntry::Indicator && row.name == kpi.name());
        let label =
            |row: CatalogueRow<'_>| if self.locale == Locale::Ja { row.label_ja } else { row.label_en }.to_owned();
        row.map_or_else(|| kpi.name().to_owned(), label)
    }
}

/// A number of an indicator.
fn shown(unit: KpiUnit, number: f64) -> String {
    match unit {
        KpiUnit::Share => percent(number),
        KpiUnit::Count => count(number as u64),
        KpiUnit::PerDay => format!("{number:.2}"),
        _ => format!("{number:.1}"),
    }
}

/// By how much money changed.
fn signed(money: Money) -> String {
    if money.units() > 0 { format!("+{}", figure(money)) } else { figure(money) }
}

/// By how much it changed: shares in points of a hundred.
fn moved(unit: KpiUnit, by: f64) -> String {
    match unit {
        KpiUnit::Share => format!("{:+.1} pt", by * 100.0),
        KpiUnit::Count => format!("{by:+.0}"),
        KpiUnit::PerDay => format!("{by:+.2}"),
        _ => format!("{by:+.1}"),
    }
}
