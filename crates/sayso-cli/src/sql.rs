//! `sayso sql`: a question to a ledger in SQL.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use anyhow::{Context, Result};
use sayso_store::{Cell, Ledger};
use serde_json::{Map, Value};

use crate::args::SqlArgs;
use crate::read::Failures;
use crate::view::visible;

/// How many rows are looked at for the widths of a table's columns.
const MEASURED: usize = 100;

/// The widest column of a table, in characters; what is longer moves the rest of its row.
const MAX_COLUMN: usize = 60;

pub(crate) fn run(args: &SqlArgs) -> Result<Failures> {
    let ledger = Ledger::open_read_only(&args.store.store)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if args.question.trim() == ".schema" {
        write!(out, "{}", sayso_store::schema())?;
    } else if args.json {
        ledger.sql(&args.question, |columns, row| write_json(&mut out, columns, row))?;
    } else if args.csv {
        let mut begun = false;
        ledger.sql(&args.question, |columns, row| {
            if !std::mem::replace(&mut begun, true) {
                write_csv(&mut out, columns.iter().map(String::as_str))?;
            }
            write_csv(
                &mut out,
                row.iter().map(shown).collect::<Vec<_>>().iter().map(String::as_str),
            )
        })?;
    } else {
        let mut table = Table::default();
        ledger.sql(&args.question, |columns, row| table.take(&mut out, columns, row))?;
        table.close(&mut out)?;
    }
    out.flush().context("standard output cannot be written")?;
    Ok(Failures(0))
}

fn write_json(out: &mut impl Write, columns: &[String], row: &[Cell]) -> Result<()> {
    let value = |cell: &Cell| match cell {
        Cell::Null => Value::Null,
        Cell::Integer(number) => (*number).into(),
        Cell::Real(number) => (*number).into(),
        Cell::Text(_) | Cell::Blob(_) => shown(cell).into(),
    };
    let object: Map<String, Value> = columns.iter().cloned().zip(row.iter().map(value)).collect();
    writeln!(out, "{}", Value::Object(object))?;
    Ok(())
}

/// A line of comma-separated values as RFC 4180 has them.
fn write_csv<'a>(out: &mut impl Write, cells: impl Iterator<Item = &'a str>) -> Result<()> {
    for (n, cell) in cells.enumerate() {
        if n > 0 {
            out.write_all(b",")?;
        }
        if cell.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")?;
    Ok(())
}

/// A value as text; bytes in hexadecimal, as SQLite writes them.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Blob(bytes) => {
            let mut digits = String::with_capacity(2 * bytes.len());
            for byte in bytes {
                write!(digits, "{byte:02X}").expect("a string takes everything");
            }
            format!("X'{digits}'")
        }
    }
}

/// A table whose columns are as wide as what its first rows hold.
#[derive(Debug, Default)]
struct Table {
    waiting: Vec<Vec<String>>,
    widths: Vec<usize>,
}

impl Table {
    fn take(&mut self, out: &mut impl Write, columns: &[String], row: &[Cell]) -> Result<()> {
        let line =
            |cell: &Cell| visible(&shown(cell).replace(['\n', '\r', '\t'], " ")).into_owned();
        if self.widths.is_empty() {
            if self.waiting.is_empty() {
                self.waiting.push(columns.to_vec());
            }
            self.waiting.push(row.iter().map(line).collect());
            return if self.waiting.len() > MEASURED { self.begin(out) } else { Ok(()) };
        }
        self.write(out, &row.iter().map(line).collect::<Vec<_>>())
    }

    fn close(mut self, out: &mut impl Write) -> Result<()> {
        if self.widths.is_empty() { self.begin(out) } else { Ok(()) }
    }

    fn begin(&mut self, out: &mut impl Write) -> Result<()> {
        let rows = std::mem::take(&mut self.waiting);
        let columns = rows.first().map_or(0, Vec::len);
        let width =
            |n: usize| rows.iter().map(|row| row.get(n).map_or(0, |it| it.chars().count())).max();
        self.widths = (0..columns).map(|n| width(n).unwrap_or(0).min(MAX_COLUMN)).collect();
        for (n, row) in rows.iter().enumerate() {
            self.write(out, row)?;
            if n == 0 {
                let rule: Vec<String> =
                    self.widths.iter().map(|&width| "─".repeat(width)).collect();
                self.write(out, &rule)?;
            }
        }
        Ok(())
    }

    fn write(&self, out: &mut impl Write, row: &[String]) -> Result<()> {
        let cells = row.iter().zip(&self.widths).map(|(cell, &width)| format!("{cell:width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_with_commas_quotes_or_line_breaks_is_quoted() {
        let mut out = Vec::new();
        write_csv(&mut out, ["plain", "a, b", "a \"b\"", "a\nb", ""].into_iter()).unwrap();
        assert_eq!(out, b"plain,\"a, b\",\"a \"\"b\"\"\",\"a\nb\",\r\n");
    }

    #[test]
    fn a_table_has_its_columns_under_one_another() {
        let (mut table, mut out) = (Table::default(), Vec::new());
        let columns = ["who".to_owned(), "n".to_owned()];
        for (who, n) in [("Ana Reyes", 2), ("“Müll”", 10)] {
            let row = [Cell::Text(who.to_owned()), Cell::Integer(n)];
            table.take(&mut out, &columns, &row).unwrap();
        }
        table.close(&mut out).unwrap();
        let expected = "who        n\n─────────  ──\nAna Reyes  2\n“Müll”     10\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
