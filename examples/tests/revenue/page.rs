//! The page: whole, alone, escaped, in two languages.

use examples::program::Outcome;

use crate::{file, review, small};

/// The page of a call, and what stands in the terminal.
fn page(name: &str, call: Vec<String>) -> String {
    let path = file(name, "");
    let (outcome, text, complaints) = review([call, vec![format!("--html={path}")]].concat());
    assert_eq!((outcome, complaints.as_str()), (Outcome::Reviewed, ""), "{text}");
    assert!(text.contains("with pictures: `"), "{text}");
    std::fs::read_to_string(path).unwrap()
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// Elements are opened and closed, but for those that have no end.
fn assert_well_formed(html: &str) {
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap();
        let name = tag.split([' ', '/']).next().unwrap();
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{tag}"),
            None if tag.ends_with('/') || ["!doctype", "meta"].contains(&name) => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_synthetic_book_is_reviewed_unless_there_is_another() {
    let html = page("synthetic.html", words("--synthetic 300 --seed 4"));
    assert_well_formed(&html);
    // Movements, waterfall, ARR, retention, two of cohorts, concentration, six of health, six attributes, two of what is
    // due, four of how long customers stay, and three of attention.
    assert_eq!(html.matches("<svg").count(), 28);
    assert!(html.contains("300 customers, of a synthetic book; as of 2025-12-"), "{html}");
    for heading in [
        "In short",
        "How much of it stayed",
        "Where churn comes from",
        "Five questions",
        "How long customers stay, and what they are worth",
        "The indicators of the last month",
        "What the numbers mean",
    ] {
        assert!(html.contains(&format!("<h2>{heading}</h2>")), "{heading}");
    }
    assert!(html.contains("No row had a problem."));
}

#[test]
fn a_page_loads_nothing() {
    let html = page("alone.html", words("--synthetic 50"));
    for word in ["<script", "<link", "<img", "src=", "href=", "url(", "@import"] {
        assert!(!html.contains(word), "{word}");
    }
    let addresses: Vec<&str> =
        html.split("http").skip(1).filter(|rest| !rest.starts_with("://www.w3.org/2000/svg")).collect();
    assert!(addresses.is_empty(), "{addresses:?}");
}

#[test]
fn the_page_says_what_the_terminal_says() {
    let html = page("same.html", small("same"));
    // The small book's figures are worked out beside the months.
    for figure in ["$29,328.33", "$351,940.00", "<td>24,008.33</td>", "<td>-950.00</td>", "93.8%", "113.4%"] {
        assert!(html.contains(figure), "{figure}");
    }
    assert!(html.contains("14 customers pay. In these months 4 came, 1 came back, and 3 left."), "{html}");
}

#[test]
fn a_page_is_in_one_language() {
    let html = page("japanese.html", words("--synthetic 300 --locale ja"));
    assert_well_formed(&html);
    assert!(html.contains("<html lang=\"ja\">") && html.contains("<h1>収益レビュー</h1>"), "{html}");
    for english in ["Churn", "Opening", "In short", "customers pay", "Period"] {
        assert!(!html.contains(english), "{english}");
    }
}

#[test]
fn data_is_escaped() {
    let contracts = "contract_id,customer_id,start_date,mrr\nc-1,a,2025-01-05,5\nc-2,b,2025-01-05,7\n";
    let customers = "customer_id,segment\na,<script>alert(1)</script>\nb,\"<b onclick='x'>\"\n";
    let (contracts, customers) = (file("evil.csv", contracts), file("evil-customers.csv", customers));
    let call = format!("--contracts {contracts} --customers {customers} --currency USD --as-of 2026-02-01");
    let html = page("evil.html", words(&call));
    assert_well_formed(&html);
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script") && !html.contains("<b onclick"), "{html}");
}

#[test]
fn problems_are_listed() {
    let contracts = "contract_id,customer_id,start_date,mrr\nc-1,a,2025-01-05,5\nc-2,b,never,<7>\n";
    let path = file("problems.csv", contracts);
    let html = page("problems.html", words(&format!("--contracts {path} --currency USD --on-invalid reject")));
    assert_well_formed(&html);
    assert!(html.contains("2 problems; the first of them:"), "{html}");
    assert!(html.contains("<li><code>contracts[2].mrr</code>: <code>&lt;7&gt;</code> is not a plain"), "{html}");
}

#[test]
fn warnings_are_listed() {
    let contracts = "contract_id,customer_id,start_date,mrr\nc-1,a,2025-01-05,5\nc-1,a,2025-01-05,5\n";
    let path = file("warnings.csv", contracts);
    let html = page("warnings.html", words(&format!("--contracts {path} --currency USD --duplicates drop")));
    assert_well_formed(&html);
    assert!(html.contains("No row had a problem.") && html.contains("<p>1 warning:</p>"), "{html}");
    assert!(html.contains("row 1 has the same contract_id and the same content"), "{html}");
}

#[test]
fn a_page_that_cannot_be_written_is_told() {
    let (outcome, text, complaints) = review(words("--synthetic 20 --html no/such/folder/page.html"));
    assert_eq!((outcome, text.as_str()), (Outcome::Refused, ""));
    assert!(complaints.contains("the page `no/such/folder/page.html` could not be written"), "{complaints}");
}
