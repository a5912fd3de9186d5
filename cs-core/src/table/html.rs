//! HTML for notebooks: everything that came from data is escaped.

use std::fmt::Write as _;

use super::{Kind, Table};
use crate::error::steers;

/// More rows than this are counted, not shown.
const SHOWN: usize = 50;

impl Table {
    /// The first rows as an HTML table, with a caption that says how many there are.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut out = String::from("<table class=\"customer-success\"><caption>");
        let currency = self.metadata().currency.map_or(String::new(), |currency| format!(", {currency}"));
        // Writing to a string cannot fail.
        let _ = write!(out, "{}: {} rows{currency}</caption><thead><tr>", escaped(self.schema()), self.len());
        for column in self.columns() {
            let _ = write!(out, "<th>{}</th>", escaped(column.name()));
        }
        out.push_str("</tr></thead><tbody>");
        for row in 0..self.len().min(SHOWN) {
            out.push_str("<tr>");
            for column in self.columns() {
                let align = match column.values().kind() {
                    Kind::Money | Kind::Count | Kind::Ratio => " style=\"text-align:right\"",
                    _ => "",
                };
                let _ = write!(out, "<td{align}>{}</td>", escaped(&column.values().cell(row).to_string()));
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table>");
        if self.len() > SHOWN {
            let _ = write!(out, "<p>{} more rows</p>", self.len() - SHOWN);
        }
        out
    }
}

/// Text in HTML and SVG, where nothing of it is markup.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML has no way to write these, and a browser leaves out what follows some of them.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            '\t' | '\n' | '\r' => out.push(character),
            other if steers(other) => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::json::exemplar;

    #[test]
    fn data_is_escaped() {
        let html = exemplar().to_html();
        assert!(html.contains("<td>=1+1,&quot;&lt;b&gt;&quot;\n&#39;</td>"));
        assert!(html.contains("<td style=\"text-align:right\">-0.05</td>"));
        assert!(html.contains("exemplar: 4 rows, USD</caption>"));
    }
}
