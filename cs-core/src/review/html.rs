//! A review as a page of its own: style and pictures are in it, and nothing is loaded.

use super::report::Review;
use super::told::{Block, Grid, told};
use super::words::{Label, Said as _};
use crate::error::Error;
use crate::locale::Locale;
use crate::table::{Table, escaped};

const STYLE: &str = include_str!("style.css");

impl Review {
    /// The review for people, as a page of its own that loads nothing; with pictures, where the build has them.
    ///
    /// # Errors
    /// `overflow` for amounts and shares that have no place on an axis.
    pub fn to_html(&self, locale: Locale) -> Result<String, Error> {
        html(told(self, locale), locale)
    }
}

fn html(blocks: Vec<Block<'_>>, locale: Locale) -> Result<String, Error> {
    let title = escaped(Label::Title.said(locale));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        locale.name()
    );
    for block in blocks {
        match block {
            Block::Heading(level, text) => out += &format!("<h{level}>{}</h{level}>\n", escaped(&text)),
            Block::Paragraph(text) => out += &format!("<p>{}</p>\n", escaped(&text)),
            Block::List(items) => {
                out += "<ul>\n";
                items.iter().for_each(|item| out += &format!("<li>{}</li>\n", escaped(item)));
                out += "</ul>\n";
            }
            Block::Grid(grid) => write_grid(&mut out, &grid),
            Block::Picture(table) => {
                if let Some(picture) = picture(table, locale)? {
                    out += &format!("<figure>{picture}</figure>\n");
                }
            }
        }
    }
    Ok(out + "</main>\n</body>\n</html>\n")
}

fn write_grid(out: &mut String, grid: &Grid) {
    let class = |is_number: bool| if is_number { " class=\"number\"" } else { "" };
    *out += "<div class=\"grid\"><table>\n<thead><tr>";
    for (cell, is_number) in grid.head.iter().zip(&grid.numbers) {
        *out += &format!("<th scope=\"col\"{}>{}</th>", class(*is_number), escaped(cell));
    }
    *out += "</tr></thead>\n<tbody>\n";
    for (row, mark) in grid.rows.iter().zip(&grid.marks) {
        *out += &if mark.is_empty() { "<tr>".to_owned() } else { format!("<tr class=\"{mark}\">") };
        for (cell, is_number) in row.iter().zip(&grid.numbers) {
            *out += &format!("<td{}>{}</td>", class(*is_number), escaped(cell));
        }
        *out += "</tr>\n";
    }
    *out += "</tbody>\n</table></div>\n";
}

/// The first picture of a table, unless it has too much to be seen.
#[cfg(feature = "figures")]
fn picture(table: &Table, locale: Locale) -> Result<Option<String>, Error> {
    let Some(picture) = table.pictures().first().copied() else { return Ok(None) };
    match table.figure(picture, locale) {
        Ok(figure) => Ok(Some(figure.to_svg())),
        Err(error) if error.problems().iter().all(|problem| problem.code == crate::error::Code::LimitExceeded) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// This build draws nothing.
#[cfg(not(feature = "figures"))]
fn picture(_: &Table, _: Locale) -> Result<Option<String>, Error> {
    Ok(None)
}
