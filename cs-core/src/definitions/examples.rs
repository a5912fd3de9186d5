// What the examples of the switches share: a book in short, and what it reads as. Included by them, and part of no
// module.

use chrono::NaiveDate;
use cs_core::{Contract, Definitions, Error, Json, Portfolio};

/// A book of lines `contract,customer,start,end,mrr`, each followed by further columns as `name=value`.
fn load(book: &str) -> Result<Portfolio, Error> {
    let contract = |line: &str| {
        let mut fields = line.split(',');
        let names = ["contract_id", "customer_id", "start_date", "end_date", "mrr"];
        let named = names.into_iter().zip(fields.by_ref()).filter(|(_, value)| !value.is_empty());
        let mut entries: Vec<(&str, &str)> = named.collect();
        entries.extend(fields.filter_map(|field| field.split_once('=')));
        let json = Json::object(entries.into_iter().map(|(name, value)| (name, Json::from(value))));
        serde_json::from_str::<Contract>(&json.to_string()).expect("a contract")
    };
    Portfolio::from_tables(book.lines().map(contract).collect::<Vec<_>>()).currency("USD").load()
}

fn day(month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, 1).expect("a day")
}

/// The journal of January to April, a line for each movement.
#[allow(dead_code)]
pub fn journal(book: &str, switches: &str) -> Result<Vec<String>, Error> {
    let definitions = Definitions::from_json(switches)?;
    let journal = load(book)?.journal(day(1), day(5)).definitions(&definitions).run()?;
    Ok(journal.rows().map(|row| format!("{} {} {}", row.date, row.kind, row.amount)).collect())
}

/// Closing MRR of the periods of January to April.
#[allow(dead_code)]
pub fn closings(book: &str, switches: &str) -> Result<Vec<String>, Error> {
    let definitions = Definitions::from_json(switches)?;
    let movements = load(book)?.movements(day(1), day(5)).definitions(&definitions).run()?;
    Ok(movements.rows().map(|row| row.closing_mrr.to_string()).collect())
}
