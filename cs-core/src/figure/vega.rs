//! A figure as a specification of Vega-Lite 6, with its data.

use super::svg::SHADES;
use super::{Axis, Figure, Layer, Mark, Marks, Role};
use crate::json::Json;

const SCHEMA: &str = "https://vega.github.io/schema/vega-lite/v6.json";

/// The fields of the data by channel, besides the place across.
type Channels = Vec<(&'static str, &'static str)>;

/// The data of a layer, and the marks that are drawn of it.
struct Drawn {
    rows: Vec<Json>,
    marks: Vec<(Json, Channels)>,
}

impl Figure {
    /// The picture as a specification of Vega-Lite, with its data: the same marks, axes, words and colours.
    #[must_use]
    pub fn to_vega_lite(&self) -> Json {
        let tall = match &self.vertical {
            Axis::Bands { names, .. } => names.len().max(1) as i64 * 17,
            Axis::Numbers { .. } => 260,
        };
        let title = [
            ("text", Json::from(self.title.as_str())),
            ("subtitle", Json::from(self.subtitle.as_str())),
            ("anchor", Json::from("start")),
        ];
        let legend = [
            ("orient", Json::from("top")),
            ("title", Json::Null),
            ("columns", Json::Integer(3)),
            ("labelLimit", Json::Integer(300)),
        ];
        Json::object([
            ("$schema", Json::from(SCHEMA)),
            ("title", Json::object(title)),
            ("width", Json::Integer(628)),
            ("height", Json::Integer(tall)),
            ("layer", Json::Array(self.layers.iter().flat_map(|layer| self.drawn(layer)).collect())),
            ("config", Json::object([("legend", Json::object(legend))])),
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
        let band = |position: usize| ("band", Json::Text(name(&self.horizontal, position)));
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
            Marks::Area(areas) => Drawn {
                rows: areas.iter().map(between).collect(),
                marks: vec![(mark("area", [("opacity", Json::Float(0.18))]), vec![("y", "from"), ("y2", "to")])],
            },
            Marks::Line(points) => Drawn {
                rows: points
                    .iter()
                    .map(|point| Json::object([band(point.band), number("at", point.at), told(&point.told)]))
                    .collect(),
                marks: vec![(mark("line", [("point", Json::Flag(true))]), vec![("y", "at")])],
            },
            Marks::Intervals(marks) => {
                let row = |mark: &Mark<[f64; 3]>| {
                    let [low, at, high] = mark.at;
                    let ends = [number("low", low), number("at", at), number("high", high)];
                    Json::object([band(mark.band)].into_iter().chain(ends).chain([told(&mark.told)]))
                };
                let rule = mark("rule", [("strokeWidth", Json::Integer(2))]);
                let point = mark("point", [("filled", Json::Flag(true)), ("size", Json::Integer(40))]);
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
                    let down = ("down", Json::Text(name(&self.vertical, mark.at.0)));
                    Json::object([band(mark.band), down, number("share", mark.at.1), told(&mark.told)])
                };
                Drawn { rows: cells.iter().map(row).collect(), marks: vec![(mark("rect", []), vec![("y", "down")])] }
            }
        }
    }

    fn encoding(&self, layer: &Layer, channels: &[(&'static str, &'static str)]) -> Vec<(&'static str, Json)> {
        let is_curve = matches!(layer.marks, Marks::Curve(_));
        let mut encoding = vec![("x", channel(if is_curve { "across" } else { "band" }, &self.horizontal))];
        for &(name, field) in channels {
            let shown = match name {
                "y" => channel(field, &self.vertical),
                "order" => Json::object([("field", Json::from(field)), ("type", Json::from("quantitative"))]),
                _ => Json::object([("field", Json::from(field))]),
            };
            encoding.push((name, shown));
        }
        let told = [("field", "told"), ("type", "nominal"), ("title", layer.name.as_str())];
        encoding.push(("tooltip", Json::object(told.map(|(key, text)| (key, Json::from(text))))));
        let colour = match layer.marks {
            Marks::Cells { darkest, .. } => shares(darkest),
            _ => self.colour(),
        };
        encoding.push(("color", colour));
        encoding
    }

    /// The colour of a layer; all layers share one legend, unless their names stand on the axis.
    fn colour(&self) -> Json {
        let names = || self.layers.iter().map(|layer| Json::from(layer.name.as_str()));
        let colours = self.layers.iter().map(|layer| Json::from(layer.role.colour()));
        let scale = [("domain", Json::Array(names().collect())), ("range", Json::Array(colours.collect()))];
        let bands = if let Axis::Bands { names, .. } = &self.horizontal { names.as_slice() } else { &[] };
        let is_named = self.layers.len() == 1 || self.layers.iter().all(|layer| bands.contains(&layer.name));
        let mut colour =
            vec![("field", Json::from("layer")), ("type", Json::from("nominal")), ("scale", Json::object(scale))];
        if is_named {
            colour.push(("legend", Json::Null));
        }
        Json::object(colour)
    }
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
    let legend = [("format", Json::from(".0%")), ("title", Json::Null)];
    Json::object([
        ("field", Json::from("share")),
        ("type", Json::from("quantitative")),
        ("scale", Json::object(scale)),
        ("legend", Json::object(legend)),
    ])
}

/// The name of a band of an axis.
fn name(axis: &Axis, band: usize) -> String {
    match axis {
        Axis::Bands { names, .. } => names.get(band).cloned().unwrap_or_default(),
        Axis::Numbers { .. } => String::new(),
    }
}

fn mark(kind: &str, more: impl IntoIterator<Item = (&'static str, Json)>) -> Json {
    let given = [("type", Json::from(kind)), ("tooltip", Json::Flag(true))];
    Json::object(given.into_iter().chain(more))
}

/// A channel of places on an axis, read from a field.
fn channel(field: &'static str, axis: &Axis) -> Json {
    let field = ("field", Json::from(field));
    let kind = |kind: &str| ("type", Json::from(kind));
    let text = |text: &str| Json::from(text);
    match axis {
        Axis::Bands { title, names, is_sequence } => {
            let domain = Json::Array(names.iter().map(|name| text(name)).collect());
            // Names that have no room are left out, as everywhere else.
            let angle = if *is_sequence { 0 } else { -35 };
            let shown = Json::object([
                ("labelOverlap", if *is_sequence { text("greedy") } else { Json::Flag(false) }),
                ("labelAngle", Json::Integer(angle)),
            ]);
            let title = if title.is_empty() { Json::Null } else { text(title) };
            let scale = Json::object([("domain", domain)]);
            Json::object([
                field,
                kind("ordinal"),
                ("title", title),
                ("sort", Json::Null),
                ("scale", scale),
                ("axis", shown),
            ])
        }
        Axis::Numbers { title, range, ticks } => {
            let ends = Json::Array(range.iter().map(|end| Json::Float(*end)).collect());
            let scale = [("domain", ends), ("nice", Json::Flag(false)), ("zero", Json::Flag(false))];
            let values = Json::Array(ticks.iter().map(|(number, _)| Json::Float(*number)).collect());
            let names = Json::object(ticks.iter().map(|(number, name)| (number_key(*number), text(name))));
            let axis = [("values", values), ("labelExpr", Json::Text(format!("({names})[datum.value]")))];
            Json::object([
                field,
                kind("quantitative"),
                ("title", text(title)),
                ("scale", Json::object(scale)),
                ("axis", Json::object(axis)),
            ])
        }
    }
}

/// A whole number as a key of JavaScript.
fn number_key(number: f64) -> String {
    format!("{}", number as i64)
}
