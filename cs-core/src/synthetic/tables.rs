//! The tables of a synthetic book: which there are, and what stands in them.

use super::commerce::{Billed, Departure, Line};
use super::dice::later;
use super::drawn::Drawn;
use super::life::Life;
use super::market::{PLANS, Parting, id};
use super::origin::{self, Origin};
use super::people::{self, person_id};
use super::recipe::Recipe;
use super::rows::{TableRows, count, day, ratio, text};
use super::strains::ChurnCause;
use super::{company, contacts, progress, usage};
use crate::definitions::{ContractKind, Definitions};
use crate::error::{Code, Error, Problem};
use crate::period::Day;
use crate::portfolio::{ChurnKind, Contract, ContractSource, Customer, Input, Limits, Pause, Portfolio, ShownTables};
use crate::table::{Cell, Kind, Metadata, Table};
use crate::watch::Watch;

/// The tables that a portfolio shows without computing anything from them.
const SHOWN: [Drawn; 11] = [
    usage::SIGNALS,
    contacts::ENGAGEMENTS,
    usage::CASES,
    contacts::SURVEYS,
    progress::MILESTONES,
    progress::OUTCOMES,
    people::STAKEHOLDERS,
    contacts::FEEDBACK,
    contacts::ADVOCACY,
    contacts::ACTIONS,
    TRUTH,
];

impl ShownTables for Recipe {
    fn table(&self, name: &str, of: &Portfolio, watch: &dyn Watch) -> Result<Option<Table>, Error> {
        shown(self, name, of, watch)
    }

    fn names(&self) -> Vec<&'static str> {
        names().collect()
    }
}

/// The names of all tables that are shown.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    SHOWN.iter().map(|facts| facts.name).chain(company::TABLES)
}

/// A table by its name, if there is one; refused as soon as it has more rows than a result may have.
fn shown(recipe: &Recipe, name: &str, of: &Portfolio, watch: &dyn Watch) -> Result<Option<Table>, Error> {
    let most = of.limits.result_rows;
    let ensure_room = |rows: &TableRows| match rows.len() as u64 > most {
        true => Err(too_many_rows(rows.schema(), most)),
        false => Ok(()),
    };
    let written = match SHOWN.iter().find(|facts| facts.name == name) {
        Some(facts) => {
            let mut rows = TableRows::of(facts.name, facts.columns, recipe.currency.digits());
            recipe.each(watch, |life| {
                (facts.write)(recipe, life, &mut rows);
                ensure_room(&rows)
            })?;
            if facts.name == TRUTH.name {
                company::truth(recipe, &mut rows);
            }
            Some(rows)
        }
        None => company::table(recipe, name),
    };
    written.as_ref().map(ensure_room).transpose()?;
    Ok(written.map(|rows| rows.into_table(Metadata::new("table", Some(recipe.currency), &of.definitions))))
}

/// The fault of a table with more rows than a result may have.
fn too_many_rows(table: &str, most: u64) -> Problem {
    let message = format!("the table {table} would have more than {most} rows, the limit result_rows");
    let help = "draw fewer customers or months, or with a higher limit";
    Problem::argument(Code::LimitExceeded, "name", message).help(help)
}

/// The tables that go through the door.
pub(super) struct Sold {
    pub(super) contracts: Input,
    pub(super) customers: Input,
    pub(super) pauses: Input,
}

impl Sold {
    pub(super) fn of(recipe: &Recipe, limits: &Limits, watch: &dyn Watch) -> Result<Self, Error> {
        let digits = recipe.currency.digits();
        let mut contracts = TableRows::of(Contract::SPEC.name, CONTRACTS, digits);
        let mut customers = TableRows::of(Customer::SPEC.name, CUSTOMERS, digits);
        let mut pauses = TableRows::of(Pause::SPEC.name, PAUSES, digits);
        recipe.each(watch, |life| {
            customer(recipe, life, &mut customers);
            let origin = origin::of(recipe, &life.profile);
            life.lines.iter().for_each(|line| contract(recipe, life, line, origin, &mut contracts));
            for pause in &life.pauses {
                let id = contract_id(life, pause.serial);
                pauses.push(&[Cell::Text(&id), Cell::Date(pause.from), day(pause.to)]);
            }
            [&contracts, &customers, &pauses]
                .into_iter()
                .try_for_each(|rows| limits.check_rows(rows.schema(), rows.len() as u64))
        })?;
        let input = |rows: TableRows| {
            Input::from(rows.into_table(Metadata::new("table", Some(recipe.currency), &Definitions::default())))
        };
        Ok(Self { contracts: input(contracts), customers: input(customers), pauses: input(pauses) })
    }
}

