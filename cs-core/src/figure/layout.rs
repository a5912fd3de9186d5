//! What both renderers share: measures and inks, and where words stand in the legend above a picture and below it.

use super::{Axis, Figure, Layer, Marks};
use crate::float::whole_percent;

/// The width between the axes, in pixels.
pub(super) const WIDTH: i64 = 628;
/// The margin to the left, where the names of the axis stand, and how much of it these leave free.
const LEFT: i64 = 76;
const BESIDE: i64 = 34;
/// The height between the axes of numbers, and that of each band down the height.
const HEIGHT: i64 = 260;
pub(super) const BAND: i64 = 17;
/// How much of the page an area lets through: on a dark one, too, it has to be seen.
pub(super) const AREA: &str = "0.3";
/// The lightest and the darkest of the colours of shares, at none and at all of it.
pub(super) const SHADES: [[i64; 3]; 2] = [[0xf1, 0xf6, 0xfc], [0x08, 0x45, 0x94]];
/// The ink on cells, and from which depth on it is the light one.
pub(super) const INKS: [&str; 2] = ["#08306b", "#ffffff"];
pub(super) const DEEP: f64 = 0.55;
/// As many columns of cells as have room for their numbers.
const NUMBERED: usize = 18;
/// As many names as have room side by side where none can be guessed: upright, 12 pixels each.
pub(super) const NAMED: usize = 48;
/// The longest name that stands upright or beside a band down, in pixels.
pub(super) const LONGEST: i64 = 140;

/// How names stand below the bands across.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Below {
    /// Degrees by which they are turned.
    pub(super) angle: i64,
    /// Pixels that a name may be long; what is longer is cut.
    pub(super) longest: i64,
    /// Every how many bands have their name.
    pub(super) stride: usize,
    /// Pixels that they reach down.
    pub(super) depth: i64,
}

impl Figure {
    /// The height between the axes, in pixels.
    pub(super) fn height(&self) -> i64 {
        match &self.vertical {
            Axis::Bands { names, .. } => names.len().max(1) as i64 * BAND,
            Axis::Numbers { .. } => HEIGHT,
        }
    }

    /// The margin to the left, in pixels: more where names of bands are long.
    pub(super) fn left(&self) -> i64 {
        let Axis::Bands { names, .. } = &self.vertical else { return LEFT };
        LEFT.max(BESIDE + longest(names).min(LONGEST))
    }

    /// The names of the bands across; none where numbers stand there.
    pub(super) fn bands(&self) -> &[String] {
        if let Axis::Bands { names, .. } = &self.horizontal { names } else { &[] }
    }

    /// Whether cells are wide enough for their numbers.
    pub(super) fn is_numbered(&self) -> bool {
        self.bands().len() <= NUMBERED
    }

    /// What stands on a cell of so many percent, in letters of six pixels; nothing where it has no room.
    pub(super) fn on_cell<'n>(&self, percent: &'n str) -> &'n str {
        let number = percent.trim_end_matches('%');
        let room = WIDTH / (self.bands().len() as i64).max(1);
        if number.len() as i64 * 6 < room { number } else { "" }
    }

    /// The layers that the legend names: not what has its name under it, and not all that the title names.
    pub(super) fn named(&self) -> impl Iterator<Item = &Layer> {
        let is_all = |layer: &Layer| self.layers.len() == 1 && layer.name == self.title;
        let is_named = move |layer: &&Layer| !is_all(layer) && !self.bands().contains(&layer.name);
        self.layers.iter().filter(is_named)
    }

    /// The places of the layers in the legend: each with its row and how far from the left it stands.
    pub(super) fn legend(&self) -> Vec<(i64, i64, &Layer)> {
        let (mut row, mut left) = (0, 0);
        let place = self.named().map(|layer| {
            let taken = 30 + wide(&layer.name);
            if left > 0 && left + taken > WIDTH {
                (row, left) = (row + 1, 0);
            }
            let place = (row, left, layer);
            left += taken;
            place
        });
        place.collect()
    }

    /// How many rows the legend has, the scale of shares among them.
    pub(super) fn legend_rows(&self) -> i64 {
        let has_shares = self.layers.iter().any(|layer| matches!(layer.marks, Marks::Cells { .. }));
        self.legend().last().map_or(i64::from(has_shares), |(row, _, _)| row + 1)
    }

    /// Names lie flat where they have room. Of a sequence some are left out, since these can be guessed; names of
    /// groups are tilted, then stand upright, and only then are left out.
    pub(super) fn below(&self) -> Below {
        let names = self.bands();
        let room = WIDTH / (names.len() as i64).max(1);
        let longest = longest(names);
        let is_sequence = matches!(self.horizontal, Axis::Bands { is_sequence: true, .. });
        let every = |pixels: i64| usize::try_from(pixels / room.max(1) + 1).unwrap_or(1);
        if is_sequence || longest + 14 <= room {
            let stride = if is_sequence { every(longest + 14) } else { 1 };
            return Below { angle: 0, longest: i64::MAX, stride, depth: 0 };
        }
        if room >= 26 {
            // The first name may reach to the left end of the picture: the margin and half a band, at 35 degrees.
            let most = ((self.left() + room / 2) * 6 / 5 - 8).min(LONGEST);
            return Below { angle: -35, longest: most, stride: 1, depth: longest.min(most) * 4 / 7 };
        }
        Below { angle: -90, longest: LONGEST, stride: every(12), depth: longest.min(LONGEST) }
    }
}

/// How the darkest share is told: what is more is as dark, and customers cannot be more than all.
pub(super) fn most(darkest: f64) -> String {
    whole_percent(darkest) + if darkest > 1.0 { "+" } else { "" }
}

/// About how wide a text is: a wide character takes about twice the room of a narrow one.
pub(super) fn wide(text: &str) -> i64 {
    text.chars().map(|character| if character.is_ascii() { 7 } else { 13 }).sum()
}

/// How wide the widest of some names is, in smaller letters.
fn longest(names: &[String]) -> i64 {
    names.iter().map(|name| wide(name)).max().unwrap_or(0) * 6 / 7
}

/// As much of a name as has room, in smaller letters.
pub(super) fn short(name: &str, longest: i64) -> String {
    if wide(name) * 6 / 7 <= longest {
        return name.to_owned();
    }
    let mut taken = 13;
    let fits = |character: &char| {
        taken += if character.is_ascii() { 7 } else { 13 };
        taken * 6 / 7 <= longest
    };
    name.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_where_it_has_no_room() {
        for (name, longest, expected) in [
            ("smb", 18, "smb"),
            ("enterprise", 60, "enterprise"),
            ("enterprise", 59, "enterpri…"),
            ("長い名前です", 50, "長い名…"),
            ("長い名前です", 0, "…"),
        ] {
            assert_eq!(short(name, longest), expected);
        }
    }
}
