//! A figure as SVG: one file, no scripts, colours that follow the page, every mark with its exact numbers.

use std::fmt::Write as _;

use super::scale::percent;
use super::{Axis, Figure, Layer, Mark, Marks, Role};
use crate::table::escaped;

/// The picture's width, and its margins.
const WIDTH: i64 = 720;
const LEFT: i64 = 76;
const RIGHT: i64 = 16;
const TOP: i64 = 90;
const BOTTOM: i64 = 64;
/// The height between the axes, of bands down the height of each.
const HEIGHT: i64 = 260;
const BAND: i64 = 17;
/// As many columns of cells as have room for their numbers.
const NUMBERED: usize = 18;
/// Characters of a tilted name, at most.
const TILTED: usize = 22;

/// The place of the marks, in tenths of a pixel: whole numbers are written alike everywhere.
struct Frame<'f> {
    figure: &'f Figure,
    out: String,
    height: i64,
}

impl Figure {
    /// The picture as SVG. Text from data is escaped; text has the colour of the text around it.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let height = match &self.vertical {
            Axis::Bands { names, .. } => names.len().max(1) as i64 * BAND,
            Axis::Numbers { .. } => HEIGHT,
        };
        let mut frame = Frame { figure: self, out: String::new(), height };
        frame.head();
        frame.vertical();
        frame.horizontal();
        self.layers.iter().for_each(|layer| frame.layer(layer));
        frame.out.push_str("</svg>");
        frame.out
    }
}

