//! The types of the npm package that follow from the surface manifest: `cs-wasm/js/surface.d.ts`.

use std::fmt::Write as _;

use cs_core::Json;

use crate::formulas;
use crate::manifest::{gives, list, positional, string, text, title};

/// The text of `surface.d.ts`.
pub(crate) fn typescript(surface: &Json) -> String {
    let mut out = String::from(HEAD);
    words(&mut out, "ErrorCode", "What went wrong, as a name that never changes.", list(surface, "codes"));
    words(&mut out, "CellKind", "The kinds of columns of results.", list(surface, "kinds"));
    words(&mut out, "AbsenceReason", "Why a value of a result is absent.", list(surface, "reasons"));
    definitions(&mut out, list(surface, "switches"));
    let limits = list(surface, "limits").iter().map(|name| (string(name).to_owned() + "?", "number | bigint", ""));
    interface(&mut out, "LimitsData", "What an input may hold at most, by the names of the limits.", limits);
    let fields = list(surface, "problem").iter().map(|name| (string(name).to_owned(), problem(string(name)), ""));
    interface(&mut out, "Problem", "One fault: what, where, and how to mend it.", fields);
    let fields =
        list(surface, "load_report").iter().map(|name| (string(name).to_owned(), load_report(string(name)), ""));
    interface(&mut out, "LoadReport", "What became of every row of every table, and why rows were rejected.", fields);
    let fields = list(surface, "metadata").iter().map(|name| (string(name).to_owned(), metadata(string(name)), ""));
    // Only where there is a scorecard.
    let fields = fields.chain([("bands?".to_owned(), "readonly string[]", "")]);
    interface(&mut out, "Metadata", "What a table was computed with.", fields);
    out.push_str(TOUCH_MODEL);
    settings(&mut out, surface);
    for table in list(surface, "tables") {
        rows(&mut out, table);
    }
    for constructor in list(surface, "constructors") {
        options(&mut out, constructor);
    }
    for operation in list(surface, "operations") {
        options(&mut out, operation);
        let name = text(operation, "name");
        if text(operation, "gives") == "table" {
            row(&mut out, &title(name), &camel(name), operation);
            continue;
        }
        for table in list(operation, "tables") {
            let of = format!("{}.{}", camel(name), camel(text(table, "name")));
            row(&mut out, &(title(name) + &title(text(table, "name"))), &of, table);
        }
        report(&mut out, operation);
    }
    operations(&mut out, list(surface, "operations"));
    calculations(&mut out, list(surface, "calculations"));
    out.push_str(&formulas::typescript(surface));
    let fields: Vec<_> = list(surface, "picture").iter().map(option).collect();
    let fields = fields.iter().map(|(name, kind, doc)| (name.clone(), kind.as_str(), doc.as_str()));
    interface(&mut out, "PictureOptions", "Which of a result's `pictures`, and in which language.", fields);
    let loaded = list(surface, "tables").iter().map(|table| text(table, "name"));
    let loaded: Vec<_> = loaded.map(|name| (name.to_owned(), format!("Loaded{}", row_of(name)))).collect();
    let loaded = loaded.iter().map(|(name, row)| (name.clone(), row.as_str(), ""));
    let others = list(surface, "synthetic_tables");
    words(&mut out, "SyntheticTable", "A table that only a synthetic portfolio has.", others);
    interface(&mut out, "LoadedTables", "The rows of every table as `table` gives them back.", loaded);
    out
}

/// A row of a table that an operation gives.
fn row(out: &mut String, name: &str, of: &str, table: &Json) {
    let columns = list(table, "columns");
    let cells: Vec<String> = columns.iter().map(cell).collect();
    let cells = columns
        .iter()
        .zip(&cells)
        .map(|(column, cell)| (text(column, "name").to_owned(), cell.as_str(), text(column, "doc")));
    interface(out, &format!("{name}Row"), &format!("A row of `{of}`."), cells);
}

