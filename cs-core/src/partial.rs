//! Results of a part of the customers as bytes, and what they become together.

use crate::error::{Code, Error, Problem, quoted};
use crate::json::{Json, write_text};
use crate::ledger::covered;
use crate::operations::{Answer, OPERATIONS, OperationSpec, Parted};
use crate::portfolio::Portfolio;
use crate::query::{Arguments, Context, Options, Query, Told as _};
use crate::sums::{Additive, Shape};
use crate::table::{Metadata, Table, VERSION};
use crate::text::TextPool;
use crate::watch::Watch;

/// The result of an operation on a part of the customers.
///
/// Split the customers of a book any way that leaves no family of parents apart, run the same operation on every part,
/// and merge: the result is the single run's, byte for byte. Merging is associative, in any order, and the part without
/// customers changes nothing.
///
/// ```
/// use chrono::NaiveDate;
/// use cs_core::{Partial, Portfolio};
/// let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
/// let header = "contract_id,customer_id,start_date,mrr\n";
/// let part = |rows: &str| -> Result<Partial, cs_core::Error> {
///     let portfolio = Portfolio::from_csv(&format!("{header}{rows}")).currency("USD").load()?;
///     portfolio.movements(day(1), day(3)).partial()
/// };
/// let bytes = part("c-1,acme,2026-01-10,100\n")?.to_bytes();
/// let merged = Partial::merge([Partial::from_bytes(&bytes)?, part("c-2,bolt,2026-02-10,50\n")?])?;
///
/// let both = format!("{header}c-1,acme,2026-01-10,100\nc-2,bolt,2026-02-10,50\n");
/// let whole = Portfolio::from_csv(&both).currency("USD").load()?.movements(day(1), day(3)).run()?;
/// assert_eq!(merged.result().to_json(), whole.table().to_json());
/// # Ok::<(), cs_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Partial {
    shape: Shape,
    /// What was asked, as far as the result's metadata does not say it.
    arguments: Json,
    customers: Covered,
    /// Whether errors leave out what users wrote, as those of its portfolio do.
    redact: bool,
    table: Table,
}

/// The customers, or top parents, that a partial is of, in the order of their names' bytes.
#[derive(Clone, Debug)]
struct Covered {
    names: TextPool,
    order: Vec<u32>,
}

impl Covered {
    /// None where a name is there twice.
    fn of(names: TextPool) -> Option<Self> {
        let order = names.order();
        let differ = |(&one, &other): (&u32, &u32)| names.get(one) != names.get(other);
        order.iter().zip(order.iter().skip(1)).all(differ).then_some(Self { names, order })
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(|&position| self.names.get(position))
    }

    fn has(&self, name: &str) -> bool {
        self.order.binary_search_by(|&position| self.names.get(position).cmp(name)).is_ok()
    }
}

/// The form of the bytes.
const FORM: i64 = 1;

impl<R: Additive> Query<'_, R> {
    /// Computes the result as one of a part of the customers.
    ///
    /// # Errors
    /// Those of [`Query::run`].
    pub fn partial(self) -> Result<Partial, Error> {
        let compute = |context: &Context<'_>| R::compute(&self.asked, context).map(R::into);
        Partial::of(Shape::of::<R>(), self.asked.told(), &self.options, &compute)
    }
}

impl Partial {
    /// Runs an operation with arguments that are its own, on a part of the customers.
    pub(crate) fn ask(
        operation: &OperationSpec,
        portfolio: &Portfolio,
        arguments: &Arguments<'_>,
        watch: &dyn Watch,
    ) -> Result<Self, Error> {
        let call = (operation.read)(arguments)?;
        let Some(Parted { shape, told }) = operation.parted else {
            let message = format!("what {} gives of parts does not make what it gives of the whole", operation.name);
            let add_up: Vec<&str> = OPERATIONS.iter().filter(|one| one.adds_up()).map(|one| one.name).collect();
            return Err(Problem::argument(Code::NotAvailable, "operation", message)
                .help(format!("run it on the whole book; parts are made of {}", add_up.join(", ")))
                .into());
        };
        let options = Options::read(portfolio, arguments, watch)?;
        let table =
            |answer: Answer| answer.into_table().ok_or_else(|| Error::internal("a part is no table".to_owned()));
        Self::of(shape, told(arguments)?, &options, &|context| call.compute(context).and_then(table))
    }

