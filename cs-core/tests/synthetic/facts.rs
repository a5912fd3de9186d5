//! What cannot be is in no table of any book.

use std::collections::{BTreeMap, BTreeSet};

use super::books::{NEVER, Rows, after, before, books, healthy_books};

#[test]
fn nothing_is_recorded_of_who_is_no_customer() {
    let columns = [
        ("signals", "observed_on"),
        ("engagements", "date"),
        ("cases", "opened_on"),
        ("surveys", "date"),
        ("milestones", "reached_on"),
        ("outcomes", "agreed_on"),
        ("outcomes", "observed_on"),
        ("outcomes", "achieved_on"),
        ("stakeholders", "since"),
        ("stakeholders", "left_on"),
        ("feedback", "date"),
        ("feedback", "answered_on"),
        ("feedback", "released_on"),
        ("advocacy", "date"),
        ("actions", "opened_on"),
        ("actions", "closed_on"),
        ("truth", "began_on"),
    ];
    for book in books() {
        let mut tables = BTreeMap::new();
        for (name, column) in columns {
            let table: &Rows = tables.entry(name).or_insert_with(|| book.rows(name));
            for row in (0..table.1).filter(|&row| !table.get(row, column).is_empty()) {
                let (customer, day) = (table.get(row, "customer_id"), table.get(row, column));
                // Chance and failed payments begin on the day on which the company knows.
                let is_end = name == "truth" && table.get(row, "left_on") == day;
                let is_companys = customer.is_empty();
                let is_there = is_companys || is_end || book.is_customer(customer, day);
                assert!(is_there, "{}: {name}.{column} {customer} {day} {:?}", book.name, book.stays(customer));
            }
        }
    }
}

#[test]
fn who_meets_recommends_and_moves_is_there() {
    for book in books() {
        let people = book.rows("stakeholders");
        let by_id: BTreeMap<&str, usize> = (0..people.1).map(|row| (people.get(row, "person_id"), row)).collect();
        let is_there = |person: &str, day: &str| {
            let row = by_id[person];
            people.get(row, "since") <= day && day < people.until(row, "left_on")
        };
        for row in 0..people.1 {
            assert!(people.get(row, "since") < people.until(row, "left_on"), "{} {row}", book.name);
        }
        let meetings = book.rows("engagements");
        for row in (0..meetings.1).filter(|&row| !meetings.get(row, "person_id").is_empty()) {
            let (person, day) = (meetings.get(row, "person_id"), meetings.get(row, "date"));
            assert!(is_there(person, day), "{}: {person} {day}", book.name);
        }
        let contracts = book.rows("contracts");
        let mut movers: BTreeSet<String> = BTreeSet::new();
        for row in (0..contracts.1).filter(|&row| !contracts.get(row, "referred_by_person_id").is_empty()) {
            let [person, other, signed, start] =
                ["referred_by_person_id", "referred_by_customer_id", "signed_date", "start_date"]
                    .map(|column| contracts.get(row, column));
            let told = format!("{}: {person} {signed} {:?}", book.name, book.stays(other));
            assert_eq!(people.get(by_id[person], "customer_id"), other, "{told}");
            assert_eq!(people.get(by_id[person], "role"), "champion", "{told}");
            if contracts.get(row, "source") == "referral" {
                assert!(is_there(person, signed) && is_there(person, start), "{told}");
                assert!(book.is_customer(other, signed) && book.is_customer(other, start), "{told}");
            } else {
                assert!(people.until(by_id[person], "left_on") < signed, "{told}");
                assert!(movers.insert(person.to_owned()), "{told}");
            }
        }
        for row in (0..people.1).filter(|&row| !people.get(row, "moved_to_customer_id").is_empty()) {
            let (person, to) = (people.get(row, "person_id"), people.get(row, "moved_to_customer_id"));
            assert!(to < people.get(row, "customer_id") && movers.insert(person.to_owned()), "{}: {person}", book.name);
            assert!(book.is_customer(to, &after(people.get(row, "left_on"), 30)), "{}: {person} {to}", book.name);
        }
    }
}

#[test]
fn champions_follow_each_other_as_the_truth_says() {
    for book in books() {
        let (people, truth) = (book.rows("stakeholders"), book.rows("truth"));
        let mut champions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for row in (0..people.1).filter(|&row| people.get(row, "role") == "champion") {
            champions.entry(people.get(row, "customer_id")).or_default().push(row);
        }
        assert_eq!(champions.len(), book.stays.len(), "{}", book.name);
        for rows in champions.values() {
            for pair in rows.windows(2) {
                assert!(people.until(pair[0], "left_on") <= people.get(pair[1], "since"), "{}", book.name);
            }
        }
        for row in (0..truth.1).filter(|&row| truth.get(row, "cause") == "champion_left") {
            let (customer, began) = (truth.get(row, "customer_id"), truth.get(row, "began_on"));
            let is_there = |&row: &usize| people.get(row, "since") <= began && began < people.until(row, "left_on");
            assert!(!champions[customer].iter().any(is_there), "{}: {customer} {began}", book.name);
        }
    }
}

