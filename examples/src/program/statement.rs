//! Statements: a name, its figure and a remark on each line.

use super::grid::{padded, width};
use super::ink::{Ink, Tone};

/// One line of a statement.
pub(crate) struct Line {
    pub(crate) name: &'static str,
    pub(crate) figure: String,
    pub(crate) tone: Tone,
    pub(crate) remark: String,
}

/// The lines with names, figures and remarks below each other, none longer than another.
fn aligned(lines: &[Line], ink: Ink) -> Vec<String> {
    let widest = |of: fn(&Line) -> &str| lines.iter().map(|line| width(of(line))).max().unwrap_or(0);
    let (names, figures, remarks) =
        (widest(|line| line.name), widest(|line| &line.figure), widest(|line| &line.remark));
    let line = |line: &Line| {
        let name = padded(line.name, names);
        let before = " ".repeat(figures - width(&line.figure));
        let remark = ink.paint(Tone::Faint, &padded(&line.remark, remarks));
        format!("{name}  {before}{}   {remark}", ink.paint(line.tone, &line.figure))
    };
    lines.iter().map(line).collect()
}

/// A statement whose last line sums the others.
pub(crate) fn summed(lines: &[Line], ink: Ink) -> String {
    let mut out = aligned(lines, ink);
    let widest = |of: fn(&Line) -> usize| lines.iter().map(of).max().unwrap_or(0);
    let rule = "─".repeat(widest(|line| width(line.name)) + 2 + widest(|line| width(&line.figure)));
    out.insert(out.len().saturating_sub(1), ink.paint(Tone::Faint, &rule));
    out.iter().map(|line| format!("  {}\n", line.trim_end())).collect()
}

/// A statement in a frame, for figures that nobody should have to look for.
pub(crate) fn framed(lines: &[Line], ink: Ink) -> String {
    const ROOM: usize = 3;
    let inside = aligned(lines, Ink::Plain).iter().map(|line| width(line)).max().unwrap_or(0) + 2 * ROOM;
    let (bar, room) = (ink.paint(Tone::Faint, "│"), " ".repeat(ROOM));
    let edge = |left: &str, right: &str| ink.paint(Tone::Faint, &format!("{left}{}{right}", "─".repeat(inside)));
    let mut out = vec![edge("┌", "┐"), format!("{bar}{}{bar}", " ".repeat(inside))];
    out.extend(aligned(lines, ink).iter().map(|line| format!("{bar}{room}{line}{room}{bar}")));
    out.extend([format!("{bar}{}{bar}", " ".repeat(inside)), edge("└", "┘")]);
    out.iter().map(|line| format!("  {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> [Line; 2] {
        let line = |name, figure: &str, remark: &str| Line {
            name,
            figure: figure.to_owned(),
            tone: Tone::Strong,
            remark: remark.to_owned(),
        };
        [line("MRR", "$5.00", "up"), line("ARR", "$60.00", "")]
    }

    #[test]
    fn the_last_line_is_the_sum() {
        assert_eq!(summed(&lines(), Ink::Plain), "  MRR   $5.00   up\n  ───────────\n  ARR  $60.00\n");
    }

    #[test]
    fn a_frame_is_as_wide_as_its_longest_line() {
        let expected = concat!(
            "  ┌──────────────────────┐\n",
            "  │                      │\n",
            "  │   MRR   $5.00   up   │\n",
            "  │   ARR  $60.00        │\n",
            "  │                      │\n",
            "  └──────────────────────┘\n",
        );
        assert_eq!(framed(&lines(), Ink::Plain), expected);
    }
}
