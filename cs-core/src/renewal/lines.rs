//! What fell due of every customer, and what became of it, line by line.

use std::sync::Arc;

use chrono::NaiveDate;

use super::discount::Discount;
use super::due::{DueLine, RenewalOutcome, RenewalTiming, Rules, due_lines};
use crate::docs::documented;
use crate::error::{Code, Error};
use crate::ledger::{Collected, Held, Merge, PerGroup, UnitLine, Units};
use crate::money::Money;
use crate::portfolio::Portfolio;
use crate::query::{
    About, Context, DEFINITIONS, END, Errors, KNOWN_ON, KnownOn, Operation, Parameter, Query, Range, START,
};
use crate::ratio::{Ratio, Reason};
use crate::table::{TextList, TextLists, result_table};
use crate::text::ABSENT;
use crate::word::Word as _;

result_table! {
    /// What fell due, and what became of it.
    pub struct RenewalLines("renewal_lines") of
    /// Contracts of one customer, for one product unless the definitions say otherwise, that fell due on one day.
    RenewalLinesRow<'a>, built from Columns {
        /// The customer.
        customer_id: &'a str as Text,
        /// The product; absent where contracts have none, or where all of a customer are renewed together.
        product: Option<&'a str> as MaybeText,
        /// The day on which they fell due.
        due_on: NaiveDate as Date,
        /// What became of them.
        outcome: RenewalOutcome as Choice<RenewalOutcome>,
        /// When what follows begins: `early`, `on_time` or `late`; absent where nothing follows.
        timing: Option<RenewalTiming> as MaybeChoice<RenewalTiming>,
        /// Whether it is the first time: each of them comes to the end of its first term, and what it follows, if anything,
        /// was amended before it came to one.
        is_first: bool as Flag,
        /// Their MRR.
        due_mrr: Money as Amount,
        /// The MRR of what follows.
        renewed_mrr: Money as Amount,
        /// The share of their list price that they do not pay; absent where a list price is not given, has more digits than the
        /// definitions ask for, or all are zero.
        discount: Option<f64> as Ratio,
        /// The same of what follows; absent where nothing does, too.
        renewed_discount: Option<f64> as Ratio,
        /// The contracts that fell due.
        contract_ids: TextList<'a> as TextList,
        /// Those that follow: one that runs on follows itself.
        renewed_by: TextList<'a> as TextList,
    }
}

/// What is known of renewals: periods to come are told, too.
pub(super) const RENEWALS_KNOWN_ON: Parameter = Parameter {
    doc: documented(
        "Only what was known at the close of this day; what falls due later is pending unless as much is signed already.",
    ),
    ..KNOWN_ON
};

impl Portfolio {
    /// What fell due on days of a range, and what became of it.
    ///
    /// A contract falls due at the end of its term, or at its own end if it has no term; one that renews itself, at the end of
    /// every further term. All contracts that name it (`renews_contract_id`) and end after the day follow it; if none does, the first unused one for
    /// the same product that names none, starts from `early_days` before to `renewal_grace_days` after, and ends after the day.
    /// What ended before its term was over, and is followed, was amended and did not fall due. What costs nothing is free; what
    /// less follows than fell due is pending until the days of grace are over.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Portfolio, RenewalOutcome};
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2025-01-01,2026-01-01,100\nc-2,acme,2026-01-01,2027-01-01,120\n\
    ///             c-3,bolt,2025-01-01,2026-01-01,50\n";
    /// let until = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
    /// let portfolio = Portfolio::from_csv(book).currency("USD").observed_until(until).load()?;
    /// let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    /// let renewals = portfolio.renewal_lines(day(2026), day(2027)).run()?;
    /// let rows: Vec<_> = renewals.rows().map(|row| (row.customer_id, row.outcome)).collect();
    /// assert_eq!(rows, [("acme", RenewalOutcome::Upgraded), ("bolt", RenewalOutcome::Lost)]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn renewal_lines(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, RenewalLines> {
        Query::of(self, Range::of(start, end))
    }
}

impl Operation for RenewalLines {
    type Asked = Range;

