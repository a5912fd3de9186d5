//! CSV for spreadsheets: text that a spreadsheet would run as a formula is defused, reversibly.

use super::{Cell, Table};
use crate::json::Json;

impl Table {
    /// The table as CSV (RFC 4180, lines end with CR LF), with a header.
    ///
    /// A text cell, or a name of a column, that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or `'` gets a `'` in front; taking
    /// one leading `'` away gives the text back. Lists are JSON. Absent cells are empty.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        let names = self.columns().iter().map(|column| field(&defused(column.name())));
        line(names, &mut out);
        for row in 0..self.len() {
            line(self.columns().iter().map(|column| cell(column.values().cell(row))), &mut out);
        }
        out
    }
}

fn line(fields: impl Iterator<Item = String>, out: &mut String) {
    for (position, field) in fields.enumerate() {
        if position > 0 {
            out.push(',');
        }
        out.push_str(&field);
    }
    out.push_str("\r\n");
}

fn cell(cell: Cell<'_>) -> String {
    match cell {
        // An empty string is not an absent one.
        Cell::Text("") => "\"\"".to_owned(),
        Cell::Text(text) => field(&defused(text)),
        Cell::TextList(list) => field(&Json::Array(list.iter().map(Json::from).collect()).to_string()),
        Cell::Ratio(ratio) => Json::Float(ratio).to_string(),
        other => other.to_string(),
    }
}

fn defused(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\'') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::json::exemplar;

    #[test]
    fn every_kind_has_a_form() {
        assert_eq!(
            exemplar().to_csv(),
            concat!(
                "money,whole_money,count,ratio,date,text,text_list,flag\r\n",
                "0.00,0,0,0.1,1900-01-01,\"\",[],false\r\n",
                "-0.05,-5,1,-1e+21,1970-01-01,\"'=1+1,\"\"<b>\"\"\n'\",\"[\"\"a\"\"]\",true\r\n",
                "9007199254740993.00,900719925474099300,9007199254740991,5e-324,2200-12-31,カスタマー\u{1f389}\u{0},",
                "\"[\"\"=b,\\\"\"\"\",\"\"é\"\",\"\"\"\"]\",true\r\n",
                ",,,,,,,\r\n",
            )
        );
    }
}
