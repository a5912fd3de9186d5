//! The review as a page of its own: one file of HTML with its pictures in it, which loads nothing.

mod churn;
mod health;
mod prospects;
mod words;

use std::fmt::Write as _;

use cs_core::wire::escaped;
use cs_core::{
    Definitions, Error, Locale, Money, MovementsRow, Operation, Picture, Portfolio, Problem, Problems, Query, Table,
    Watch,
};

use super::as_of::AsOf;
use super::health::Health;
use super::months::label;
use crate::program::book::Book;
use crate::program::loading::sentence;
use crate::program::money::{count, figure, percent, written};
use churn::Attribute;
use words::{Heading, Sentence};

/// Books of more customers have no picture of who pays how much, as a row for each would be more than all the rest; and
/// intervals of the last month alone, as each takes a thousand draws of all customers.
const MANY: usize = 100_000;

/// Problems, or warnings, that are listed.
const PROBLEMS: usize = 20;

/// What a page is made of.
pub(super) struct Page<'b> {
    book: &'b Book,
    health: &'b Health,
    as_of: &'b AsOf,
    locale: Locale,
    watch: &'b dyn Watch,
}

/// What is computed for a page.
struct Findings {
    months: Vec<MovementsRow>,
    movements: Table,
    retention: Table,
    /// Of the last month.
    intervals: Table,
    cohorts: Table,
    concentration: Option<Table>,
    attributes: Vec<Attribute>,
}

impl<'b> Page<'b> {
    pub(super) fn of(
        book: &'b Book,
        health: &'b Health,
        as_of: &'b AsOf,
        locale: Locale,
        watch: &'b dyn Watch,
    ) -> Self {
        Self { book, health, as_of, locale, watch }
    }