    /// The result of a part of the customers, which is asked this beside what the options say.
    fn of(
        shape: Shape,
        told: Vec<(&'static str, Json)>,
        options: &Options<'_>,
        compute: &dyn Fn(&Context<'_>) -> Result<Table, Error>,
    ) -> Result<Self, Error> {
        let arguments = Json::object(told.into_iter().chain(options.unsaid()));
        let (table, names) =
            options.run(shape.heading(), None, |context| Ok((compute(context)?, covered(context)?)))?;
        let customers = Covered::of(names).ok_or_else(|| Error::internal("a customer is there twice".to_owned()))?;
        Ok(Self { shape, arguments, customers, redact: options.portfolio.redact, table })
    }

    /// The parts of a whole as one, of at least one.
    ///
    /// # Errors
    /// `partial_mismatch` for results of different operations, arguments, definitions or versions,
    /// `currency_mismatch`, `overlapping_partials` for a customer that is in two of them, `overflow`.
    pub fn merge(partials: impl IntoIterator<Item = Self>) -> Result<Self, Error> {
        let partials: Vec<Self> = partials.into_iter().collect();
        let redact = partials.iter().any(|partial| partial.redact);
        Self::merged(&partials, redact).map_err(|error| error.redacted_if(redact))
    }

    fn merged(partials: &[Self], redact: bool) -> Result<Self, Error> {
        let Some(first) = partials.first() else {
            let problem = Problem::argument(Code::InvalidArgument, "partials", "there is nothing to merge");
            return Err(problem.help("give at least one partial; that of a book without contracts is empty").into());
        };
        let mut names = TextPool::default();
        for (position, partial) in partials.iter().enumerate() {
            first.check_same(partial, &path_of(position))?;
            partial.customers.names().for_each(|name| _ = names.push(name));
        }
        let customers = Covered::of(names).ok_or_else(|| overlap(partials))?;
        let tables: Vec<&Table> = partials.iter().map(|partial| &partial.table).collect();
        let table = first.shape.merged(&tables)?;
        Ok(Self { shape: first.shape, arguments: first.arguments.clone(), customers, redact, table })
    }

    /// The result of the customers that are in it.
    #[must_use]
    pub fn result(&self) -> &Table {
        &self.table
    }

    /// The same, without a copy.
    #[must_use]
    pub fn into_result(self) -> Table {
        self.table
    }

    /// The same as bytes, for another process; they are read by the version that wrote them.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let (arguments, redact, table) = (&self.arguments, self.redact, self.table.to_json());
        let mut out = format!("{{\"partial\":{FORM},\"redact\":{redact},\"arguments\":{arguments},\"customers\":[");
        for (position, name) in self.customers.names().enumerate() {
            out.push_str(if position > 0 { "," } else { "" });
            write_text(name, &mut out);
        }
        out.push_str("],\"table\":");
        out.push_str(&table);
        out.push('}');
        out.into_bytes()
    }

    /// Reads what [`Partial::to_bytes`] wrote.
    ///
    /// # Errors
    /// `invalid_partial` for anything else, `partial_mismatch` for what another version wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Self::read(bytes, "partial").map_err(Error::from)
    }

    /// The same, of bytes that stand at a path.
    pub(crate) fn read(bytes: &[u8], path: &str) -> Result<Self, Problem> {
        let invalid = |what: &str| {
            Problem::argument(Code::InvalidPartial, path, format!("the bytes are not those of a partial: {what}"))
                .help("give what partial gave, byte for byte")
        };
        let text = std::str::from_utf8(bytes).map_err(|_| invalid("they are not text"))?;
        let json = Json::parse(text).map_err(|_| invalid("they are not JSON"))?;
        match json.get("partial") {
            Some(Json::Integer(FORM)) => {}
            Some(Json::Integer(_)) => return Err(other_version(path)),
            _ => return Err(invalid("the entry partial in them is missing or no number")),
        }
        let (Some(Json::Flag(redact)), Some(arguments @ Json::Object(_)), Some(Json::Array(customers)), Some(table)) =
            (json.get("redact"), json.get("arguments"), json.get("customers"), json.get("table"))
        else {
            return Err(invalid("one of redact, arguments, customers and table is missing or of another kind"));
        };
        let version = table.get("metadata").and_then(|metadata| metadata.get("version")).and_then(Json::as_text);
        if version.is_some_and(|version| version != VERSION) {
            return Err(other_version(path));
        }
        let table = Table::from_value(table).map_err(|_| invalid("the table in them cannot be read"))?;
        let mut shapes = OPERATIONS.iter().filter_map(|operation| Some(operation.parted?.shape));
        let shape = shapes
            .find(|shape| shape.is_of(&table))
            .ok_or_else(|| invalid("the table in them is of no operation whose results add up"))?;
        let mut names = TextPool::default();
        for customer in customers {
            names.push(customer.as_text().ok_or_else(|| invalid("a customer in them is not a name"))?);
        }
        let customers = Covered::of(names).ok_or_else(|| invalid("a customer stands in them twice"))?;
        Ok(Self { shape, arguments: arguments.clone(), customers, redact: *redact, table })
    }

