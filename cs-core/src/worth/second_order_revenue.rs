//! What customers bring who come through others: champions who changed employer, and friends who were told.

use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::HashMap;

use crate::definitions::Definitions;
use crate::error::{Code, Error};
use crate::ledger::{Collected, Days, Held, Merge, OneTime, PerGroup, UnitLine, Units};
use crate::money::Money;
use crate::order::sort_by_key;
use crate::period::Periods;
use crate::portfolio::{Book, ContractSource, Portfolio};
use crate::query::{
    About, CUSTOMERS_BY, Context, DEFINITIONS, END, Errors, Grouped, KNOWN_ON, KnownOn, Operation, Query, Range, START,
};
use crate::ratio::Ratio;
use crate::renewal::follows;
use crate::table::{Cell, result_table};
use crate::text::TextPool;

result_table! {
    /// What customers bring who come through others, a row for each group, period and source.
    pub struct SecondOrderRevenue("second_order_revenue") of
    /// What one source brings in one period.
    SecondOrderRevenueRow, built from Columns {
        /// The first day of the period.
        period_start: NaiveDate as Date,
        /// The day after its last.
        period_end: NaiveDate as Date,
        /// Through whom they came: `referral`, by a customer who told them, or `champion_move`, by a champion who went there.
        source: ContractSource as Choice<ContractSource>,
        /// Contracts of that source which start in the period and follow none, as `renewals` sees it: recurring revenue, or bought
        /// once.
        contracts: u64 as Count,
        /// The customers who have them.
        customers: u64 as Count,
        /// Those of these customers who first pay in the period.
        new_customers: u64 as Count,
        /// MRR of these contracts.
        mrr: Money as Amount,
        /// `mrr` over that of all contracts that start in the period and follow none; absent where these have none.
        share_of_mrr: Option<f64> as Ratio,
        /// What those of these contracts come to that are bought once.
        one_time_revenue: Money as Amount,
        /// Customers who are named as having brought them.
        referring_customers: u64 as Count,
        /// Those of these contracts that name neither a customer nor a person who brought them.
        unattributed_contracts: u64 as Count,
        /// Customers who pay at the close of the period and were won by this source: their first contract has it.
        closing_customers: u64 as Count,
        /// Their MRR then.
        closing_mrr: Money as Amount,
        /// `closing_mrr` over that of all customers; absent where nobody pays.
        share_of_closing_mrr: Option<f64> as Ratio,
    }
}

/// The sources that are second-order.
const SOURCES: [ContractSource; 2] = [ContractSource::Referral, ContractSource::ChampionMove];

impl Portfolio {
    /// What customers bring who come through others, by period: champions who changed employer and buy again there, and
    /// friends who were told.
    ///
    /// What a contract says of its `source` counts in the period in which it starts, where it follows none: neither by its own
    /// words nor as [`renewals`](Portfolio::renewals) sees it. `closing_mrr` is what all customers pay whose first contract that
    /// brings revenue came so; one that does not say came as the first before it that does, such as a trial. Amounts are MRR in
    /// the portfolio's currency.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,mrr,source,referred_by_customer_id\n\
    ///             c-1,acme,2025-01-01,300,sales,\n\
    ///             c-2,bolt,2026-01-10,60,champion_move,acme\n\
    ///             c-3,coil,2026-01-20,40,,\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
    /// let revenue = portfolio.second_order_revenue(day(1), day(2)).run()?;
    /// let moved = revenue.rows().last().unwrap();
    /// assert_eq!((moved.contracts, moved.mrr.to_string().as_str(), moved.share_of_mrr), (1, "60.00", Some(0.6)));
    /// assert_eq!((moved.referring_customers, moved.share_of_closing_mrr), (1, Some(0.15)));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn second_order_revenue(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, SecondOrderRevenue> {
        Query::of(self, Range::of(start, end))
    }
}

/// What one source brought in one period.
#[derive(Clone, Debug, Default)]
struct Brought {
    contracts: u64,
    customers: u64,
    new_customers: u64,
    mrr: i128,
    one_time: i128,
    /// Who brought them, by the position of the name; some more than once.
    referring: Vec<u32>,
    unattributed: u64,
    closing_customers: u64,
    closing_mrr: i128,
}

/// What all sources brought in one period.
#[derive(Clone, Debug, Default)]
struct OfPeriod {
    sources: [Brought; SOURCES.len()],
    /// MRR of all contracts that start in the period and renew none, and of all customers at its close.
    mrr: i128,
    closing_mrr: i128,
}

/// The same of every period.
struct OfGroup(Vec<OfPeriod>);

impl Merge for Brought {
    fn merge(&mut self, other: Self) {
        self.contracts += other.contracts;
        self.customers += other.customers;
        self.new_customers += other.new_customers;
        self.mrr += other.mrr;
        self.one_time += other.one_time;
        self.referring.extend(other.referring);
        self.unattributed += other.unattributed;
        self.closing_customers += other.closing_customers;
        self.closing_mrr += other.closing_mrr;
    }
}

