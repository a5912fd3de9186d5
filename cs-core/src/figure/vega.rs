//! A figure as a specification of Vega-Lite 6, with its data.

use super::layout::{AREA, BAND, Below, DEEP, INKS, SHADES, WIDTH, most};
use super::{Axis, Figure, Layer, Mark, Marks, Role};
use crate::float::whole_percent;
use crate::json::Json;

const SCHEMA: &str = "https://vega.github.io/schema/vega-lite/v6.json";

/// What has no number breaks a line or an area.
const BREAK: &str = "break-paths-filter-domains";

/// The lists of the names of bands.
const ACROSS: &str = "across_names";
const DOWN: &str = "down_names";

/// The fields of the data by channel, besides the place across.
type Channels = Vec<(&'static str, &'static str)>;

/// The entries of an object.
type Entries = Vec<(&'static str, Json)>;

/// The data of a layer, and the marks that are drawn of it.
struct Drawn {
    rows: Vec<Json>,
    marks: Vec<(Json, Channels)>,
}

impl Figure {
    /// The picture as a specification of Vega-Lite, with its data: the same marks, axes, words and colours.
    #[must_use]
    pub fn to_vega_lite(&self) -> Json {
        let title = [
            ("text", Json::from(self.title.as_str())),
            ("subtitle", Json::from(self.subtitle.as_str())),
            ("anchor", Json::from("start")),
        ];
        let columns = self.legend().iter().filter(|(row, ..)| *row == 0).count().max(1);
        let legend = [
            ("orient", Json::from("top")),
            ("title", Json::Null),
            ("columns", Json::Integer(columns as i64)),
            ("labelLimit", Json::Integer(300)),
        ];
        let plain = [
            ("domain", Json::Flag(false)),
            ("ticks", Json::Flag(false)),
            ("labelPadding", Json::Integer(8)),
            ("titleFontWeight", Json::from("normal")),
        ];
        // A band goes by its position: names of two bands may be the same.
        let named = [(ACROSS, &self.horizontal), (DOWN, &self.vertical)].into_iter().filter_map(|(key, axis)| {
            let Axis::Bands { names, .. } = axis else { return None };
            let names = Json::Array(names.iter().map(|name| Json::from(name.as_str())).collect());
            Some(Json::object([("name", Json::from(key)), ("value", names)]))
        });
        let config = [
            ("font", Json::from("system-ui, sans-serif")),
            ("legend", Json::object(legend)),
            ("axis", Json::object(plain)),
            ("view", Json::object([("stroke", Json::Null)])),
        ];
        Json::object([
            ("$schema", Json::from(SCHEMA)),
            ("title", Json::object(title)),
            ("params", Json::Array(named.collect())),
            ("width", Json::Integer(WIDTH)),
            ("height", Json::Integer(self.height())),
            ("layer", Json::Array(self.layers.iter().flat_map(|layer| self.drawn(layer)).collect())),
            ("config", Json::object(config)),
        ])
    }

    /// The marks of a layer, each with the layer's data.
    fn drawn(&self, layer: &Layer) -> Vec<Json> {
        let Drawn { rows, marks } = self.rows(layer);
        // What has a colour by its layer's name needs the name as a field: the schema has no scale for a constant.
        let of_layer = |row: Json| match row {
            Json::Object(entries) => {
                let name = ("layer".to_owned(), Json::from(layer.name.as_str()));
                Json::Object(entries.into_iter().chain([name]).collect())
            }
            other => other,
        };
        let data = Json::object([("values", Json::Array(rows.into_iter().map(of_layer).collect()))]);
        let shown = |(mark, channels): (Json, Channels)| {
            let encoding = Json::object(self.encoding(layer, &channels));
            Json::object([("data", data.clone()), ("mark", mark), ("encoding", encoding)])
        };
        marks.into_iter().map(shown).collect()
    }

    fn rows(&self, layer: &Layer) -> Drawn {
        let band = |position: usize| ("band", Json::Integer(position as i64));
        let told = |told: &str| ("told", Json::from(told));
        let number = |name: &'static str, number: f64| (name, Json::Float(number));
        let between = |mark: &Mark<[f64; 2]>| {
            let [from, to] = mark.at;
            Json::object([band(mark.band), number("from", from), number("to", to), told(&mark.told)])
        };
        match &layer.marks {
            Marks::Bars(bars) => Drawn {
                rows: bars.iter().map(between).collect(),
                marks: vec![(mark("bar", []), vec![("y", "from"), ("y2", "to")])],
            },
            Marks::Area(areas) => {
                let none = |missing| Json::object([band(missing), ("from", Json::Null), ("to", Json::Null)]);
                let area = mark("area", [("opacity", Json::Integer(1)), ("invalid", Json::from(BREAK))]);
                Drawn { rows: broken(areas, between, none), marks: vec![(area, vec![("y", "from"), ("y2", "to")])] }
            }
            Marks::Line(points) => {
                let row =
                    |point: &Mark<f64>| Json::object([band(point.band), number("at", point.at), told(&point.told)]);
                let none = |missing| Json::object([band(missing), ("at", Json::Null)]);
                let line = mark("line", [("point", Json::Flag(true)), ("invalid", Json::from(BREAK))]);
                Drawn { rows: broken(points, row, none), marks: vec![(line, vec![("y", "at")])] }
            }
            Marks::Intervals(marks) => {
                let row = |mark: &Mark<[f64; 3]>| {
                    let [low, at, high] = mark.at;
                    let ends = [number("low", low), number("at", at), number("high", high)];
                    Json::object([band(mark.band)].into_iter().chain(ends).chain([told(&mark.told)]))
                };
                let rule = mark("rule", [("strokeWidth", Json::Integer(2))]);
                let filled = [("filled", Json::Flag(true)), ("size", Json::Integer(40)), ("opacity", Json::Integer(1))];
                let point = mark("point", filled);
                Drawn {
                    rows: marks.iter().map(row).collect(),
                    marks: vec![(rule, vec![("y", "low"), ("y2", "high")]), (point, vec![("y", "at")])],
                }
            }
            Marks::Curve(points) => {
                let row = |mark: &Mark<[f64; 2]>| {
                    let [across, up] = mark.at;
                    let turn = ("turn", Json::Integer(mark.band as i64));
                    Json::object([turn, number("across", across), number("up", up), told(&mark.told)])
                };
                let dash = Json::Array(vec![Json::Integer(4); 2]);
                let dash = (layer.role == Role::Balance).then_some(("strokeDash", dash));
                Drawn {
                    rows: points.iter().map(row).collect(),
                    marks: vec![(mark("line", dash), vec![("y", "up"), ("order", "turn")])],
                }
            }
            Marks::Cells { cells, .. } => {
                let row = |mark: &Mark<(usize, f64)>| {
                    let down = ("down", Json::Integer(mark.at.0 as i64));
                    let percent = ("percent", Json::from(self.on_cell(&whole_percent(mark.at.1))));
                    Json::object([band(mark.band), down, number("share", mark.at.1), percent, told(&mark.told)])
                };
                let mut marks = vec![(mark("rect", []), vec![("y", "down")])];
                if self.is_numbered() {
                    let numbers = mark("text", [("fontSize", Json::Integer(10))]);
                    marks.push((numbers, vec![("y", "down"), ("text", "percent")]));
                }
                Drawn { rows: cells.iter().map(row).collect(), marks }
            }
        }
    }

    fn encoding(&self, layer: &Layer, channels: &[(&'static str, &'static str)]) -> Vec<(&'static str, Json)> {
        let is_curve = matches!(layer.marks, Marks::Curve(_));
        let mut encoding = vec![("x", self.across(if is_curve { "across" } else { "band" }, layer))];
        for &(name, field) in channels {
            let shown = match name {
                "y" => self.up(field, layer),
                "order" => Json::object([("field", Json::from(field)), ("type", Json::from("quantitative"))]),
                _ => Json::object([("field", Json::from(field))]),
            };
            encoding.push((name, shown));
        }
        let told = [("field", "told"), ("type", "nominal"), ("title", layer.name.as_str())];
        encoding.push(("tooltip", Json::object(told.map(|(key, text)| (key, Json::from(text))))));
        let colour = match layer.marks {
            Marks::Cells { darkest, .. } if channels.iter().any(|(name, _)| *name == "text") => ink(darkest),
            Marks::Cells { darkest, .. } => shares(darkest),
            _ => self.colour(),
        };
        encoding.push(("color", colour));
        encoding
    }

    /// The colour of a layer; all layers share one legend, unless their names stand on the axis.
    fn colour(&self) -> Json {
        let names = self.layers.iter().map(|layer| Json::from(layer.name.as_str()));
        let colours = self.layers.iter().map(|layer| Json::Text(colour(layer)));
        let scale = [("domain", Json::Array(names.collect())), ("range", Json::Array(colours.collect()))];
        // Whatever form the marks of a layer have, its name stands beside a square, as in the other renderer.
        let square = [("symbolType", Json::from("square")), ("symbolOpacity", Json::Integer(1))];
        let legend = if self.named().next().is_some() { Json::object(square) } else { Json::Null };
        Json::object([
            ("field", Json::from("layer")),
            ("type", Json::from("nominal")),
            ("scale", Json::object(scale)),
            ("legend", legend),
        ])
    }

    /// The channel of places across, read from a field.
    fn across(&self, field: &'static str, layer: &Layer) -> Json {
        let band = WIDTH / (self.bands().len() as i64).max(1);
        let shown = match self.horizontal {
            Axis::Bands { .. } => below(self.below(), self.bands().len()),
            Axis::Numbers { .. } => vec![("grid", Json::Flag(false))],
        };
        channel(field, &self.horizontal, shown, gaps(&layer.marks, band))
    }

    /// The channel of places up, or down bands.
    fn up(&self, field: &'static str, layer: &Layer) -> Json {
        let shown = match self.vertical {
            Axis::Bands { .. } => Vec::new(),
            Axis::Numbers { .. } => vec![("gridColor", zero_line())],
        };
        channel(field, &self.vertical, shown, gaps(&layer.marks, BAND))
    }
}

/// The colour of the lines across a picture: that of zero is darker.
fn zero_line() -> Json {
    let is_zero = [("test", Json::from("datum.value === 0")), ("value", Json::from("#888888"))];
    Json::object([("condition", Json::object(is_zero)), ("value", Json::from("#dddddd"))])
}

/// A channel of places on an axis, read from a field: how the axis is shown, and the room between bands.
fn channel(field: &'static str, axis: &Axis, shown: Entries, gaps: Entries) -> Json {
    let text = |text: &str| Json::from(text);
    let entries = match axis {
        Axis::Bands { title, names, .. } => {
            let domain = ("domain", Json::Array((0..names.len()).map(|band| Json::Integer(band as i64)).collect()));
            let title = if title.is_empty() { Json::Null } else { text(title) };
            let list = if field == "down" { DOWN } else { ACROSS };
            let name = ("labelExpr", Json::Text(format!("{list}[datum.value]")));
            vec![
                ("type", text("ordinal")),
                ("title", title),
                ("sort", Json::Null),
                ("scale", Json::object([domain].into_iter().chain(gaps))),
                ("axis", Json::object([name].into_iter().chain(shown))),
            ]
        }
        Axis::Numbers { title, range, ticks } => {
            let ends = Json::Array(range.iter().map(|end| Json::Float(*end)).collect());
            let scale = [("domain", ends), ("nice", Json::Flag(false)), ("zero", Json::Flag(false))];
            let values = Json::Array(ticks.iter().map(|(number, _)| Json::Float(*number)).collect());
            let names = Json::object(ticks.iter().map(|(number, name)| (number_key(*number), text(name))));
            let axis = [("values", values), ("labelExpr", Json::Text(format!("({names})[datum.value]")))];
            vec![
                ("type", text("quantitative")),
                ("title", text(title)),
                ("scale", Json::object(scale)),
                ("axis", Json::object(axis.into_iter().chain(shown))),
            ]
        }
    };
    Json::object([("field", text(field))].into_iter().chain(entries))
}

/// The colour of a layer; areas let the page through, and so do their squares in the legend.
fn colour(layer: &Layer) -> String {
    let colour = layer.role.colour();
    let part = |at: usize| colour.get(at..at + 2).and_then(|digits| i64::from_str_radix(digits, 16).ok()).unwrap_or(0);
    match layer.marks {
        Marks::Area(_) => format!("rgba({},{},{},{AREA})", part(1), part(3), part(5)),
        _ => colour.to_owned(),
    }
}

/// The colour of numbers on cells up to the darkest.
fn ink(darkest: f64) -> Json {
    let [dark, light] = INKS;
    let is_deep = Json::Text(format!("datum.share > {}", Json::Float(darkest * DEEP)));
    let condition = Json::object([("test", is_deep), ("value", Json::from(light))]);
    Json::object([("condition", condition), ("value", Json::from(dark))])
}

/// The room between bars, and a pixel between cells.
fn gaps(marks: &Marks, band: i64) -> Entries {
    match marks {
        Marks::Bars(_) => vec![("paddingInner", Json::Float(0.3)), ("paddingOuter", Json::Float(0.15))],
        Marks::Cells { .. } => vec![("paddingInner", Json::Float((1.0 / band.max(4) as f64).min(0.25)))],
        _ => Vec::new(),
    }
}

/// How names stand below an axis of so many bands: those that have room by our measure, and no others.
fn below(below: Below, count: usize) -> Entries {
    let named = || Json::Array((0..count).step_by(below.stride).map(|band| Json::Integer(band as i64)).collect());
    let values = (below.stride > 1).then(|| ("values", named()));
    let limit = (below.angle != 0).then_some(("labelLimit", Json::Integer(below.longest)));
    let labels = [("labelAngle", Json::Integer(below.angle)), ("labelOverlap", Json::Flag(false))];
    labels.into_iter().chain(values).chain(limit).collect()
}

/// The colours of shares up to the darkest.
fn shares(darkest: f64) -> Json {
    let colour = |[red, green, blue]: [i64; 3]| Json::Text(format!("#{red:02x}{green:02x}{blue:02x}"));
    let scale = [
        ("domain", Json::Array(vec![Json::Float(0.0), Json::Float(darkest)])),
        ("range", Json::Array(SHADES.map(colour).to_vec())),
        ("clamp", Json::Flag(true)),
        ("interpolate", Json::from("rgb")),
    ];
    let names = Json::Text(format!("datum.value > 0 ? {} : '0%'", Json::Text(most(darkest))));
    let ends = Json::Array(vec![Json::Float(0.0), Json::Float(darkest)]);
    let legend = [("values", ends), ("labelExpr", names), ("title", Json::Null)];
    Json::object([
        ("field", Json::from("share")),
        ("type", Json::from("quantitative")),
        ("scale", Json::object(scale)),
        ("legend", Json::object(legend)),
    ])
}

/// A row for each mark, and one without numbers where bands are left out between two.
fn broken<T>(marks: &[Mark<T>], row: impl Fn(&Mark<T>) -> Json, none: impl Fn(usize) -> Json) -> Vec<Json> {
    let mut rows = Vec::new();
    let mut next = None;
    for mark in marks {
        rows.extend(next.filter(|next| *next < mark.band).map(&none));
        rows.push(row(mark));
        next = Some(mark.band + 1);
    }
    rows
}

fn mark(kind: &str, more: impl IntoIterator<Item = (&'static str, Json)>) -> Json {
    let given = [("type", Json::from(kind)), ("tooltip", Json::Flag(true))];
    Json::object(given.into_iter().chain(more))
}

/// A number as JavaScript writes it as a key: without an exponent, as numbers on axes are.
fn number_key(number: f64) -> String {
    // There is no zero below zero.
    format!("{}", number + 0.0)
}
