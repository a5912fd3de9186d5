//! Canonical bytes: what is written is read back as the same, and written again as the same bytes.

use cs_core::{Cell, Customer, Definitions, Json, Portfolio, Table};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::books::{books, definitions};
use crate::config;

/// Fails unless a table is its own JSON.
fn is_its_json(table: &Table) -> Result<(), TestCaseError> {
    let text = table.to_json();
    let read = Table::from_json(&text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
    prop_assert_eq!(&read, table);
    prop_assert_eq!(read.to_json(), text);
    Ok(())
}

/// Customers with values of every kind, scores of every bit pattern within bounds.
fn customers() -> impl Strategy<Value = Vec<Customer>> {
    let text = || prop::option::of(prop_oneof!["[a-z]{1,3}", ".{1,8}", "[=+@'\t\r-].{0,3}"]);
    let score = prop_oneof![
        3 => 0.0..=100.0,
        1 => (0_u64..=100.0_f64.to_bits()).prop_map(f64::from_bits),
    ];
    let amount = || prop::option::of((0_i64..=i64::MAX).prop_map(|units| Decimal::new(units, 2)));
    let attributes = prop::collection::btree_map("[=+@-]?[a-z\"\u{1}\u{2028}é]{1,3}[0-9]", ".{0,6}", 0..3);
    let customer = (text(), text(), prop::option::of(score), amount(), prop::option::of(0_u64..1 << 53), attributes);
    prop::collection::vec(customer, 0..5).prop_map(|customers| {
        let customer = |(number, (name, segment, fit, cost, employees, attributes)): (usize, _)| Customer {
            name,
            segment,
            fit,
            employees,
            acquisition_cost: cost,
            attributes,
            ..Customer::new(format!("{number}\u{0}\"\\/\u{7f}"))
        };
        customers.into_iter().enumerate().map(customer).collect()
    })
}

fn portfolio(customers: Vec<Customer>) -> Portfolio {
    Portfolio::from_csv("contract_id,customer_id,start_date,mrr\n").customers(customers).currency("USD").load().unwrap()
}

/// The records of a file of CSV, by the strictest reading.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Flag),
        any::<i64>().prop_map(Json::Integer),
        (prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO).prop_map(Json::Float),
        any::<String>().prop_map(Json::Text),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let entries = prop::collection::btree_map(any::<String>(), inner.clone(), 0..5);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Json::Array),
            entries.prop_map(|entries| Json::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn tables_are_read_back(book in books()) {
        let portfolio = book.load();
        is_its_json(&portfolio.table("contracts").unwrap())?;
        is_its_json(&portfolio.table("customers").unwrap())?;
        is_its_json(book.movements().table())?;
        is_its_json(book.journal().table())?;
    }

    #[test]
    fn customers_are_read_back(customers in customers()) {
        is_its_json(&portfolio(customers).table("customers").unwrap())?;
    }

    #[test]
    fn scores_keep_every_bit(bits in 0_u64..=100.0_f64.to_bits()) {
        let customer = Customer { fit: Some(f64::from_bits(bits)), ..Customer::new("a") };
        is_its_json(&portfolio(vec![customer]).table("customers").unwrap())?;
    }

    #[test]
    fn csv_gives_the_text_back(customers in customers()) {
        let table = portfolio(customers).table("customers").unwrap();
        let records = records(&table.to_csv());
        prop_assert_eq!(records.len(), table.len() + 1);
        for (position, column) in table.columns().iter().enumerate() {
            for (row, record) in records.iter().skip(1).enumerate() {
                let field = record[position].as_str();
                match column.values().cell(row) {
                    Cell::Absent => prop_assert_eq!(field, ""),
                    Cell::Text(text) => {
                        prop_assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "a formula: {}", field);
                        prop_assert_eq!(field.strip_prefix('\'').unwrap_or(field), text);
                    }
                    Cell::Ratio(ratio) => prop_assert_eq!(field.parse(), Ok(ratio)),
                    other => prop_assert_eq!(field, other.to_string()),
                }
            }
        }
    }

    #[test]
    fn no_cell_of_csv_is_a_formula(customers in customers()) {
        let table = portfolio(customers).table("customers").unwrap();
        for field in records(&table.to_csv()).concat() {
            let number = field.parse::<f64>().is_ok();
            prop_assert!(number || !field.starts_with(['=', '+', '-', '@', '\t', '\r']), "a formula: {}", field);
        }
    }

    #[test]
    fn html_holds_no_markup_of_the_data(customers in customers()) {
        let table = portfolio(customers).table("customers").unwrap();
        let html = table.to_html();
        let tags = html.matches('<').count();
        prop_assert_eq!(tags, html.matches('>').count());
        // Opening and closing tags of the table, its caption, head and body, of rows and of cells.
        let rows = table.len().min(50) + 1;
        prop_assert_eq!(tags, 8 + 2 * rows + 2 * rows * table.columns().len());
    }

    #[test]
    fn definitions_are_read_back(one in definitions(), other in definitions()) {
        let text = one.to_json();
        let read = Definitions::from_json(&text).unwrap();
        prop_assert_eq!(read.to_json(), text.clone());
        prop_assert_eq!(read.fingerprint(), one.fingerprint());
        prop_assert_eq!(one.diff(&read), vec![]);
        prop_assert_eq!(one.fingerprint().len(), 64);
        prop_assert_eq!(serde_json::to_string(&one).unwrap(), text);

        let (there, back) = (one.diff(&other), other.diff(&one));
        prop_assert_eq!(there.is_empty(), one.fingerprint() == other.fingerprint());
        prop_assert_eq!(there.len(), back.len());
        for (one, two) in there.iter().zip(&back) {
            prop_assert_eq!((one.switch, &one.before, &one.after), (two.switch, &two.after, &two.before));
        }
        // What differs, set in the one, gives the other.
        let changes = Json::object(there.iter().map(|difference| (difference.switch, difference.after.clone())));
        prop_assert_eq!(one.replace(&changes).unwrap().to_json(), other.to_json());
    }

    #[test]
    fn json_is_read_back(json in json()) {
        let text = json.to_string();
        let read = Json::parse(&text).unwrap();
        prop_assert_eq!(read.to_string(), text.clone());
        // Another reader finds the same, and what serde writes reads the same.
        let other: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(Json::parse(&other.to_string()).is_ok(), true);
        let written = serde_json::to_string(&json).unwrap();
        prop_assert_eq!(Json::parse(&written).unwrap().to_string(), text);
    }

    #[test]
    fn a_key_that_stands_twice_is_named(key in ".{1,20}", value: i64) {
        let key = Json::from(key.as_str()).to_string();
        let text = format!("{{{key}:{value},{key}:null}}");
        let problem = Json::parse(&text).unwrap_err();
        prop_assert_eq!(problem.code, cs_core::Code::DuplicateKey);
        let Ok(Json::Text(name)) = Json::parse(&key) else { panic!("text") };
        let steers = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        let shown: String = name.chars().map(|c| if steers(c) { ' ' } else { c }).collect();
        prop_assert_eq!(problem.value, Some(shown));
    }

    #[test]
    fn text_is_json_or_an_error(text in ".{0,40}") {
        if let Ok(json) = Json::parse(&text) {
            let canonical = json.to_string();
            prop_assert_eq!(Json::parse(&canonical).unwrap().to_string(), canonical);
        }
    }
}
