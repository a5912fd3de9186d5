//! Awkward but valid books: month ends, leap days, swaps on one day, overlaps, free contracts, revisions, old and far
//! dates. Few days, amounts and products, so that they meet often.

use chrono::{Datelike as _, Days, NaiveDate};
use cs_core::{
    BillingPeriod, ChurnKind, Contract, ContractKind, ContractSource, Currency, Definitions, ExtraDigits, Journal,
    Json, Month, Movements, PeriodLength, Portfolio,
};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use rust_decimal::Decimal;

use crate::calls::{Call, calls};

/// Days of an era, its first included.
pub(crate) const SPAN: u64 = 800;

/// First days of stretches of time: the edges of the calendar, leap days there and not there, the Unix epoch.
pub(crate) const ERAS: [&str; 7] =
    ["1900-01-01", "1969-05-31", "1998-12-31", "2019-10-31", "2023-01-01", "2099-01-30", "2198-10-23"];

/// The first ones come often, so that customers have several contracts.
const CUSTOMERS: [&str; 8] = ["acme", "カスタマー", "a,\"b\"\nc", "Acme", "ácme", "=1+1", " ", "zz\u{1f389}"];
const PRODUCTS: [&str; 3] = ["core", "add-on", "コア"];
const CONTRACTS: [&str; 4] = ["c-", "契約-", "C-", "é"];
const CURRENCIES: [&str; 3] = ["USD", "JPY", "KWD"];
const KINDS: [ContractKind; 4] =
    [ContractKind::Subscription, ContractKind::Trial, ContractKind::OneTime, ContractKind::Usage];
const BILLING_PERIODS: [BillingPeriod; 6] = [
    BillingPeriod::Day,
    BillingPeriod::Week,
    BillingPeriod::Month,
    BillingPeriod::Quarter,
    BillingPeriod::HalfYear,
    BillingPeriod::Year,
];

/// Contracts, and how they are loaded and looked at.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) contracts: Vec<Contract>,
    pub(crate) currency: Currency,
    pub(crate) definitions: Definitions,
    pub(crate) start: NaiveDate,
    pub(crate) end: NaiveDate,
}

impl Book {
    pub(crate) fn load(&self) -> Portfolio {
        Portfolio::from_tables(self.contracts.as_slice())
            .currency(self.currency.code())
            .definitions(self.definitions.clone())
            .load()
            .expect("a valid book is loaded")
    }

    /// Every operation as it is asked of the days of this book.
    pub(crate) fn calls(&self) -> Vec<Call> {
        let day = |day: NaiveDate| Json::Text(day.to_string());
        calls(&[("start", day(self.start)), ("end", day(self.end)), ("resamples", Json::Integer(100))])
    }

    pub(crate) fn movements(&self) -> Movements {
        self.load().movements(self.start, self.end).run().expect("a valid book has movements")
    }

    pub(crate) fn journal(&self) -> Journal {
        self.load().journal(self.start, self.end).run().expect("a valid book has a journal")
    }

    pub(crate) fn with(&self, contracts: Vec<Contract>) -> Self {
        Self { contracts, ..self.clone() }
    }

    /// The same with other definitions.
    pub(crate) fn read_by(&self, definitions: Definitions) -> Self {
        Self { definitions, ..self.clone() }
    }

    /// The names of its customers, each once.
    pub(crate) fn customers(&self) -> Vec<String> {
        let mut names: Vec<String> = self.contracts.iter().map(|contract| contract.customer_id.clone()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Decimals of its amounts.
    pub(crate) fn digits(&self) -> u32 {
        u32::from(self.currency.digits() + self.definitions.extra_digits.count())
    }
}

/// What a book may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// Amounts by billing period or term beside MRR.
    pub(crate) amounts: bool,
    /// Several rows for one contract.
    pub(crate) revisions: bool,
    /// No amount is larger, in the smallest unit.
    pub(crate) largest: i128,
    pub(crate) eras: &'static [&'static str],
}

