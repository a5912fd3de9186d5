//! What scores are made of.

use std::sync::Arc;

use chrono::NaiveDate;

use super::asked::{AsOf, CUSTOMER_ID, ERRORS, OfCustomer, SCORECARD, metadata};
use super::marks::MeasureState;
use super::points::number;
use super::scoring::Findings;
use super::weighing::share_of;
use crate::error::{Code, Error};
use crate::interner::Interner;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{About, Context, Errors, Operation, Query, as_of_parameters};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;

result_table! {
    /// What scores are made of, a row for each customer and measure.
    pub struct ExplainHealth("explain_health") of
    /// What a measure has in a customer's score.
    ExplainHealthRow<'a>, built from Columns {
        /// The customer.
        customer_id: &'a str as Text,
        /// The measure.
        measure: &'a str as Text,
        /// Its group; absent where there are none.
        group: Option<&'a str> as MaybeText,
        /// What was measured, in the measure's own unit; absent where nothing was.
        value: Option<f64> as Ratio,
        /// What that is worth, from 0 to 100, or what fills it in; absent where the measure is left out.
        measure_score: Option<f64> as Ratio,
        /// Its weight in its group.
        weight: u64 as Count,
        /// What it has in the score, in points: all of a customer's sum to its score, exactly in millionths. Absent where
        /// the measure is left out, or the customer has no score.
        contribution: Option<f64> as Ratio,
        /// The day that the value rests on; absent where it rests on none.
        observed_on: Option<NaiveDate> as MaybeDate,
        /// What became of the measure.
        state: MeasureState as Choice<MeasureState>,
    }
}

impl Portfolio {
    /// What the scores of [`Portfolio::health`] are made of: each measure's value, what that is worth, and what it has in
    /// the score.
    ///
    /// `contribution = weight of the group x weight of the measure in it x measure_score`, over the weights that count;
    /// in points, and exactly the score if summed in millionths.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Portfolio, Scorecard};
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\n";
    /// let signals = "customer_id,signal,observed_on,value\n\
    ///                acme,active_users,2026-03-31,8\nacme,logins,2026-03-31,3\n";
    /// let portfolio = Portfolio::from_csv(book).signals(signals.as_bytes()).currency("USD").load()?;
    /// let measure = |name: &str, weight| format!(r#"{{
    ///     "measure": "{name}", "evidence": "product_adoption", "weight": {weight}, "curve": [[0, 0], [10, 100]],
    ///     "value": {{"table": "signals", "aggregate": "last", "where": {{"signal": "{name}"}}}}
    /// }}"#);
    /// let card = format!(r#"{{"name": "use", "measures": [{}, {}]}}"#, measure("active_users", 2), measure("logins", 1));
    /// let scorecard = Scorecard::from_json(&card)?;
    ///
    /// let day = NaiveDate::from_ymd_opt(2026, 4, 15).unwrap();
    /// let rows = portfolio.explain_health(day).customer_id("acme").scorecard(&scorecard).run()?;
    /// let contributions: Vec<_> = rows.rows().map(|row| (row.measure, row.measure_score, row.contribution)).collect();
    /// // (2 x 80 + 1 x 30) / 3 = 63 1/3.
    /// assert_eq!(contributions[0], ("active_users", Some(80.0), Some(53.333333)));
    /// assert_eq!(contributions[1], ("logins", Some(30.0), Some(10.0)));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn explain_health(&self, as_of: NaiveDate) -> Query<'_, ExplainHealth> {
        Query::of(self, OfCustomer::all(AsOf::of(as_of)))
    }
}

impl Operation for ExplainHealth {
    type Asked = OfCustomer<AsOf>;

    const ABOUT: About = About {
        doc: "What the scores of `health` are made of, measure by measure.\n\n\
              `contribution` is in points; a customer's contributions sum to its score, exactly in millionths.",
        parameters: as_of_parameters![CUSTOMER_ID, SCORECARD],
        rows: "A row for each customer who pays and each measure that weighs something for it, in the order of both \
               (by bytes).",
        errors: Errors { argument: &[Code::LimitExceeded, Code::UnknownCustomer], ..ERRORS },
        source: "The nine kinds of evidence are those of \"Customer Success\" by Mehta, Steinman and Murphy.",
    };

    fn compute(asked: &OfCustomer<AsOf>, context: &Context<'_>) -> Result<Self, Error> {
        let names = &context.portfolio.directory.names;
        let only = asked.only(context)?;
        let scorecard = asked.asked.scorecard()?;
        let findings = Findings::of(context, context.as_of.unwrap_or(Day::MIN), &scorecard)?;
        let scored = &findings.scored;
        let places: Vec<usize> = match only {
            Some(customer) => scored.base.place(customer).into_iter().collect(),
            None => (0..scored.base.len()).collect(),
        };
        context.ensure_room(places.len() * scorecard.measures.len())?;
        let mut columns = Columns::of(names);
        let (mut measures, mut groups) = (Interner::default(), Interner::default());
        let order = scorecard.by_name();
        let mut points = Vec::new();
        for (done, &place) in places.iter().enumerate() {
            context.go_on(done, places.len())?;
            let (Some(scoring), Some(&customer)) = (scored.scoring(place), scored.base.customers.get(place)) else {
                continue;
            };
            let contributions = findings.contributions(place, &mut points);
            for &position in order.iter().filter(|&&position| scoring.weighing.share(position) > 0) {
                let Some(measure) = scorecard.measures.get(position) else { continue };
                let finding = findings.get(place, position);
                columns.customer_id.0.push(customer);
                columns.measure.0.push(measures.intern(&measure.name));
                columns
                    .group
                    .0
                    .push(scorecard.group_of(measure).map(|group| groups.intern(group)).ok_or(Reason::NoGroups));
                let told = |value: Option<f64>, reason| value.ok_or(reason);
                columns.value.push(told(finding.value, Reason::NotMeasured));
                columns.measure_score.push(told(finding.points.map(|points| points.number()), Reason::NotMeasured));
                columns.weight.push(scoring.weight(position, measure).into());
                let share = contributions.as_ref().and_then(|shares| share_of(shares, position));
                columns.contribution.push(match (&contributions, share) {
                    (_, Some(share)) => Ratio::Value(number(share)),
                    (Some(_), None) => Ratio::Absent(Reason::NotMeasured),
                    (None, None) => Ratio::Absent(Reason::InsufficientData),
                });
                columns.observed_on.push(finding.day.ok_or(Reason::NotMeasured));
                columns.state.push(finding.state);
            }
        }
        columns.measure.1 = Arc::new(measures.into_pool());
        columns.group.1 = Arc::new(groups.into_pool());
        Ok(columns.into_table(Vec::new(), 0, metadata(context, &scorecard)))
    }
}