    /// The whole page.
    pub(super) fn html(&self) -> Result<String, Error> {
        let found = self.findings()?;
        let title = self.heading(Heading::Title);
        let mut out = String::new();
        let language = self.locale.name();
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}, {}</title>\n<style>\n{}</style>\n</head>\n\
             <body>\n<header>\n<h1>{title}</h1>\n<p>{}</p>\n</header>\n<main>\n",
            self.as_of.day(),
            include_str!("style.css"),
            marked(&self.told(&Sentence::Book {
                contracts: self.portfolio().contract_count() as u64,
                customers: self.portfolio().customer_count() as u64,
                day: self.as_of.day(),
                file: self.book.file.as_deref(),
            })),
        );
        self.section(&mut out, Heading::Summary, &self.summary(&found)?);
        self.section(&mut out, Heading::Movements, &self.movements(&found)?);
        self.section(&mut out, Heading::Retention, &self.pictures(&found.retention)?);
        self.section(&mut out, Heading::Cohorts, &self.pictures(&found.cohorts)?);
        self.section(&mut out, Heading::Health, &self.healthy()?);
        self.section(&mut out, Heading::Churn, &self.churn(&found)?);
        self.section(&mut out, Heading::Questions, &self.questions()?);
        self.section(&mut out, Heading::Due, &self.due()?);
        self.section(&mut out, Heading::Lifetime, &self.lifetime()?);
        self.section(&mut out, Heading::Attention, &self.attention()?);
        self.section(&mut out, Heading::Indicators, &self.indicators()?);
        self.section(&mut out, Heading::Concentration, &self.concentration(&found)?);
        self.section(&mut out, Heading::Definitions, &self.definitions());
        self.section(&mut out, Heading::Rows, &self.rows());
        out.push_str("</main>\n</body>\n</html>\n");
        Ok(out)
    }

    fn portfolio(&self) -> &'b Portfolio {
        &self.book.portfolio
    }

    fn table<R: Operation + Into<Table>>(&self, query: Query<'b, R>) -> Result<Table, Error> {
        query.watch(self.watch).run().map(Into::into)
    }

    fn findings(&self) -> Result<Findings, Error> {
        let (start, end) = self.as_of.range();
        let last = self.as_of.month();
        let portfolio = self.portfolio();
        let movements = portfolio.movements(start, end).watch(self.watch).run()?;
        let are_many = portfolio.customer_count() > MANY;
        let intervals = self.table(portfolio.retention_intervals(if are_many { last } else { start }, end))?;
        let retention = match are_many {
            true => self.table(portfolio.retention(start, end))?,
            false => intervals.clone(),
        };
        let concentration =
            (!are_many).then(|| self.table(portfolio.movements(last, end).by(["customer_id"]))).transpose()?;
        Ok(Findings {
            months: movements.rows().collect(),
            movements: movements.into(),
            retention,
            intervals,
            cohorts: self.table(portfolio.cohorts(end))?,
            concentration,
            attributes: churn::attributes(portfolio, last, end, self.watch)?,
        })
    }

    fn heading(&self, heading: Heading) -> &'static str {
        heading.text(self.locale)
    }

    fn told(&self, sentence: &Sentence<'_>) -> String {
        sentence.text(self.locale)
    }

    fn section(&self, out: &mut String, heading: Heading, content: &str) {
        // Writing to a string cannot fail.
        let _ = write!(out, "<section>\n<h2>{}</h2>\n{content}</section>\n", self.heading(heading));
    }

    fn paragraph(&self, sentence: &Sentence<'_>) -> String {
        format!("<p>{}</p>\n", escaped(&self.told(sentence)))
    }

    /// All pictures of a result.
    fn pictures(&self, table: &Table) -> Result<String, Error> {
        let drawn = table.pictures().iter().map(|&picture| self.picture(table, picture));
        Ok(drawn.collect::<Result<Vec<_>, _>>()?.concat())
    }

    fn picture(&self, table: &Table, picture: Picture) -> Result<String, Error> {
        Ok(format!("<figure>{}</figure>\n", table.figure(picture, self.locale)?.to_svg()))
    }

    /// What a reader should know who reads nothing else.
    fn summary(&self, found: &Findings) -> Result<String, Error> {
        let (Some(first), Some(last)) = (found.months.first(), found.months.last()) else {
            return Ok(self.paragraph(&Sentence::NoCustomers));
        };
        let share = |column: &str| match found.intervals.cell(found.intervals.len().saturating_sub(1), column) {
            cs_core::Cell::Ratio(share) => Some(share),
            _ => None,
        };
        let tiles = [
            (Heading::Mrr, written(last.closing_mrr)),
            (Heading::Arr, written(last.closing_arr)),
            (Heading::Customers, count(last.closing_customers)),
            (Heading::Net, share("nrr").map_or("–".to_owned(), percent)),
            (Heading::Gross, share("grr").map_or("–".to_owned(), percent)),
        ];
        let tile = |(heading, figure): (Heading, String)| {
            format!(
                "<div class=\"tile\"><span>{}</span><strong>{}</strong></div>\n",
                self.heading(heading),
                escaped(&figure)
            )
        };
        let mut out = format!("<div class=\"tiles\">\n{}</div>\n", tiles.map(tile).concat());
        let sum = |of: fn(&MovementsRow) -> u64| found.months.iter().map(of).sum::<u64>();
        let mut sentences = vec![
            Sentence::Revenue { now: last.closing_mrr, then: first.opening_mrr, since: label(first.period_start) },
            Sentence::Flow {
                paying: last.closing_customers,
                new: sum(|month| month.new_customers),
                back: sum(|month| month.reactivated_customers),
                lost: sum(|month| month.churned_customers),
            },
        ];
        if let (Some(net), Some(gross)) = (share("nrr"), share("grr")) {
            let interval = share("nrr_low").zip(share("nrr_high"));
            sentences.push(Sentence::Stayed { net, gross, interval });
        }
        sentences.push(match churn::worst(&found.attributes) {
            Some(worst) => Sentence::Worst(worst),
            None => Sentence::NoWorst,
        });
        sentences.extend(self.risk()?);
        let items = sentences.iter().map(|sentence| format!("<li>{}</li>\n", escaped(&self.told(sentence))));
        out.push_str(&format!("<ul>\n{}</ul>\n", items.collect::<String>()));
        Ok(out)
    }

    fn movements(&self, found: &Findings) -> Result<String, Error> {
        let headings = [
            Heading::Month,
            Heading::Opening,
            Heading::New,
            Heading::Reactivation,
            Heading::Expansion,
            Heading::Contraction,
            Heading::Lost,
            Heading::Closing,
            Heading::Customers,
        ];
        let row = |month: &MovementsRow| {
            let less = |money: Money| if money.units() == 0 { figure(money) } else { format!("-{}", figure(money)) };
            let cells = [
                figure(month.opening_mrr),
                figure(month.new_mrr),
                figure(month.reactivation_mrr),
                figure(month.expansion_mrr),
                less(month.contraction_mrr),
                less(month.churned_mrr),
                figure(month.closing_mrr),
                count(month.closing_customers),
            ];
            [label(month.period_start)].into_iter().chain(cells).collect()
        };
        let rows: Vec<Vec<String>> = found.months.iter().map(row).collect();
        let caption = self.told(&Sentence::Amounts(self.portfolio().currency().code()));
        Ok(self.pictures(&found.movements)? + &grid(&caption, &headings.map(|heading| self.heading(heading)), &rows))
    }

    /// By attribute: which groups lose how many customers, with intervals.
    fn churn(&self, found: &Findings) -> Result<String, Error> {
        if found.attributes.is_empty() {
            return Ok(self.paragraph(&Sentence::NoAttributes));
        }
        let mut out = self.paragraph(&Sentence::Intervals);
        for attribute in &found.attributes {
            out.push_str(&format!("<h3>{}</h3>\n", escaped(&attribute.name)));
            out.push_str(&self.picture(&attribute.retention, Picture::Churn)?);
            let headings = [
                Heading::Group,
                Heading::Opening,
                Heading::LostShare,
                Heading::From,
                Heading::To,
                Heading::LostRevenue,
            ];
            let rows: Vec<Vec<String>> = attribute.groups.iter().map(|group| group.cells()).collect();
            out.push_str(&grid("", &headings.map(|heading| self.heading(heading)), &rows));
        }
        Ok(out)
    }

    fn concentration(&self, found: &Findings) -> Result<String, Error> {
        match &found.concentration {
            Some(table) => self.pictures(table),
            None => Ok(self.paragraph(&Sentence::NotConcentrated(MANY as u64))),
        }
    }

    fn definitions(&self) -> String {
        let definitions = self.portfolio().definitions();
        let (object, defaults) = (definitions.to_object(), Definitions::default().to_object());
        let rows: Vec<Vec<String>> = object
            .as_object()
            .unwrap_or_default()
            .iter()
            .map(|(switch, value)| {
                let default = defaults.get(switch).is_some_and(|default| default == value);
                let mark = if default { "" } else { self.heading(Heading::Changed) };
                vec![switch.clone(), value.to_string(), mark.to_owned()]
            })
            .collect();
        let headings = [Heading::Switch, Heading::Value, Heading::Deviation].map(|heading| self.heading(heading));
        let told = self.paragraph(&Sentence::Fingerprint(&definitions.fingerprint()));
        format!(
            "{told}<details><summary>{}</summary>\n{}</details>\n",
            self.heading(Heading::Switches),
            grid("", &headings, &rows)
        )
    }

    fn rows(&self) -> String {
        let report = self.portfolio().load_report();
        let row = |table: &cs_core::TableReport| {
            let counts = [table.rows_read, table.accepted, table.rejected, table.blank].map(count);
            [table.table.clone()].into_iter().chain(counts).collect()
        };
        let rows: Vec<Vec<String>> = report.tables.iter().map(row).collect();
        let headings = [Heading::Table, Heading::Read, Heading::Accepted, Heading::Rejected, Heading::Blank];
        let mut out = grid("", &headings.map(|heading| self.heading(heading)), &rows);
        if report.problems.total == 0 {
            out.push_str(&self.paragraph(&Sentence::NoProblems));
        }
        for (told, problems) in [
            (Sentence::Problems(report.problems.total), &report.problems),
            (Sentence::Warnings(report.warnings.total), &report.warnings),
        ] {
            if problems.total > 0 {
                out.push_str(&self.paragraph(&told));
                out.push_str(&listed(problems));
            }
        }
        out
    }
}

