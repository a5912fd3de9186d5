//! What became known later, planted on purpose among what was known then: it changes nothing that was said then. A book
//! of its own, since each leak has to be seen to count once it is known.

use chrono::NaiveDate;
use cs_core::{Error, Portfolio, ReviewSettings, Scorecard};
use rstest::rstest;

/// Customers of whom every third leaves in April or May, after a signal has fallen; segments differ.
struct Book {
    contracts: String,
    customers: String,
    signals: String,
}

const CUSTOMERS: u32 = 90;

const fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// Days that are looked from.
const DAYS: [NaiveDate; 4] = [day(2, 28), day(3, 31), day(4, 30), day(6, 14)];
/// Before all of them.
const EARLIER: NaiveDate = day(1, 15);
/// After all of them.
const LATER: NaiveDate = day(6, 15);

fn book() -> Book {
    let mut book = Book {
        contracts: "contract_id,customer_id,start_date,end_date,mrr,recorded_on\n".to_owned(),
        customers: "customer_id,segment,recorded_on\n".to_owned(),
        signals: "customer_id,signal,observed_on,value,recorded_on\n".to_owned(),
    };
    for number in 0..CUSTOMERS {
        let (segment, leaves) = (["small", "large"][number as usize % 2], number % 3 == 0);
        book.contracts += &format!("k{number},c{number},2025-01-01,,{}.00,2025-01-01\n", 100 + number);
        if leaves {
            let end = day(4 + number % 2, 1 + number % 28);
            book.contracts += &format!("k{number},c{number},2025-01-01,{end},{}.00,{end}\n", 100 + number);
        }
        book.customers += &format!("c{number},{segment},2025-01-01\n");
        for month in 1..=6 {
            let value = if leaves { 9 - month } else { 5 + (number + month) % 5 };
            let on = day(month, 10);
            book.signals += &format!("c{number},users,{on},{value},{on}\n");
        }
    }
    book
}

impl Book {
    fn load(&self) -> Result<Portfolio, Error> {
        Portfolio::from_csv(&self.contracts)
            .customers(self.customers.as_bytes())
            .signals(self.signals.as_bytes())
            .currency("USD")
            .observed_until(day(6, 30))
            .load()
    }

    /// Signals of customers who leave, from before they do.
    fn with_signals_recorded(mut self, on: NaiveDate) -> Self {
        for number in (0..CUSTOMERS).step_by(3) {
            self.signals += &format!("c{number},users,2026-03-20,0,{on}\n");
        }
        self
    }

    /// Ends of contracts that had none, by a revision.
    fn with_ends_recorded(mut self, on: NaiveDate) -> Self {
        for number in (1..CUSTOMERS).step_by(3) {
            let mrr = 100 + number;
            self.contracts += &format!("k{number},c{number},2025-01-01,2026-04-20,{mrr}.00,{on}\n");
        }
        self
    }

    /// Segments of customers who leave.
    fn with_attributes_changed(mut self, on: NaiveDate) -> Self {
        for number in (0..CUSTOMERS).step_by(3) {
            self.customers += &format!("c{number},lost,{on}\n");
        }
        self
    }
}

/// A scorecard by a signal, the growth of contracts and, for one segment, another curve.
fn scorecard() -> Scorecard {
    Scorecard::from_json(
        r#"{"name": "leaks", "measures": [
            {"measure": "users", "evidence": "product_adoption", "weight": 3, "curve": [[0, 0], [10, 100]],
             "value": {"table": "signals", "aggregate": "last", "where": {"signal": "users"}, "window_days": 60}},
            {"measure": "growth", "evidence": "contract_growth", "weight": 1, "curve": [[-1, 0], [1, 100]],
             "value": {"table": "contracts", "aggregate": "growth", "window_days": 90}}
        ], "profiles": [
            {"profile": "lost", "where": {"segment": "lost"}, "curves": {"users": [[0, 0], [100, 100]]}},
            {"profile": "large", "where": {"segment": "large"}, "weights": {"users": 1}}
        ]}"#,
    )
    .unwrap()
}

/// A review by the same scorecard, which accuses whom it can.
fn settings() -> ReviewSettings {
    let strict = r#""right_customer": {"max_excess": 0, "max_q_value": 1}"#;
    let card = scorecard().to_json();
    ReviewSettings::from_json(&format!("{{{strict}, \"scorecard\": {card}}}")).unwrap()
}

/// The position of the coverage in what is said.
const COVERAGE: usize = 2;

/// All that is said of a day, as canonical JSON.
fn said(portfolio: &Portfolio, on: NaiveDate) -> Result<Vec<String>, Error> {
    let card = scorecard();
    Ok(vec![
        portfolio.health(on).scorecard(&card).run()?.table().to_json(),
        portfolio.explain_health(on).scorecard(&card).run()?.table().to_json(),
        portfolio.health_coverage(on).scorecard(&card).run()?.table().to_json(),
        portfolio.outlook(on).scorecard(&card).run()?.table().to_json(),
        portfolio.health_migration(on, on - chrono::Days::new(30)).scorecard(&card).run()?.table().to_json(),
        portfolio.explain_health_change(on, on - chrono::Days::new(30)).scorecard(&card).run()?.table().to_json(),
        portfolio.review(on).settings(&settings()).run()?.to_json(),
    ])
}

#[rstest]
#[case::signals_recorded_later(Book::with_signals_recorded)]
#[case::ends_filled_in(Book::with_ends_recorded)]
#[case::attributes_changed_later(Book::with_attributes_changed)]
fn a_leak_changes_nothing_as_known_then(#[case] plant: fn(Book, NaiveDate) -> Book) -> Result<(), Error> {
    let (clean, leaking) = (book().load()?, plant(book(), LATER).load()?);
    for on in DAYS {
        assert_eq!(said(&leaking, on)?, said(&clean, on)?, "{on}");
    }
    // Had it been known then, every result would tell of it on some day, but for the coverage: how much evidence there is
    // does not follow from what it says.
    let known = plant(book(), EARLIER).load()?;
    let all = |portfolio: &Portfolio| DAYS.map(|on| said(portfolio, on).unwrap());
    let (told, untold) = (all(&known), all(&clean));
    for result in (0..untold[0].len()).filter(|&result| result != COVERAGE) {
        let differs = |(told, untold): (&Vec<String>, &Vec<String>)| told[result] != untold[result];
        assert!(told.iter().zip(&untold).any(differs), "result {result} tells of nothing that was planted");
    }
    Ok(())
}

/// Outcomes are what came later, so that a backtest is told of ends; of what foretold them it is told what was known.
#[cfg(feature = "backtest")]
#[rstest]
#[case::signals_recorded_later(Book::with_signals_recorded)]
#[case::attributes_changed_later(Book::with_attributes_changed)]
fn a_leak_changes_no_backtest(#[case] plant: fn(Book, NaiveDate) -> Book) -> Result<(), Error> {
    let told = |book: Book| -> Result<String, Error> {
        let portfolio = book.load()?;
        Ok(cs_core::Report::from(portfolio.backtest([day(3, 1), day(3, 31)], 60).scorecard(&scorecard()).run()?)
            .to_json())
    };
    let clean = told(book())?;
    assert_eq!(told(plant(book(), LATER))?, clean);
    assert_ne!(told(plant(book(), EARLIER))?, clean, "nothing was planted");
    Ok(())
}
