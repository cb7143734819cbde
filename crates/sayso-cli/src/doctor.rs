//! `sayso doctor`: whether a ledger is whole, a copy of it, and repair.

use anyhow::Result;
use sayso_store::{Checkup, Finding, Ledger};

use crate::args::DoctorArgs;
use crate::read::Failures;
use crate::search::thousands;
use crate::view::visible;

/// The ledger is not whole.
#[derive(Debug)]
pub(crate) struct NotWhole {
    /// How many things are wrong, and how many of them can be repaired.
    findings: usize,
    repairable: usize,
}

impl std::error::Error for NotWhole {}

impl std::fmt::Display for NotWhole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { findings, repairable } = self;
        write!(f, "{findings} findings, of which {repairable} can be repaired")
    }
}

impl NotWhole {
    /// What to do about it.
    pub(crate) fn help(&self) -> &'static str {
        if self.repairable > 0 {
            "`sayso doctor --repair` repairs those; `--backup FILE` makes a copy first"
        } else {
            "take the last backup, or ingest the articles into another ledger: the file was changed or damaged"
        }
    }
}

pub(crate) fn run(args: &DoctorArgs) -> Result<Failures> {
    let mut ledger = Ledger::open(&args.store.store)?;
    if let Some(to) = &args.backup {
        ledger.back_up(to)?;
        return crate::print(format!("copied to {}\n", visible(&to.to_string_lossy())).as_bytes());
    }
    let mut checkup = ledger.check()?;
    if args.repair && checkup.findings.iter().any(Finding::can_be_repaired) {
        let _lock = ledger.lock()?;
        let before = checkup.findings.len();
        checkup = ledger.repair(&checkup)?;
        crate::report::note(&format!("{} repaired", before - checkup.findings.len().min(before)));
    }
    let page =
        if args.json { format!("{}\n", serde_json::to_string(&checkup)?) } else { page(&checkup) };
    crate::print(page.as_bytes())?;
    if checkup.findings.is_empty() {
        return Ok(Failures(0));
    }
    let repairable = checkup.findings.iter().filter(|it| it.can_be_repaired()).count();
    Err(NotWhole { findings: checkup.findings.len(), repairable }.into())
}

fn page(checkup: &Checkup) -> String {
    if checkup.findings.is_empty() {
        let n = checkup.n_documents;
        let articles = if n == 1 { "article" } else { "articles" };
        return format!(
            "whole: {} {articles}, each text, row and word in its place\n",
            thousands(n)
        );
    }
    let lines = checkup.findings.iter().map(|finding| format!("{}\n", visible(&line(finding))));
    lines.collect()
}

fn line(finding: &Finding) -> String {
    match finding {
        Finding::File { said } => format!("file: {said}"),
        Finding::Text { document } => format!("text: of {document} is not what was stored"),
        Finding::Reference { table, to, count } => {
            format!("reference: {count} rows of {table} lead to rows of {to} that are not there")
        }
        Finding::Rows { document, said } => format!("rows: of {document}: {said}"),
        Finding::Versions { source } => format!("versions: {source} has not one current version"),
        Finding::Index { index } => format!("index: {index} does not fit its table"),
        other => format!("{other:?}"),
    }
}