/// The first of some problems, which the library tells in English.
fn listed(problems: &Problems) -> String {
    let item = |problem: &Problem| {
        format!("<li><code>{}</code>: {}</li>\n", escaped(&problem.path), marked(&sentence(problem)))
    };
    let items: String = problems.kept.iter().take(PROBLEMS).map(item).collect();
    format!("<ol lang=\"en\">\n{items}</ol>\n")
}

/// A table: the first column is text, the others stand at their right.
fn grid(caption: &str, headings: &[&str], rows: &[Vec<String>]) -> String {
    let cells = |tag: &str, cells: &[String]| {
        let cell = |cell: &String| format!("<{tag}>{}</{tag}>", escaped(cell));
        format!("<tr>{}</tr>\n", cells.iter().map(cell).collect::<String>())
    };
    let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let body: String = rows.iter().map(|row| cells("td", row)).collect();
    let caption = if caption.is_empty() { String::new() } else { format!("<caption>{}</caption>", escaped(caption)) };
    format!(
        "<div class=\"wide\"><table>{caption}<thead>{}</thead>\n<tbody>\n{body}</tbody></table></div>\n",
        cells("th", &headings)
    )
}

/// Text of which nothing is markup but user input in backticks, which messages have in pairs.
fn marked(text: &str) -> String {
    let mut out = String::new();
    for (turn, part) in escaped(text).split('`').enumerate() {
        if turn > 0 {
            out.push_str(if turn % 2 == 1 { "<code>" } else { "</code>" });
        }
        out.push_str(part);
    }
    if text.matches('`').count() % 2 == 1 {
        out.push_str("</code>");
    }
    out
}