    const ABOUT: About = About {
        doc: "What fell due on days of a range, and what became of it.\n\n\
              A contract falls due at the end of its term, or at its own end if it has no term; one that renews itself, at the \
              end of every further term. All contracts that name it and end after the day follow it; if none does, the first unused one for the same \
              product that names none, starts from `early_days` before to `renewal_grace_days` after, and ends after the day.",
        parameters: &[START, END, DEFINITIONS, RENEWALS_KNOWN_ON],
        rows: "A row for each customer, day and product on which something fell due, in the order of names (by bytes) and days.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidRange], ..Errors::AS_OF },
        source: "The eighth principle, know your metrics, of \"Customer Success\" by Mehta, Steinman and Murphy: what is renewed \
                 is told apart by withdrawals, downgrades and upgrades.",
    };

    fn compute(asked: &Range, context: &Context<'_>) -> Result<Self, Error> {
        let rules = Rules::asked(context, asked.periods(context.definitions)?);
        let units = Units::of(context)?;
        let groups = units.collect(rules.end(), &All::default, || {
            |of_all: &mut PerGroup<'_, All>, unit: UnitLine<'_>| {
                let held = Held::of(&units, unit.customer);
                let lines = due_lines(&held, &rules)?;
                let lines = lines.into_iter().map(|line| Told::of(unit.customer, &held, line));
                of_all.add(unit.group, |All(all)| all.extend(lines))
            }
        })?;
        let mut told: Vec<Told> = groups.groups.into_iter().flat_map(|(_, All(told))| told).collect();
        let Portfolio { book, directory, .. } = context.portfolio;
        let mut columns = Columns::of(&directory.names);
        columns.product.1 = book.products();
        columns.contract_ids = TextLists::of(Arc::clone(book.ids.pool()));
        columns.renewed_by = TextLists::of(Arc::clone(book.ids.pool()));
        let (products, customers) = (columns.product.1.ranks(), directory.names.ranks());
        let rank = |ranks: &[u32], of: u32| ranks.get(of as usize).copied().unwrap_or(ABSENT);
        told.sort_by_key(|told| (rank(&customers, told.customer), told.line.day, rank(&products, told.line.unit)));
        for (done, row) in told.iter().enumerate() {
            context.go_on(done, told.len())?;
            columns.write(row, |contract| book.id(contract));
        }
        Ok(columns.into_table(Vec::new(), units.priced.digits, context.metadata()))
    }
}

impl KnownOn for RenewalLines {}

/// A line that was found.
struct Told {
    customer: u32,
    /// With the positions of contracts among all of the book in the place of those among the customer's.
    line: DueLine,
    discount: Option<Discount>,
    renewed_discount: Option<Discount>,
}

impl Told {
    fn of(customer: u32, held: &[Held], mut line: DueLine) -> Self {
        let [discount, renewed_discount] = [&line.due, &line.following].map(|places| Discount::of(held, places));
        for place in line.due.iter_mut().chain(&mut line.following) {
            *place = held.get(*place).map_or(0, |held| held.contract as usize);
        }
        Self { customer, line, discount, renewed_discount }
    }
}

/// The lines of some customers.
#[derive(Default)]
struct All(Vec<Told>);

impl Merge for All {
    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl Collected for All {
    fn rows(&self) -> usize {
        self.0.len()
    }
}

impl Columns {
    fn write(&mut self, row: &Told, id: impl Fn(usize) -> u32) {
        let Told { customer, line, discount, renewed_discount } = row;
        let ids = |contracts: &[usize]| -> Vec<u32> { contracts.iter().map(|&contract| id(contract)).collect() };
        let share = |discount: &Option<Discount>, none| discount.map_or(Ratio::Absent(none), Discount::share);
        self.customer_id.0.push(*customer);
        self.product.0.push(Some(line.unit).filter(|&unit| unit != ABSENT).ok_or(Reason::NotKnown));
        self.due_on.push(line.day);
        self.outcome.push(line.outcome);
        self.timing.push(line.timing.map(|timing| timing.position() as u32).ok_or(Reason::NothingToCompare));
        self.is_first.push(line.is_first);
        self.due_mrr.push(line.due_mrr);
        self.renewed_mrr.push(line.renewed_mrr);
        self.discount.push(share(discount, Reason::NotKnown));
        let none = if line.following.is_empty() { Reason::NothingToCompare } else { Reason::NotKnown };
        self.renewed_discount.push(share(renewed_discount, none));
        self.contract_ids.push(Some(&ids(&line.due)));
        self.renewed_by.push(Some(&ids(&line.following)));
    }
}