/// As large as a dozen contracts of one customer can be at up to 31 times a month before their sum is refused.
const LARGEST: i128 = 20_000_000_000_000_000;

/// Everything.
pub(crate) const ALL: Rules = Rules { amounts: true, revisions: true, largest: LARGEST, eras: &ERAS };
/// MRR as it is given, one row for each contract, amounts that can be multiplied by a million.
pub(crate) const PLAIN: Rules = Rules { amounts: false, revisions: false, largest: 200_000, eras: &ERAS };

pub(crate) fn books() -> impl Strategy<Value = Book> {
    books_of(ALL)
}

pub(crate) fn books_of(rules: Rules) -> impl Strategy<Value = Book> {
    let days = prop::collection::vec(day_of_era(), 2..9);
    let drafts = prop::collection::vec(draft(rules), 0..12).prop_shuffle();
    let range = (any::<Index>(), any::<Index>());
    (select(rules.eras), days, drafts, select(&CURRENCIES[..]), definitions(), range).prop_map(
        |(era, days, drafts, currency, definitions, range)| {
            let era = Era::of(era, &days);
            let currency = Currency::from_code(currency).expect("a currency of ISO 4217");
            let (start, end) = era.range(range);
            let mut book = Book { contracts: Vec::new(), currency, definitions, start, end };
            for (number, draft) in drafts.iter().enumerate() {
                let rows = draft.rows(number, &era, &book);
                book.contracts.extend(rows);
            }
            book
        },
    )
}

pub(crate) fn definitions() -> impl Strategy<Value = Definitions> {
    let excluded = prop_oneof![
        2 => Just(vec![ContractKind::Trial, ContractKind::OneTime, ContractKind::Usage]),
        1 => subsequence(&KINDS[..], 0..=4).prop_shuffle(),
    ];
    (periods(), 1_u32..=12, excluded, prop_oneof![3 => Just(0), 1 => 0_u32..=6]).prop_map(
        |(period, month, excluded, extra)| Definitions {
            period,
            fiscal_year_start: Month::new(month).expect("a month"),
            exclude_kinds: excluded,
            extra_digits: ExtraDigits::new(extra).expect("extra digits"),
            ..Definitions::default()
        },
    )
}

pub(crate) fn periods() -> impl Strategy<Value = PeriodLength> {
    select(&[PeriodLength::Month, PeriodLength::Quarter, PeriodLength::Year][..])
}

/// A day of an era, not knowing yet which era.
#[derive(Clone, Copy, Debug)]
enum EraDay {
    Any(u64),
    /// The first day of the month that holds the day.
    First(u64),
    /// The last one.
    Last(u64),
}

fn day_of_era() -> impl Strategy<Value = EraDay> {
    prop_oneof![
        3 => (0..SPAN).prop_map(EraDay::Any),
        2 => (0..SPAN).prop_map(EraDay::First),
        2 => (0..SPAN).prop_map(EraDay::Last),
        1 => select(&[EraDay::Any(0), EraDay::Any(SPAN - 1)][..]),
    ]
}

/// The days that things happen on in a book, ascending.
struct Era {
    first: NaiveDate,
    days: Vec<NaiveDate>,
}

impl Era {
    fn of(first: &str, days: &[EraDay]) -> Self {
        let first: NaiveDate = first.parse().expect("a date");
        let at = |offset: u64| first + Days::new(offset);
        let mut days: Vec<NaiveDate> = days
            .iter()
            .map(|day| match *day {
                EraDay::Any(offset) => at(offset),
                EraDay::First(offset) => at(offset).with_day(1).expect("every month has a first day").max(first),
                EraDay::Last(offset) => {
                    let day = at(offset);
                    let last = (28..=31).rev().find_map(|number| day.with_day(number)).expect("a month has 28 days");
                    last.min(at(SPAN - 1))
                }
            })
            .collect();
        days.sort_unstable();
        days.dedup();
        match days[..] {
            [only] if only == first => days.push(at(1)),
            [_] => days.insert(0, first),
            _ => {}
        }
        Self { first, days }
    }