impl Frame<'_> {
    fn put(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(arguments);
    }

    /// A text with its first point, anchored at its start, middle or end.
    fn text(&mut self, (x, y): (i64, i64), anchor: &str, more: &str, text: &str) {
        let text = escaped(text);
        self.put(format_args!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\"{more}>{text}</text>"));
    }

    fn head(&mut self) {
        let (figure, total) = (self.figure, TOP + self.height + self.margin());
        let (title, subtitle) = (escaped(&figure.title), escaped(&figure.subtitle));
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {total}\" width=\"{WIDTH}\" \
             height=\"{total}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"currentColor\">\
             <title>{title}</title><desc>{subtitle}</desc>"
        ));
        self.text((LEFT, 20), "start", " font-size=\"16\" font-weight=\"600\"", &figure.title);
        self.text((LEFT, 38), "start", " opacity=\".7\"", &figure.subtitle);
        self.legend();
    }

    /// Names with their colours, of layers that have a name of their own.
    fn legend(&mut self) {
        let bands = if let Axis::Bands { names, .. } = &self.figure.horizontal { names.as_slice() } else { &[] };
        let (mut x, mut y) = (LEFT, 52);
        for layer in &self.figure.layers {
            if let Marks::Cells { darkest, .. } = layer.marks {
                self.shades(darkest);
            }
            // What stands under a bar, and the only thing that is drawn, need no legend.
            if bands.contains(&layer.name) || self.figure.layers.len() == 1 {
                continue;
            }
            let opacity = if matches!(layer.marks, Marks::Area(_)) { ".25" } else { "1" };
            let colour = layer.role.colour();
            let width = 30 + wide(&layer.name);
            if x + width > WIDTH {
                (x, y) = (LEFT, y + 16);
            }
            self.put(format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"11\" height=\"11\" fill=\"{colour}\" opacity=\"{opacity}\"/>"
            ));
            self.text((x + 16, y + 10), "start", "", &layer.name);
            x += width;
        }
    }

    /// The colours of shares, from none to the darkest.
    fn shades(&mut self, darkest: f64) {
        for turn in 0..=10 {
            let (x, colour) = (LEFT + 34 + turn * 14, shade(turn as f64 / 10.0));
            self.put(format_args!("<rect x=\"{x}\" y=\"52\" width=\"14\" height=\"11\" fill=\"{colour}\"/>"));
        }
        self.text((LEFT + 26, 62), "end", "", "0%");
        let most = percent(darkest);
        let more = if darkest > 1.0 { "+" } else { "" };
        self.text((LEFT + 194, 62), "start", "", &format!("{}%{more}", most.split('.').next().unwrap_or_default()));
    }

    fn vertical(&mut self) {
        let title = match &self.figure.vertical {
            Axis::Numbers { title, ticks, .. } => {
                for (number, text) in ticks {
                    let y = tenth(self.up(*number));
                    let opacity = if *number == 0.0 { ".6" } else { ".15" };
                    let end = WIDTH - RIGHT;
                    self.put(format_args!(
                        "<path d=\"M{LEFT} {y}H{end}\" stroke=\"currentColor\" opacity=\"{opacity}\"/>"
                    ));
                    let below = tenth(self.up(*number) + 40);
                    let text = escaped(text);
                    let x = LEFT - 8;
                    self.put(format_args!("<text x=\"{x}\" y=\"{below}\" text-anchor=\"end\">{text}</text>"));
                }
                title
            }
            Axis::Bands { title, names, .. } => {
                for (position, name) in names.iter().enumerate() {
                    self.text((LEFT - 8, TOP + position as i64 * BAND + 13), "end", " font-size=\"11\"", name);
                }
                title
            }
        };
        let (x, y) = (14, TOP + self.height / 2);
        self.text((x, y), "middle", &format!(" transform=\"rotate(-90 {x} {y})\" opacity=\".8\""), title);
    }

    fn horizontal(&mut self) {
        let (bottom, middle) = (TOP + self.height, (LEFT + WIDTH - RIGHT) / 2);
        let title = match &self.figure.horizontal {
            Axis::Numbers { title, ticks, .. } => {
                for (number, text) in ticks {
                    let x = self.across(*number) / 10;
                    self.text((x, bottom + 20), "middle", "", text);
                }
                title
            }
            Axis::Bands { title, names, is_sequence } => {
                // Names in their order can be guessed where some are left out; names of groups cannot, and are tilted.
                let (longest, room) = (longest(names), self.band() / 10);
                let is_tilted = self.is_tilted();
                let stride = if *is_sequence { longest.div_euclid(room.max(1)) + 1 } else { 1 };
                for (position, name) in names.iter().enumerate().step_by(stride as usize) {
                    let (x, y) = (self.middle(position) / 10, bottom + if is_tilted { 14 } else { 20 });
                    if is_tilted {
                        self.text(
                            (x, y),
                            "end",
                            &format!(" transform=\"rotate(-35 {x} {y})\" font-size=\"11\""),
                            &short(name),
                        );
                    } else {
                        self.text((x, y), "middle", "", name);
                    }
                }
                title
            }
        };
        self.text((middle, bottom + self.margin() - 16), "middle", " opacity=\".8\"", title);
    }

    /// Whether the names of the bands across have no room and none may be left out.
    fn is_tilted(&self) -> bool {
        match &self.figure.horizontal {
            Axis::Bands { names, is_sequence: false, .. } => longest(names) > self.band() / 10,
            _ => false,
        }
    }

    /// The height below the axis.
    fn margin(&self) -> i64 {
        if self.is_tilted() { BOTTOM + 60 } else { BOTTOM }
    }

    /// The width between the margins.
    fn width(&self) -> i64 {
        (WIDTH - LEFT - RIGHT) * 10
    }

    /// How wide a band across is.
    fn band(&self) -> i64 {
        let count = if let Axis::Bands { names, .. } = &self.figure.horizontal { names.len() } else { 0 };
        self.width() / count.max(1) as i64
    }

    /// The middle of a band across.
    fn middle(&self, band: usize) -> i64 {
        let count = if let Axis::Bands { names, .. } = &self.figure.horizontal { names.len() } else { 0 };
        let band = band.min(count) as i64;
        LEFT * 10 + self.width() * (2 * band + 1) / (2 * count.max(1) as i64)
    }

    /// How far from the top a number is.
    fn up(&self, number: f64) -> i64 {
        let reach = if let Axis::Numbers { range, .. } = &self.figure.vertical { *range } else { [0.0, 1.0] };
        (TOP + self.height) * 10 - part(number, reach, self.height * 10)
    }

    fn across(&self, number: f64) -> i64 {
        let reach = if let Axis::Numbers { range, .. } = &self.figure.horizontal { *range } else { [0.0, 1.0] };
        LEFT * 10 + part(number, reach, self.width())
    }

    fn layer(&mut self, layer: &Layer) {
        let colour = layer.role.colour();
        match &layer.marks {
            Marks::Bars(bars) => bars.iter().for_each(|bar| self.bar(layer, bar)),
            Marks::Line(points) => {
                let places: Vec<(usize, i64, i64)> =
                    points.iter().map(|mark| (mark.band, self.middle(mark.band), self.up(mark.at))).collect();
                let path = path(&places);
                self.put(format_args!("<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"));
                for (mark, (_, x, y)) in points.iter().zip(places) {
                    self.point(layer, x, y, &mark.told);
                }
            }
            Marks::Area(areas) => {
                for run in areas.chunk_by(|one, next| one.band + 1 == next.band) {
                    let place = |mark: &Mark<[f64; 2]>, end: usize| {
                        let at = mark.at.get(end).copied().unwrap_or_default();
                        (mark.band, self.middle(mark.band), self.up(at))
                    };
                    let there: Vec<_> = run.iter().map(|mark| place(mark, 0)).collect();
                    let back: Vec<_> = run.iter().rev().map(|mark| place(mark, 1)).collect();
                    let path = format!("{}L{}Z", path(&there), path(&back).trim_start_matches('M').replace('M', "L"));
                    self.put(format_args!("<path d=\"{path}\" fill=\"{colour}\" opacity=\".18\"/>"));
                }
            }
            Marks::Intervals(marks) => {
                for mark in marks {
                    let ([low, number, high], x) = (mark.at.map(|at| self.up(at)), self.middle(mark.band));
                    let (place, from, to) = (tenth(x), tenth(low), tenth(high));
                    self.put(format_args!("<path d=\"M{place} {from}V{to}\" stroke=\"{colour}\" stroke-width=\"2\"/>"));
                    let name = self.band_name(mark.band);
                    self.point(layer, x, number, &format!("{name} {}", mark.told));
                }
            }
            Marks::Curve(points) => {
                let places: Vec<_> = points
                    .iter()
                    .enumerate()
                    .map(|(turn, mark)| (turn, self.across(mark.at[0]), self.up(mark.at[1])))
                    .collect();
                let (path, dashes) = (path(&places), if layer.role == Role::Balance { "4 4" } else { "none" });
                let name = escaped(&layer.name);
                self.put(format_args!(
                    "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" \
                     stroke-dasharray=\"{dashes}\"><title>{name}</title></path>"
                ));
            }
            Marks::Cells { darkest, cells } => cells.iter().for_each(|cell| self.cell(cell, *darkest)),
        }
    }

    fn band_name(&self, band: usize) -> String {
        match &self.figure.horizontal {
            Axis::Bands { names, .. } => names.get(band).cloned().unwrap_or_default(),
            Axis::Numbers { .. } => String::new(),
        }
    }

    fn point(&mut self, layer: &Layer, x: i64, y: i64, told: &str) {
        let (x, y, colour) = (tenth(x), tenth(y), layer.role.colour());
        let (name, told) = (escaped(&layer.name), escaped(told));
        self.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"{colour}\"><title>{name}: {told}</title></circle>"
        ));
    }

    fn bar(&mut self, layer: &Layer, bar: &Mark<[f64; 2]>) {
        let [one, other] = bar.at.map(|at| self.up(at));
        let (top, tall) = (tenth(one.min(other)), tenth((one - other).abs()));
        let wide = self.band() * 7 / 10;
        let (left, wide, colour) = (tenth(self.middle(bar.band) - wide / 2), tenth(wide), layer.role.colour());
        let (name, told) = (escaped(&layer.name), escaped(&bar.told));
        self.put(format_args!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{tall}\" fill=\"{colour}\">\
             <title>{name}: {told}</title></rect>"
        ));
    }

    fn cell(&mut self, cell: &Mark<(usize, f64)>, darkest: f64) {
        let (row, share) = cell.at;
        let depth = share / darkest;
        let wide = self.band();
        let (left, top) = (self.middle(cell.band) - wide / 2, TOP + row as i64 * BAND);
        let (colour, told) = (shade(depth), escaped(&cell.told));
        let (x, width, tall) = (tenth(left), tenth((wide - 10).max(5)), BAND - 1);
        self.put(format_args!(
            "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{tall}\" fill=\"{colour}\"><title>{told}</title></rect>"
        ));
        let count = if let Axis::Bands { names, .. } = &self.figure.horizontal { names.len() } else { 0 };
        if count <= NUMBERED {
            let ink = if depth > 0.55 { "#ffffff" } else { "#08306b" };
            let more = format!(" font-size=\"10\" fill=\"{ink}\"");
            let text = percent(share);
            let text = text.split('.').next().unwrap_or_default();
            self.text((self.middle(cell.band) / 10, top + 12), "middle", &more, text);
        }
    }
}

