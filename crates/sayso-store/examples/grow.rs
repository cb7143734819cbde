//! Makes a large ledger out of a small one, to measure searches with: each article again and again
//! under other names.
//!
//! ```sh
//! cargo run --release -p sayso-store --example grow -- archive large 1000000
//! ```

use std::path::Path;

use anyhow::{Context, Result};
use sayso_store::{Cell, Entry, Ledger};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let [_, small, large, statements] = args.as_slice() else {
        anyhow::bail!("usage: grow SMALL LARGE STATEMENTS");
    };
    let wanted: i64 = statements.parse().context("a number of statements")?;
    let small = Ledger::open_read_only(Path::new(small))?;
    let mut large = Ledger::create(Path::new(large))?;
    let mut ids = Vec::new();
    small.sql("SELECT id FROM documents ORDER BY document", |_, row| {
        if let [Cell::Text(id)] = row {
            ids.push(id.clone());
        }
        anyhow::Ok(())
    })?;
    for copy in 0_u64.. {
        for batch in ids.chunks(200) {
            let mut entries = Vec::new();
            for id in batch {
                let record = small.record(id)?.context("a document of the ledger")?;
                let other = format!("{copy:04x}{}", id.get(4..).unwrap_or_default());
                entries.push(Entry::new(&record.replacen(id, &other, 1).replacen(
                    "\"source\":\"",
                    &format!("\"source\":\"{copy}/"),
                    1,
                ))?);
            }
            large.write(&entries, "2025-08-08T12:00:00Z")?;
            let mut n = 0;
            large.sql("SELECT count(*) FROM statements", |_, row| {
                if let [Cell::Integer(count)] = row {
                    n = *count;
                }
                anyhow::Ok(())
            })?;
            if n >= wanted {
                return Ok(());
            }
        }
    }
    Ok(())
}
