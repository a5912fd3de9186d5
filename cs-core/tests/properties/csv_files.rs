//! CSV files: what is in them is read, what is not CSV is told with its line, and no byte makes the reader fail.

use cs_core::{Cell, Code, Error, ExtraColumns, OnInvalid, Portfolio, Problem};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::accounting::{accounts, refuses, runs};
use crate::config;

/// A field of a row: what it says, and whether it is quoted though it need not be.
type Field = (String, bool);

/// A record of a file.
#[derive(Clone, Debug)]
enum Record {
    Fields([Field; 3]),
    EmptyLine,
}

/// A file of customers with two attributes.
#[derive(Clone, Debug)]
struct File {
    records: Vec<Record>,
    line_end: &'static str,
    byte_order_mark: bool,
    ends_with_line_end: bool,
}

const HEADER: &str = "customer_id,name,note";

fn fields() -> impl Strategy<Value = Field> {
    let text = prop_oneof![
        2 => Just(String::new()),
        4 => "[a-z]{1,4}",
        2 => select(&["a,b", "\"", "\"\"x", "x\"y", "\n", "a\r\nb", "\r\n\r\n", "é", "カ", " ", "'", "=1"][..]).prop_map(str::to_owned),
    ];
    (text, any::<bool>())
}

fn files() -> impl Strategy<Value = File> {
    // Names differ, so that no row repeats another's.
    let row = [fields(), fields(), fields()].prop_map(Record::Fields);
    let records = prop::collection::vec(prop_oneof![5 => row, 1 => Just(Record::EmptyLine)], 0..8);
    (records, select(&["\n", "\r\n"][..]), any::<bool>(), any::<bool>()).prop_map(
        |(mut records, line_end, byte_order_mark, ends_with_line_end)| {
            for (number, record) in records.iter_mut().enumerate() {
                if let Record::Fields([(id, _), ..]) = record
                    && !id.is_empty()
                {
                    id.push_str(&number.to_string());
                }
            }
            File { records, line_end, byte_order_mark, ends_with_line_end }
        },
    )
}

impl File {
    fn bytes(&self) -> Vec<u8> {
        let field = |(text, quoted): &Field| {
            let must = text.contains([',', '"', '\n', '\r']);
            if must || *quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
        };
        let line = |record: &Record| match record {
            Record::Fields(fields) => fields.iter().map(field).collect::<Vec<_>>().join(","),
            Record::EmptyLine => String::new(),
        };
        let mut lines = vec![HEADER.to_owned()];
        lines.extend(self.records.iter().map(line));
        let mut text = lines.join(self.line_end);
        // An empty line at the end of the file is only there if it ends.
        if self.ends_with_line_end || matches!(self.records.last(), Some(Record::EmptyLine)) {
            text.push_str(self.line_end);
        }
        let mark = if self.byte_order_mark { "\u{feff}" } else { "" };
        format!("{mark}{text}").into_bytes()
    }

    /// Each record with the line that it begins on.
    fn lines(&self) -> impl Iterator<Item = (u64, &Record)> {
        let mut line = 2;
        self.records.iter().map(move |record| {
            let first = line;
            line += 1 + match record {
                Record::Fields(fields) => fields.iter().map(|(text, _)| text.matches('\n').count() as u64).sum(),
                Record::EmptyLine => 0,
            };
            (first, record)
        })
    }
}

const NO_CONTRACTS: &str = "contract_id,customer_id,start_date,mrr\n";

fn load(file: &[u8]) -> Result<Portfolio, Error> {
    Portfolio::from_csv(NO_CONTRACTS).customers(file).currency("USD").on_invalid(OnInvalid::Reject).load()
}

/// Pieces of files: what a contracts file is made of, and what breaks one.
fn scraps() -> impl Strategy<Value = Vec<u8>> {
    let scrap = select(
        &[
            ",",
            ",",
            ",",
            "\n",
            "\n",
            "\r\n",
            "\r",
            "\"",
            "\"\"",
            "contract_id",
            "customer_id",
            "start_date",
            "mrr",
            "end_date",
            "currency",
            "2026-01-01",
            "2026-02-30",
            "100",
            "1,5",
            "USD",
            "c-1",
            "acme",
            " ",
            "é",
            "\u{feff}",
            "\u{0}",
            "contract_id,customer_id,start_date,mrr\n",
            "c-2,acme,2026-01-01,100\n",
        ][..],
    );
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..200),
        4 => prop::collection::vec(scrap, 0..40).prop_map(|scraps| scraps.concat().into_bytes()),
    ]
}

/// A small valid file of contracts.
const FILE: &str = "contract_id,customer_id,start_date,end_date,mrr,product\r\n\
                    c-1,acme,2026-01-01,2026-02-15,100.50,\"a, \"\"b\"\"\"\r\n\
                    \r\n\
                    c-2,カスタマー,2026-01-31,,\"200\",\r\n";