    /// A day that has later ones.
    fn start(&self, pick: Index) -> NaiveDate {
        *pick.get(&self.days[..self.days.len() - 1])
    }

    fn any(&self, pick: Index) -> NaiveDate {
        *pick.get(&self.days)
    }

    /// A day after `start`.
    fn after(&self, start: NaiveDate, pick: Index) -> NaiveDate {
        let later: Vec<NaiveDate> = self.days.iter().copied().filter(|day| *day > start).collect();
        *pick.get(&later)
    }

    /// Two different days within a quarter of the era and of the calendar.
    fn range(&self, (start, end): (Index, Index)) -> (NaiveDate, NaiveDate) {
        let calendar = (day("1900-01-01"), day("2200-12-31"));
        let margin = Days::new(90);
        let first = self.first.checked_sub_days(margin).map_or(calendar.0, |day| day.max(calendar.0));
        let last = (self.first + Days::new(SPAN) + margin).min(calendar.1);
        let length = usize::try_from((last - first).num_days()).expect("an era is not long");
        let start = start.index(length);
        let end = start + 1 + end.index(length - start);
        (first + Days::new(start as u64), first + Days::new(end as u64))
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// What a contract costs.
#[derive(Clone, Copy, Debug)]
enum Price {
    Mrr(i128),
    Period(i128, BillingPeriod),
    Term(i128, u64),
}

/// One row of a contract.
#[derive(Clone, Debug)]
struct Terms {
    start: Index,
    end: Option<Index>,
    term_end: Option<Index>,
    auto_renew: Option<bool>,
    signed: Option<Index>,
    notice: Option<Index>,
    notice_withdrawn: Option<Index>,
    price: Price,
    product: Option<&'static str>,
    kind: Option<ContractKind>,
    /// Which of the columns that describe are filled in.
    described: u8,
    withdrawn: Option<bool>,
    /// The customer that the revision says, where it is another.
    moved_to: Option<&'static str>,
}

#[derive(Clone, Debug)]
struct Draft {
    customer: &'static str,
    prefix: &'static str,
    /// In the order of their recording.
    revisions: Vec<Terms>,
    /// Whether even the first has a day of recording.
    all_recorded: bool,
    latest_first: bool,
}

fn draft(rules: Rules) -> impl Strategy<Value = Draft> {
    let revisions = if rules.revisions { 1..4 } else { 1..2 };
    let revisions = prop_oneof![
        3 => prop::collection::vec(terms(rules), 1),
        1 => prop::collection::vec(terms(rules), revisions),
    ];
    let customer = prop_oneof![2 => select(&CUSTOMERS[..3]), 1 => select(&CUSTOMERS[..])];
    (customer, select(&CONTRACTS[..]), revisions, any::<bool>(), any::<bool>()).prop_map(
        move |(customer, prefix, revisions, all_recorded, latest_first)| Draft {
            customer,
            prefix,
            revisions,
            all_recorded: all_recorded && rules.revisions,
            latest_first,
        },
    )
}

fn units(rules: Rules) -> impl Strategy<Value = i128> {
    prop_oneof![
        1 => Just(0),
        3 => 1_i128..4,
        3 => (1_i128..6).prop_map(|hundreds| hundreds * 100),
        2 => 0_i128..200_000,
        1 => 0..rules.largest,
    ]
}

fn price(rules: Rules) -> BoxedStrategy<Price> {
    let mrr = units(rules).prop_map(Price::Mrr);
    if !rules.amounts {
        return mrr.boxed();
    }
    prop_oneof![
        2 => mrr,
        1 => (units(rules), select(&BILLING_PERIODS[..])).prop_map(|(units, period)| Price::Period(units, period)),
        1 => (units(rules), prop_oneof![1_u64..40, Just(1_200)]).prop_map(|(units, months)| Price::Term(units, months)),
    ]
    .boxed()
}

fn terms(rules: Rules) -> impl Strategy<Value = Terms> {
    let rarely = |choices: &'static [ContractKind]| prop_oneof![2 => Just(None), 1 => select(choices).prop_map(Some)];
    let dates = (any::<Index>(), any::<Option<Index>>(), any::<Option<Index>>(), any::<Option<bool>>());
    let facts =
        (any::<Option<Index>>(), any::<Option<Index>>(), prop_oneof![3 => Just(None), 1 => any::<Option<Index>>()]);
    let product = prop_oneof![1 => Just(None), 2 => select(&PRODUCTS[..]).prop_map(Some)];
    let withdrawn = prop_oneof![4 => Just(None), 1 => any::<bool>().prop_map(Some)];
    let moved_to = prop_oneof![6 => Just(None), 1 => select(&CUSTOMERS[..]).prop_map(Some)];
    (dates, facts, price(rules), product, rarely(&KINDS), any::<u8>(), (withdrawn, moved_to)).prop_map(
        move |(
            (start, end, term_end, auto_renew),
            (signed, notice, notice_withdrawn),
            price,
            product,
            kind,
            described,
            (withdrawn, moved_to),
        )| Terms {
            start,
            end,
            term_end,
            auto_renew,
            signed,
            notice,
            notice_withdrawn,
            price,
            product,
            kind,
            described,
            withdrawn: withdrawn.filter(|_| rules.revisions),
            moved_to: moved_to.filter(|_| rules.revisions),
        },
    )
}

impl Draft {
    fn rows(&self, number: usize, era: &Era, book: &Book) -> Vec<Contract> {
        let recorded = |position: usize| {
            let known = self.all_recorded || position > 0;
            known.then(|| era.first + Days::new(position as u64 * 40 + number as u64))
        };
        let row = |(position, terms): (usize, &Terms)| Contract {
            recorded_on: recorded(position),
            ..terms.row(format!("{}{number}", self.prefix), terms.moved_to.unwrap_or(self.customer), era, book)
        };
        let mut rows: Vec<Contract> = self.revisions.iter().enumerate().map(row).collect();
        if self.latest_first {
            rows.reverse();
        }
        rows
    }
}

impl Terms {
    fn row(&self, id: String, customer: &str, era: &Era, book: &Book) -> Contract {
        let start = era.start(self.start);
        let amount = |units: i128| Some(Decimal::from_i128_with_scale(units, book.digits()));
        let filled = |bit: u8| self.described & (1 << bit) != 0;
        let mut contract = Contract {
            end_date: self.end.map(|pick| era.after(start, pick)),
            term_end: self.term_end.map(|pick| era.after(start, pick)),
            auto_renew: self.auto_renew,
            product: self.product.map(str::to_owned),
            kind: self.kind,
            withdrawn: self.withdrawn,
            currency: filled(0).then(|| book.currency.code().to_owned()),
            list_mrr: filled(1).then(|| amount(123_456)).flatten(),
            plan: filled(2).then(|| "金".to_owned()),
            plan_rank: filled(2).then_some(3),
            quantity: filled(3).then_some((1 << 53) - 1),
            signed_date: self.signed.map(|pick| era.any(pick)),
            notice_date: self.notice.map(|pick| era.any(pick)),
            notice_withdrawn_on: self.notice_withdrawn.map(|pick| era.any(pick)),
            churn_kind: filled(5).then_some(ChurnKind::Migration),
            churn_reason: filled(5).then(|| "price".to_owned()),
            source: filled(7).then_some(ContractSource::ChampionMove),
            referred_by_customer_id: filled(7).then(|| "acme".to_owned()),
            ..Contract::new(id, customer, start)
        };
        match self.price {
            Price::Mrr(units) => contract.mrr = amount(units),
            Price::Period(units, period) => {
                (contract.amount, contract.billing_period) = (amount(units), Some(period));
            }
            Price::Term(units, months) => (contract.amount, contract.term_months) = (amount(units), Some(months)),
        }
        contract
    }
}