impl Merge for OfPeriod {
    fn merge(&mut self, other: Self) {
        self.sources.iter_mut().zip(other.sources).for_each(|(ours, theirs)| ours.merge(theirs));
        self.mrr += other.mrr;
        self.closing_mrr += other.closing_mrr;
    }
}

impl Merge for OfGroup {
    fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
    }
}

impl Collected for OfGroup {
    fn rows(&self) -> usize {
        self.0.len() * SOURCES.len()
    }
}

/// How a customer came.
struct Came {
    /// Its contracts that are known, in the order of their starts and names.
    known: Vec<u32>,
    /// The first of them that is revenue.
    winner: Option<u32>,
    /// The one that says how it came.
    speaker: Option<u32>,
}

/// What is asked of each customer's contracts.
struct Look<'a> {
    units: &'a Units<'a>,
    definitions: &'a Definitions,
    book: &'a Book,
    one_time: OneTime,
    periods: Periods,
    days: Days,
}

impl Look<'_> {
    /// The place of a contract's source among those that are second-order.
    fn source(&self, contract: u32) -> Option<usize> {
        let Cell::Text(source) = self.book.cell("source", contract as usize) else { return None };
        SOURCES.iter().position(|own| own.name() == source)
    }

    /// Adds a customer.
    fn add(&self, periods: &mut [OfPeriod], unit: &UnitLine<'_>) {
        let came = self.came(unit.customer);
        self.add_begun(periods, unit, &came);
        let won_by = came.speaker.and_then(|contract| self.source(contract));
        for (position, of_period) in periods.iter_mut().enumerate() {
            let balance = unit.balance(self.periods.day(position + 1).previous(), false);
            of_period.closing_mrr += i128::from(balance.mrr);
            if let Some(brought) = won_by.and_then(|source| of_period.sources.get_mut(source)) {
                brought.closing_customers += u64::from(balance.pays);
                brought.closing_mrr += i128::from(balance.mrr);
            }
        }
    }

    /// Whether a contract is revenue, recurring or paid once.
    fn brings(&self, contract: u32) -> bool {
        self.units.priced.monthly(contract).is_some() || self.one_time.of_contract(contract).is_some()
    }

    fn came(&self, customer: u32) -> Came {
        let priced = &self.units.priced;
        let known = priced.contracts(customer).filter(|&contract| priced.terms.is_known(contract));
        let mut known: Vec<u32> = known.map(|contract| contract as u32).collect();
        known.sort_by_key(|&contract| (priced.start(contract), self.book.ids.get(contract as usize)));
        let winner = known.iter().position(|&contract| self.brings(contract));
        let until = winner.and_then(|place| known.get(..=place)).unwrap_or_default();
        // One that says nothing of it, such as a subscription after a trial, came as what was there before it.
        let says = |contract: &&u32| self.book.cell("source", **contract as usize) != Cell::Absent;
        let speaker = until.last().filter(says).or_else(|| until.iter().find(says)).copied();
        Came { winner: until.last().copied(), speaker, known }
    }

    /// Adds what begins in each period and follows nothing.
    fn add_begun(&self, periods: &mut [OfPeriod], unit: &UnitLine<'_>, came: &Came) {
        let (priced, following) = (&self.units.priced, self.following(unit.customer));
        let first_place = unit.first_paying_day().and_then(|first| self.days.place(first));
        let follows = |contract: u32| following.binary_search(&contract).is_ok();
        let begun = came.known.iter().copied().filter(|&contract| self.brings(contract) && !follows(contract));
        let begun = begun.filter_map(|contract| Some((self.days.place(priced.start(contract))?, contract)));
        let mut begun: Vec<(usize, u32)> = begun.collect();
        sort_by_key(&mut begun, |&(place, _)| place as u64);
        // The last period in which the customer was counted, of each source.
        let mut counted = [None; SOURCES.len()];
        for (place, contract) in begun {
            let Some(of_period) = periods.get_mut(place) else { continue };
            let mrr = i128::from(priced.monthly(contract).unwrap_or_default());
            of_period.mrr += mrr;
            let speaker = came.speaker.filter(|_| came.winner == Some(contract)).unwrap_or(contract);
            let Some(source) = self.source(speaker) else { continue };
            let Some(brought) = of_period.sources.get_mut(source) else { continue };
            brought.contracts += 1;
            brought.mrr += mrr;
            brought.one_time += i128::from(self.one_time.of_contract(contract).unwrap_or_default());
            if let Some(last) = counted.get_mut(source).filter(|last| **last != Some(place)) {
                *last = Some(place);
                brought.customers += 1;
                brought.new_customers += u64::from(first_place == Some(place));
            }
            brought.name_referrer(self.book, speaker);
        }
    }

    /// The contracts of a customer that take the place of others which end, in order.
    fn following(&self, customer: u32) -> Vec<u32> {
        let contracts = self.units.priced.contracts(customer);
        let mut following = self.renewing(contracts.clone());
        // Most customers have one.
        if contracts.len() > 1 {
            let held = Held::of(self.units, customer);
            let follows = follows(&held, self.definitions);
            following.extend(held.iter().zip(follows).filter(|(_, follows)| *follows).map(|(held, _)| held.contract));
            sort_by_key(&mut following, |&contract| u64::from(contract));
        }
        following
    }

    /// Of a customer's contracts those that say which one they renew; after a trial, or what was paid once, that is nothing.
    fn renewing(&self, contracts: std::ops::Range<usize>) -> Vec<u32> {
        let names = |contract: usize| match self.book.cell("renews_contract_id", contract) {
            Cell::Text(id) => Some((contract as u32, id)),
            _ => None,
        };
        let renewing: Vec<(u32, &str)> = contracts.clone().filter_map(names).collect();
        if renewing.is_empty() {
            return Vec::new();
        }
        let priced = &self.units.priced;
        let known = contracts.filter(|&contract| priced.terms.is_known(contract));
        let known: HashMap<&str, u32> =
            known.filter_map(|contract| Some((self.book.ids.get(contract)?, contract as u32))).collect();
        let is_revenue = |id: &str| known.get(id).is_none_or(|&named| priced.monthly(named).is_some());
        renewing.into_iter().filter(|(_, id)| is_revenue(id)).map(|(contract, _)| contract).collect()
    }
}

