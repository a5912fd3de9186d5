//! Where customers moved between bands from one day to another.

use std::sync::Arc;

use chrono::NaiveDate;

use super::asked::{ERRORS, SCORECARD, SINCE, Since, metadata};
use super::scorecard::Scorecard;
use super::scoring::Scored;
use crate::error::{Code, Error};
use crate::money::Money;
use crate::order::sort_by;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{About, Context, Errors, Operation, Query, as_of_parameters};
use crate::ratio::Reason;
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::words;

words! {
    /// What a customer was on a day.
    HealthStanding {
        /// It paid, and had a band.
        Banded,
        /// It paid, and there was too little evidence for a band.
        InsufficientData,
        /// It did not pay.
        NotPaying,
    }
}

result_table! {
    /// Where customers moved between bands, from one day to another.
    pub struct HealthMigration("health_migration") of
    /// The customers who moved from one band to another, or stayed.
    HealthMigrationRow<'a>, built from Columns {
        /// The band on the earlier day; absent where there was none.
        from_band: Option<&'a str> as MaybeText,
        /// The band on the day; absent where there is none.
        to_band: Option<&'a str> as MaybeText,
        /// What the customers were on the earlier day.
        from_standing: HealthStanding as Choice<HealthStanding>,
        /// What they are on the day.
        to_standing: HealthStanding as Choice<HealthStanding>,
        /// How many they are.
        customers: u64 as Count,
        /// Their MRR at the close of the earlier day.
        mrr_before: Money as Amount,
        /// Their MRR at the close of the day.
        mrr: Money as Amount,
    }
}

impl Portfolio {
    /// Where customers moved between the bands of a scorecard from the close of one day, `since`, to that of another: the
    /// earlier bands are those that were seen then.
    ///
    /// `customers` are counted, amounts are MRR in the portfolio's currency. Customers who pay on one of the days alone
    /// stand in it too, so that the customers of every band add up. An override's band is a band.
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
    /// let migration = portfolio.health_migration(day(4), day(3)).scorecard(&scorecard).run()?;
    /// let rows: Vec<_> = migration.rows().map(|row| (row.from_band, row.to_band, row.customers)).collect();
    /// assert_eq!(rows, [(Some("green"), Some("red"), 1)]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn health_migration(&self, as_of: NaiveDate, since: NaiveDate) -> Query<'_, HealthMigration> {
        Query::of(self, Since::of(as_of, since))
    }
}

/// What a customer is on a day: its standing, the position of its band, its MRR.
type OnDay = (HealthStanding, Option<u32>, i128);

/// What a customer that does not pay is.
const AWAY: OnDay = (HealthStanding::NotPaying, None, 0);

/// Customers who moved alike.
struct Moved {
    from: (HealthStanding, Option<u32>),
    to: (HealthStanding, Option<u32>),
    customers: u64,
    before: i128,
    after: i128,
}

impl Operation for HealthMigration {
    type Asked = Since;

    const ABOUT: About = About {
        doc: "Where customers moved between the bands of a scorecard since an earlier day.\n\n\
              The earlier bands are those that were seen then. Customers who pay on one of the days alone stand in it \
              too, so that the customers of every band add up. An override's band is a band.",
        parameters: as_of_parameters![SINCE, SCORECARD],
        rows: "A row for each pair of bands that a customer moved between, in the order of both (by bytes, absent ones \
               last) and of standings.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidRange], ..ERRORS },
        source: "The fourth principle, know and manage health all the time, of \"Customer Success\" by Mehta, Steinman \
                 and Murphy asks for it.",
    };

    fn compute(asked: &Since, context: &Context<'_>) -> Result<Self, Error> {
        let earlier = asked.earlier()?;
        let scorecard = asked.now.scorecard()?;
        let (before, _) = on_day(&context.at(earlier), earlier, &scorecard)?;
        let day = context.as_of.unwrap_or(Day::MIN);
        let (after, digits) = on_day(context, day, &scorecard)?;
        let bands: Arc<TextPool> = Arc::new(scorecard.band_names().into_iter().collect());
        let mut all: Vec<Moved> = Vec::new();
        for (&(was, from, mrr_before), &(is, to, mrr)) in before.iter().zip(&after) {
            if (was, is) == (HealthStanding::NotPaying, HealthStanding::NotPaying) {
                continue;
            }
            let (from, to) = ((was, from), (is, to));
            // There are few bands, and so few pairs of them.
            let position = all.iter().position(|moved| (moved.from, moved.to) == (from, to)).unwrap_or_else(|| {
                all.push(Moved { from, to, customers: 0, before: 0, after: 0 });
                all.len() - 1
            });
            if let Some(moved) = all.get_mut(position) {
                moved.customers += 1;
                moved.before += mrr_before;
                moved.after += mrr;
            }
        }
        let name = |band: Option<u32>| band.map(|band| bands.get(band));
        let key = |at: u32| {
            all.get(at as usize).map(|moved| {
                let ((was, from), (is, to)) = (moved.from, moved.to);
                ((from.is_none(), name(from)), (to.is_none(), name(to)), was, is)
            })
        };
        let mut order: Vec<u32> = (0..all.len() as u32).collect();
        sort_by(&mut order, &mut |one, other| key(one).cmp(&key(other)));
        let mut columns = Columns::of(&bands);
        for moved in order.iter().filter_map(|&at| all.get(at as usize)) {
            columns.write(moved);
        }
        Ok(columns.into_table(Vec::new(), digits, metadata(context, &scorecard)))
    }
}

/// What every customer is on a day, by its position among all, and the decimals of its MRR.
fn on_day(context: &Context<'_>, day: Day, scorecard: &Scorecard) -> Result<(Vec<OnDay>, u8), Error> {
    let scored = Scored::of(context, day, scorecard)?;
    let overrides = scored.overrides(context);
    let mut all = vec![AWAY; context.portfolio.directory.names.len()];
    for (place, (&customer, tally)) in scored.base.customers.iter().zip(&scored.tallies()).enumerate() {
        context.go_on(place, scored.base.len())?;
        let set = overrides.get(&place).copied();
        let band = scored.verdict(place, tally, set).band;
        let standing = if band.is_some() { HealthStanding::Banded } else { HealthStanding::InsufficientData };
        let mrr = scored.base.mrr.get(place).copied().unwrap_or_default();
        if let Some(slot) = all.get_mut(customer as usize) {
            *slot = (standing, band, mrr.into());
        }
    }
    Ok((all, scored.base.digits))
}

impl Columns {
    fn write(&mut self, moved: &Moved) {
        let band = |(standing, band): (HealthStanding, Option<u32>)| {
            band.ok_or(match standing {
                HealthStanding::NotPaying => Reason::NotPaying,
                HealthStanding::Banded | HealthStanding::InsufficientData => Reason::InsufficientData,
            })
        };
        self.from_band.0.push(band(moved.from));
        self.to_band.0.push(band(moved.to));
        self.from_standing.push(moved.from.0);
        self.to_standing.push(moved.to.0);
        self.customers.push(moved.customers);
        self.mrr_before.push(moved.before);
        self.mrr.push(moved.after);
    }
}
