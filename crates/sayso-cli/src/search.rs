//! `sayso search`: sentences of a ledger by their words and rows.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use sayso_store::{Facet, Found, Hit, Ledger, Mark, Order, Search, Words};
use serde_json::json;

use crate::args::{ColorChoice, SearchArgs, SearchOrder};
use crate::read::Failures;
use crate::view::{View, visible};

/// The words that were sought.
const MARK: Style = AnsiColor::Yellow.on_default().bold();

pub(crate) fn run(args: SearchArgs, color: ColorChoice) -> Result<Failures> {
    let ledger = Ledger::open_read_only(&args.store.store)?;
    let as_json = args.json;
    let search = search(args)?;
    let found = ledger.search(&search)?;
    let page = if as_json {
        format!("{}\n", json(&found))
    } else {
        page(View::for_stdout(color, false), &found, &search)
    };
    crate::print(page.as_bytes())
}

fn search(args: SearchArgs) -> Result<Search> {
    let typed = args.words.join(" ");
    let words = if typed.trim().is_empty() { None } else { Some(Words::parse(&typed)?) };
    Ok(Search {
        words,
        said_by: args.said_by,
        about: args.about,
        act: args.act,
        event_type: args.event_type.map(|it| it.to_uppercase()),
        certainty: args.certainty,
        holder: args.holder,
        outlet: args.outlet,
        since: args.since,
        until: args.until,
        unnamed: args.unnamed,
        all_versions: args.all_versions,
        order: match args.order {
            SearchOrder::Best => Order::Best,
            SearchOrder::Newest => Order::Newest,
        },
        skip: args.skip,
        limit: args.limit,
    })
}

fn json(found: &Found) -> serde_json::Value {
    json!({
        "searched": found.n_searched,
        "articles": found.n_articles,
        "sentences": found.n_hits,
        "more": found.more,
        "facets": found.facets,
        "counted": found.n_counted,
        "hits": found.hits,
    })
}

fn page(view: View, found: &Found, search: &Search) -> String {
    let mut out = headline(found);
    for (n, hit) in found.hits.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| found.hits.get(n));
        if before.is_none_or(|before| before.document != hit.document) {
            article(view, hit, &mut out);
        }
        sentence(view, hit, &mut out);
    }
    if found.n_hits > search.skip + found.hits.len() {
        let next = search.skip + found.hits.len();
        let _ = writeln!(out, "\n… --skip {next} shows the next");
    }
    facets(view, found, &mut out);
    out
}

/// What was found, and in what: *3 sentences in 2 of 1,204 articles*.
fn headline(found: &Found) -> String {
    let searched = articles(found.n_searched);
    match found.n_hits {
        0 => format!("no rows in {searched}\n"),
        n => {
            let sentences = if n == 1 { "sentence" } else { "sentences" };
            let more = if found.more { "more than " } else { "" };
            let (n, articles) = (thousands(n as u64), thousands(found.n_articles as u64));
            let newest =
                if found.more { "; the newest of them are ranked and counted" } else { "" };
            format!("{more}{n} {sentences} in {articles} of {searched}{newest}\n")
        }
    }
}

fn articles(n: u64) -> String {
    format!("{} article{}", thousands(n), if n == 1 { "" } else { "s" })
}

/// A number with commas: `1,204`.
pub(crate) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn article(view: View, hit: &Hit, out: &mut String) {
    let parts =
        [Some(&hit.source), hit.title.as_ref(), hit.outlet.as_ref(), hit.published.as_ref()];
    let parts: Vec<_> = parts.into_iter().flatten().map(|part| visible(part)).collect();
    let _ = writeln!(out, "\n{}", view.paint(Style::new().bold(), &parts.join(" · ")));
}

fn sentence(view: View, hit: &Hit, out: &mut String) {
    let _ = writeln!(out, "  {}", marked(view, &hit.text, &hit.marks));
    for it in &hit.statements {
        let who = it.who.as_deref().map_or("no source".into(), visible);
        let line =
            format!("▸ {who} ({}) · {} · {:.2} {}", it.source_kind, it.act, it.score, it.row);
        let _ = writeln!(out, "    {line}");
    }
    for it in &hit.events {
        let kind = it.kind.as_deref().map_or(String::new(), |kind| format!("{kind} "));
        let voices: Vec<_> = it
            .certainty
            .iter()
            .map(|voice| match voice.holder.as_str() {
                "author" => format!("{} by the article", voice.value),
                statement => format!("{} by {statement}", voice.value),
            })
            .collect();
        let predicate = visible(&it.predicate);
        let _ = writeln!(out, "    ◦ {kind}{predicate} · {} · {}", voices.join(", "), it.row);
    }
}

/// The sentence with the words that were sought marked: in colour, or between stars.
fn marked(view: View, text: &str, marks: &[Mark]) -> String {
    let mut out = String::new();
    let characters: Vec<char> = text.chars().collect();
    let part = |from: usize, to: usize| -> String {
        let words: String = characters.get(from..to).unwrap_or_default().iter().collect();
        visible(&words.replace(['\n', '\r', '\t'], " ")).into_owned()
    };
    let mut at = 0;
    for &[start, end] in marks {
        out.push_str(&part(at, start));
        let words = part(start, end);
        let words = if view.color { view.paint(MARK, &words) } else { format!("*{words}*") };
        out.push_str(&words);
        at = end;
    }
    out + &part(at, characters.len())
}

fn facets(view: View, found: &Found, out: &mut String) {
    let facets = &found.facets;
    if found.n_counted < found.n_hits {
        let _ = writeln!(out, "\ncounts of the first {}", thousands(found.n_counted as u64));
    }
    let all: [(&str, &[Facet]); 6] = [
        ("said by", &facets.said_by),
        ("act", &facets.act),
        ("type", &facets.event_type),
        ("certainty", &facets.certainty),
        ("outlet", &facets.outlet),
        ("month", &facets.month),
    ];
    if all.iter().any(|(_, values)| !values.is_empty()) {
        out.push('\n');
    }
    for (label, values) in all.iter().filter(|(_, values)| !values.is_empty()) {
        let values: Vec<_> = values
            .iter()
            .map(|it| format!("{} {}", visible(&it.value), thousands(it.count as u64)))
            .collect();
        view.labelled(label, &values.join(" · "), out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_have_commas() {
        assert_eq!([0, 999, 1204, 1_000_000].map(thousands), ["0", "999", "1,204", "1,000,000"]);
    }

    #[test]
    fn marks_count_code_points_and_nothing_steers_the_terminal() {
        let view = View { color: false, trees: false, width: None };
        assert_eq!(marked(view, "“Müll”\u{1b}[2J an", &[[1, 5], [11, 13]]), "“*Müll*”␛[2J *an*");
    }
}