fn reads(bytes: &[u8]) -> Result<(), TestCaseError> {
    let loaded = Portfolio::from_csv(bytes)
        .currency("USD")
        .on_invalid(OnInvalid::Reject)
        .extra_columns(ExtraColumns::Ignore)
        .load();
    match loaded {
        Err(error) => refuses(&error),
        Ok(portfolio) => {
            accounts(&portfolio)?;
            // A line ends with LF, CR LF, or CR alone.
            let ends = |pair: &[u8]| pair[0] == b'\n' || pair[0] == b'\r' && pair[1] != b'\n';
            let lines = [bytes, b"-"].concat().windows(2).filter(|pair| ends(pair)).count() as u64 + 1;
            for problem in &portfolio.load_report().problems.kept {
                prop_assert!(problem.line.is_some_and(|line| line <= lines), "{:?} of {}", problem.line, lines);
            }
            runs(&portfolio)
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_in_a_file_is_read(file in files()) {
        let portfolio = load(&file.bytes()).unwrap();
        accounts(&portfolio)?;
        let report = &portfolio.load_report();
        prop_assert_eq!(report.tables[1].rows_read, file.records.len() as u64);

        let mut expected = Vec::new();
        let mut nameless = Vec::new();
        for (number, (line, record)) in file.lines().enumerate() {
            let texts = match record {
                Record::Fields(fields) => fields.clone().map(|(text, _)| text),
                Record::EmptyLine => [const { String::new() }; 3],
            };
            match texts.iter().position(|text| !text.is_empty()) {
                None => {}
                Some(0) => expected.push(texts),
                Some(_) => nameless.push((number as u64 + 1, line)),
            }
        }
        expected.sort_unstable();
        let table = portfolio.table("customers").unwrap();
        let cell = |row, column| match table.cell(row, column) {
            Cell::Text(text) => text.to_owned(),
            _ => String::new(),
        };
        let found: Vec<[String; 3]> =
            (0..table.len()).map(|row| ["customer_id", "name", "note"].map(|column| cell(row, column))).collect();
        prop_assert_eq!(found, expected);
        let told: Vec<(u64, u64)> =
            report.problems.kept.iter().map(|problem| (problem.row.unwrap(), problem.line.unwrap())).collect();
        prop_assert_eq!(told, nameless, "rows without a name, with their lines");
    }

    #[test]
    fn no_bytes_make_the_reader_fail(bytes in scraps()) {
        reads(&bytes)?;
    }

    #[test]
    fn a_file_cut_anywhere_is_read_or_refused(at: Index) {
        reads(&FILE.as_bytes()[..at.index(FILE.len())])?;
    }

    #[test]
    fn a_file_with_a_bit_flipped_is_read_or_refused(at: Index, bit in 0_u8..8) {
        let mut bytes = FILE.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        reads(&bytes)?;
    }

    #[test]
    fn a_spoilt_record_spoils_itself_alone(file in files(), spoilt: Index, how in 0_usize..4) {
        let (bytes, code) = [
            (&b"x\"y,,"[..], Code::StrayQuote),
            (b"\"x\"y,,", Code::StrayQuote),
            (b"x,y", Code::RaggedRow),
            (b"\xff,,", Code::InvalidEncoding),
        ][how];
        let position = spoilt.index(file.records.len() + 1);
        let (before, after) = (&file.records[..position], &file.records[position..]);
        let part = |records: &[Record], mark| File { records: records.to_vec(), byte_order_mark: mark, ends_with_line_end: true, ..file.clone() };
        let mut spoilt = part(before, file.byte_order_mark).bytes();
        let line = 2 + part(before, false).lines().map(|(_, record)| match record {
            Record::Fields(fields) => 1 + fields.iter().map(|(text, _)| text.matches('\n').count() as u64).sum::<u64>(),
            Record::EmptyLine => 1,
        }).sum::<u64>();
        spoilt.extend_from_slice(bytes);
        spoilt.extend_from_slice(file.line_end.as_bytes());
        let rest = part(after, false).bytes();
        spoilt.extend_from_slice(&rest[HEADER.len() + file.line_end.len()..]);

        let portfolio = load(&spoilt).unwrap();
        accounts(&portfolio)?;
        let whole = load(&file.bytes()).unwrap();
        prop_assert_eq!(portfolio.table("customers").unwrap(), whole.table("customers").unwrap());
        let own: Vec<&Problem> =
            portfolio.load_report().problems.kept.iter().filter(|problem| problem.code == code).collect();
        prop_assert_eq!(own.len(), 1);
        prop_assert_eq!((own[0].row, own[0].line), (Some(position as u64 + 1), Some(line)));
    }
}