/// A report that an operation gives.
fn report(out: &mut String, operation: &Json) {
    let name = title(text(operation, "name"));
    let doc = text(operation, "doc").split("\n\n").next().unwrap_or_default();
    let figures =
        list(operation, "figures").iter().map(|figure| (text(figure, "name"), cell(figure), text(figure, "doc")));
    let tables = list(operation, "tables").iter().map(|table| {
        let of = text(table, "name");
        (of, format!("Table<{name}{}Row>", title(of)), text(table, "rows"))
    });
    let forms = list(operation, "forms").iter().map(|form| (format!("to_{}", text(form, "name")), text(form, "doc")));
    let forms: Vec<(String, &str)> = forms.collect();
    let written = forms.iter().map(|(name, doc)| (name.as_str(), IN_LANGUAGE.to_owned(), *doc));
    let entries = figures.chain(tables).chain(written).chain([("to_json", "() => string".to_owned(), TO_JSON)]);
    let entries: Vec<_> = entries.collect();
    interface(out, &name, doc, entries.iter().map(|(name, kind, doc)| (camel(name), kind.as_str(), *doc)));
}

const IN_LANGUAGE: &str = "(options?: { locale?: 'en' | 'ja' }) => string";
const TO_JSON: &str = "The canonical JSON of all of it: the bytes that are the same in every language.";

/// The methods of a portfolio: each operation, and `partial` of those whose results add up.
fn operations(out: &mut String, operations: &[Json]) {
    out.push_str("\n/** What is asked of a portfolio. */\nexport interface Operations {\n");
    for operation in operations {
        let (name, row) = (text(operation, "name"), title(text(operation, "name")));
        let mut about: Vec<String> = text(operation, "doc").split("\n\n").map(str::to_owned).collect();
        let tags = positional(operation)
            .iter()
            .map(|parameter| format!("@param {} {}", camel(text(parameter, "name")), text(parameter, "doc")));
        about.push(tags.collect::<Vec<_>>().join("\n   * "));
        let method = |options: &str, gives: &str| {
            format!("  {}({}{options}): {gives};\n", camel(name), written_positional(operation))
        };
        let whole = if gives(operation) == "Table" { format!("Table<{row}Row>") } else { gives(operation) };
        out.push_str(&format!("  /**\n   * {}\n   */\n", about.join("\n   *\n   * ").replace("*/", "* /")));
        match list(operation, "parameters").iter().any(|parameter| text(parameter, "name") == "by") {
            true => {
                out.push_str(&method(&format!("options?: Ungrouped<{row}Options>"), &whole));
                out.push_str(&method(&format!("options: {row}Options"), &format!("Table<Grouped<{row}Row>>")));
            }
            false => out.push_str(&method(&format!("options?: {row}Options"), &whole)),
        }
    }
    out.push_str(PARTIAL);
    for operation in operations.iter().filter(|operation| operation.get("adds_up") == Some(&Json::Flag(true))) {
        let (name, positional) = (text(operation, "name"), written_positional(operation));
        out.push_str(&format!(
            "  partial(operation: '{name}', {positional}options?: {}Options): Uint8Array;\n",
            title(name)
        ));
    }
    out.push_str("}\n");
}

/// The functions on plain numbers.
fn calculations(out: &mut String, functions: &[Json]) {
    functions.iter().for_each(|function| {
        let name = title(text(function, "name"));
        options(out, function);
        row(out, &name, &camel(text(function, "name")), function);
    });
    out.push_str("\n/** Functions on plain numbers. */\nexport interface Calculations {\n");
    for function in functions {
        let name = text(function, "name");
        let (name, row) = (camel(name), title(name));
        let doc = text(function, "doc").split("\n\n").collect::<Vec<_>>().join("\n   *\n   * ");
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "  /**\n   * {doc}\n   */\n  {name}({}options?: {row}Options): Table<{row}Row>;",
            written_positional(function)
        );
    }
    out.push_str("}\n");
}

const PARTIAL: &str = "  /**
   * The result of an operation on a part of the customers, as bytes for `merge`.
   *
   * `operation` is its name in data, and the arguments are its own: `partial('movements', start, end, { by })`.
   */
";

/// The positional arguments of an operation, each with its type.
fn written_positional(operation: &Json) -> String {
    positional(operation).iter().map(option).map(|(name, kind, _)| format!("{name}: {kind}, ")).collect()
}

