//! A measure of a scorecard: what is measured, and what it is worth.

use super::curve::Curve;
use super::points::Points;
use super::sources::{FactTable, Nature, TABLES, is_number, is_text};
use crate::error::{Problem, quoted};
use crate::json::Json;
use crate::portfolio::ColumnKind;
use crate::reading::{Reader, invalid, listed, put_behind, unexpected};
use crate::word::words;

words! {
    /// What a measure is evidence of.
    Evidence {
        /// How much of the product is used, by whom, and how often.
        ProductAdoption,
        /// How often support is needed, and how it ends.
        Support,
        /// What customers answer, and whether they do.
        Surveys,
        /// Whether they read what marketing sends.
        Marketing,
        /// Whether they take part in the community.
        Community,
        /// Whether their contracts grow.
        ContractGrowth,
        /// Whether they manage alone.
        SelfSufficiency,
        /// Whether they pay in time.
        PaymentHistory,
        /// Whether somebody at the top stands behind it.
        ExecutiveRelationship,
        /// Something of the company's own.
        Custom,
    }
    /// What is made of the rows of a window.
    Aggregate {
        /// The number of the latest row.
        Last,
        /// The mean of the numbers.
        Mean,
        /// Their sum.
        Sum,
        /// How many rows.
        Count,
        /// How many different texts.
        Distinct,
        /// The days since the latest row.
        DaysSince,
        /// What the numbers rise by in 30 days, along the line of least squares.
        Slope,
        /// The share of rows in which something is there.
        Share,
        /// What MRR grew by over the window, as a share of what it was.
        Growth,
    }
    /// What a value that is not there becomes.
    Missing {
        /// The measure is left out.
        Exclude,
        /// A score of 50, which is no evidence.
        Neutral,
        /// A score of 0, which is no evidence.
        Worst,
    }
}

/// A measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measure {
    pub(super) name: String,
    pub(super) evidence: Evidence,
    /// The position of its group.
    pub(super) group: Option<usize>,
    pub(super) weight: u32,
    pub(super) value: Value,
    pub(super) curve: Curve,
    pub(super) max_age_days: Option<u32>,
    pub(super) missing: Missing,
    pub(super) reason: Option<String>,
}

/// What is measured.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Of(Source),
    /// The quotient of two.
    Ratio {
        of: Source,
        to: Source,
    },
}

/// Where a value comes from, and what is made of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Source {
    Facts(OfFacts),
    /// The customer's line of MRR.
    Line(OfLine),
}

/// A value of facts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OfFacts {
    pub(super) table: &'static FactTable,
    pub(super) aggregate: Aggregate,
    /// The number, text, day or whatever the aggregate is of.
    pub(super) column: Option<&'static str>,
    pub(super) conditions: Vec<Condition<&'static str>>,
    pub(super) window: Window,
}

/// A value of a line: what it grew by over a window, or the days since it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OfLine {
    Growth(Window),
    DaysSince,
}

/// Days up to one that lies so many days before that of the score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    /// How many; none for all days.
    pub(super) days: Option<u32>,
    pub(super) lag: u32,
}

/// What a row must be to count.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition<C> {
    pub(super) column: C,
    pub(super) is: Is,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Is {
    OneOf(Vec<String>),
    Flag(bool),
    Absent,
}

/// The name that stands for the customer's line of MRR.
const CONTRACTS: &str = "contracts";

/// The longest window, and lag, in days: a hundred years.
const LONGEST: u32 = 36_525;

/// Two tables are the same if their names are.
impl PartialEq for FactTable {
    fn eq(&self, other: &Self) -> bool {
        self.spec.name == other.spec.name
    }
}