    /// Refuses a partial of something else than this one.
    fn check_same(&self, other: &Self, path: &str) -> Result<(), Problem> {
        let mismatch = |code, what: &str| {
            let problem = Problem::argument(code, path, format!("it has {what} than the first partial"));
            Err(problem.help("merge what one operation gave with the same arguments and definitions"))
        };
        let (ours, theirs) = (self.table.metadata(), other.table.metadata());
        let rest = |metadata: &Metadata| Metadata { absent: Vec::new(), ..metadata.clone() };
        if self.shape.operation != other.shape.operation {
            return mismatch(Code::PartialMismatch, "another operation");
        }
        if ours.currency != theirs.currency {
            return mismatch(Code::CurrencyMismatch, "another currency");
        }
        if let Some(difference) = ours.definitions.diff(&theirs.definitions).first() {
            return mismatch(Code::PartialMismatch, &format!("another value of the switch {}", difference.switch));
        }
        if self.arguments != other.arguments {
            let ours = self.arguments.as_object().unwrap_or_default();
            let different = ours.iter().find(|(name, value)| other.arguments.get(name) != Some(value));
            let told =
                different.map_or_else(|| "other arguments".to_owned(), |(name, _)| format!("another value of {name}"));
            return mismatch(Code::PartialMismatch, &told);
        }
        if ours.known_on != theirs.known_on {
            return mismatch(Code::PartialMismatch, "another value of known_on");
        }
        match rest(ours) == rest(theirs) && self.table.has_columns_of(&other.table) {
            true => Ok(()),
            false => mismatch(Code::PartialMismatch, "other columns"),
        }
    }
}

/// Where a partial stands in the argument.
pub(crate) fn path_of(position: usize) -> String {
    format!("partials[{}]", position + 1)
}

/// The first customer that an earlier partial has too.
fn overlap(partials: &[Partial]) -> Error {
    for (position, partial) in partials.iter().enumerate() {
        let earlier = partials.get(..position).unwrap_or_default();
        let is_there = |name: &&str| earlier.iter().any(|earlier| earlier.customers.has(name));
        if let Some(customer) = partial.customers.names().find(is_there) {
            let message = format!("{} is in an earlier partial too", quoted(customer));
            let problem = Problem::argument(Code::OverlappingPartials, path_of(position), message).value(customer);
            return problem.help("split the book by top parent, all rows of one in the same part").into();
        }
    }
    Error::internal("a customer is in two partials".to_owned())
}