/// The text of `models.js`: a class for each model.
pub(crate) fn models(surface: &Json) -> String {
    let mut out = String::from(MODELS);
    // Writing to a string cannot fail.
    let mut line = |text: String| _ = writeln!(out, "{text}");
    for model in list(surface, "models") {
        let (name, of) = (title(text(model, "name")), text(model, "name"));
        line(format!("\n/** The class of the models of an instance. */\nfunction {}Class(instance) {{", camel(of)));
        line(format!("  const asked = (method, entries) => askedOf(instance, `{of}.${{method}}`, entries);"));
        line(format!("  /** {} */\n  class {name} {{\n    #model;\n", text(model, "doc")));
        line("    constructor(parameters) {\n      this.#model = asked('of', options(parameters));\n      Object.freeze(this);\n    }".to_owned());
        for method in list(model, "methods").iter().filter(|method| text(method, "name") != "of") {
            let (name, doc) = (text(method, "name"), text(method, "doc"));
            let own = list(method, "parameters").iter().map(|parameter| text(parameter, "name"));
            let own: Vec<&str> = own.filter(|name| !["alpha", "beta"].contains(name)).collect();
            let entries = |listed: fn(&str) -> String| {
                own.iter().map(|name| format!("['{name}', {}]", listed(name))).collect::<Vec<_>>().join(", ")
            };
            line(format!("\n    /** {doc} */"));
            if name == "fit" {
                let entries = entries(|name| format!("isList({name}) ? Array.from({name}) : {name}"));
                line(format!(
                    "    static fit({}) {{\n      const fitted = asked('fit', [{entries}]);\n      \
                     const model = new this({{ alpha: fitted.alpha, beta: fitted.beta }});\n      \
                     model.#model = fitted;\n      return model;\n    }}",
                    own.join(", ")
                ));
            } else {
                let entries = entries(str::to_owned);
                line(format!(
                    "    {}({}) {{\n      \
                     return asked('{name}', [['alpha', this.alpha], ['beta', this.beta], {entries}]);\n    }}",
                    camel(name),
                    own.join(", ")
                ));
            }
        }
        for field in list(model, "fields") {
            let name = text(field, "name");
            line(format!(
                "\n    /** {} */\n    get {}() {{\n      return this.#model.{name};\n    }}",
                text(field, "doc"),
                camel(name)
            ));
        }
        line(format!("  }}\n  return {name};\n}}"));
    }
    out + &formulas::javascript(surface)
}

const MODELS: &str = "\
// Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

import { argumentsJson, options, placed } from './arguments.js';
import { isList } from './describe.js';

/** What a method of a model gives. */
const askedOf = (instance, name, entries) => {
  const text = argumentsJson(entries);
  const bytes = instance.call((bindings) => bindings.calculated(name, new bindings.Given(text)));
  return JSON.parse(new TextDecoder().decode(bytes));
};
";

/// The text of `operations.js`: what the methods of a portfolio are made of.
pub(crate) fn javascript(surface: &Json) -> String {
    let mut out = String::from(
        "// Written by `cargo xtask surface` from the core's description of itself; not edited by hand.\n\n\
         /** Every operation: its name, its method, what it gives, its positional arguments, and the forms for people. */\n\
         export const OPERATIONS = [\n",
    );
    for operation in list(surface, "operations") {
        let name = text(operation, "name");
        let positional: Vec<String> = list(operation, "positional").iter().map(quoted).collect();
        let (method, gives, positional) = (camel(name), text(operation, "gives"), positional.join(", "));
        let forms: Vec<String> =
            list(operation, "forms").iter().map(|form| format!("'{}'", text(form, "name"))).collect();
        let forms = if forms.is_empty() { String::new() } else { format!(", forms: [{}]", forms.join(", ")) };
        out.push_str(&format!(
            "  {{ operation: '{name}', method: '{method}', gives: '{gives}', positional: [{positional}]{forms} }},\n"
        ));
    }
    out.push_str(
        "];\n\n/** Every function on plain numbers: its name, its method, and its positional arguments. */\n\
         export const CALCULATIONS = [\n",
    );
    for function in list(surface, "calculations") {
        let name = text(function, "name");
        let positional: Vec<String> = list(function, "positional").iter().map(quoted).collect();
        out.push_str(&format!(
            "  {{ name: '{name}', method: '{}', positional: [{}] }},\n",
            camel(name),
            positional.join(", ")
        ));
    }
    out + "];\n"
}

const HEAD: &str = "\
// Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

import type {
  ColumnMapping,
  CsvFile,
  Definitions,
  Grouped,
  NumberArray,
  Scorecard,
  ScorecardData,
  Table,
  TableInput,
  TableReport,
  Ungrouped,
} from './index.js';
";

