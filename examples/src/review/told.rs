//! A review in a terminal: verdicts, what matters most, what to do, what is missing.

use std::collections::HashMap;

use cs_core::{
    Bound, FindingScope, MeasureUnit, Review, ReviewEvidenceRow, ReviewFindingsRow, ReviewVerdictsRow, Severity,
    Verdict,
};

use crate::program::grid::{Cell, Column, Grid, PAGE};
use crate::program::money::{count, figure, percent, written};
use crate::program::{Ink, Tone};

/// So many customers are shown of each principle; all are in the files.
const SHOWN: usize = 5;

/// What stands where nobody knows.
const UNKNOWN: &str = "–";

/// All parts of it.
pub(super) fn told(review: &Review, ink: Ink) -> String {
    let parts =
        [summary(review, ink), verdicts(review, ink), findings(review, ink), plays(review, ink), missing(review, ink)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn summary(review: &Review, ink: Ink) -> Option<String> {
    let row = review.summary().rows().next()?;
    let text = format!(
        "{} customers pay {} a month; {} of it, of {}, is at stake",
        count(row.customers),
        written(row.mrr),
        written(row.mrr_at_stake),
        count(row.customers_at_stake),
    );
    Some(format!("  {}\n", ink.paint(Tone::Strong, &text)))
}

fn verdicts(review: &Review, ink: Ink) -> Option<String> {
    let rows: Vec<ReviewVerdictsRow> = review.verdicts().rows().collect();
    let labels = rows.iter().map(|row| match row.number {
        Some(number) => format!("{number:>2} {}", row.principle),
        None => format!("   {}", row.principle),
    });
    let grid = Grid::new("principle", labels.collect()).group(
        "",
        vec![
            column("verdict", &rows, |row| (row.verdict.to_string(), tone_of(row.verdict))).of_words(),
            column("fails", &rows, |row| share(row.failing_share)),
            column("evidence", &rows, |row| share(row.coverage)),
            column("MRR at stake", &rows, |row| (figure(row.mrr_at_stake), Tone::Plain)),
            column("customers", &rows, |row| (count(row.customers_at_stake), Tone::Plain)),
            column("findings", &rows, |row| (count(row.findings), Tone::Plain)),
        ],
    );
    Some(format!("{}\n{}", ink.title("Verdicts"), grid.render(PAGE, ink)))
}

fn column<R>(name: &str, rows: &[R], cell: impl Fn(&R) -> (String, Tone)) -> Column {
    let cell = |row: &R| {
        let (text, tone) = cell(row);
        Cell::new(text, tone)
    };
    Column::new(name, rows.iter().map(cell).collect())
}

fn tone_of(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Pass => Tone::Gain,
        Verdict::Fail => Tone::Loss,
        _ => Tone::Strong,
    }
}

fn share(share: Option<f64>) -> (String, Tone) {
    share.map_or_else(|| (UNKNOWN.to_owned(), Tone::Faint), |share| (percent(share), Tone::Plain))
}

/// What was found of the company and of segments, and of each principle the customers with most at stake.
fn findings(review: &Review, ink: Ink) -> Option<String> {
    let mut evidence: HashMap<&str, Vec<String>> = HashMap::new();
    for row in review.evidence().rows() {
        evidence.entry(row.finding_id).or_default().push(measured(&row));
    }
    let mut out = ink.title("What was found");
    for verdict in review.verdicts().rows() {
        let is_of = |row: &ReviewFindingsRow<'_>| row.principle == verdict.principle;
        let is_of_customer = |row: &ReviewFindingsRow<'_>| row.scope == FindingScope::Customer;
        let (of_customers, of_groups): (Vec<_>, Vec<_>) =
            review.findings().rows().filter(is_of).partition(is_of_customer);
        let others = of_customers.len().saturating_sub(SHOWN);
        let shown: Vec<ReviewFindingsRow<'_>> =
            of_groups.into_iter().chain(of_customers.into_iter().take(SHOWN)).collect();
        if shown.is_empty() {
            continue;
        }
        out.push('\n');
        let subjects = shown.iter().map(|row| row.subject.unwrap_or("company").to_owned());
        let grid = Grid::new(verdict.principle.name(), subjects.collect()).group(
            "",
            vec![
                column("finding", &shown, |row| (row.check.to_string(), tone_of_severity(row.severity))).of_words(),
                column("MRR at stake", &shown, |row| (figure(row.mrr_at_stake), Tone::Plain)),
                column("play", &shown, |row| (row.plays.iter().next().unwrap_or(UNKNOWN).to_owned(), Tone::Plain))
                    .of_words(),
                column("measured", &shown, |row| {
                    (evidence.get(row.finding_id).map(|all| all.join(", ")).unwrap_or_default(), Tone::Faint)
                })
                .of_words(),
            ],
        );
        out += &grid.render(usize::MAX, ink);
        if others > 0 {
            out += &ink.remark(&format!("and {} more", count(others as u64)));
        }
    }
    Some(out)
}

fn tone_of_severity(severity: Severity) -> Tone {
    match severity {
        Severity::High => Tone::Loss,
        Severity::Opportunity => Tone::Gain,
        _ => Tone::Plain,
    }
}

/// `days_silent 241 (at most 90)`.
fn measured(row: &ReviewEvidenceRow<'_>) -> String {
    let number = |number: f64| match row.unit {
        MeasureUnit::Share => percent(number),
        MeasureUnit::Probability => format!("{number:.4}"),
        _ => format!("{number:.1}").trim_end_matches(".0").to_owned(),
    };
    let seen =
        row.value.map(number).or_else(|| row.day.map(|day| day.to_string())).or_else(|| row.text.map(str::to_owned));
    let seen = seen.unwrap_or_else(|| UNKNOWN.to_owned());
    match row.bound.zip(row.threshold) {
        Some((Bound::AtLeast, threshold)) => format!("{} {seen} (at least {})", row.measure, number(threshold)),
        Some((_, threshold)) => format!("{} {seen} (at most {})", row.measure, number(threshold)),
        None => format!("{} {seen}", row.measure),
    }
}

fn plays(review: &Review, ink: Ink) -> Option<String> {
    let rows: Vec<_> = review.plays().rows().collect();
    if rows.is_empty() {
        return None;
    }
    let labels = rows.iter().map(|row| row.play.to_owned());
    let grid = Grid::new("play", labels.collect()).group(
        "",
        vec![
            column("findings", &rows, |row| (count(row.findings), Tone::Plain)),
            column("customers", &rows, |row| (count(row.customers), Tone::Plain)),
            column("MRR", &rows, |row| (figure(row.mrr), Tone::Plain)),
            column("it worked if", &rows, |row| (row.success_en.to_owned(), Tone::Faint)).of_words(),
        ],
    );
    Some(format!("{}\n{}", ink.title("What to do"), grid.render(usize::MAX, ink)))
}

/// Questions that could not be asked of everybody, and what would bring the evidence.
fn missing(review: &Review, ink: Ink) -> Option<String> {
    let rows: Vec<_> = review.checks().rows().filter(|row| row.missing_reason.is_some()).collect();
    if rows.is_empty() {
        return None;
    }
    let labels = rows.iter().map(|row| format!("{}: {}", row.principle, row.check));
    let grid = Grid::new("question", labels.collect()).group(
        "",
        vec![
            column("evidence", &rows, |row| share(row.coverage)),
            column("missing", &rows, |row| {
                let names = [row.missing_table, row.missing_column].into_iter().flatten().collect::<Vec<_>>().join(".");
                match row.missing_reason {
                    Some(cs_core::MissingReason::NotKnown) | None => (names, Tone::Plain),
                    Some(reason) => (reason.to_string(), Tone::Plain),
                }
            })
            .of_words(),
        ],
    );
    Some(format!("{}\n{}", ink.title("What could not be assessed"), grid.render(PAGE, ink)))
}
