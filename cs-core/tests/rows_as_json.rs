//! Typed rows in and out of serde: money is text, keys stand once, and columns are known.
#![allow(
    clippy::unwrap_used,
    reason = "these are tests outside of test functions: what cannot be looked at has failed"
)]

use chrono::NaiveDate;
use cs_core::{BillingPeriod, Contract, ContractKind, Customer, Definitions};
use rstest::rstest;
use rust_decimal::Decimal;

fn contract() -> Contract {
    let start = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
    Contract {
        amount: Some(Decimal::new(120_000, 2)),
        billing_period: Some(BillingPeriod::HalfYear),
        auto_renew: Some(false),
        quantity: Some((1 << 53) - 1),
        kind: Some(ContractKind::OneTime),
        ..Contract::new("c-1", "カスタマー", start)
    }
}

const CONTRACT: &str = concat!(
    r#"{"contract_id":"c-1","customer_id":"カスタマー","start_date":"2026-01-31","amount":"1200.00","#,
    r#""billing_period":"half_year","quantity":9007199254740991,"auto_renew":false,"kind":"one_time"}"#
);

#[test]
fn money_and_dates_are_text() {
    assert_eq!(serde_json::to_string(&contract()).unwrap(), CONTRACT);
    assert_eq!(serde_json::from_str::<Contract>(CONTRACT).unwrap(), contract());
}

#[test]
fn decimals_are_text_whatever_another_crate_asks_of_their_serde() {
    // A dependency that turns on `serde-float` would turn every decimal of the program into a JSON number.
    assert_eq!(serde_json::to_string(&Decimal::new(120_000, 2)).unwrap(), "\"1200.00\"");
}

#[test]
fn null_is_absent() {
    let text = r#"{"contract_id":"c","customer_id":"a","start_date":"2026-01-31","mrr":null,"end_date":null}"#;
    let start = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
    assert_eq!(serde_json::from_str::<Contract>(text).unwrap(), Contract::new("c", "a", start));
}

#[rstest]
#[case::money_as_a_number(r#""mrr":100"#)]
#[case::money_as_a_float(r#""mrr":100.5"#)]
#[case::money_with_an_exponent(r#""mrr":"1e3""#)]
#[case::money_with_separators(r#""mrr":"1,000""#)]
#[case::money_with_spaces(r#""mrr":" 1""#)]
#[case::money_that_is_no_number(r#""mrr":"NaN""#)]
#[case::money_in_a_list(r#""mrr":["1"]"#)]
#[case::a_key_twice(r#""mrr":"1","mrr":"1""#)]
#[case::a_required_key_twice(r#""mrr":"1","customer_id":"a""#)]
#[case::an_unknown_column(r#""mrr":"1","price":"1""#)]
#[case::a_column_in_another_case(r#""MRR":"1""#)]
#[case::a_date_with_a_time(r#""mrr":"1","end_date":"2026-02-01T00:00:00""#)]
#[case::a_date_that_is_none(r#""mrr":"1","end_date":"2026-02-30""#)]
#[case::a_date_beyond_the_calendar(r#""mrr":"1","end_date":"2201-01-01""#)]
#[case::a_date_as_a_number(r#""mrr":"1","end_date":20000"#)]
#[case::a_flag_as_text(r#""mrr":"1","auto_renew":"true""#)]
#[case::a_count_with_a_fraction(r#""mrr":"1","quantity":1.5"#)]
#[case::a_count_below_zero(r#""mrr":"1","quantity":-1"#)]
#[case::a_word_that_is_none(r#""mrr":"1","kind":"Subscription""#)]
#[case::a_name_as_a_number(r#""mrr":"1","product":1"#)]
fn what_is_no_contract_is_refused(#[case] entries: &str) {
    let text = format!(r#"{{"contract_id":"c","customer_id":"a","start_date":"2026-01-31",{entries}}}"#);
    assert!(serde_json::from_str::<Contract>(&text).is_err(), "{text}");
}

#[rstest]
#[case::no_object("[]")]
#[case::nothing("null")]
#[case::no_id(r#"{"customer_id":"a","start_date":"2026-01-31","mrr":"1"}"#)]
#[case::no_start(r#"{"contract_id":"c","customer_id":"a","mrr":"1"}"#)]
#[case::a_required_null(r#"{"contract_id":"c","customer_id":null,"start_date":"2026-01-31","mrr":"1"}"#)]
fn what_is_missing_is_refused(#[case] text: &str) {
    assert!(serde_json::from_str::<Contract>(text).is_err(), "{text}");
}

#[test]
fn attributes_of_customers_are_text() {
    let text = r#"{"customer_id":"a","segment":"s","fit":99.5,"tier":"gold","partner":true,"seats":12}"#;
    let customer: Customer = serde_json::from_str(text).unwrap();
    assert_eq!((customer.segment.as_deref(), customer.fit), (Some("s"), Some(99.5)));
    let attributes: Vec<(&str, &str)> =
        customer.attributes.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(attributes, [("partner", "true"), ("seats", "12"), ("tier", "gold")]);
    assert_eq!(serde_json::from_str::<Customer>(&serde_json::to_string(&customer).unwrap()).unwrap(), customer);
    for refused in [r#"{"customer_id":"a","tier":1.5}"#, r#"{"customer_id":"a","tier":[]}"#, r#"{"customer_id":1}"#] {
        assert!(serde_json::from_str::<Customer>(refused).is_err(), "{refused}");
    }
}

#[rstest]
#[case::an_unknown_switch(r#"{"periods":"month"}"#)]
#[case::a_switch_twice(r#"{"period":"month","period":"month"}"#)]
#[case::a_value_that_is_none(r#"{"extra_digits":7}"#)]
#[case::no_object(r#""month""#)]
fn what_is_no_reading_is_refused(#[case] text: &str) {
    assert!(serde_json::from_str::<Definitions>(text).is_err(), "{text}");
}