/// The switches, as function arguments and as data.
fn definitions(out: &mut String, switches: &[Json]) {
    let documented = |switch: &Json| match switch.get("default") {
        Some(default) => format!("{} Default: `{default}`.", text(switch, "doc")),
        None => text(switch, "doc").to_owned(),
    };
    let entries: Vec<_> = switches.iter().map(|s| (text(s, "name"), held(s), documented(s))).collect();
    let given: Vec<_> = entries.iter().map(|(_, kind, _)| format!("{kind} | undefined")).collect();
    let options =
        entries.iter().zip(&given).map(|((name, _, doc), kind)| (camel(name) + "?", kind.as_str(), doc.as_str()));
    interface(out, "DefinitionsOptions", "The switches of `Definitions` as function arguments.", options);
    let data = entries.iter().map(|(name, kind, doc)| ((*name).to_owned(), kind.as_str(), doc.as_str()));
    interface(out, "DefinitionsData", "The switches of `Definitions` as data.", data);
}

/// What a switch holds.
fn held(switch: &Json) -> String {
    let choices = || union(list(switch, "choices"));
    let kind = match text(switch, "takes") {
        "choice" => choices(),
        "choices" => format!("readonly ({})[]", choices()),
        "flag" => "boolean".to_owned(),
        "count" => "number".to_owned(),
        _ => "string".to_owned(),
    };
    if switch.get("default") == Some(&Json::Null) { kind + " | null" } else { kind }
}

/// The rows of an input table: as they are given, and as they come back.
fn rows(out: &mut String, table: &Json) {
    let (name, columns) = (text(table, "name"), list(table, "columns"));
    let optional = |column: &Json| if column.get("required") == Some(&Json::Flag(true)) { "" } else { "?" };
    let entries: Vec<_> = columns.iter().map(|c| (c, optional(c), text(c, "name"), text(c, "doc"))).collect();
    let taken: Vec<_> = entries.iter().map(|(column, ..)| input(column)).collect();
    let attributes = table.get("attributes") == Some(&Json::Flag(true));
    let attribute =
        |kind: &'static str, doc: &'static str| attributes.then(|| ("[attribute: string]".to_owned(), kind, doc));

    let cells =
        entries.iter().zip(&taken).map(|((_, mark, name, doc), kind)| ((*name).to_owned() + mark, kind.as_str(), *doc));
    let any = attribute(
        "string | bigint | boolean | number | null | undefined",
        "Any other column is an attribute, kept as text; floats are refused.",
    );
    let doc = format!("A row of the input table `{name}`.");
    interface(out, &row_of(name), &doc, cells.chain(any));

    let cells = entries.iter().map(|(column, mark, name, doc)| {
        let kind = match (text(column, "kind"), mark.is_empty()) {
            ("count" | "number" | "score", true) => "number",
            ("count" | "number" | "score", false) => "number | null",
            ("flag", true) => "boolean",
            ("flag", false) => "boolean | null",
            // A kind that is not known here is told where it is given.
            (_, true) => "string",
            (_, false) => "string | null",
        };
        ((*name).to_owned() + mark, kind, *doc)
    });
    let any = attribute("string | number | null | undefined", "Any other column is an attribute.");
    let doc = format!("A row of `table('{name}')`: only columns that were given are there.");
    interface(out, &format!("Loaded{}", row_of(name)), &doc, cells.chain(any));
}

/// What a cell of an input table can be.
fn input(column: &Json) -> String {
    let kind = match text(column, "kind") {
        "id" | "money" => "string | bigint".to_owned(),
        "count" => "number | bigint".to_owned(),
        "number" | "score" => "number".to_owned(),
        "flag" => "boolean".to_owned(),
        "choice" => union(list(column, "choices")),
        "text" | "date" => "string".to_owned(),
        unknown => format!("unknown /* a kind that has no type yet: {unknown} */"),
    };
    if column.get("required") == Some(&Json::Flag(true)) { kind } else { kind + " | null | undefined" }
}