const PAUSES: &[(&str, Kind)] = &[("contract_id", Kind::Text), ("from_date", Kind::Date), ("to_date", Kind::Date)];

const CUSTOMERS: &[(&str, Kind)] = &[
    ("customer_id", Kind::Text),
    ("name", Kind::Text),
    ("segment", Kind::Text),
    ("industry", Kind::Text),
    ("region", Kind::Text),
    ("owner", Kind::Text),
    ("channel", Kind::Text),
    ("seller", Kind::Text),
    ("parent_id", Kind::Text),
    ("employees", Kind::Count),
    ("acquisition_cost", Kind::Money),
    ("onboarding_cost", Kind::Money),
    ("potential_mrr", Kind::Money),
    ("fit", Kind::Ratio),
];

fn customer(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let profile = &life.profile;
    let (customer, name, parent) = (profile.id(), profile.name(), profile.parent(recipe).map(id));
    let list = recipe.units(PLANS.get(profile.plan).map_or(0, |plan| plan.price));
    rows.push(&[
        Cell::Text(&customer),
        Cell::Text(&name),
        Cell::Text(profile.segment.name),
        Cell::Text(profile.industry),
        Cell::Text(profile.region),
        Cell::Text(profile.owner),
        Cell::Text(profile.channel),
        Cell::Text(profile.seller),
        parent.as_deref().map_or(Cell::Absent, Cell::Text),
        count(profile.employees),
        recipe.money(list * profile.seats * profile.acquisition / 10),
        recipe.money(list * profile.seats * profile.getting_started / 10),
        // It never paid more than it could.
        recipe.money((list * profile.employees * 6 / 10).max(life.most_mrr())),
        ratio(profile.fit),
    ]);
}

const CONTRACTS: &[(&str, Kind)] = &[
    ("contract_id", Kind::Text),
    ("customer_id", Kind::Text),
    ("start_date", Kind::Date),
    ("end_date", Kind::Date),
    ("amount", Kind::Money),
    ("billing_period", Kind::Text),
    ("term_months", Kind::Count),
    ("product", Kind::Text),
    ("plan", Kind::Text),
    ("plan_rank", Kind::Count),
    ("quantity", Kind::Count),
    ("list_mrr", Kind::Money),
    ("signed_date", Kind::Date),
    ("term_end", Kind::Date),
    ("auto_renew", Kind::Flag),
    ("notice_date", Kind::Date),
    ("notice_withdrawn_on", Kind::Date),
    ("renews_contract_id", Kind::Text),
    ("kind", Kind::Text),
    ("source", Kind::Text),
    ("referred_by_customer_id", Kind::Text),
    ("referred_by_person_id", Kind::Text),
    ("churn_kind", Kind::Text),
    ("churn_reason", Kind::Text),
];

fn contract(recipe: &Recipe, life: &Life, line: &Line, origin: Origin, rows: &mut TableRows) {
    let is_subscription = line.kind == ContractKind::Subscription;
    let (contract, customer) = (contract_id(life, line.serial), life.profile.id());
    let renews = line.renews.map(|serial| contract_id(life, serial));
    let (period, months) = match line.billed {
        Billed::Per(period) => (Cell::Text(period.name()), Cell::Absent),
        Billed::Months(months) => (Cell::Absent, Cell::Count(months)),
    };
    let Origin { source, owed_to } =
        if line.serial > 1 { Origin { source: ContractSource::Sales, owed_to: None } } else { origin };
    let (referrer, person) = (owed_to.map(|(other, _)| id(other)), owed_to.map(|(other, who)| person_id(other, who)));
    let kind = |cause| match cause {
        ChurnCause::PaymentFailure => ChurnKind::PaymentFailure,
        ChurnCause::BusinessClosed => ChurnKind::BusinessClosed,
        _ => ChurnKind::Voluntary,
    };
    rows.push(&[
        Cell::Text(&contract),
        Cell::Text(&customer),
        Cell::Date(line.start),
        day(line.end),
        recipe.money(line.amount),
        period,
        months,
        Cell::Text(line.product),
        line.plan.map_or(Cell::Absent, |plan| Cell::Text(plan.name)),
        line.plan.map_or(Cell::Absent, |plan| Cell::Count(plan.rank)),
        if is_subscription { count(line.seats) } else { Cell::Absent },
        if is_subscription { recipe.money(line.list_mrr) } else { Cell::Absent },
        Cell::Date(line.signed),
        day(line.term_end),
        Cell::Flag(line.auto_renew),
        day(line.notice),
        day(line.notice_withdrawn),
        text(renews.as_deref()),
        Cell::Text(line.kind.name()),
        Cell::Text(source.name()),
        text(referrer.as_deref()),
        text(person.as_deref()),
        line.ended_by.map_or(Cell::Absent, |cause| Cell::Text(kind(cause).name())),
        text(line.ended_by.and_then(|cause| reason(life, cause))),
    ]);
}

