//! The last twelve months: what moved, where it led, and what expansion and contraction are made of.

use chrono::{Datelike as _, NaiveDate};
use cs_core::{Error, Money, MovementsRow};

use crate::program::grid::{Cell, Column, Grid, PAGE};
use crate::program::money::{count, figure, written};
use crate::program::statement::{Line, framed, summed};
use crate::program::{Ink, Tone};

/// How a column reads: what is lost is shown below zero, whatever sign it is kept with.
#[derive(Clone, Copy)]
enum Flow {
    Opening,
    Gain,
    Loss,
    Closing,
}

/// A column of the table of movements: its name, where it comes from and how it reads.
type MoneyColumn = (&'static str, fn(&MovementsRow) -> Money, Flow);
type CountColumn = (&'static str, fn(&MovementsRow) -> u64, Flow);

const MONEY: [MoneyColumn; 7] = [
    ("opening", |month| month.opening_mrr, Flow::Opening),
    ("new", |month| month.new_mrr, Flow::Gain),
    ("reactivation", |month| month.reactivation_mrr, Flow::Gain),
    ("expansion", |month| month.expansion_mrr, Flow::Gain),
    ("contraction", |month| month.contraction_mrr, Flow::Loss),
    ("churn", |month| month.churned_mrr, Flow::Loss),
    ("closing", |month| month.closing_mrr, Flow::Closing),
];

const CUSTOMERS: [CountColumn; 5] = [
    ("start", |month| month.opening_customers, Flow::Opening),
    ("new", |month| month.new_customers, Flow::Gain),
    ("back", |month| month.reactivated_customers, Flow::Gain),
    ("lost", |month| month.churned_customers, Flow::Loss),
    ("end", |month| month.closing_customers, Flow::Closing),
];

/// Consecutive months, at least one.
pub(super) struct Months {
    first: MovementsRow,
    /// All of them, the first and the last too.
    all: Vec<MovementsRow>,
    last: MovementsRow,
}

impl Months {
    pub(super) fn of(all: Vec<MovementsRow>) -> Result<Self, Error> {
        match (all.first().cloned(), all.last().cloned()) {
            (Some(first), Some(last)) => Ok(Self { first, all, last }),
            _ => Err(Error::internal("a range of days gave no month")),
        }
    }

    /// The table of movements, a month in each row and the whole of them in the last.
    pub(super) fn movements(&self, ink: Ink) -> Result<String, Error> {
        let months = self.all.iter().map(|month| label(month.period_start));
        let currency = self.last.closing_mrr.currency();
        let grid = Grid::new("month", months.chain(["total".to_owned()]).collect())
            .with_total()
            .group(
                format!("monthly recurring revenue, {currency}"),
                MONEY.iter().map(|column| self.money_column(*column)).collect::<Result<_, _>>()?,
            )
            .group("customers", CUSTOMERS.iter().map(|column| self.count_column(*column)).collect());
        let title = match self.all.len() {
            1 => "The last month".to_owned(),
            months => format!("The last {months} months"),
        };
        Ok(format!("{}\n{}", ink.title(&title), grid.render(PAGE, ink)))
    }

    fn money_column(&self, (name, pick, flow): MoneyColumn) -> Result<Column, Error> {
        let cell = |money: Money| signed(money.units() == 0, figure(money), flow);
        Ok(self.column(name, pick, flow, self.sum(pick)?, cell))
    }

    fn count_column(&self, (name, pick, flow): CountColumn) -> Column {
        let cell = |number: u64| signed(number == 0, count(number), flow);
        self.column(name, pick, flow, self.all.iter().map(pick).sum(), cell)
    }

    /// A cell for each month, then the whole of them: of flows their sum, of balances the first or the last.
    fn column<T>(
        &self,
        name: &'static str,
        pick: fn(&MovementsRow) -> T,
        flow: Flow,
        sum: T,
        cell: impl Fn(T) -> Cell,
    ) -> Column {
        let whole = match flow {
            Flow::Opening => pick(&self.first),
            Flow::Closing => pick(&self.last),
            Flow::Gain | Flow::Loss => sum,
        };
        Column::new(name, self.all.iter().map(pick).chain([whole]).map(cell).collect())
    }

    /// The sum of all months.
    fn sum(&self, pick: fn(&MovementsRow) -> Money) -> Result<Money, Error> {
        let mut rest = self.all.iter().skip(1).map(pick);
        Ok(rest.try_fold(pick(&self.first), Money::checked_add)?)
    }

    /// Where the months led: MRR and ARR, set apart.
    pub(super) fn closing(&self, ink: Ink) -> Result<String, Error> {
        let (before, after) = (self.first.opening_mrr, self.last.closing_mrr);
        let change = after.checked_sub(before)?;
        let start = format!("at the close of {}", day_before(self.first.period_start));
        let way = match change.units() {
            0 => format!("as {start}"),
            1.. => format!("up {} from {} {start}", written(change), written(before)),
            _ => format!("down {} from {} {start}", written(before.checked_sub(after)?), written(before)),
        };
        let (then, now) = (self.first.opening_customers, self.last.closing_customers);
        let customers = if now == 1 { "customer" } else { "customers" };
        let paying = format!("{} paying {customers}, {} then", count(now), count(then));
        let line = |name, money, remark| Line { name, figure: written(money), tone: Tone::Strong, remark };
        let lines = [line("MRR", after, way), line("ARR", self.last.closing_arr, paying)];
        let title = ink.title(&format!("At the close of {}", day_before(self.last.period_end)));
        Ok(format!("{title}\n{}", framed(&lines, ink)))
    }

    /// What expansion and contraction are made of.
    pub(super) fn products(&self, with_products: bool, ink: Ink) -> Result<String, Error> {
        let (expansion, contraction) = (self.sum(|m| m.expansion_mrr)?, self.sum(|m| m.contraction_mrr)?);
        let (upsell, cross_sell) = (self.sum(|m| m.upsell_mrr)?, self.sum(|m| m.cross_sell_mrr)?);
        let (downsell, product_churn) = (self.sum(|m| m.downsell_mrr)?, self.sum(|m| m.product_churn_mrr)?);
        let title = ink.title("Expansion and contraction by product");
        if [upsell, cross_sell, downsell, product_churn].iter().all(|money| money.units() == 0) {
            return Ok(format!("{title}\n{}", ink.remark("no paying customer came to pay more or less")));
        }
        let line = |name, money: Money, flow, remark: &str| {
            let cell = signed(money.units() == 0, written(money), flow);
            Line { name, figure: cell.text, tone: cell.tone, remark: remark.to_owned() }
        };
        let net = format!("expansion of {} less contraction of {}", written(expansion), written(contraction));
        let lines = [
            line("upsell", upsell, Flow::Gain, "more of a product that was held"),
            line("cross-sell", cross_sell, Flow::Gain, "a product that was not held before"),
            line("downsell", downsell, Flow::Loss, "less of a product that is still held"),
            line("product churn", product_churn, Flow::Loss, "a product that was given up"),
            line("net", expansion.checked_sub(contraction)?, Flow::Closing, &net),
        ];
        let mut out = format!("{title}\n{}", summed(&lines, ink));
        // The four are gross, expansion and contraction are a customer's net change of a day.
        let swapped = upsell.checked_add(cross_sell)?.checked_sub(expansion)?;
        if swapped.units() > 0 {
            let told = "went from one product of a customer to another on the same day, and stands on both sides";
            out.push_str(&ink.remark(&format!("{} {told}", written(swapped))));
        }
        if !with_products {
            out.push_str(&ink.remark("the contracts name no products, so each customer holds a single one"));
        }
        Ok(out)
    }
}

/// What a month is called, by a day of it.
pub(super) fn label(day: NaiveDate) -> String {
    format!("{}-{:02}", day.year(), day.month())
}

fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// A cell of a flow.
fn signed(zero: bool, text: String, flow: Flow) -> Cell {
    match flow {
        _ if zero => Cell::nothing(),
        Flow::Opening => Cell::new(text, Tone::Plain),
        Flow::Gain => Cell::new(text, Tone::Gain),
        Flow::Loss => Cell::new(format!("-{text}"), Tone::Loss),
        Flow::Closing => Cell::new(text, Tone::Strong),
    }
}