/// A model of tiers is data alone.
const TOUCH_MODEL: &str = "
/** Ordered rules of who is in which tier of attention, and what a customer of each is owed. */
export interface TouchModelData {
  rules?: readonly {
    tier: 'high_touch' | 'low_touch' | 'tech_touch';
    min_value?: string;
    min_value_ratio?: number;
    min_potential_ratio?: number;
    max_experience?: number;
  }[];
  tiers?: Partial<Record<'high_touch' | 'low_touch' | 'tech_touch', { hours_per_month?: number; contact_days?: number }>>;
}

/** A text in every language. */
export interface TextData {
  en: string;
  ja: string;
}

/** A play of your own: what triggers it, whom it fits, what it is expected to bring, and how one sees that it worked. */
export interface ReviewPlayData {
  play: string;
  checks: readonly string[];
  tiers?: readonly ('high_touch' | 'low_touch' | 'tech_touch')[];
  phases?: readonly ('onboarding' | 'adoption' | 'advocacy')[];
  needs_health?: boolean;
  label: TextData;
  effect: TextData;
  success: TextData;
}
";

/// What a review goes by is data alone: thresholds by principle, each with what it means.
fn settings(out: &mut String, surface: &Json) {
    let Some(groups) = surface.get("review_settings").and_then(Json::as_object) else { return };
    let mut all: Vec<(String, String, String)> = Vec::new();
    for (key, thresholds) in groups {
        let name = format!("{}Thresholds", title(key));
        let thresholds = thresholds.as_array().unwrap_or_default().iter();
        let entries: Vec<_> = thresholds
            .map(|one| {
                let default = one.get("default").map(ToString::to_string).unwrap_or_default();
                let doc = format!("{} Default: `{default}`.", text(one, "doc"));
                (format!("{}?", text(one, "name")), doc)
            })
            .collect();
        let entries = entries.iter().map(|(name, doc)| (name.clone(), "number", doc.as_str()));
        interface(out, &name, &format!("Thresholds of `{key}`."), entries);
        all.push((format!("{key}?"), name, format!("Thresholds of `{key}`.")));
    }
    let entries = all.iter().map(|(key, kind, doc)| (key.clone(), kind.as_str(), doc.as_str()));
    let others = OTHER_SETTINGS.iter().map(|(key, kind, doc)| ((*key).to_owned(), *kind, *doc));
    interface(out, "ReviewSettingsData", "What a review goes by.", entries.chain(others));
}

const OTHER_SETTINGS: [(&str, &str, &str); 5] = [
    (
        "exclusions?",
        "readonly { customer_id: string; principle?: string | null; until?: string | null; reason: string }[]",
        "Who is left out, of which principle, and until when.",
    ),
    ("plays?", "readonly ReviewPlayData[]", "Plays of your own, which come before those of the library."),
    ("scorecard?", "ScorecardData | null", "What makes a score."),
    ("touch_model?", "TouchModelData | null", "Who is in which tier."),
    ("validation?", "'better' | 'not_shown' | null", "What a backtest said of the scorecard."),
];

/// The options of a constructor or an operation; what is required is there too where it has no place of its own.
fn options(out: &mut String, operation: &Json) {
    let name = text(operation, "name");
    let parameters = list(operation, "parameters").iter().skip(positional(operation).len());
    let entries: Vec<_> = parameters.map(option).collect();
    let entries = entries.iter().map(|(name, kind, doc)| (name.clone(), kind.as_str(), doc.as_str()));
    interface(out, &format!("{}Options", title(name)), &format!("The options of `{}`.", camel(name)), entries);
}

fn option(parameter: &Json) -> (String, String, String) {
    let name = text(parameter, "name");
    let kind = match text(parameter, "takes") {
        "table" => format!("TableInput<{}>", row_of(name)),
        "file" => "CsvFile".to_owned(),
        "flag" => "boolean".to_owned(),
        "count" | "number" | "share" => "number".to_owned(),
        "dates" => "readonly string[]".to_owned(),
        "numbers" => "readonly number[] | NumberArray".to_owned(),
        "flags" => "readonly (boolean | 0 | 1)[] | NumberArray".to_owned(),
        "counts" => "readonly number[]".to_owned(),
        "texts" => "readonly string[]".to_owned(),
        "texts_or_null" => "readonly (string | null)[]".to_owned(),
        "choice" => union(list(parameter, "choices")),
        "definitions" => "Definitions | Partial<DefinitionsData>".to_owned(),
        "scorecard" => "Scorecard | ScorecardData".to_owned(),
        "touch_model" => "TouchModelData".to_owned(),
        "targets" => "Record<string, string | number | Record<string, string | number>>".to_owned(),
        "review_settings" => "ReviewSettingsData".to_owned(),
        "review" => "Review | string".to_owned(),
        "benchmarks" => "readonly { kpi: string; period: string; number: number; source: string }[]".to_owned(),
        "names" => "string | readonly string[]".to_owned(),
        "limits" => "LimitsData".to_owned(),
        "columns" => "ColumnMapping".to_owned(),
        _ => "string".to_owned(),
    };
    match parameter.get("default") {
        None => (camel(name), kind, text(parameter, "doc").to_owned()),
        Some(default) => {
            let kind = if *default == Json::Null { kind + " | null" } else { kind };
            (camel(name) + "?", kind + " | undefined", format!("{} Default: `{default}`.", text(parameter, "doc")))
        }
    }
}