impl Measure {
    const KEYS: [&'static str; 9] =
        ["measure", "evidence", "group", "weight", "value", "curve", "max_age_days", "missing", "reason"];

    /// A measure; `groups` are the names of all groups.
    pub(super) fn read(path: String, json: &Json, groups: &[String]) -> Result<Self, Problem> {
        let reader = Reader::of(path, json, &Self::KEYS)?;
        let group = reader.optional("group", |path, json| {
            let position = json.as_text().and_then(|name| groups.iter().position(|group| group == name));
            position.ok_or_else(|| {
                let problem = unexpected(path, json, "the name of a group");
                match groups {
                    [] => problem.help("there are no groups"),
                    _ => problem.help(format!("the groups are {}", listed(groups.iter().map(String::as_str)))),
                }
            })
        })?;
        let name = reader.name("measure")?;
        if group.is_none() && !groups.is_empty() {
            return Err(reader
                .invalid(format!("the measure {} has no group", quoted(&name)))
                .value(&name)
                .help(format!("the groups are {}", listed(groups.iter().map(String::as_str)))));
        }
        Ok(Self {
            name,
            evidence: reader.required_word("evidence")?,
            group,
            weight: crate::reading::whole(&reader.at("weight"), reader.required("weight")?, 1..=MOST_WEIGHT)?,
            value: Value::read(&reader.at("value"), reader.required("value")?)?,
            curve: Curve::read(&reader.at("curve"), reader.required("curve")?)?,
            max_age_days: reader.whole("max_age_days", 0..=LONGEST)?,
            missing: reader.word("missing")?.unwrap_or(Missing::Exclude),
            reason: reader.text("reason")?,
        })
    }

    /// The points that it has where there is no value; none where it is left out then.
    pub(super) fn filled(&self) -> Option<Points> {
        match self.missing {
            Missing::Exclude => None,
            Missing::Neutral => Some(Points::NEUTRAL),
            Missing::Worst => Some(Points::WORST),
        }
    }

    pub(super) fn to_json(&self, groups: &[&str]) -> Json {
        let group = self.group.and_then(|group| groups.get(group)).map(|group| Json::from(*group));
        let given = [
            ("measure", Some(Json::from(self.name.as_str()))),
            ("evidence", Some(Json::from(self.evidence.name()))),
            ("group", group),
            ("weight", Some(Json::from(u64::from(self.weight)))),
            ("value", Some(self.value.to_json())),
            ("curve", Some(self.curve.to_json())),
            ("max_age_days", self.max_age_days.map(|days| Json::from(u64::from(days)))),
            ("missing", Some(Json::from(self.missing.name()))),
            ("reason", self.reason.as_deref().map(Json::from)),
        ];
        Json::object(given.into_iter().filter_map(|(key, value)| Some((key, value?))))
    }
}

/// The greatest weight.
pub(super) const MOST_WEIGHT: u32 = 1_000;

impl Value {
    pub(super) fn read(path: &str, json: &Json) -> Result<Self, Problem> {
        if json.get("ratio").is_none_or(|ratio| *ratio == Json::Null) {
            return Source::read(path, json).map(Self::Of);
        }
        let reader = Reader::of(path, json, &["ratio"])?;
        let sides = Reader::of(reader.at("ratio"), reader.required("ratio")?, &["of", "to"])?;
        let side = |key| Source::read(&sides.at(key), sides.required(key)?);
        Ok(Self::Ratio { of: side("of")?, to: side("to")? })
    }

    fn to_json(&self) -> Json {
        match self {
            Self::Of(source) => source.to_json(),
            Self::Ratio { of, to } => {
                Json::object([("ratio", Json::object([("of", of.to_json()), ("to", to.to_json())]))])
            }
        }
    }

    /// The one or two values that it is made of.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        let (of, to) = match self {
            Self::Of(of) => (of, None),
            Self::Ratio { of, to } => (of, Some(to)),
        };
        std::iter::once(of).chain(to)
    }
}

impl Source {
    /// Whether it is the customer's line of MRR.
    #[cfg(feature = "rooms")]
    pub(super) fn is_line(&self) -> bool {
        matches!(self, Self::Line(_))
    }

