//! Names that the eye takes for each other: they differ only by case, width or invisible characters.

use super::columns::{CONTRACT_ID, CUSTOMER_ID};
use super::rows::Rows;
use super::sheet::Sheet;
use crate::error::{Code, Problem, quoted};
use crate::interner::Interner;
use crate::text::TextPool;

/// Warns of contracts and customers whose names are alike.
pub(super) fn warn<'w>(contracts: &mut Rows<'w>, customers: Option<&mut Rows<'w>>, ids: &TextPool) {
    if let Some(texts) = contracts.columns.texts(CONTRACT_ID) {
        warn_of(&mut contracts.sheet, CONTRACT_ID, texts.codes(), texts.pool());
    }
    let rows = customers.unwrap_or(contracts);
    warn_of(&mut rows.sheet, CUSTOMER_ID, &rows.columns.customers, ids);
}

fn warn_of(sheet: &mut Sheet<'_>, column: &str, codes: &[u32], pool: &TextPool) {
    if plain_lower(pool.text()) || plain_upper(pool.text()) {
        return;
    }
    let mut folded = Interner::default();
    let mut first: Vec<&str> = Vec::new();
    // The position of each name that is like an earlier one, with that one.
    let mut alike = Vec::new();
    for (position, text) in pool.iter().enumerate() {
        match first.get(folded.intern(&fold(text)) as usize) {
            None => first.push(text),
            Some(&before) => alike.push((position, text, before)),
        }
    }
    if alike.is_empty() {
        return;
    }
    let mut rows = vec![None; pool.len()];
    for (row, &code) in codes.iter().enumerate().rev() {
        if let Some(slot) = rows.get_mut(code as usize) {
            *slot = Some(row);
        }
    }
    let table = sheet.spec.name;
    for (position, text, before) in alike {
        let row = rows.get(position).copied().flatten();
        let problem = || {
            let message = format!(
                "{} and {} differ only by case, width or invisible characters",
                quoted(&shown(before)),
                quoted(&shown(text))
            );
            Problem::table(Code::SimilarIds, table, message)
                .value(text)
                .help("they are two names; if one is meant, correct the source")
        };
        sheet.warn(row, column, problem);
    }
}

/// Printable ASCII without capitals: no two such names are alike.
fn plain_lower(text: &str) -> bool {
    all(text, |byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase())
}

fn plain_upper(text: &str) -> bool {
    all(text, |byte| byte.is_ascii_graphic() && !byte.is_ascii_lowercase())
}

/// Whether something holds for all bytes of a text, a few kilobytes at once: a loop without a way out is one of vectors.
fn all(text: &str, holds: impl Fn(&u8) -> bool) -> bool {
    text.as_bytes().chunks(1 << 12).all(|bytes| bytes.iter().fold(true, |all, byte| all & holds(byte)))
}

/// The name as the eye reads it.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().filter(|&c| !is_invisible(c)) {
        match character {
            ascii if ascii.is_ascii() => out.push(ascii.to_ascii_lowercase()),
            '\u{3000}'..='\u{30FF}' => match voiced(character) {
                Some([kana, mark]) => out.extend([kana, mark]),
                None => out.push(half_width_kana(character)),
            },
            '\u{FF01}'..='\u{FF5E}' => out.extend(half_width_latin(character).to_lowercase()),
            other => out.extend(other.to_lowercase()),
        }
    }
    out
}

/// The name with what cannot be seen written out.
fn shown(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, character| {
        if is_invisible(character) && character != ' ' {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
        out
    })
}

/// Characters that leave no mark: spaces, controls, and what Unicode asks to ignore by default.
fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A full-width Latin letter, digit or sign as ASCII has it.
fn half_width_latin(character: char) -> char {
    char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
}

/// A katakana or its punctuation in the width that old Japanese files have.
fn half_width_kana(character: char) -> char {
    let position = FULL_WIDTH.chars().position(|full| full == character);
    position.and_then(|position| char::from_u32(HALF_WIDTH + position as u32)).unwrap_or(character)
}

/// What the characters from [`HALF_WIDTH`] on are in full width.
const FULL_WIDTH: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
const HALF_WIDTH: u32 = 0xFF61;

/// Kana with a voicing mark in one character, as the half-width kana and its mark.
fn voiced(character: char) -> Option<[char; 2]> {
    const VOICED: &str = "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ";
    const PLAIN: &str = "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎｳ";
    const HALF_VOICED: &str = "パピプペポ";
    const HALF_PLAIN: &str = "ﾊﾋﾌﾍﾎ";
    let of = |from: &str, to: &str| to.chars().nth(from.chars().position(|kana| kana == character)?);
    of(VOICED, PLAIN).map(|kana| [kana, 'ﾞ']).or_else(|| of(HALF_VOICED, HALF_PLAIN).map(|kana| [kana, 'ﾟ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_to_what_the_eye_reads() {
        for (a, b) in [
            ("ACME", "acme"),
            ("ＡＣＭＥ-１", "acme-1"),
            ("a\u{200B}b", "ab"),
            ("a\u{E0041}\u{FE0F}b", "ab"),
            (" ab\t", "ab"),
            ("É", "é"),
            ("カスタマー", "ｶｽﾀﾏｰ"),
            ("ガギプヴン", "ｶﾞｷﾞﾌﾟｳﾞﾝ"),
            ("「ア・イ」", "｢ｱ･ｲ｣"),
        ] {
            assert_eq!(fold(a), fold(b));
        }
        for (a, b) in [("a-1", "a_1"), ("ハ", "バ"), ("バ", "パ"), ("ア", "あ")] {
            assert_ne!(fold(a), fold(b));
        }
        assert!(plain_lower("a-1") && !plain_lower("a 1") && !plain_lower("A") && !plain_lower("é"));
        assert!(plain_upper("A-1") && !plain_upper("A 1") && !plain_upper("a"));
    }

    #[test]
    fn every_half_width_kana_has_its_full_width() {
        assert_eq!(FULL_WIDTH.chars().count(), 63);
        assert_eq!(half_width_kana('。'), '\u{FF61}');
        assert_eq!(half_width_kana('゜'), '\u{FF9F}');
    }

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(shown("a\u{200B} b\u{A0}"), "a\\u{200b} b\\u{a0}");
    }
}
