//! A drill-down: what is asked, and the tables that answer.

use chrono::NaiveDate;

use super::answers::{DrilldownAnswers, Found};
use super::contract_sizes::{ContractSizes, DrilldownLongStanding};
use super::discounts::{DrilldownFirstRenewals, FirstRenewals};
use super::expansion::{Changes, DrilldownExpansion};
use super::industries::{DrilldownChurnByIndustry, industries};
use super::products::{DrilldownProducts, products};
use crate::error::{Code, Error, Problem};
use crate::ledger::Units;
use crate::locale::Locale;
use crate::period::Trailing;
use crate::portfolio::Portfolio;
use crate::query::{
    About, Arguments, AsOf, Asked, Context, Errors, Operation, Parameter, Query, Reported, Takes, as_seen_parameters,
};
use crate::table::{ColumnDoc, Headed, Heading, Report, TableDoc};
use crate::word::Word as _;

/// The five questions that drill down from a churn rate, each with its table and its answer in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Drilldown {
    answers: DrilldownAnswers,
    expansion: DrilldownExpansion,
    churn_by_industry: DrilldownChurnByIndustry,
    products: DrilldownProducts,
    first_renewals: DrilldownFirstRenewals,
    long_standing: DrilldownLongStanding,
}

impl Drilldown {
    /// The answer to each question in a sentence.
    #[must_use]
    pub fn answers(&self) -> &DrilldownAnswers {
        &self.answers
    }

    /// What share of the customers expanded.
    #[must_use]
    pub fn expansion(&self) -> &DrilldownExpansion {
        &self.expansion
    }

    /// Which industry churns most.
    #[must_use]
    pub fn churn_by_industry(&self) -> &DrilldownChurnByIndustry {
        &self.churn_by_industry
    }

    /// How each product is kept, and how it grows.
    #[must_use]
    pub fn products(&self) -> &DrilldownProducts {
        &self.products
    }

    /// By how much the discount changes at the first renewal.
    #[must_use]
    pub fn first_renewals(&self) -> &DrilldownFirstRenewals {
        &self.first_renewals
    }

    /// What customers of long standing pay now, against what they started with.
    #[must_use]
    pub fn long_standing(&self) -> &DrilldownLongStanding {
        &self.long_standing
    }
}

impl Headed for Drilldown {
    const HEADING: Heading = ("drilldown", &[]);
}

impl From<Drilldown> for Report {
    fn from(drilldown: Drilldown) -> Self {
        let tables = [
            ("answers", drilldown.answers.into()),
            ("expansion", drilldown.expansion.into()),
            ("churn_by_industry", drilldown.churn_by_industry.into()),
            ("products", drilldown.products.into()),
            ("first_renewals", drilldown.first_renewals.into()),
            ("long_standing", drilldown.long_standing.into()),
        ];
        Self::new(Drilldown::HEADING.0, [], tables)
    }
}

impl Reported for Drilldown {
    const FIGURES: &'static [ColumnDoc] = &[];

    const TABLES: &'static [TableDoc] = &[
        TableDoc::of(
            "answers",
            "The answer to each question in a sentence, a row for each.",
            DrilldownAnswers::COLUMNS,
        ),
        TableDoc::of(
            "expansion",
            "What became of the MRR of customers, a row for each change: expanded, unchanged, contracted, lost.",
            DrilldownExpansion::COLUMNS,
        ),
        TableDoc::of(
            "churn_by_industry",
            "Which industry churns most, a row for each, in their order (by bytes).",
            DrilldownChurnByIndustry::COLUMNS,
        ),
        TableDoc::of(
            "products",
            "How each product is kept, and how it grows, a row for each, in their order (by bytes).",
            DrilldownProducts::COLUMNS,
        ),
        TableDoc::of(
            "first_renewals",
            "By how much the discount changes at the first renewal, a row for each outcome: renewed, lost, pending.",
            DrilldownFirstRenewals::COLUMNS,
        ),
        TableDoc::of(
            "long_standing",
            "What customers of long standing pay now, against what they started with, a row for those who stay and one for the lost.",
            DrilldownLongStanding::COLUMNS,
        ),
    ];
}

const MONTHS: Parameter =
    Parameter::optional("months", Takes::Count, "12", "How many months up to the day are looked at, from 1 to 120.");
const INDUSTRY: Parameter = Parameter::optional(
    "industry",
    Takes::Text,
    "null",
    "The column of customers that tells industries apart; `industry` if left out, where there is one.",
);
const YEARS: Parameter = Parameter::optional(
    "years",
    Takes::Count,
    "3",
    "After how many years a customer is of long standing, from 1 to 20.",
);
const LOCALE: Parameter =
    Parameter::optional("locale", Takes::Choice(Locale::WORDS), "\"en\"", "The language of the answers.");

/// What is asked: from which day, how far back, and in which language it is answered.
#[derive(Clone, Debug)]
pub struct OfDrilldown {
    as_of: AsOf,
    months: u32,
    industry: Option<String>,
    years: u32,
    locale: Locale,
}

