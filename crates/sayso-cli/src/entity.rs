//! `sayso entity`: what is on record by and about somebody.

use std::fmt::Write as _;

use anstyle::Style;
use anyhow::Result;
use sayso_store::{Did, EntityLine, EntityPage, Ledger, Said};

use crate::args::{ColorChoice, EntityArgs};
use crate::read::Failures;
use crate::search::thousands;
use crate::view::{View, visible};

pub(crate) fn run(args: &EntityArgs, color: ColorChoice) -> Result<Failures> {
    let ledger = Ledger::open_read_only(&args.store.store)?;
    let name = args.name.join(" ");
    let found = ledger.entity(&name, args.skip, args.limit)?;
    let page = if args.json {
        format!("{}\n", serde_json::to_string(&found)?)
    } else {
        page(View::for_stdout(color, false), &name, &found, ledger.n_documents()?)
    };
    crate::print(page.as_bytes())
}

fn page(view: View, name: &str, found: &EntityPage, n_documents: u64) -> String {
    let mut out = String::new();
    if found.entities.is_empty() {
        let articles = if n_documents == 1 { "article" } else { "articles" };
        return format!(
            "nobody called {} in {} {articles}\n",
            visible(name),
            thousands(n_documents)
        );
    }
    for entity in &found.entities {
        line(entity, &mut out);
    }
    let heading = |text: &str, out: &mut String| {
        let _ = writeln!(out, "\n{}", view.paint(Style::new().bold(), text));
    };
    if !found.said.is_empty() {
        heading("Says", &mut out);
        found.said.iter().for_each(|it| said(it, &mut out));
    }
    if !found.about.is_empty() {
        heading("Others say", &mut out);
        found.about.iter().for_each(|it| said(it, &mut out));
    }
    if !found.did.is_empty() {
        heading("Events", &mut out);
        found.did.iter().for_each(|it| did(it, &mut out));
    }
    out
}

fn line(it: &EntityLine, out: &mut String) {
    let country = it.country.as_deref().map_or(String::new(), |country| format!(" · {country}"));
    let (name, kind) = (visible(&it.name), &it.kind);
    let articles = if it.n_articles == 1 { "article" } else { "articles" };
    let several = if it.n_entities > 1 { ", not known to be the same" } else { "" };
    let n = it.n_articles;
    let _ = writeln!(out, "{name} · {kind}{country} · {n} {articles}{several}");
}

/// Where a row stands: its article, outlet, date and id.
fn place(source: &str, outlet: Option<&str>, published: Option<&str>, row: &str) -> String {
    let parts = [published, outlet, Some(source), Some(row)];
    let parts: Vec<_> = parts.into_iter().flatten().map(visible).collect();
    parts.join(" · ")
}

fn said(it: &Said, out: &mut String) {
    let what = it.what.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>();
    let who = visible(it.who.as_deref().unwrap_or("no source"));
    let _ = writeln!(out, "  {who} · {} → {}", it.act, visible(&what.join(" ")));
    let place = place(&it.source, it.outlet.as_deref(), it.published.as_deref(), &it.row);
    let _ = writeln!(out, "    {place} · {:.2}", it.score);
}

fn did(it: &Did, out: &mut String) {
    let kind = it.kind.as_deref().unwrap_or_default();
    let certainty = it.certainty.as_deref().unwrap_or_default();
    let predicate = visible(&it.predicate);
    let _ = writeln!(out, "  {} of {kind} {predicate} · {certainty} by the article", it.part);
    let place = place(&it.source, it.outlet.as_deref(), it.published.as_deref(), &it.row);
    let _ = writeln!(out, "    {place} · {:.2}", it.score);
}