impl Brought {
    fn name_referrer(&mut self, book: &Book, contract: u32) {
        let customer = book.texts("referred_by_customer_id").and_then(|names| names.code(contract as usize));
        let is_named = book.cell("referred_by_person_id", contract as usize) != Cell::Absent;
        self.unattributed += u64::from(customer.is_none() && !is_named);
        self.referring.extend(customer);
    }

    /// How many customers brought them.
    fn referring_customers(&self) -> u64 {
        let mut names = self.referring.clone();
        sort_by_key(&mut names, |&name| u64::from(name));
        names.dedup();
        names.len() as u64
    }
}

impl Operation for SecondOrderRevenue {
    type Asked = Range;

    const ABOUT: About = About {
        doc: "What customers bring who come through others, by period.\n\n\
              Champions who changed employer and buy again there (`champion_move`), and customers whom others told \
              (`referral`): what a contract says of its `source` counts where it follows none, neither by its own words nor as \
              `renewals` sees it. `closing_mrr` is what all customers pay whose first contract that brings revenue came so; one \
              that does not say came as the first before it that does, such as a trial.",
        parameters: &[START, END, CUSTOMERS_BY, DEFINITIONS, KNOWN_ON],
        rows: "A row for each group, period and source, in their order.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidRange, Code::InvalidArgument], ..Errors::AS_OF },
        source: "\"Customer Success\" by Mehta, Steinman and Murphy: second-order revenue.",
    };

    fn compute(asked: &Range, context: &Context<'_>) -> Result<Self, Error> {
        context.ensure_of_customers()?;
        let periods = asked.periods(context.definitions)?;
        let closed = context.closed(periods);
        let units = Units::of(context)?;
        let look = Look {
            units: &units,
            definitions: context.definitions,
            book: &context.portfolio.book,
            one_time: OneTime::of(&units.priced)?,
            periods,
            days: Days::of(periods),
        };
        let empty = || OfGroup(vec![OfPeriod::default(); closed]);
        let groups = units.collect(context.end(periods), &empty, || {
            |of_groups: &mut PerGroup<'_, OfGroup>, unit: UnitLine<'_>| {
                of_groups.add(unit.group, |OfGroup(periods)| look.add(periods, &unit))
            }
        })?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, OfGroup(all)) in &groups.groups {
            for (position, of_period) in all.iter().enumerate() {
                for (source, brought) in SOURCES.into_iter().zip(&of_period.sources) {
                    columns.period_start.push(periods.day(position));
                    columns.period_end.push(periods.day(position + 1));
                    columns.write(source, brought, of_period);
                }
            }
        }
        Ok(columns.into_table(groups.columns(Collected::rows), units.priced.digits, context.metadata()))
    }
}

impl Grouped for SecondOrderRevenue {}

impl KnownOn for SecondOrderRevenue {}

impl Columns {
    fn write(&mut self, source: ContractSource, brought: &Brought, of_period: &OfPeriod) {
        self.source.push(source);
        self.contracts.push(brought.contracts);
        self.customers.push(brought.customers);
        self.new_customers.push(brought.new_customers);
        self.mrr.push(brought.mrr);
        self.share_of_mrr.push(Ratio::of(brought.mrr, of_period.mrr));
        self.one_time_revenue.push(brought.one_time);
        self.referring_customers.push(brought.referring_customers());
        self.unattributed_contracts.push(brought.unattributed);
        self.closing_customers.push(brought.closing_customers);
        self.closing_mrr.push(brought.closing_mrr);
        self.share_of_closing_mrr.push(Ratio::of(brought.closing_mrr, of_period.closing_mrr));
    }
}
