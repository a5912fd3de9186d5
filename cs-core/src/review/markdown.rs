//! A review as Markdown.

use super::report::Review;
use super::told::{Block, Grid, told};
use crate::error::steers;
use crate::locale::Locale;

impl Review {
    /// The review for people, as Markdown, without pictures.
    #[must_use]
    pub fn to_markdown(&self, locale: Locale) -> String {
        markdown(told(self, locale))
    }
}

fn markdown(blocks: Vec<Block<'_>>) -> String {
    let mut out = String::new();
    for block in blocks {
        if !out.is_empty() && !matches!(block, Block::Picture(_)) {
            out.push('\n');
        }
        match block {
            Block::Heading(level, text) => {
                out.extend(std::iter::repeat_n('#', level.into()));
                out += &format!(" {}\n", escaped(&text));
            }
            Block::Paragraph(text) => out += &format!("{}\n", escaped(&text)),
            Block::List(items) => items.iter().for_each(|item| out += &format!("- {}\n", escaped(item))),
            Block::Grid(grid) => write_grid(&mut out, &grid),
            Block::Picture(_) => {}
        }
    }
    out
}

fn write_grid(out: &mut String, grid: &Grid) {
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        out.push('|');
        cells.for_each(|cell| *out += &format!(" {cell} |"));
        out.push('\n');
    };
    line(&mut grid.head.iter().map(|cell| escaped(cell)));
    line(&mut grid.numbers.iter().map(|is_number| if *is_number { "---:" } else { "---" }.to_owned()));
    for row in &grid.rows {
        line(&mut row.iter().map(|cell| escaped(cell)));
    }
}

/// Text in which nothing is markup, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let makes_link = letter == ':' && letters.peek() == Some(&'/');
        match letter {
            '\n' | '\r' | '\t' => out.push(' '),
            _ if steers(letter) => out.push(char::REPLACEMENT_CHARACTER),
            ':' if !makes_link => out.push(letter),
            // What begins so is made a link, too.
            '.' if out.ends_with("www") => out.push_str("\\."),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '@' | '$'
            | ':' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(escaped("a|b\n<i>*x*_[y](z)`"), "a\\|b \\<i\\>\\*x\\*\\_\\[y\\](z)\\`");
        assert_eq!(escaped("a\u{2028}b\u{85}c"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(escaped("100.0% – 顧客"), "100.0% – 顧客");
        assert_eq!(escaped("www.a.b"), "www\\.a.b");
        assert_eq!(escaped("http://a.b $x$ a@b \u{202e}c"), "http\\://a.b \\$x\\$ a\\@b \u{fffd}c");
    }
}
