//! How much evidence there is of the customers who pay, and how old it is.

use std::sync::Arc;

use chrono::NaiveDate;

use super::asked::{AsOf, ERRORS, SCORECARD, metadata};
use super::marks::MeasureState;
use super::measure::Evidence;
use super::scoring::Findings;
use crate::error::Error;
use crate::interner::Interner;
use crate::money::Money;
use crate::order::sort_by_key;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{About, Context, Operation, Query, as_of_parameters};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;

result_table! {
    /// The evidence that a scorecard has of the customers who pay, measure by measure.
    pub struct HealthCoverage("health_coverage") of
    /// The evidence of a measure.
    HealthCoverageRow<'a>, built from Columns {
        /// The measure.
        measure: &'a str as Text,
        /// Its group; absent where there are none.
        group: Option<&'a str> as MaybeText,
        /// What it is evidence of.
        evidence: Evidence as Choice<Evidence>,
        /// The customers for whom it weighs something.
        customers: u64 as Count,
        /// Those of them of whom it was measured.
        measured: u64 as Count,
        /// Those of whom it was measured too long ago.
        stale: u64 as Count,
        /// Those of whom it was not measured.
        missing: u64 as Count,
        /// Measured over all, from 0 to 1; absent where there is nobody.
        measured_share: Option<f64> as Ratio,
        /// MRR of the customers for whom it weighs something.
        mrr: Money as Amount,
        /// MRR of those of whom it was measured.
        measured_mrr: Money as Amount,
        /// The median of how many days ago it was measured, stale or not: of an even number the mean of both in the
        /// middle. Absent where no value rests on a day.
        median_age_days: Option<f64> as Ratio,
    }
}

impl Portfolio {
    /// How much evidence a scorecard has of the customers who pay at the close of a day, measure by measure, and how old
    /// it is.
    ///
    /// `measured_share = measured / customers`, from 0 to 1, and absent where there is nobody; `customers = measured +
    /// stale + missing`; `median_age_days` is in days.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Portfolio, Scorecard};
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\nc-2,bolt,2026-01-01,50\n";
    /// let signals = "customer_id,signal,observed_on,value\nacme,logins,2026-04-05,8\n";
    /// let portfolio = Portfolio::from_csv(book).signals(signals.as_bytes()).currency("USD").load()?;
    /// let scorecard = Scorecard::from_json(r#"{"name": "use", "measures": [{
    ///     "measure": "logins", "evidence": "product_adoption", "weight": 1, "curve": [[0, 0], [10, 100]],
    ///     "value": {"table": "signals", "aggregate": "last", "where": {"signal": "logins"}}
    /// }]}"#)?;
    ///
    /// let day = NaiveDate::from_ymd_opt(2026, 4, 15).unwrap();
    /// let coverage = portfolio.health_coverage(day).scorecard(&scorecard).run()?;
    /// let row = coverage.rows().next().unwrap();
    /// assert_eq!((row.measured, row.missing, row.measured_share), (1, 1, Some(0.5)));
    /// assert_eq!((row.measured_mrr.to_string(), row.median_age_days), ("100.00".to_owned(), Some(10.0)));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn health_coverage(&self, as_of: NaiveDate) -> Query<'_, HealthCoverage> {
        Query::of(self, AsOf::of(as_of))
    }
}

/// What there is of a measure.
#[derive(Default)]
struct Found {
    measured: u64,
    stale: u64,
    missing: u64,
    mrr: i128,
    measured_mrr: i128,
    ages: Vec<i64>,
}

impl Operation for HealthCoverage {
    type Asked = AsOf;

    const ABOUT: About = About {
        doc: "How much evidence a scorecard has of the customers who pay, and how old it is.\n\n\
              Of the customers for whom a measure weighs something, `measured`, `stale` and `missing` are all.",
        parameters: as_of_parameters![SCORECARD],
        rows: "A row for each measure, in the order of their names (by bytes).",
        errors: ERRORS,
        source: "The fourth principle, know and manage health all the time, of \"Customer Success\" by Mehta, Steinman \
                 and Murphy asks for it.",
    };

    fn compute(asked: &AsOf, context: &Context<'_>) -> Result<Self, Error> {
        let scorecard = asked.scorecard()?;
        let findings = Findings::of(context, context.as_of.unwrap_or(Day::MIN), &scorecard)?;
        let mut names = Interner::default();
        let mut columns = Columns::of(&Arc::default());
        let order = scorecard.by_name();
        for (done, &position) in order.iter().enumerate() {
            context.go_on(done, order.len())?;
            let Some(measure) = scorecard.measures.get(position) else { continue };
            columns.measure.0.push(names.intern(&measure.name));
            columns.group.0.push(scorecard.group_of(measure).map(|group| names.intern(group)).ok_or(Reason::NoGroups));
            columns.evidence.push(measure.evidence);
            columns.write(Found::of(&findings, position));
        }
        let names = Arc::new(names.into_pool());
        (columns.measure.1, columns.group.1) = (Arc::clone(&names), names);
        Ok(columns.into_table(Vec::new(), findings.scored.base.digits, metadata(context, &scorecard)))
    }
}

impl Found {
    /// What there is of the measure at a position.
    fn of(findings: &Findings<'_>, position: usize) -> Self {
        let (mut found, scored) = (Self::default(), &findings.scored);
        for (place, &mrr) in scored.base.mrr.iter().enumerate() {
            if scored.scoring(place).is_none_or(|scoring| scoring.weighing.share(position) == 0) {
                continue;
            }
            let finding = findings.get(place, position);
            found.mrr += i128::from(mrr);
            match finding.state {
                MeasureState::Measured => {
                    found.measured += 1;
                    found.measured_mrr += i128::from(mrr);
                }
                MeasureState::Stale => found.stale += 1,
                MeasureState::Missing => found.missing += 1,
            }
            found.ages.extend(finding.day.map(|day| scored.base.day.days_after(day)));
        }
        found
    }

    /// The median of the ages.
    fn median_age(&mut self) -> Option<f64> {
        // No age is below zero by more than all the days that there are.
        sort_by_key(&mut self.ages, |&age| (age + i64::from(u32::MAX)) as u64);
        let upper = self.ages.get(self.ages.len() / 2)?;
        let lower = self.ages.get((self.ages.len() - 1) / 2)?;
        Some((lower + upper) as f64 / 2.0)
    }
}

impl Columns {
    fn write(&mut self, mut found: Found) {
        let median = found.median_age();
        let customers = found.measured + found.stale + found.missing;
        self.customers.push(customers);
        self.measured.push(found.measured);
        self.stale.push(found.stale);
        self.missing.push(found.missing);
        self.measured_share.push(Ratio::of(found.measured.into(), customers.into()));
        self.mrr.push(found.mrr);
        self.measured_mrr.push(found.measured_mrr);
        self.median_age_days.push(median.ok_or(Reason::NotMeasured));
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::Found;

    #[rstest]
    #[case(&[], None)]
    #[case(&[7], Some(7.0))]
    #[case(&[4, 1], Some(2.5))]
    #[case(&[10, 1, 4], Some(4.0))]
    #[case(&[4, 1, 10, 5], Some(4.5))]
    fn the_median_of_two_in_the_middle_is_their_mean(#[case] ages: &[i64], #[case] expected: Option<f64>) {
        assert_eq!(Found { ages: ages.to_vec(), ..Found::default() }.median_age(), expected);
    }
}