/// What the company wrote down as the reason: the cause, where somebody asked, and often enough the price.
fn reason(life: &Life, cause: ChurnCause) -> Option<&'static str> {
    let code = match cause {
        ChurnCause::PaymentFailure => return Some("payment"),
        ChurnCause::BusinessClosed => return Some("closed"),
        ChurnCause::WeakProduct => return Some("product"),
        ChurnCause::WrongFit => "no_fit",
        ChurnCause::Silence | ChurnCause::PersonalTies | ChurnCause::Unmonitored => "no_contact",
        ChurnCause::UnmetOutcomes | ChurnCause::NoCommitment => "goals_not_met",
        ChurnCause::SlowOnboarding | ChurnCause::HandHeld => "slow_start",
        ChurnCause::ChampionLeft => "champion_left",
        ChurnCause::SupportStorm => "support",
        ChurnCause::BrokenPromise => "promises",
        ChurnCause::StalledPlays | ChurnCause::UndefinedMetrics | ChurnCause::UnownedMetrics | ChurnCause::Chance => {
            "other"
        }
    };
    match life.profile.parting {
        Parting::Nothing => None,
        Parting::Price => Some("price"),
        Parting::Cause => Some(code),
    }
}

/// What strained the relation to each customer, and what ended it: what health scores and principles can be held
/// against, and nothing that a company would have.
const TRUTH: Drawn = Drawn {
    name: "truth",
    columns: &[
        ("customer_id", Kind::Text),
        ("cause", Kind::Text),
        ("began_on", Kind::Date),
        ("ended_on", Kind::Date),
        ("left_on", Kind::Date),
        ("mrr", Kind::Money),
        ("planted", Kind::Flag),
    ],
    write: truth,
};

fn truth(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let customer = life.profile.id();
    let last = later(recipe.end, -1);
    let mut row = |cause: ChurnCause, began, ended, left: Option<(Day, i64)>, planted| {
        let mrr = left.map_or_else(|| life.mrr(last), |(_, mrr)| mrr);
        rows.push(&[
            Cell::Text(&customer),
            Cell::Text(cause.name()),
            Cell::Date(began),
            day(ended),
            day(left.map(|(day, _)| day)),
            recipe.money(mrr),
            Cell::Flag(planted),
        ]);
    };
    // A row for each stay that a strain lies on, since each can end by it.
    for strain in &life.strains {
        for &(from, until) in &life.spans {
            let (began, ended) = (strain.began.max(from), strain.ended.unwrap_or(until).min(until));
            if began >= ended.min(recipe.end) {
                continue;
            }
            let is_of = |departure: &&Departure| {
                departure.day == until && departure.strain == Some(strain.began) && departure.cause == strain.cause
            };
            let left = life.departures.iter().find(is_of).map(|left| (left.day, left.mrr));
            row(strain.cause, began, Some(ended).filter(|&ended| ended < recipe.end), left, strain.is_planted);
        }
    }
    for left in life.departures.iter().filter(|left| left.strain.is_none()) {
        row(left.cause, left.known, None, Some((left.day, left.mrr)), false);
    }
}

pub(super) fn contract_id(life: &Life, serial: u32) -> String {
    format!("{}-{serial:02}", life.profile.id())
}