/// What a cell of a result is in `rows()`.
fn cell(column: &Json) -> String {
    let kind = match text(column, "kind") {
        _ if column.get("choices").is_some() => union(list(column, "choices")),
        "count" | "ratio" => "number".to_owned(),
        "flag" => "boolean".to_owned(),
        "text_list" => "string[]".to_owned(),
        _ => "string".to_owned(),
    };
    if column.get("nullable") == Some(&Json::Flag(true)) { kind + " | null" } else { kind }
}

fn problem(field: &str) -> &'static str {
    match field {
        "code" => "ErrorCode",
        "message" | "path" => "string",
        "row" | "line" => "number | null",
        _ => "string | null",
    }
}

fn load_report(field: &str) -> &'static str {
    match field {
        "tables" => "readonly TableReport[]",
        "problems" | "warnings" => "readonly Problem[]",
        _ => "number",
    }
}

fn metadata(field: &str) -> &'static str {
    match field {
        "definitions" => "DefinitionsData",
        "absent" => "{ readonly [column: string]: AbsenceReason }",
        "version" | "operation" | "fingerprint" => "string",
        _ => "string | null",
    }
}

fn interface<'t>(
    out: &mut String,
    name: &str,
    doc: &str,
    entries: impl IntoIterator<Item = (String, &'t str, &'t str)>,
) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n/** {doc} */\nexport interface {name} {{");
    for (name, kind, doc) in entries {
        if !doc.is_empty() {
            let _ = writeln!(out, "  /** {} */", doc.replace("*/", "* /").replace('\n', " "));
        }
        let _ = writeln!(out, "  readonly {name}: {kind};");
    }
    out.push_str("}\n");
}

fn words(out: &mut String, name: &str, doc: &str, words: &[Json]) {
    let lines: String = words.iter().map(|word| format!("\n  | {}", quoted(word))).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n/** {doc} */\nexport type {name} ={lines};");
}

fn union(words: &[Json]) -> String {
    words.iter().map(quoted).collect::<Vec<_>>().join(" | ")
}

fn quoted(word: &Json) -> String {
    format!("'{}'", string(word))
}

/// `contracts` becomes `ContractRow`.
fn row_of(table: &str) -> String {
    format!("{}Row", title(table.strip_suffix('s').unwrap_or(table)))
}

/// `from_tables` becomes `fromTables`.
pub(crate) fn camel(name: &str) -> String {
    let title = title(name);
    title.chars().take(1).flat_map(char::to_lowercase).chain(title.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::{camel, title, typescript};

    #[test]
    fn names_are_of_their_language() {
        assert_eq!(title("from_tables"), "FromTables");
        assert_eq!(camel("same_period_new_and_churn"), "samePeriodNewAndChurn");
    }

    #[test]
    fn what_the_core_describes_is_typed() {
        let types = typescript(&cs_core::wire::surface());
        for part in [
            "  | 'too_many_digits'\n",
            "  readonly gapToleranceDays?: number | undefined;\n",
            "  readonly gap_tolerance_days: number;\n",
            "  readonly contract_id: string | bigint;\n",
            "  readonly onInvalid?: 'raise' | 'reject' | undefined;\n",
            "export interface MovementsRow {\n",
            "  readonly opening_customers: number;\n",
            "  readonly contract_ids: string[];\n",
        ] {
            assert!(types.contains(part), "{part}");
        }
        assert!(!types.contains("has no type yet"), "a kind of cell of an input table is not known here");
    }
}
