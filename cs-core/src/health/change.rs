//! What a score changed by since an earlier day, measure by measure.

use std::sync::Arc;

use chrono::NaiveDate;

use super::asked::{CUSTOMER_ID, ERRORS, OfCustomer, SCORECARD, SINCE, Since, metadata};
use super::points::{Points, number};
use super::scoring::{Finding, Findings};
use super::weighing::share_of;
use crate::error::{Code, Error};
use crate::interner::Interner;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{About, Context, Errors, Operation, Query, as_of_parameters};
use crate::ratio::Reason;
use crate::table::result_table;

result_table! {
    /// What scores changed by since an earlier day, a row for each customer and measure.
    pub struct ExplainHealthChange("explain_health_change") of
    /// What a measure has in the change of a customer's score.
    ExplainHealthChangeRow<'a>, built from Columns {
        /// The customer.
        customer_id: &'a str as Text,
        /// The measure.
        measure: &'a str as Text,
        /// What was measured on the earlier day; absent where nothing was.
        value_before: Option<f64> as Ratio,
        /// What was measured on the day; absent where nothing was.
        value: Option<f64> as Ratio,
        /// What the earlier value was worth, or what filled it in, from 0 to 100; absent where the measure was left out.
        measure_score_before: Option<f64> as Ratio,
        /// What the value is worth, or what fills it in; absent where the measure is left out.
        measure_score: Option<f64> as Ratio,
        /// What the measure had in the earlier score, in points; 0 where it was left out. Absent without an earlier score.
        contribution_before: Option<f64> as Ratio,
        /// What it has in the score, likewise.
        contribution: Option<f64> as Ratio,
        /// The latter less the former: a customer's sum to the change of its score, exactly in millionths. Absent where
        /// either is.
        change: Option<f64> as Ratio,
    }
}

impl Portfolio {
    /// What the scores of [`Portfolio::health`] changed by since an earlier day, measure by measure.
    ///
    /// `change = contribution - contribution_before`, in points: a customer's sum to the change of its score, exactly in
    /// millionths. The customers are those who pay on both days; the earlier score is the one that was seen then.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Portfolio, Scorecard};
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\n";
    /// let signals = "customer_id,signal,observed_on,value\nacme,logins,2026-03-01,9\nacme,logins,2026-04-01,2\n";
    /// let portfolio = Portfolio::from_csv(book).signals(signals.as_bytes()).currency("USD").load()?;
    /// let scorecard = Scorecard::from_json(r#"{"name": "use", "measures": [{
    ///     "measure": "logins", "evidence": "product_adoption", "weight": 1, "curve": [[0, 0], [10, 100]],
    ///     "value": {"table": "signals", "aggregate": "last", "where": {"signal": "logins"}}
    /// }]}"#)?;
    ///
    /// let day = |month| NaiveDate::from_ymd_opt(2026, month, 15).unwrap();
    /// let change = portfolio.explain_health_change(day(4), day(3)).scorecard(&scorecard).run()?;
    /// let row = change.rows().next().unwrap();
    /// assert_eq!((row.value_before, row.value, row.change), (Some(9.0), Some(2.0), Some(-70.0)));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn explain_health_change(&self, as_of: NaiveDate, since: NaiveDate) -> Query<'_, ExplainHealthChange> {
        Query::of(self, OfCustomer::all(Since::of(as_of, since)))
    }
}

/// A customer on one of the days: what each measure that weighs something is, and has in the score.
struct OnDay {
    findings: Vec<Option<(Finding, Option<u32>)>>,
}

impl OnDay {
    fn of(findings: &Findings<'_>, place: usize, measures: usize, points: &mut Vec<Option<Points>>) -> Option<Self> {
        let scoring = findings.scored.scoring(place)?;
        let shares = findings.contributions(place, points);
        let share = |position: usize| shares.as_ref().map(|shares| share_of(shares, position).unwrap_or(0));
        let finding = |position: usize| {
            let weighs = scoring.weighing.share(position) > 0;
            weighs.then(|| (findings.get(place, position), share(position)))
        };
        // What weighs nothing has nothing in a score, and is no row by itself.
        Some(Self { findings: (0..measures).map(finding).collect() })
    }

    fn get(&self, position: usize) -> Option<&(Finding, Option<u32>)> {
        self.findings.get(position)?.as_ref()
    }

    /// What a measure has in the score, 0 for one that weighs nothing; none without a score.
    fn contribution(&self, position: usize) -> Option<u32> {
        let has_score = || self.findings.iter().flatten().any(|(_, share)| share.is_some());
        match self.get(position) {
            Some((_, share)) => *share,
            None => has_score().then_some(0),
        }
    }
}

impl Operation for ExplainHealthChange {
    type Asked = OfCustomer<Since>;