#[test]
fn what_is_used_is_used_by_somebody() {
    for book in books() {
        let (signals, pauses) = (book.rows("signals"), book.rows("pauses"));
        let mut months: BTreeMap<(&str, &str), BTreeMap<&str, f64>> = BTreeMap::new();
        for row in 0..signals.1 {
            let month = (signals.get(row, "customer_id"), signals.get(row, "observed_on"));
            let known =
                months.entry(month).or_default().insert(signals.get(row, "signal"), signals.number(row, "value"));
            assert_eq!(known, None, "{}: {month:?}", book.name);
        }
        for ((customer, day), of) in months {
            let told = format!("{}: {customer} {day} {of:?}", book.name);
            assert!(of["licensed_users"] >= 1.0, "{told}");
            assert!(of["active_users"] <= of["licensed_users"], "{told}");
            assert!(of["executive_users"] <= of["active_users"], "{told}");
            let uses = ["logins", "features_used"].map(|signal| of[signal] > 0.0);
            assert_eq!(uses, [of["active_users"] > 0.0; 2], "{told}");
            for of_users in ["key_feature_uses", "self_service_resolutions", "used_in_executive_meetings"] {
                assert!(of["active_users"] > 0.0 || of[of_users] == 0.0, "{told}");
            }
            assert!(of["features_used"] <= of["features_available"], "{told}");
            assert!(of["emails_clicked"] <= of["emails_opened"] && of["emails_opened"] <= of["emails_sent"], "{told}");
            // A month has 31 days at most.
            let is_paused = (0..pauses.1).any(|row| {
                let is_of = pauses.get(row, "contract_id").starts_with(customer);
                is_of && pauses.get(row, "from_date") <= after(day, -30).as_str() && pauses.until(row, "to_date") > day
            });
            assert!(!is_paused || of["active_users"] == 0.0, "{told}");
        }
    }
}

#[test]
fn contracts_end_as_their_customers_leave() {
    for book in books() {
        let (contracts, customers, pauses) = (book.rows("contracts"), book.rows("customers"), book.rows("pauses"));
        let of: BTreeMap<&str, usize> = (0..customers.1).map(|row| (customers.get(row, "customer_id"), row)).collect();
        let mut notices: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for row in 0..contracts.1 {
            let (customer, id) = (contracts.get(row, "customer_id"), contracts.get(row, "contract_id"));
            let told = format!("{}: {id}", book.name);
            assert!(contracts.get(row, "start_date") < contracts.until(row, "end_date"), "{told}");
            let seats = contracts.number(row, "quantity");
            assert!(seats <= customers.number(of[customer], "employees"), "{told}: {seats}");
            let months = if contracts.get(row, "billing_period") == "year" { 12.0 } else { 1.0 };
            if contracts.get(row, "kind") == "subscription" {
                // A twelfth of a year is rounded, to a whole unit at most.
                let most = customers.number(of[customer], "potential_mrr") + 0.5;
                assert!(contracts.number(row, "amount") / months <= most, "{told}");
            }
            if !contracts.get(row, "churn_kind").is_empty() {
                let left = (customer, contracts.get(row, "end_date"));
                notices.entry(left).or_default().insert(contracts.get(row, "notice_date"));
            }
        }
        for ((customer, end), days) in &notices {
            let told = format!("{}: {customer} {end} {days:?}", book.name);
            assert_eq!(days.len(), 1, "{told}");
            let notice = days.first().copied().filter(|day| !day.is_empty()).unwrap_or(end);
            for row in (0..contracts.1).filter(|&row| contracts.get(row, "customer_id") == *customer) {
                let start = contracts.get(row, "start_date");
                let is_sold = contracts.get(row, "kind") == "subscription" && start < *end;
                assert!(!is_sold || start < notice, "{told}: {start}");
            }
        }
        let last_day = book.last_day();
        let rows: BTreeMap<&str, usize> =
            (0..contracts.1).map(|row| (contracts.get(row, "contract_id"), row)).collect();
        let mut last: BTreeMap<&str, &str> = BTreeMap::new();
        for row in 0..pauses.1 {
            let (id, from, to) =
                (pauses.get(row, "contract_id"), pauses.get(row, "from_date"), pauses.until(row, "to_date"));
            let told = format!("{}: {id} {from} {to}", book.name);
            assert!(from < to && last.insert(id, to).is_none_or(|before| before <= from), "{told}");
            let (start, end) = (contracts.get(rows[id], "start_date"), contracts.until(rows[id], "end_date"));
            // A pause whose end the book does not tell of may end with its contract.
            let is_open = to == NEVER && end > last_day.as_str();
            assert!(start <= from && from < end && (to <= end || is_open), "{told} {start} {end}");
        }
    }
}

