//! Ten books, each by the digests of its tables' bytes; `CS_BLESS=1` writes them anew.

use std::path::Path;

use cs_core::{Json, Unwatched, wire};

use super::TABLES;
use super::digest::digest;

#[test]
fn ten_books_have_their_committed_bytes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/synthetic.json");
    let committed = std::fs::read_to_string(&path).unwrap();
    let books = Json::parse(&committed).unwrap();
    let mut found = Vec::new();
    for book in books.as_array().unwrap() {
        let arguments = book.get("arguments").unwrap();
        let portfolio = wire::synthetic(arguments, &Unwatched).unwrap();
        let digests = TABLES.map(|name| (name, Json::Text(digest(&portfolio.table(name).unwrap().to_json()))));
        let one = Json::object([("arguments", arguments.clone()), ("tables", Json::object(digests))]);
        found.push(one.to_string());
    }
    assert_eq!(found.len(), 10);
    let found = format!("[\n{}\n]\n", found.join(",\n"));
    if std::env::var_os("CS_BLESS").is_some() {
        std::fs::write(path, &found).unwrap();
    } else {
        assert_eq!(found, committed);
    }
}
