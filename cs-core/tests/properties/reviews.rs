//! What became known later changes nothing of a review, whichever table it stands in: a row of each, which would have been told of had
//! it been known.

use chrono::NaiveDate;
use cs_core::{Error, Load, Portfolio, Principle, Report, ReviewSettings};
use rstest::rstest;

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

const TODAY: NaiveDate = day(2026, 6, 30);
const EARLIER: NaiveDate = day(2026, 6, 1);
const LATER: NaiveDate = day(2026, 7, 1);

/// Two channels, of which one loses half of its customers early; scores of one measure; and a row of a table beside what is there.
fn book(table: &str, row: &str, known: NaiveDate) -> Result<Portfolio, Error> {
    let mut contracts = "contract_id,customer_id,start_date,end_date,mrr\n".to_owned();
    let mut customers = "customer_id,channel,fit,recorded_on\n".to_owned();
    let mut signals = "customer_id,signal,observed_on,value,recorded_on\n".to_owned();
    for number in 0..60 {
        let (channel, leaves) = if number < 30 { ("partner", number % 2 == 0) } else { ("web", false) };
        let end = if leaves { "2025-06-01" } else { "" };
        contracts += &format!("k{number},c{number},2025-01-01,{end},10.00\n");
        customers += &format!("c{number},{channel},80,2025-01-01\n");
        for day in ["2026-05-20", "2026-06-20"] {
            signals += &format!("c{number},score,{day},20,{day}\n");
        }
    }
    signals += "c1,emails_opened,2026-05-30,0,2026-05-30\n";
    contracts += "k60,new,2026-03-01,,10.00\n";
    customers += "new,web,80,2025-01-01\n";
    let own = |name: &str, rows: &str| match name == table {
        true => format!("{rows}{}\n", row.replace("DAY", &known.to_string())),
        false => rows.to_owned(),
    };
    let there = [
        ("customers", customers),
        ("signals", signals),
        ("engagements", "customer_id,date,kind,channel,two_way\nc1,2026-06-20,outreach,human,true\n".into()),
        ("stakeholders", "customer_id,person_id,role,since,left_on\nc1,p,champion,2025-01-01,\n".into()),
        ("outcomes", "customer_id,outcome_id,agreed_on,observed_on,experience\nc1,o,2025-02-01,2026-06-01,9\n".into()),
        ("milestones", "customer_id,milestone,reached_on\nc1,first_value,2025-02-01\n".into()),
        ("actions", "customer_id,play,opened_on\nc3,outreach,2026-05-25\n".into()),
        ("practices", "topic,value,since\nscore_validated,better,2026-01-01\n".into()),
        ("cases", "customer_id,case_id,opened_on\nc1,one,2025-02-01\n".into()),
        (
            "feedback",
            "customer_id,date,kind,topic\nc1,2025-02-01,request,search\nc31,2025-02-01,request,search\n".into(),
        ),
    ];
    let files: Vec<(&str, String)> =
        there.into_iter().map(|(name, rows): (&str, String)| (name, own(name, &rows))).collect();
    let mut load = Portfolio::from_csv(&contracts);
    for (name, rows) in &files {
        load = given(load, name, rows.as_bytes());
    }
    load.currency("USD").observed_until(day(2026, 12, 31)).load()
}

fn given<'a>(load: Load<'a>, table: &str, rows: &'a [u8]) -> Load<'a> {
    match table {
        "customers" => load.customers(rows),
        "signals" => load.signals(rows),
        "engagements" => load.engagements(rows),
        "stakeholders" => load.stakeholders(rows),
        "outcomes" => load.outcomes(rows),
        "milestones" => load.milestones(rows),
        "actions" => load.actions(rows),
        "practices" => load.practices(rows),
        "cases" => load.cases(rows),
        _ => load.feedback(rows),
    }
}

const SETTINGS: &str = r#"{"natural_drift": {"max_vacant_days": 10}, "scorecard": {"name": "one", "measures": [{
    "measure": "score", "evidence": "custom", "weight": 1, "curve": [[0, 0], [100, 100]],
    "value": {"table": "signals", "aggregate": "last", "where": {"signal": "score"}, "window_days": 30}}]}}"#;

/// The whole review, and what is told of a principle.
fn told(portfolio: &Portfolio, principle: Principle) -> Result<(String, String), Error> {
    let review = portfolio.review(TODAY).settings(&ReviewSettings::from_json(SETTINGS)?).run()?;
    let of_findings = review.evidence().rows().filter(|row| row.finding_id.starts_with(principle.name()));
    let of_questions = review.checks().rows().filter(|row| row.principle == principle);
    let told = format!("{:?} {:?}", of_findings.collect::<Vec<_>>(), of_questions.collect::<Vec<_>>());
    Ok((Report::from(review).to_json(), told))
}

#[rstest]
#[case("customers", "c1,web,10,DAY", Principle::RightCustomer)]
#[case("cases", "c1,two,DAY", Principle::RightCustomer)]
#[case("feedback", "c3,DAY,request,billing", Principle::RightCustomer)]
#[case("outcomes", "c3,o,DAY,,", Principle::RightCustomer)]
#[case("engagements", "c3,DAY,outreach,human,true", Principle::NaturalDrift)]
#[case("stakeholders", "c1,q,executive_sponsor,DAY,", Principle::NaturalDrift)]
#[case("signals", "c1,emails_sent,DAY,50,", Principle::NaturalDrift)]
#[case("outcomes", "c3,o,DAY,DAY,2", Principle::WildlySuccessful)]
#[case("signals", "c1,score,2026-06-21,90,DAY", Principle::MonitorHealth)]
#[case("actions", "c1,outreach,DAY", Principle::MonitorHealth)]
#[case("practices", "score_validated,not_shown,DAY", Principle::MonitorHealth)]
#[case("milestones", "new,first_value,DAY", Principle::TimeToValue)]
fn what_becomes_known_later_changes_no_review(
    #[case] table: &str,
    #[case] row: &str,
    #[case] principle: Principle,
) -> Result<(), Error> {
    let (clean, of_clean) = told(&book("", "", TODAY)?, principle)?;
    let (leaking, _) = told(&book(table, row, LATER)?, principle)?;
    assert_eq!(leaking, clean, "{table}");
    let (_, of_known) = told(&book(table, row, EARLIER)?, principle)?;
    assert_ne!(of_known, of_clean, "{table} tells nothing of {principle}");
    Ok(())
}