fn other_version(path: &str) -> Problem {
    let message = format!("it was made by another version than {VERSION}");
    Problem::argument(Code::PartialMismatch, path, message).help("make and merge all partials with one version")
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn day(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, 1).unwrap_or_default()
    }

    fn portfolio(rows: &str, redact: bool) -> Result<Portfolio, Error> {
        let book = format!("contract_id,customer_id,start_date,mrr\n{rows}");
        Portfolio::from_csv(&book).currency("USD").redact(redact).load()
    }

    fn text(partial: &Partial) -> String {
        String::from_utf8(partial.to_bytes()).unwrap_or_default()
    }

    fn code<T>(result: Result<T, Error>) -> Option<Code> {
        result.err()?.problems().first().map(|problem| problem.code)
    }

    #[test]
    fn only_what_partial_wrote_is_read() -> Result<(), Error> {
        let partial = portfolio("c-1,acme,2026-01-10,100\n", false)?.retention(day(1), day(3)).partial()?;
        let written = text(&partial);
        assert_eq!(code(Partial::from_bytes(written.as_bytes())), None);
        for (theirs, ours) in [
            // Another name, kind or number of columns, another shape, a cell without a value.
            (r#""opening_mrr""#, r#""opening""#),
            (r#"{"name":"small_sample","kind":"flag"}"#, r#"{"name":"small_sample","kind":"text"}"#),
            (
                r#"{"name":"small_sample","kind":"flag"}"#,
                r#"{"name":"small_sample","kind":"flag"},{"name":"more","kind":"flag"}"#,
            ),
            (r#""schema":"retention""#, r#""schema":"movements""#),
            (r#""operation":"retention""#, r#""operation":"cohorts""#),
            (r#""opening_mrr":"0.00""#, r#""opening_mrr":null"#),
            (r#""opening_mrr":"0.00""#, r#""opening_mrr":"-12676506002282294014967032053.77""#),
            (r#""customers":["acme"]"#, r#""customers":["acme","acme"]"#),
            (r#""customers":["acme"]"#, r#""customers":[1]"#),
            (r#""redact":false"#, r#""redact":0"#),
        ] {
            let changed = written.replace(theirs, ours);
            assert_ne!(changed, written, "{theirs}");
            assert_eq!(code(Partial::from_bytes(changed.as_bytes())), Some(Code::InvalidPartial), "{ours}");
        }
        // The largest amount that is read: two of it are summed.
        let largest =
            written.replacen(r#""opening_mrr":"0.00""#, r#""opening_mrr":"12676506002282294014967032053.76""#, 1);
        let other = largest.replacen(r#"["acme"]"#, r#"["bolt"]"#, 1);
        let parts = [largest, other].map(|text| Partial::from_bytes(text.as_bytes()));
        let merged = Partial::merge(parts.into_iter().collect::<Result<Vec<_>, _>>()?)?;
        assert!(text(&merged).contains("25353012004564588029934064107.52"));
        Ok(())
    }

    #[test]
    fn what_is_absent_in_one_part_need_not_be_in_another() -> Result<(), Error> {
        // Of acme's January nothing can be divided, of bolt's everything.
        let part =
            |rows| portfolio(rows, false)?.retention(day(1), day(3)).window(crate::metrics::Window::Period).partial();
        let merged = Partial::merge([part("c-1,acme,2026-01-10,100\n")?, part("c-2,bolt,2025-01-10,50\n")?])?;
        assert!(merged.result().metadata().absent.is_empty());
        let both = portfolio("c-1,acme,2026-01-10,100\nc-2,bolt,2025-01-10,50\n", false)?;
        let whole = both.retention(day(1), day(3)).window(crate::metrics::Window::Period).run()?;
        assert_eq!(merged.into_result().to_json(), whole.table().to_json());
        Ok(())
    }

    #[test]
    fn errors_leave_out_customers_where_a_part_does() -> Result<(), Error> {
        for redact in [false, true] {
            let partial = portfolio("c-1,acme,2026-01-10,100\n", redact)?.cohorts(day(3)).partial()?;
            let partial = Partial::from_bytes(&partial.to_bytes())?;
            let told =
                Partial::merge([partial.clone(), partial]).err().map(|error| error.to_string()).unwrap_or_default();
            assert_eq!(told.contains("acme"), !redact, "{told}");
        }
        Ok(())
    }

    #[test]
    fn rows_of_groups_are_merged_by_all_their_keys() -> Result<(), Error> {
        let part = |rows| portfolio(rows, false)?.movements(day(1), day(4)).by(["cohort"]).partial();
        let merged = Partial::merge([part("c-1,acme,2026-01-10,100\n")?, part("c-2,bolt,2026-01-20,50\n")?])?;
        // One cohort, and each of its three months once.
        assert_eq!(merged.result().len(), 3);
        let both = portfolio("c-1,acme,2026-01-10,100\nc-2,bolt,2026-01-20,50\n", false)?;
        assert_eq!(
            merged.into_result().to_json(),
            both.movements(day(1), day(4)).by(["cohort"]).run()?.table().to_json()
        );
        Ok(())
    }

    #[test]
    fn parts_that_differ_in_metadata_or_columns_alone_are_refused() -> Result<(), Error> {
        let part = |rows| portfolio(rows, false)?.movements(day(1), day(4)).by(["cohort"]).partial();
        let (acme, bolt) = (part("c-1,acme,2026-01-10,100\n")?, text(&part("c-2,bolt,2026-01-20,50\n")?));
        let other_unit = bolt.replace(r#""unit":"customer""#, r#""unit":"parent""#);
        let other_column =
            bolt.replace(r#""name":"cohort""#, r#""name":"region""#).replace(r#""cohort":"2026"#, r#""region":"2026"#);
        for changed in [other_unit, other_column] {
            assert_ne!(changed, bolt);
            let changed = Partial::from_bytes(changed.as_bytes())?;
            assert_eq!(code(Partial::merge([acme.clone(), changed])), Some(Code::PartialMismatch));
        }
        Ok(())
    }
}