    const KEYS: [&'static str; 7] = ["table", "aggregate", "column", "where", "window_days", "lag_days", "ratio"];

    fn read(path: &str, json: &Json) -> Result<Self, Problem> {
        let reader = Reader::of(path, json, &Self::KEYS)?;
        if reader.get("ratio").is_some() {
            return Err(invalid(&reader.at("ratio"), "a side of a ratio is no ratio itself"));
        }
        let aggregate: Aggregate = reader.required_word("aggregate")?;
        let window = Window {
            days: reader.whole("window_days", 1..=LONGEST)?,
            lag: reader.whole("lag_days", 0..=LONGEST)?.unwrap_or_default(),
        };
        let name = reader.name("table")?;
        if name == CONTRACTS {
            return OfLine::read(&reader, aggregate, window).map(Self::Line);
        }
        let table = FactTable::find(&name).ok_or_else(|| {
            let names: Vec<&str> = TABLES.iter().map(|table| table.spec.name).chain([CONTRACTS]).collect();
            invalid(&reader.at("table"), format!("there is no evidence in a table {}", quoted(&name)))
                .value(&name)
                .help(format!("the tables are {}", names.join(", ")))
        })?;
        OfFacts::read(&reader, table, aggregate, window).map(Self::Facts)
    }

    fn to_json(&self) -> Json {
        let whole = |number: u32| Json::from(u64::from(number));
        let (table, aggregate, column, conditions, window): (_, _, _, &[_], _) = match self {
            Self::Facts(of) => (of.table.spec.name, of.aggregate, of.column, &of.conditions, of.window),
            Self::Line(OfLine::Growth(window)) => (CONTRACTS, Aggregate::Growth, None, &[], *window),
            Self::Line(OfLine::DaysSince) => (CONTRACTS, Aggregate::DaysSince, None, &[], Window::default()),
        };
        let given = [
            ("table", Some(Json::from(table))),
            ("aggregate", Some(Json::from(aggregate.name()))),
            ("column", column.map(Json::from)),
            ("where", (!conditions.is_empty()).then(|| conditions_to_json(conditions))),
            ("window_days", window.days.map(whole)),
            ("lag_days", (window.lag > 0).then(|| whole(window.lag))),
        ];
        Json::object(given.into_iter().filter_map(|(key, value)| Some((key, value?))))
    }
}

impl OfLine {
    fn read(reader: &Reader<'_>, aggregate: Aggregate, window: Window) -> Result<Self, Problem> {
        for key in ["column", "where"] {
            if reader.get(key).is_some() {
                return Err(invalid(&reader.at(key), format!("{CONTRACTS} take no {key}")));
            }
        }
        match (aggregate, window.days) {
            (Aggregate::Growth, Some(_)) => Ok(Self::Growth(window)),
            (Aggregate::Growth, None) => {
                Err(invalid(&reader.at("window_days"), "growth is over a window").help("give window_days, such as 90"))
            }
            (Aggregate::DaysSince, None) if window.lag == 0 => Ok(Self::DaysSince),
            (Aggregate::DaysSince, _) => Err(reader
                .invalid("the days since the first paying day have no window")
                .help("leave window_days and lag_days out")),
            (other, _) => {
                let message = format!("{} is not taken of {CONTRACTS}", other.name());
                Err(invalid(&reader.at("aggregate"), message).value(other.name()).help("take growth or days_since"))
            }
        }
    }
}

impl OfFacts {
    fn read(
        reader: &Reader<'_>,
        table: &'static FactTable,
        aggregate: Aggregate,
        window: Window,
    ) -> Result<Self, Problem> {
        let name = table.spec.name;
        if !table.takes(aggregate) {
            let message = format!("{} is not taken of {name}", aggregate.name());
            let taken = Aggregate::ALL.iter().filter(|&&one| table.takes(one)).map(|one| one.name());
            return Err(invalid(&reader.at("aggregate"), message)
                .value(aggregate.name())
                .help(format!("take one of {}", taken.collect::<Vec<_>>().join(", "))));
        }
        if table.nature == Nature::States && window != Window::default() {
            return Err(reader
                .invalid(format!("{name} are states, which have no window"))
                .help("leave window_days and lag_days out"));
        }
        let column = column(reader, table, aggregate)?;
        let find = |name: &str| table.column(name);
        let names = || table.spec.columns.iter().map(|column| column.name).collect();
        Ok(Self { table, aggregate, column, conditions: conditions(reader, find, names)?, window })
    }
}

/// The column that an aggregate is of.
fn column(
    reader: &Reader<'_>,
    table: &'static FactTable,
    aggregate: Aggregate,
) -> Result<Option<&'static str>, Problem> {
    let path = reader.at("column");
    let given = reader.optional("column", crate::reading::name)?;
    let Some(columns) = table.columns_of(aggregate) else {
        return match given {
            None => Ok(None),
            Some(_) => Err(invalid(&path, format!("{} takes no column", aggregate.name()))),
        };
    };
    let usual = match aggregate {
        Aggregate::DaysSince => Some(table.day),
        _ => table.number.filter(|number| columns.contains(number)),
    };
    let (name, all) = (table.spec.name, || format!("one of {}", columns.join(", ")));
    match given {
        None => usual.map(Some).ok_or_else(|| {
            invalid(&path, format!("{} of {name} needs a column", aggregate.name())).help(format!("name {}", all()))
        }),
        Some(given) => columns.iter().find(|column| **column == given).map(|column| Some(*column)).ok_or_else(|| {
            let message = format!("{} of {name} is not taken of {}", aggregate.name(), quoted(&given));
            invalid(&path, message).value(&given).help(all())
        }),
    }
}

