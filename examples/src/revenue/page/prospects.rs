//! What is to come: what falls due, how long customers stay and what they are worth, and where the time goes.

use cs_core::{
    Catalogue, CatalogueEntry, CatalogueRow, ContractSource, Day, Error, Kpi, KpiUnit, KpisRow, LifetimeValueRow,
    Locale, Money, SecondOrderRevenueRow, TouchCapacityRow, ValueLandmarkRow, ValueTiming,
};

use super::words::{Heading, Sentence};
use super::{Page, grid};
use crate::program::money::{count, figure, percent};

/// Days ahead that commitments are looked at.
const AHEAD: u32 = 90;

/// So many people are told of at most.
const MOST_PEOPLE: usize = 20;

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
        // Most contracts are of a year: the model lets customers leave at its end.
        let value = portfolio.lifetime_value(day).period_months(12).watch(self.watch).run()?;
        let mut out = String::new();
        if let Some(row) = value.rows().next() {
            out.push_str(&self.worth(&row));
        }
        out.push_str(&self.pictures(&self.table(portfolio.survival(day))?)?);
        out.push_str(&self.pictures(&self.table(portfolio.retention_projection(day))?)?);
        if self.has("milestones") {
            let (start, end) = self.as_of.range();
            out.push_str(&self.pictures(&self.table(portfolio.value_incidence(day))?)?);
            out.push_str(&self.landmark()?);
            out.push_str(&self.pictures(&self.table(portfolio.onboarding(start, end))?)?);
        }
        out.push_str(&self.came_through()?);
        Ok(out)
    }

    /// Whether those who had value early stay longer than those who had not.
    fn landmark(&self) -> Result<String, Error> {
        let compared = self.portfolio().value_landmark(self.as_of.day()).watch(self.watch).run()?;
        let row = |row: ValueLandmarkRow| {
            let heading = if row.timing == ValueTiming::Early { Heading::Early } else { Heading::Late };
            let name = self.heading(heading).to_owned();
            vec![name, count(row.customers), share(row.survival), share(row.survival_low), share(row.survival_high)]
        };
        let headings = [Heading::Landmark, Heading::Customers, Heading::StayedYear, Heading::From, Heading::To];
        Ok(grid("", &headings.map(|heading| self.heading(heading)), &compared.rows().map(row).collect::<Vec<_>>()))
    }

    /// What customers pay at the last close whom others brought.
    fn came_through(&self) -> Result<String, Error> {
        let (_, end) = self.as_of.range();
        let brought = self.portfolio().second_order_revenue(self.as_of.month(), end).watch(self.watch).run()?;
        let row = |row: SecondOrderRevenueRow| {
            let heading =
                if row.source == ContractSource::Referral { Heading::Referral } else { Heading::ChampionMove };
            let name = self.heading(heading).to_owned();
            vec![name, count(row.closing_customers), figure(row.closing_mrr), share(row.share_of_closing_mrr)]
        };
        let headings = [Heading::CameThrough, Heading::Customers, Heading::Revenue, Heading::ShareOfMrr];
        Ok(grid("", &headings.map(|heading| self.heading(heading)), &brought.rows().map(row).collect::<Vec<_>>()))
    }

    /// What a customer is worth in each reading.
    fn worth(&self, row: &LifetimeValueRow) -> String {
        let months = |months: Option<f64>| months.map_or("–".to_owned(), |months| format!("{months:.1}"));
        let number = |number: Option<f64>| number.map_or("–".to_owned(), |number| count(number.round() as u64));
        let amount = |money: Option<Money>| money.map_or("–".to_owned(), figure);
        let reading =
            |heading, of: Option<f64>, revenue| vec![self.heading(heading).to_owned(), months(of), amount(revenue)];
        let rows = [
            reading(Heading::ByChurn, row.simple_months, row.simple_revenue),
            reading(Heading::AsSeen, row.lifetime_months, row.survival_revenue),
            reading(Heading::ByModel, row.model_months, row.model_revenue),
        ];
        let headings = [Heading::Reading, Heading::Months, Heading::Worth].map(|heading| self.heading(heading));
        let winning = [
            (Heading::CostToWin, amount(row.acquisition_cost)),
            (Heading::CostToStart, amount(row.onboarding_cost)),
            (Heading::PaidBack, months(row.payback_months)),
            (Heading::PaidBackTerms, months(row.payback_terms)),
            (Heading::LargestBase, number(row.largest_base)),
        ];
        let winning = winning.map(|(heading, value)| vec![self.heading(heading).to_owned(), value]);
        let of_winning = [Heading::Winning, Heading::Value].map(|heading| self.heading(heading));
        self.paragraph(&Sentence::Lifetime) + &grid("", &headings, &rows) + &grid("", &of_winning, &winning)
    }

    /// Whose time each tier takes, and how far customers have come.
    pub(super) fn attention(&self) -> Result<String, Error> {
        let (day, portfolio) = (self.as_of.day(), self.portfolio());
        let mut out = self.pictures(&self.table(portfolio.touch_load(day))?)? + &self.capacity()?;
        if self.has("milestones") {
            out.push_str(&self.pictures(&self.table(portfolio.lifecycle(day))?)?);
        }
        if ["surveys", "advocacy", "feedback"].iter().any(|table| self.has(table)) {
            out.push_str(&self.pictures(&self.table(portfolio.loyalty(day))?)?);
        }
        Ok(out)
    }

    /// Whether people have the hours that their customers are to have, those with the most customers first.
    fn capacity(&self) -> Result<String, Error> {
        let capacity = self.portfolio().touch_capacity(self.as_of.day()).watch(self.watch).run()?;
        let mut people: Vec<TouchCapacityRow<'_>> = capacity.rows().collect();
        people.sort_by_key(|person| std::cmp::Reverse(person.customers));
        let hours = |hours: f64| format!("{hours:.1}");
        let row = |row: &TouchCapacityRow<'_>| {
            vec![
                row.owner.unwrap_or(self.heading(Heading::NoOwner)).to_owned(),
                count(row.customers),
                hours(row.planned_hours),
                row.capacity_hours.map_or("–".to_owned(), hours),
                share(row.utilisation),
            ]
        };
        let rows: Vec<Vec<String>> = people.iter().take(MOST_PEOPLE).map(row).collect();
        let headings =
            [Heading::Owner, Heading::Customers, Heading::PlannedHours, Heading::Capacity, Heading::Utilisation];
        Ok(grid("", &headings.map(|heading| self.heading(heading)), &rows))
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

fn share(share: Option<f64>) -> String {
    share.map_or("–".to_owned(), percent)
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
