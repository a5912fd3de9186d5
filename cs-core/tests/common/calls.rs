//! A call of every operation, by what it declares: a test that asks all of them asks those that are to come, too.

use cs_core::{Day, Error, Json, Partial, Portfolio, Unwatched, Watch, wire};

/// An operation with its arguments.
pub(crate) struct Call {
    pub(crate) operation: &'static wire::OperationSpec,
    arguments: Json,
}

/// Every operation, with those of the arguments `given` that it takes; `by` without the names of its own columns. What
/// looks from a day looks from that whose knowledge is asked for, or else from the end.
pub(crate) fn calls(given: &[(&str, Json)]) -> Vec<Call> {
    let named = |name: &str| given.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let as_of = named("known_on").filter(|day| *day != Json::Null).or_else(|| named("end"));
    let since = as_of.as_ref().and_then(Json::as_text).and_then(earlier);
    let days = [since.clone(), as_of.clone()].into_iter().flatten().collect();
    let of_days = [
        ("as_of_days", Json::Array(days)),
        ("horizon_days", Json::Integer(30)),
        ("contraction_share", Json::Float(0.25)),
        ("resamples", Json::Integer(100)),
    ];
    let has_day = as_of.is_some();
    // Beyond the last of all days nothing is committed.
    let last = as_of.as_ref().and_then(Json::as_text).and_then(|day| day.parse::<chrono::NaiveDate>().ok());
    let ends = last.is_none_or(|day| day + chrono::Days::new(30) <= Day::MAX.date());
    let of_days = of_days.into_iter().filter(|_| has_day);
    let of_day = since.map(|day| ("since", day)).into_iter().chain(as_of.map(|day| ("as_of", day)));
    let given: Vec<(&str, Json)> = given.iter().cloned().chain(of_days).chain(of_day).collect();
    let given = given.as_slice();
    let is_taken =
        |name: &str| wire::OPERATIONS.iter().flat_map(|operation| operation.parameters).any(|known| known.name == name);
    // An argument that nobody takes would leave a test with nothing to ask.
    assert!(given.iter().all(|(name, _)| is_taken(name)));
    let call = |operation: &'static wire::OperationSpec| {
        let columns = if let wire::Gives::Table(columns) = operation.gives { columns } else { &[] };
        // What is said of whole customers is not grouped by their products.
        let by = operation.parameters.iter().find(|known| known.name == "by");
        let is_of_customers = by.is_some_and(|by| !by.doc.contains("product"));
        let is_own = |name: &Json| {
            let name = name.as_text();
            columns.iter().any(|column| name == Some(column.name)) || is_of_customers && name == Some("product")
        };
        let taken = given.iter().filter(|(name, _)| operation.parameters.iter().any(|known| known.name == *name));
        let arguments = taken.map(|(name, value)| match value {
            Json::Array(names) => (*name, Json::Array(names.iter().filter(|name| !is_own(name)).cloned().collect())),
            value => (*name, value.clone()),
        });
        Call { operation, arguments: Json::object(arguments) }
    };
    // Before the first of all days nothing is compared.
    let has_days = |operation: &&wire::OperationSpec| {
        named_in(given, "since") || operation.parameters.iter().all(|known| known.name != "since")
    };
    let is_before = |operation: &&wire::OperationSpec| ends || operation.name != "committed";
    // What is fitted needs more customers than these books have.
    let is_of_few = |operation: &&wire::OperationSpec| !matches!(operation.gives, wire::Gives::Scorecard);
    wire::OPERATIONS.iter().filter(has_days).filter(is_before).filter(is_of_few).map(call).collect()
}

fn named_in(given: &[(&str, Json)], name: &str) -> bool {
    given.iter().any(|(known, _)| *known == name)
}

/// A day some weeks before another, or the first of all days; none before that.
fn earlier(day: &str) -> Option<Json> {
    let (day, first): (chrono::NaiveDate, _) = (day.parse().ok()?, Day::MIN.date());
    let earlier = day.checked_sub_days(chrono::Days::new(40))?.max(first);
    (earlier < day).then(|| Json::Text(earlier.to_string()))
}

#[allow(dead_code, reason = "each program of tests calls some of these")]
impl Call {
    pub(crate) fn run(&self, portfolio: &Portfolio) -> Result<wire::Answer, Error> {
        self.run_watched(portfolio, &Unwatched)
    }

    pub(crate) fn run_watched(&self, portfolio: &Portfolio, watch: &dyn Watch) -> Result<wire::Answer, Error> {
        wire::run(portfolio, self.operation.name, &self.arguments, watch)
    }

    /// The same on a part of the customers, where that makes a whole.
    pub(crate) fn partial(&self, portfolio: &Portfolio) -> Option<Result<Partial, Error>> {
        let partial = || wire::partial(portfolio, self.operation.name, &[], &self.arguments, &Unwatched);
        self.operation.adds_up().then(|| partial().and_then(|bytes| Partial::from_bytes(&bytes)))
    }
}
