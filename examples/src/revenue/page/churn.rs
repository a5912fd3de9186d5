//! Where churn comes from: customers lost over a year, by each attribute that parts them into a few groups.

use chrono::NaiveDate;
use cs_core::{Cell, Code, Error, Portfolio, Table, Values, Watch};

use crate::program::money::{count, percent};

/// An attribute of more groups is none that a reader can compare.
const GROUPS: usize = 15;

/// Fewer customers than this say nothing of their group.
const ENOUGH: u64 = 20;

/// An attribute, and what became of its groups.
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) retention: Table,
    pub(super) groups: Vec<Group>,
}

/// A group of customers: how many there were, and which share of them was lost.
pub(super) struct Group {
    pub(super) name: String,
    customers: u64,
    lost: Option<f64>,
    interval: Option<(f64, f64)>,
    gross: Option<f64>,
}

/// A group that loses more than the others, as far as chance lets one say so.
pub(super) struct Worst<'a> {
    pub(super) attribute: &'a str,
    pub(super) group: &'a str,
    pub(super) lost: f64,
    pub(super) interval: (f64, f64),
    /// Of all customers.
    pub(super) overall: f64,
}

/// The attributes of a book's customers that part them into a few groups, in the order of their columns.
pub(super) fn attributes(
    portfolio: &Portfolio,
    month: NaiveDate,
    end: NaiveDate,
    watch: &dyn Watch,
) -> Result<Vec<Attribute>, Error> {
    let customers = portfolio.table("customers")?;
    let mut found = Vec::new();
    for column in customers.columns() {
        let name = column.name();
        let is_text = matches!(column.values(), Values::Text(_));
        // These are names of customers and not of groups.
        if !is_text || ["customer_id", "name", "parent_id"].contains(&name) || !is_coarse(column.values()) {
            continue;
        }
        let retention = portfolio.retention(month, end).by([name]).watch(watch).run();
        let retention: Table = match retention {
            Ok(retention) => retention.into(),
            // A column with the name of a result's own cannot be grouped by.
            Err(Error::InvalidArgument(problem)) if problem.code == Code::InvalidArgument => continue,
            Err(error) => return Err(error),
        };
        let groups: Vec<Group> = (0..retention.len()).map(|row| Group::of(&retention, name, row)).collect();
        if groups.iter().filter(|group| group.customers > 0).count() > 1 {
            found.push(Attribute { name: name.to_owned(), retention, groups });
        }
    }
    Ok(found)
}

/// Of all attributes the group that stands out most: whose interval begins highest above what all customers lost.
pub(super) fn worst(attributes: &[Attribute]) -> Option<Worst<'_>> {
    let worst = attributes.iter().filter_map(Attribute::worst);
    worst.max_by(|one, other| (one.interval.0 - one.overall).total_cmp(&(other.interval.0 - other.overall)))
}

/// Whether a column has at least two values and at most a few.
fn is_coarse(values: &Values) -> bool {
    let Values::Text(texts) = values else { return false };
    let mut seen: Vec<Option<&str>> = Vec::new();
    for text in texts.iter() {
        if !seen.contains(&text) {
            seen.push(text);
        }
        if seen.len() > GROUPS {
            return false;
        }
    }
    seen.len() > 1
}

impl Group {
    fn of(retention: &Table, name: &str, row: usize) -> Self {
        let share = |column| if let Cell::Ratio(share) = retention.cell(row, column) { Some(share) } else { None };
        let customers = if let Cell::Count(count) = retention.cell(row, "opening_customers") { count } else { 0 };
        let name = match retention.cell(row, name) {
            Cell::Absent => "–".to_owned(),
            cell => cell.to_string(),
        };
        let interval = share("customer_churn_low").zip(share("customer_churn_high"));
        Self { name, customers, lost: share("customer_churn"), interval, gross: share("grr") }
    }

    /// What the table of groups shows.
    pub(super) fn cells(&self) -> Vec<String> {
        let share = |share: Option<f64>| share.map_or("–".to_owned(), percent);
        vec![
            self.name.clone(),
            count(self.customers),
            share(self.lost),
            share(self.interval.map(|(low, _)| low)),
            share(self.interval.map(|(_, high)| high)),
            share(self.gross.map(|kept| 1.0 - kept)),
        ]
    }
}

impl Attribute {
    /// Of all customers the share that was lost.
    fn overall(&self) -> f64 {
        let (mut customers, mut lost) = (0.0, 0.0);
        for group in &self.groups {
            customers += group.customers as f64;
            lost += group.customers as f64 * group.lost.unwrap_or(0.0);
        }
        if customers > 0.0 { lost / customers } else { 0.0 }
    }

    /// The group whose whole interval lies above what all customers lost, if there is one.
    fn worst(&self) -> Option<Worst<'_>> {
        let overall = self.overall();
        let candidates = self.groups.iter().filter(|group| group.customers >= ENOUGH).filter_map(|group| {
            let (lost, interval) = (group.lost?, group.interval?);
            (interval.0 > overall).then_some(Worst {
                attribute: &self.name,
                group: &group.name,
                lost,
                interval,
                overall,
            })
        });
        candidates.max_by(|one, other| one.interval.0.total_cmp(&other.interval.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An attribute of two groups of a hundred, of which so many are lost.
    fn attribute(name: &str, lost: [u32; 2]) -> Attribute {
        let group = |(position, lost): (usize, u32)| Group {
            name: format!("{name} {position}"),
            customers: 100,
            lost: Some(f64::from(lost) / 100.0),
            interval: Some((f64::from(lost) / 100.0 - 0.05, f64::from(lost) / 100.0 + 0.05)),
            gross: None,
        };
        let portfolio = Portfolio::from_csv("contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,1\n")
            .currency("USD")
            .load();
        let retention = portfolio.and_then(|portfolio| {
            let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
            portfolio.retention(start, start.succ_opt().unwrap_or_default()).run()
        });
        let groups = lost.into_iter().enumerate().map(group).collect();
        Attribute { name: name.to_owned(), retention: retention.unwrap().into(), groups }
    }

    #[test]
    fn the_group_that_stands_out_most_is_named_whichever_column_is_first() {
        let attributes = [attribute("region", [20, 40]), attribute("segment", [10, 60]), attribute("plan", [30, 30])];
        let worst = worst(&attributes).map(|worst| (worst.attribute, worst.group));
        assert_eq!(worst, Some(("segment", "segment 1")));
        assert!(super::worst(&attributes[2..]).is_none());
    }
}