/// About how wide a text is: a wide character takes about twice the room of a narrow one.
fn wide(text: &str) -> i64 {
    text.chars().map(|character| if character.is_ascii() { 7 } else { 13 }).sum()
}

/// The room that the longest of names under an axis takes, with some space between them.
fn longest(names: &[String]) -> i64 {
    names.iter().map(|name| wide(name)).max().unwrap_or(0) * 6 / 7 + 14
}

/// A name that has room when tilted.
fn short(name: &str) -> String {
    match name.chars().count() > TILTED {
        true => name.chars().take(TILTED - 1).chain(['…']).collect(),
        false => name.to_owned(),
    }
}

/// The lightest and the darkest of the colours of shares, at none and at all of it.
pub(super) const SHADES: [[i64; 3]; 2] = [[0xf1, 0xf6, 0xfc], [0x08, 0x45, 0x94]];

/// The colour of a share; what is more than all is as dark as that.
fn shade(share: f64) -> String {
    let thousandths = part(share.clamp(0.0, 1.0), [0.0, 1.0], 1_000);
    let [light, dark] = SHADES;
    let mixed = |at: usize| {
        let end = |colour: [i64; 3]| colour.get(at).copied().unwrap_or_default();
        end(light) + (end(dark) - end(light)) * thousandths / 1_000
    };
    format!("#{:02x}{:02x}{:02x}", mixed(0), mixed(1), mixed(2))
}

/// Where a number lies between the ends of a range, on so many steps; what lies beyond stands at the end.
fn part(number: f64, [low, high]: [f64; 2], steps: i64) -> i64 {
    let span = high - low;
    if span > 0.0 { (((number - low) / span).clamp(0.0, 1.0) * steps as f64).round() as i64 } else { 0 }
}

/// Tenths of a pixel, as SVG has them.
fn tenth(tenths: i64) -> String {
    let (sign, tenths) = if tenths < 0 { ("-", -tenths) } else { ("", tenths) };
    if tenths % 10 == 0 { format!("{sign}{}", tenths / 10) } else { format!("{sign}{}.{}", tenths / 10, tenths % 10) }
}

/// A line through places, begun anew where a band is left out.
fn path(places: &[(usize, i64, i64)]) -> String {
    let mut out = String::new();
    let mut before = None;
    for &(band, x, y) in places {
        let command = if before.is_some_and(|before| band == before + 1) { 'L' } else { 'M' };
        let _ = write!(out, "{command}{} {}", tenth(x), tenth(y));
        before = Some(band);
    }
    out
}
