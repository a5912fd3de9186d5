//! Colours, for terminals only: every tone reads as well without.

/// Whether text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ink {
    /// As it is.
    Plain,
    /// With the escape sequences of terminals.
    Coloured,
}

/// What a piece of text is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    /// Titles and the figures that matter most.
    Strong,
    /// Rules, zeros and remarks.
    Faint,
    Gain,
    Loss,
}

impl Ink {
    pub(crate) fn paint(self, tone: Tone, text: &str) -> String {
        let code = match (self, tone) {
            (Self::Plain, _) | (Self::Coloured, Tone::Plain) => return text.to_owned(),
            (Self::Coloured, Tone::Strong) => "1",
            (Self::Coloured, Tone::Faint) => "2",
            (Self::Coloured, Tone::Gain) => "32",
            (Self::Coloured, Tone::Loss) => "31",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// A title on a line of its own.
    pub(crate) fn title(self, text: &str) -> String {
        format!("{}\n", self.paint(Tone::Strong, text))
    }

    /// A remark on a line of its own.
    pub(crate) fn remark(self, text: &str) -> String {
        format!("  {}\n", self.paint(Tone::Faint, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays_as_it_is() {
        for tone in [Tone::Plain, Tone::Strong, Tone::Faint, Tone::Gain, Tone::Loss] {
            assert_eq!(Ink::Plain.paint(tone, "x"), "x");
        }
        assert_eq!(Ink::Coloured.paint(Tone::Loss, "x"), "\x1b[31mx\x1b[0m");
    }
}