    const ABOUT: About = About {
        doc: "What the scores of `health` changed by since an earlier day, measure by measure.\n\n\
              `change` is in points; a customer's changes sum to that of its score, exactly in millionths. The earlier \
              score is the one that was seen then.",
        parameters: as_of_parameters![SINCE, CUSTOMER_ID, SCORECARD],
        rows: "A row for each customer who pays on both days and each measure that weighs something for it on either, in \
               the order of both (by bytes).",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidRange, Code::UnknownCustomer], ..ERRORS },
        source: "The nine kinds of evidence are those of \"Customer Success\" by Mehta, Steinman and Murphy.",
    };

    fn compute(asked: &OfCustomer<Since>, context: &Context<'_>) -> Result<Self, Error> {
        let earlier = asked.asked.earlier()?;
        let only = asked.only(context)?;
        let scorecard = asked.asked.now.scorecard()?;
        let before = Findings::of(&context.at(earlier), earlier, &scorecard)?;
        let after = Findings::of(context, context.as_of.unwrap_or(Day::MIN), &scorecard)?;
        let both = after.scored.base.customers.iter().enumerate().filter_map(|(place, &customer)| {
            let is_asked = only.is_none_or(|only| only == customer);
            Some((customer, before.scored.base.place(customer).filter(|_| is_asked)?, place))
        });
        let both: Vec<(u32, usize, usize)> = both.collect();
        let measures = scorecard.measures.len();
        context.ensure_room(both.len() * measures)?;
        let (mut columns, mut names) = (Columns::of(&context.portfolio.directory.names), Interner::default());
        let order = scorecard.by_name();
        let mut points = Vec::new();
        for (done, &(customer, earlier, place)) in both.iter().enumerate() {
            context.go_on(done, both.len())?;
            let before = OnDay::of(&before, earlier, measures, &mut points);
            let after = OnDay::of(&after, place, measures, &mut points);
            let (Some(before), Some(after)) = (before, after) else { continue };
            for &position in &order {
                let Some(measure) = scorecard.measures.get(position) else { continue };
                if before.get(position).is_none() && after.get(position).is_none() {
                    continue;
                }
                columns.customer_id.0.push(customer);
                columns.measure.0.push(names.intern(&measure.name));
                columns.write(&before, &after, position);
            }
        }
        columns.measure.1 = Arc::new(names.into_pool());
        Ok(columns.into_table(Vec::new(), 0, metadata(context, &scorecard)))
    }
}

impl Columns {
    fn write(&mut self, before: &OnDay, after: &OnDay, position: usize) {
        let told = |value: Option<f64>, reason| value.ok_or(reason);
        let value = |day: &OnDay| told(day.get(position).and_then(|(finding, _)| finding.value), Reason::NotMeasured);
        let score = |day: &OnDay| {
            let points = day.get(position).and_then(|(finding, _)| finding.points);
            told(points.map(Points::number), Reason::NotMeasured)
        };
        let shares = (before.contribution(position), after.contribution(position));
        let share = |share: Option<u32>| told(share.map(number), Reason::InsufficientData);
        self.value_before.push(value(before));
        self.value.push(value(after));
        self.measure_score_before.push(score(before));
        self.measure_score.push(score(after));
        self.contribution_before.push(share(shares.0));
        self.contribution.push(share(shares.1));
        let change = shares.0.zip(shares.1).map(|(before, after)| number(after as i32 - before as i32));
        self.change.push(told(change, Reason::NothingToCompare));
    }
}

#[cfg(test)]
mod tests {
    use crate::error::Error;
    use crate::health::Scorecard;
    use crate::portfolio::Portfolio;

    /// What weighs nothing on both days is no row; what weighs something on one of them is.
    #[test]
    fn rows_are_of_what_weighs_something() -> Result<(), Error> {
        let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\nc-2,bolt,2026-01-01,100\n\
                    c-3,coil,2026-01-01,100\n";
        // Of acme the first measure weighs nothing at any time, of bolt from the 15th of March, of coil it always weighs.
        let customers = "customer_id,segment,recorded_on\nacme,small,2026-01-01\nbolt,large,2026-01-01\n\
                         bolt,small,2026-03-15\ncoil,large,2026-01-01\n";
        let measure = |name: &str| {
            format!(
                r#"{{"measure": "{name}", "evidence": "custom", "weight": 1, "curve": [[0, 100], [1, 0]],
                    "value": {{"table": "cases", "aggregate": "count"}}}}"#
            )
        };
        let card = format!(
            r#"{{"name": "cases", "measures": [{}, {}],
                "profiles": [{{"profile": "small", "where": {{"segment": "small"}}, "weights": {{"one": 0}}}}]}}"#,
            measure("one"),
            measure("other")
        );
        let card = Scorecard::from_json(&card)?;
        let portfolio = Portfolio::from_csv(book).customers(customers.as_bytes()).currency("USD").load()?;
        let day = |month| chrono::NaiveDate::from_ymd_opt(2026, month, 1).unwrap_or_default();
        let change = portfolio.explain_health_change(day(4), day(3)).scorecard(&card).run()?;
        let rows: Vec<String> = change.rows().map(|row| format!("{} {}", row.customer_id, row.measure)).collect();
        assert_eq!(rows, ["acme other", "bolt one", "bolt other", "coil one", "coil other"]);
        Ok(())
    }
}