#[test]
fn a_measure_is_agreed_once_and_a_play_that_helped_ended_in_time() {
    for book in books() {
        let (outcomes, actions, milestones) = (book.rows("outcomes"), book.rows("actions"), book.rows("milestones"));
        let mut agreed = BTreeSet::new();
        for row in 0..outcomes.1 {
            let measure = (outcomes.get(row, "customer_id"), outcomes.get(row, "measure"));
            assert!(agreed.insert(measure), "{}: {measure:?}", book.name);
        }
        for row in 0..actions.1 {
            let told = format!("{}: {} {}", book.name, actions.get(row, "customer_id"), actions.get(row, "opened_on"));
            assert!(actions.get(row, "opened_on") < actions.until(row, "closed_on"), "{told}");
            assert_eq!(actions.get(row, "closed_on").is_empty(), actions.get(row, "result").is_empty(), "{told}");
        }
        for row in 1..milestones.1 {
            let is_next = milestones.get(row, "customer_id") == milestones.get(row - 1, "customer_id");
            let reached = milestones.get(row, "reached_on");
            let is_in_order = reached.is_empty() || milestones.until(row - 1, "reached_on") <= reached;
            assert!(!is_next || is_in_order, "{}: {}", book.name, milestones.get(row, "customer_id"));
        }
    }
}

#[test]
fn no_cause_begins_after_the_notice_that_it_explains() {
    let mut of_strains = 0;
    for book in books().chain(healthy_books(10..20)) {
        let (truth, contracts) = (book.rows("truth"), book.rows("contracts"));
        let notices: BTreeMap<(&str, &str), &str> = (0..contracts.1)
            .filter(|&row| !contracts.get(row, "churn_kind").is_empty())
            .map(|row| {
                let left = (contracts.get(row, "customer_id"), contracts.get(row, "end_date"));
                (left, contracts.get(row, "notice_date"))
            })
            .collect();
        for row in (0..truth.1).filter(|&row| !truth.get(row, "left_on").is_empty()) {
            let [customer, left, began, ended] =
                ["customer_id", "left_on", "began_on", "ended_on"].map(|column| truth.get(row, column));
            let known = Some(notices[&(customer, left)]).filter(|day| !day.is_empty()).unwrap_or(left);
            assert!(began <= known, "{}: {customer} {began} {known}", book.name);
            assert!(known <= left, "{}: {customer} {known} {left}", book.name);
            of_strains += usize::from(!ended.is_empty() && known < left);
        }
    }
    assert!(of_strains > 100, "{of_strains}");
}

#[test]
fn the_truth_tells_of_each_departure_once() {
    for book in books() {
        let (truth, contracts) = (book.rows("truth"), book.rows("contracts"));
        let mut told = BTreeSet::new();
        let mut acts: BTreeMap<(&str, &str), Vec<(&str, String)>> = BTreeMap::new();
        for row in (0..truth.1).filter(|&row| !truth.get(row, "customer_id").is_empty()) {
            let [customer, cause, began, left] =
                ["customer_id", "cause", "began_on", "left_on"].map(|column| truth.get(row, column));
            assert!(left.is_empty() || told.insert((customer, left)), "{}: {customer} {left}", book.name);
            let ended = truth.until(row, "ended_on").min(truth.until(row, "left_on"));
            acts.entry((customer, cause)).or_default().push((began, ended.to_owned()));
        }
        for ((customer, cause), mut spans) in acts {
            spans.sort();
            for pair in spans.windows(2) {
                assert!(pair[0].1.as_str() <= pair[1].0, "{}: {customer} {cause} {spans:?}", book.name);
            }
        }
        let of_contracts: BTreeSet<(&str, &str)> = (0..contracts.1)
            .filter(|&row| !contracts.get(row, "churn_kind").is_empty())
            .map(|row| (contracts.get(row, "customer_id"), contracts.get(row, "end_date")))
            .collect();
        assert_eq!(told, of_contracts, "{}", book.name);
        // A stay that is over is a departure.
        for (customer, stays) in &book.stays {
            for (_, until) in stays.iter().filter(|(_, until)| until != NEVER) {
                assert!(told.contains(&(customer, until)), "{}: {customer} {}", book.name, before(until));
            }
        }
    }
}
