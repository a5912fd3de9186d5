//! A figure as SVG: one file, no scripts, colours that follow the page, every mark with its exact numbers.

use std::fmt::Write as _;

use super::layout::{self, AREA, BAND, Below, DEEP, INKS, LONGEST, SHADES, most, short};
use super::{Axis, Figure, Layer, Mark, Marks, Role};
use crate::float::whole_percent;
use crate::table::escaped;

/// The margin to the right.
const RIGHT: i64 = 16;
/// Where the legend begins, and the height of each of its rows.
const LEGEND: i64 = 52;
const ROW: i64 = 18;

/// The place of the marks, in tenths of a pixel: whole numbers are written alike everywhere.
struct Frame<'f> {
    figure: &'f Figure,
    out: String,
    left: i64,
    top: i64,
    height: i64,
    below: Below,
}

impl Figure {
    /// The picture as SVG. Text from data is escaped; text has the colour of the text around it.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let height = self.height();
        let top = LEGEND + 6 + self.legend_rows() * ROW + 14;
        let mut frame = Frame { figure: self, out: String::new(), left: self.left(), top, height, below: self.below() };
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
        let (figure, left, wide) = (self.figure, self.left, self.wide());
        let total = self.top + self.height + self.margin();
        let (title, subtitle) = (escaped(&figure.title), escaped(&figure.subtitle));
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {wide} {total}\" width=\"{wide}\" \
             height=\"{total}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"currentColor\">\
             <title>{title}</title><desc>{subtitle}</desc>"
        ));
        self.text((left, 20), "start", " font-size=\"16\" font-weight=\"600\"", &figure.title);
        self.text((left, 38), "start", " opacity=\".7\"", &figure.subtitle);
        self.legend();
    }

    /// Names with their colours, of layers that have a name of their own.
    fn legend(&mut self) {
        let figure = self.figure;
        for (row, left, layer) in figure.legend() {
            let opacity = if matches!(layer.marks, Marks::Area(_)) { AREA } else { "1" };
            let (x, y, colour) = (self.left + left, LEGEND + row * ROW, layer.role.colour());
            self.put(format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"11\" height=\"11\" fill=\"{colour}\" opacity=\"{opacity}\"/>"
            ));
            self.text((x + 16, y + 10), "start", "", &layer.name);
        }
        for layer in &figure.layers {
            if let Marks::Cells { darkest, .. } = layer.marks {
                self.shades(darkest);
            }
        }
    }

    /// The colours of shares, from none to the darkest.
    fn shades(&mut self, darkest: f64) {
        for turn in 0..=10 {
            let (x, colour) = (self.left + 34 + turn * 14, shade(turn as f64 / 10.0));
            self.put(format_args!("<rect x=\"{x}\" y=\"{LEGEND}\" width=\"14\" height=\"11\" fill=\"{colour}\"/>"));
        }
        self.text((self.left + 26, LEGEND + 10), "end", "", "0%");
        self.text((self.left + 194, LEGEND + 10), "start", "", &most(darkest));
    }

    fn vertical(&mut self) {
        let title = match &self.figure.vertical {
            Axis::Numbers { title, ticks, .. } => {
                for (number, text) in ticks {
                    let y = tenth(self.up(*number));
                    let opacity = if *number == 0.0 { ".6" } else { ".15" };
                    let (left, end) = (self.left, self.wide() - RIGHT);
                    self.put(format_args!(
                        "<path d=\"M{left} {y}H{end}\" stroke=\"currentColor\" opacity=\"{opacity}\"/>"
                    ));
                    let below = tenth(self.up(*number) + 40);
                    let text = escaped(text);
                    let x = self.left - 8;
                    self.put(format_args!("<text x=\"{x}\" y=\"{below}\" text-anchor=\"end\">{text}</text>"));
                }
                title
            }
            Axis::Bands { title, names, .. } => {
                for (position, name) in names.iter().enumerate() {
                    let (place, name) = ((self.left - 8, self.top + position as i64 * BAND + 13), short(name, LONGEST));
                    self.text(place, "end", " font-size=\"11\"", &name);
                }
                title
            }
        };
        let (x, y) = (14, self.top + self.height / 2);
        self.text((x, y), "middle", &format!(" transform=\"rotate(-90 {x} {y})\" opacity=\".8\""), title);
    }

    fn horizontal(&mut self) {
        let (figure, below, bottom) = (self.figure, self.below, self.top + self.height);
        let title = match &figure.horizontal {
            Axis::Numbers { title, ticks, .. } => {
                for (number, text) in ticks {
                    let x = self.across(*number) / 10;
                    self.text((x, bottom + 20), "middle", "", text);
                }
                title
            }
            Axis::Bands { title, names, .. } => {
                for (position, name) in names.iter().enumerate().step_by(below.stride) {
                    self.name(position, &short(name, below.longest), bottom);
                }
                title
            }
        };
        let middle = (self.left + self.wide() - RIGHT) / 2;
        self.text((middle, bottom + self.margin() - 16), "middle", " opacity=\".8\"", title);
    }

    /// The name of a band across, below it.
    fn name(&mut self, position: usize, name: &str, bottom: i64) {
        let (x, angle) = (self.middle(position) / 10, self.below.angle);
        // What is turned ends at its band; upright letters have their middle there, and not their foot.
        let (x, y) = match angle {
            0 => (x, bottom + 20),
            -90 => (x + 4, bottom + 8),
            _ => (x, bottom + 14),
        };
        if angle != 0 {
            let turned = format!(" transform=\"rotate({angle} {x} {y})\" font-size=\"11\"");
            return self.text((x, y), "end", &turned, name);
        }
        let reach = layout::wide(name) / 2;
        let (x, anchor) = if x + reach > self.wide() { (self.wide() - 1, "end") } else { (x, "middle") };
        self.text((x, y), anchor, "", name);
    }

    /// The height below the axis.
    fn margin(&self) -> i64 {
        let names = self.below.depth + if self.below.depth > 0 { 24 } else { 36 };
        let (Axis::Bands { title, .. } | Axis::Numbers { title, .. }) = &self.figure.horizontal;
        if title.is_empty() { names } else { names + 28 }
    }

    /// The picture's width, in pixels.
    fn wide(&self) -> i64 {
        self.left + layout::WIDTH + RIGHT
    }

    /// The width between the margins.
    fn width(&self) -> i64 {
        layout::WIDTH * 10
    }

    /// How wide a band across is.
    fn band(&self) -> i64 {
        self.width() / self.figure.bands().len().max(1) as i64
    }

    /// The middle of a band across.
    fn middle(&self, band: usize) -> i64 {
        let count = self.figure.bands().len();
        let band = band.min(count) as i64;
        self.left * 10 + self.width() * (2 * band + 1) / (2 * count.max(1) as i64)
    }

    /// How far from the top a number is.
    fn up(&self, number: f64) -> i64 {
        let reach = if let Axis::Numbers { range, .. } = &self.figure.vertical { *range } else { [0.0, 1.0] };
        (self.top + self.height) * 10 - part(number, reach, self.height * 10)
    }

    fn across(&self, number: f64) -> i64 {
        let reach = if let Axis::Numbers { range, .. } = &self.figure.horizontal { *range } else { [0.0, 1.0] };
        self.left * 10 + part(number, reach, self.width())
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
                    self.put(format_args!("<path d=\"{path}\" fill=\"{colour}\" opacity=\"{AREA}\"/>"));
                }
            }
            Marks::Intervals(marks) => {
                for mark in marks {
                    let ([low, number, high], x) = (mark.at.map(|at| self.up(at)), self.middle(mark.band));
                    let (place, from, to) = (tenth(x), tenth(low), tenth(high));
                    self.put(format_args!("<path d=\"M{place} {from}V{to}\" stroke=\"{colour}\" stroke-width=\"2\"/>"));
                    self.point(layer, x, number, &mark.told);
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
        let (row, share) = (cell.at.0 as i64, cell.at.1);
        let depth = share / darkest;
        let wide = self.band();
        let (left, top) = (self.middle(cell.band) - wide / 2, self.top + row.clamp(0, self.height / BAND) * BAND);
        let (colour, told) = (shade(depth), escaped(&cell.told));
        let (x, width, tall) = (tenth(left), tenth((wide - 10).max(5)), BAND - 1);
        self.put(format_args!(
            "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{tall}\" fill=\"{colour}\"><title>{told}</title></rect>"
        ));
        if self.figure.is_numbered() {
            let [dark, light] = INKS;
            let more = format!(" font-size=\"10\" fill=\"{}\"", if depth > DEEP { light } else { dark });
            let percent = whole_percent(share);
            self.text((self.middle(cell.band) / 10, top + 12), "middle", &more, self.figure.on_cell(&percent));
        }
    }
}

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