impl Asked for OfDrilldown {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            as_of: AsOf::read(arguments)?,
            months: arguments.count(MONTHS.name)?,
            industry: arguments.value(INDUSTRY.name)?.as_text().map(str::to_owned),
            years: arguments.count(YEARS.name)?,
            locale: arguments.word(LOCALE.name)?,
        })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl Query<'_, Drilldown> {
    /// How many months up to the day are looked at; 12 by default.
    pub fn months(mut self, months: u32) -> Self {
        self.asked.months = months;
        self
    }

    /// The column of customers that tells industries apart; `industry` by default, where there is one.
    pub fn industry(mut self, name: impl Into<String>) -> Self {
        self.asked.industry = Some(name.into());
        self
    }

    /// After how many years a customer is of long standing; 3 by default.
    pub fn years(mut self, years: u32) -> Self {
        self.asked.years = years;
        self
    }

    /// The language of the answers; English by default.
    pub fn locale(mut self, locale: Locale) -> Self {
        self.asked.locale = locale;
        self
    }
}

impl Portfolio {
    /// The five questions that drill down from a churn rate, each with its table and its answer in a sentence, by what was
    /// known at the close of a day: what share of the customers expanded; which industry churns most; how each product is
    /// kept, and how it grows; by how much the discount changes at the first renewal; what customers of long standing pay
    /// now, against what they started with.
    ///
    /// In every table the lost stand beside those who stay: an average of survivors alone says nothing of those who left.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2022-01-01,,100\nc-2,acme,2024-01-01,,80\nc-3,acme,2026-03-01,,20\n\
    ///             c-4,bolt,2022-01-01,2025-10-01,100\n";
    /// let day = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
    /// let portfolio = Portfolio::from_csv(book).currency("USD").observed_until(day).load()?;
    /// let drilldown = portfolio.drilldown(day).run()?;
    /// let answers: Vec<&str> = drilldown.answers().rows().map(|row| row.answer).collect();
    /// assert_eq!(answers[0], "Of the 2 customers who paid on 2025-06-30, 50.0% pay more on 2026-06-30, and 50.0% have left.");
    /// assert_eq!(
    ///     answers[4],
    ///     "Customers of 3 years or more pay 200.00 USD a month on average, against 100.00 USD when they started; \
    ///      of those who started so long ago 1 stayed, and 1 left. The lost paid 100.00 USD when they left, against 100.00 USD."
    /// );
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn drilldown(&self, as_of: NaiveDate) -> Query<'_, Drilldown> {
        let asked = OfDrilldown { as_of: AsOf(as_of), months: 12, industry: None, years: 3, locale: Locale::En };
        Query::of(self, asked)
    }
}

impl Operation for Drilldown {
    type Asked = OfDrilldown;

    const ABOUT: About = About {
        doc: "The five questions that drill down from a churn rate, each answered in a sentence.\n\n\
              What share of the customers expanded? Which industry churns most? How is each product kept, and how does it \
              grow? By how much does the discount change at the first renewal? What do customers of long standing pay now, \
              against what they started with? In every table the lost stand beside those who stay.",
        parameters: as_seen_parameters![MONTHS, INDUSTRY, YEARS, LOCALE],
        rows: "A table for each question, and one of the answers.",
        errors: Errors {
            argument: &[Code::LimitExceeded, Code::InvalidArgument, Code::UnknownAttribute],
            ..Errors::AS_OF
        },
        source: "The eighth principle, know your metrics, of \"Customer Success\" by Mehta, Steinman and Murphy: the questions \
                 behind a churn rate.",
    };

    fn compute(asked: &OfDrilldown, context: &Context<'_>) -> Result<Self, Error> {
        let context = &context.as_seen();
        Problem::ensure_within(MONTHS.name, asked.months, &(1..=120))?;
        Problem::ensure_within(YEARS.name, asked.years, &(1..=20))?;
        let day = context.seen();
        let window = Trailing::of(day, asked.months);
        let units = Units::of(context)?;
        let digits = units.priced.digits;
        let changes = Changes::of(&units, window)?;
        let industries = industries(context, asked.industry.as_deref(), INDUSTRY.name, window)?;
        let products = products(context, window)?;
        let renewals = FirstRenewals::of(context, window)?;
        let sizes = ContractSizes::of(&units, window, day.months_before(12 * asked.years))?;
        let found = Found {
            window,
            months: asked.months,
            years: asked.years,
            digits,
            currency: context.portfolio.currency,
            changes: &changes,
            industries: &industries,
            products: &products,
            renewals: &renewals,
            sizes: &sizes,
        };
        Ok(Self {
            answers: found.into_table(context, asked.locale),
            expansion: changes.into_table(context, digits),
            churn_by_industry: DrilldownChurnByIndustry::of(&industries, context, digits),
            products: DrilldownProducts::of(&products, context, digits),
            first_renewals: renewals.into_table(context, digits),
            long_standing: sizes.into_table(context, digits),
        })
    }
}