impl FactTable {
    /// Whether an aggregate says something of the table.
    fn takes(&self, aggregate: Aggregate) -> bool {
        match (aggregate, self.nature) {
            (Aggregate::Growth, _) | (Aggregate::Distinct, Nature::Observations) => false,
            (Aggregate::Slope, nature) => nature != Nature::States,
            _ => self.columns_of(aggregate).is_none_or(|columns| !columns.is_empty()),
        }
    }

    /// The columns that an aggregate can be of, numbers of several columns included; none for one that is of rows.
    fn columns_of(&self, aggregate: Aggregate) -> Option<Vec<&'static str>> {
        let of_kind = |is_it: fn(ColumnKind) -> bool| {
            self.spec.columns.iter().filter(move |column| is_it(column.kind)).map(|column| column.name)
        };
        let derived = self.derived.iter().map(|(name, _)| *name);
        Some(match aggregate {
            Aggregate::Count | Aggregate::Growth => return None,
            Aggregate::Last | Aggregate::Mean | Aggregate::Sum | Aggregate::Slope => {
                of_kind(is_number).chain(derived).collect()
            }
            Aggregate::Distinct => of_kind(is_text).collect(),
            Aggregate::DaysSince => of_kind(|kind| kind == ColumnKind::Date).collect(),
            Aggregate::Share => of_kind(|_| true).collect(),
        })
    }
}

/// What rows must be to count, by columns that `find` knows.
pub(super) fn conditions<C: AsRef<str>>(
    reader: &Reader<'_>,
    find: impl Fn(&str) -> Option<(C, ColumnKind)>,
    names: impl Fn() -> Vec<&'static str>,
) -> Result<Vec<Condition<C>>, Problem> {
    let condition = |(name, json): &(String, Json)| {
        let path = format!("{}.{}", reader.at("where"), crate::error::cut(name));
        let (column, kind) = find(name).ok_or_else(|| {
            let problem = invalid(&path, format!("there is no column {}", quoted(name))).value(name);
            problem.help(format!("the columns are {}", names().join(", ")))
        })?;
        let is = match json {
            Json::Null => Is::Absent,
            Json::Flag(flag) if kind == ColumnKind::Flag => Is::Flag(*flag),
            Json::Text(text) if is_text(kind) => Is::OneOf(vec![text.clone()]),
            Json::Array(items) if is_text(kind) && !items.is_empty() => {
                let text =
                    |json: &Json| json.as_text().map(str::to_owned).ok_or_else(|| unexpected(&path, json, "text"));
                Is::OneOf(items.iter().map(text).collect::<Result<_, _>>()?)
            }
            other => {
                let expected = match kind {
                    ColumnKind::Flag => "true, false or nothing",
                    kind if is_text(kind) => "a text, a list of some texts or nothing",
                    _ => "nothing",
                };
                return Err(unexpected(&path, other, expected));
            }
        };
        if let (ColumnKind::Choice(words), Is::OneOf(texts)) = (kind, &is)
            && let Some(unknown) = texts.iter().find(|text| !words.contains(&text.as_str()))
        {
            return Err(invalid(&path, format!("{name} has no choice {}", quoted(unknown)))
                .value(unknown)
                .help(format!("one of {}", words.join(", "))));
        }
        Ok(Condition { column, is })
    };
    // All have to be met: in one order the same conditions have the same bytes.
    let mut all: Vec<Condition<C>> = Vec::new();
    for entry in reader.entries("where")? {
        let condition = condition(entry)?;
        put_behind(&mut all, condition, |before, new| before.column.as_ref() <= new.column.as_ref());
    }
    Ok(all)
}

pub(super) fn conditions_to_json<C: AsRef<str>>(conditions: &[Condition<C>]) -> Json {
    let texts = |texts: &[String]| match texts {
        [one] => Json::from(one.as_str()),
        all => Json::Array(all.iter().map(|text| Json::from(text.as_str())).collect()),
    };
    let entry = |condition: &Condition<C>| {
        let is = match &condition.is {
            Is::OneOf(all) => texts(all),
            Is::Flag(flag) => Json::Flag(*flag),
            Is::Absent => Json::Null,
        };
        (condition.column.as_ref().to_owned(), is)
    };
    Json::object(conditions.iter().map(entry))
}
