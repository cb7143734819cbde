//! A search finds what going through the whole ledger finds.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its ledger has failed")]

use proptest::prelude::*;
use sayso_store::{Entry, Ledger, Order, Search, StoreError, Words};
use serde_json::{Value, json};
use tempfile::TempDir;

const NOW: &str = "2025-08-08T12:00:00Z";

/// One sentence of an invented article, with who says it and an event in it.
#[derive(Clone, Debug)]
struct Line {
    words: Vec<&'static str>,
    /// Who says it and with what act; none for the article's own voice.
    said: Option<(Option<&'static str>, &'static str)>,
    /// An event's type, and what the speaker and the article commit to.
    event: Option<(&'static str, &'static str, &'static str)>,
}

#[derive(Clone, Debug)]
struct Article {
    outlet: Option<&'static str>,
    day: &'static str,
    lines: Vec<Line>,
}

const WORDS: &[&str] = &["quay", "Quay", "quays", "crate", "über", "uber", "mill", "U.S.", "no"];
const PEOPLE: &[&str] = &["Ana Reyes", "Tomas Reyes", "Mara Osei"];
const VALUES: &[&str] = &["asserted", "denied", "open", "possible"];

fn line() -> impl Strategy<Value = Line> {
    let words = prop::collection::vec(prop::sample::select(WORDS), 1..6);
    let who = prop::option::of(prop::sample::select(PEOPLE));
    let act = prop::sample::select(&["say", "deny", "claim"][..]);
    let value = || prop::sample::select(VALUES);
    let kind = prop::sample::select(&["MOBILIZE", "PROTEST"][..]);
    let event = prop::option::of((kind, value(), value()));
    (words, prop::option::of((who, act)), event).prop_map(|(words, said, event)| Line {
        words,
        said,
        event,
    })
}

fn article() -> impl Strategy<Value = Article> {
    let outlet = prop::option::of(prop::sample::select(&["The Beacon", "The Wire"][..]));
    let day = prop::sample::select(&["2025-01-05", "2025-02-05", "2025-03-05"][..]);
    let lines = prop::collection::vec(line(), 0..5);
    (outlet, day, lines).prop_map(|(outlet, day, lines)| Article { outlet, day, lines })
}

/// The record of an article: each line is a sentence, its speaker stands before it.
fn record(n: usize, article: &Article) -> String {
    let mut text = String::new();
    let at = |text: &String| text.chars().count();
    let (mut sentences, mut entities, mut statements, mut events) =
        (vec![], vec![], vec![], vec![]);
    for line in &article.lines {
        let start = at(&text);
        let mut within = Value::Null;
        let speaker = line.said.and_then(|(who, _)| who);
        text += speaker.unwrap_or("-");
        let end = at(&text);
        let entity = format!("e{start}-{end}");
        if let Some(name) = speaker {
            entities.push(json!({
                "id": entity, "name": name, "kind": "person", "named": true, "aliases": [], "country": null,
                "sector": null, "mentions": [{ "span": [start, end], "form": "name" }], "score": 0.9 }));
        }
        text += " ";
        let content = at(&text);
        text += &line.words.join(" ");
        if let Some((who, act)) = line.said {
            let id = format!("s{content}-{}", content + 1);
            within = id.clone().into();
            statements.push(json!({
                "id": id, "cue": [[content, content + 1]], "content": [[content, at(&text)]],
                "source": {
                    "span": who.map(|_| [[start, end]]), "entity": who.map(|_| &entity),
                    "kind": if who.is_some() { "named" } else { "unnamed" }, "description": null },
                "manner": "indirect", "act": act, "addressee": null, "parent": null, "hedge": [],
                "score": 0.5 }));
        }
        if let Some((kind, speaker, author)) = line.event {
            let mut certainty = vec![json!({ "holder": "author", "value": author })];
            if !within.is_null() {
                certainty.insert(0, json!({ "holder": within, "value": speaker }));
            }
            events.push(json!({
                "id": format!("v{content}-{}", content + 1), "anchor": [content, content + 1],
                "predicate": "go", "type": kind, "mode": null, "contexts": [], "cameo": null, "actors": [],
                "recipients": [], "place": null, "time": null, "magnitude": [], "tense": "past",
                "historical": false, "within": within, "certainty": certainty, "factuality": null,
                "score": 0.5 }));
        }
        text += ".";
        sentences.push([start, at(&text)]);
        text += "\n";
    }
    json!({
        "schema": "sayso.record/1",
        "document": {
            "id": format!("{n:032x}"), "source": format!("article {n}"), "title": null, "authors": [],
            "outlet": article.outlet, "published": article.day, "language": "en", "text": text,
            "text_hash": "", "blocks": [], "sentences": sentences,
            "reader": { "version": "0", "model": "none@0" } },
        "entities": entities, "statements": statements, "events": events, "relations": [], "times": [],
        "notes": [] })
    .to_string()
}

fn ledger(articles: &[Article]) -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    let entries: Vec<_> =
        articles.iter().enumerate().map(|(n, it)| Entry::new(&record(n, it)).unwrap()).collect();
    ledger.write(&entries, NOW).unwrap();
    (folder, ledger)
}

/// What a search is, with words by their meaning.
#[derive(Clone, Debug)]
struct Asked {
    words: Option<Words>,
    said_by: Option<&'static str>,
    about: Option<&'static str>,
    act: Option<&'static str>,
    kind: Option<&'static str>,
    certainty: Option<&'static str>,
    holder: Option<&'static str>,
    outlet: Option<&'static str>,
    since: Option<&'static str>,
    until: Option<&'static str>,
    unnamed: bool,
}

fn words() -> impl Strategy<Value = Words> {
    let one = prop_oneof![
        prop::sample::select(WORDS).prop_map(|it| Words::Phrase(it.to_owned())),
        prop::collection::vec(prop::sample::select(WORDS), 2..3)
            .prop_map(|it| Words::Phrase(it.join(" "))),
        prop::sample::select(&["qua", "u", "cr"][..]).prop_map(|it| Words::Prefix(it.to_owned())),
    ];
    one.prop_recursive(3, 8, 2, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        prop_oneof![
            (boxed(), boxed()).prop_map(|(a, b)| Words::And(a, b)),
            (boxed(), boxed()).prop_map(|(a, b)| Words::Or(a, b)),
            (boxed(), boxed()).prop_map(|(a, b)| Words::Not(a, b)),
        ]
    })
}

fn asked() -> impl Strategy<Value = Asked> {
    let few =
        |values: &'static [&'static str]| prop::option::weighted(0.3, prop::sample::select(values));
    let who = || few(&["Reyes", "ana reyes", "Osei", "Nobody"]);
    let article = (few(&["the beacon"]), few(&["2025-02-05"]), few(&["2025-02-05", "2025-01-31"]));
    (
        prop::option::of(words()),
        (who(), who(), few(&["deny", "say"]), prop::bool::weighted(0.2)),
        (few(&["MOBILIZE"]), few(VALUES), few(&["author", "Reyes"])),
        article,
    )
        .prop_map(
            |(words, (said_by, about, act, unnamed), (kind, certainty, holder), article)| {
                let (outlet, since, until) = article;
                Asked {
                    words,
                    said_by,
                    about,
                    act,
                    kind,
                    certainty,
                    holder,
                    outlet,
                    since,
                    until,
                    unnamed,
                }
            },
        )
}

fn search(asked: &Asked) -> Search {
    let owned = |it: Option<&str>| it.map(str::to_owned);
    Search {
        words: asked.words.clone(),
        said_by: owned(asked.said_by),
        about: owned(asked.about),
        act: owned(asked.act),
        event_type: owned(asked.kind),
        certainty: owned(asked.certainty),
        holder: owned(asked.holder),
        outlet: owned(asked.outlet),
        since: owned(asked.since),
        until: owned(asked.until),
        unnamed: asked.unnamed,
        limit: 1000,
        ..Search::default()
    }
}

/// The words of a text as they are compared.
fn tokens(text: &str) -> Vec<String> {
    let folded = text.to_lowercase().replace('ü', "u");
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

fn has(words: &Words, tokens_of: &[String]) -> bool {
    let phrase = |sought: &str, begun: bool| {
        let sought = tokens(sought);
        tokens_of.windows(sought.len()).any(|found| {
            let (last, before) = sought.split_last().unwrap();
            before.iter().zip(found).all(|(a, b)| a == b)
                && found
                    .last()
                    .is_some_and(|it| it == last || begun && it.starts_with(last.as_str()))
        })
    };
    match words {
        Words::Phrase(sought) => phrase(sought, false),
        Words::Prefix(sought) => phrase(sought, true),
        Words::And(a, b) => has(a, tokens_of) && has(b, tokens_of),
        Words::Or(a, b) => has(a, tokens_of) || has(b, tokens_of),
        Words::Not(a, b) => has(a, tokens_of) && !has(b, tokens_of),
    }
}

fn is_called(name: Option<&str>, sought: &str) -> bool {
    let sought = tokens(sought);
    name.is_some_and(|name| tokens(name).windows(sought.len()).any(|it| it == sought))
}

fn fits(asked: &Asked, article: &Article, line: &Line) -> bool {
    let speaker = line.said.and_then(|(who, _)| who);
    let text = format!("{} {}", speaker.unwrap_or("-"), line.words.join(" "));
    let event = line.event;
    let voices = event.map(|(_, of_speaker, of_author)| {
        let mut voices = vec![(Some("author"), of_author)];
        if line.said.is_some() {
            voices.push((speaker, of_speaker));
        }
        voices
    });
    let held = |sought: &str| match sought {
        "author" => vec![Some("author")],
        name => vec![speaker.filter(|_| is_called(speaker, name))],
    };
    let certain = match (asked.certainty, asked.holder) {
        (None, None) => true,
        (value, holder) => voices.is_some_and(|voices| {
            voices.iter().any(|(who, found)| {
                value.is_none_or(|value| value == *found)
                    && holder.is_none_or(|holder| who.is_some() && held(holder).contains(who))
            })
        }),
    };
    asked.words.as_ref().is_none_or(|words| has(words, &tokens(&text)))
        && asked.said_by.is_none_or(|name| is_called(speaker, name))
        && asked.about.is_none_or(|name| is_called(speaker, name))
        && asked.act.is_none_or(|act| line.said.is_some_and(|(_, found)| found == act))
        && (!asked.unnamed || line.said.is_some_and(|(who, _)| who.is_none()))
        && asked.kind.is_none_or(|kind| event.is_some_and(|(found, ..)| found == kind))
        && certain
        && asked.outlet.is_none_or(|it| article.outlet.is_some_and(|o| o.to_lowercase() == it))
        && asked.since.is_none_or(|day| article.day >= day)
        && asked.until.is_none_or(|day| article.day <= day)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_search_is_a_scan_of_the_whole_ledger(
        articles in prop::collection::vec(article(), 1..8),
        searches in prop::collection::vec(asked(), 20),
    ) {
        let (_folder, ledger) = ledger(&articles);
        for asked in &searches {
            let found = ledger.search(&search(asked)).unwrap();
            let mut sentences: Vec<_> =
                found.hits.iter().map(|hit| (hit.source.clone(), hit.text.clone(), hit.span)).collect();
            sentences.sort();
            let mut expected = Vec::new();
            for (n, article) in articles.iter().enumerate() {
                let record: Value = serde_json::from_str(&record(n, article)).unwrap();
                let text: Vec<char> = record["document"]["text"].as_str().unwrap().chars().collect();
                for (k, line) in article.lines.iter().enumerate() {
                    if fits(asked, article, line) {
                        let span: [u32; 2] =
                            serde_json::from_value(record["document"]["sentences"][k].clone()).unwrap();
                        let words = text[span[0] as usize..span[1] as usize].iter().collect();
                        expected.push((format!("article {n}"), words, span));
                    }
                }
            }
            expected.sort();
            prop_assert_eq!(&sentences, &expected, "{:?}", asked);
            prop_assert_eq!(found.n_hits, expected.len());
            let outlets: usize = found.facets.outlet.iter().map(|it| it.count).sum();
            let with_outlet = found.hits.iter().filter(|hit| hit.outlet.is_some()).count();
            prop_assert_eq!(outlets, with_outlet);
        }
    }

    #[test]
    fn what_a_person_types_is_searched_or_refused_with_its_place(typed in "[a-zA-Z\"()* :^{}+-]{0,40}") {
        let (_folder, ledger) = ledger(&[]);
        match Words::parse(&typed) {
            Ok(words) => {
                ledger.search(&Search { words: Some(words), ..Search::default() }).unwrap();
            }
            Err(StoreError::Query { at, .. }) => prop_assert!(at <= typed.chars().count()),
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}

fn examples() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path()).unwrap();
    let records = include_str!("formats/records.jsonl").lines();
    let entries: Vec<_> = records.map(|record| Entry::new(record).unwrap()).collect();
    ledger.write(&entries, NOW).unwrap();
    (folder, ledger)
}

#[test]
fn a_hit_shows_the_words_the_speaker_and_where_it_stands() {
    let (_folder, ledger) = examples();
    let words = Words::parse("\"drone parts\" crate*").unwrap();
    let search = Search { words: Some(words), limit: 10, ..Search::default() };
    let found = ledger.search(&search).unwrap();
    assert_eq!((found.n_searched, found.n_articles), (6, 1));
    let hit = &found.hits[0];
    let marked: Vec<String> = hit
        .marks
        .iter()
        .map(|&[start, end]| hit.text.chars().skip(start).take(end - start).collect())
        .collect();
    assert_eq!(marked, ["crates", "drone parts"]);
    let who = hit.statements.iter().map(|it| it.who.as_deref().unwrap());
    assert!(who.clone().any(|who| who == "A Romanian police official"), "{:?}", hit.statements);
}

#[test]
fn of_two_that_fit_the_shorter_comes_first_and_the_newer_when_asked() {
    let line = |words: &[&'static str]| Line { words: words.to_vec(), said: None, event: None };
    let article =
        |day, words: &[&'static str]| Article { outlet: None, day, lines: vec![line(words)] };
    let (_folder, ledger) = ledger(&[
        article("2025-01-05", &["quay"]),
        article("2025-03-05", &["quay", "no", "crate", "mill", "crate", "no"]),
        article("2025-02-05", &["quay", "no", "crate"]),
    ]);
    let sources = |order| {
        let words = Some(Words::parse("quay").unwrap());
        let found =
            ledger.search(&Search { words, order, limit: 10, ..Search::default() }).unwrap();
        found.hits.into_iter().map(|hit| hit.source).collect::<Vec<_>>()
    };
    assert_eq!(sources(Order::Best), ["article 0", "article 2", "article 1"]);
    assert_eq!(sources(Order::Newest), ["article 1", "article 2", "article 0"]);
}

#[test]
fn sql_reads_and_changes_nothing() {
    let (folder, ledger) = examples();
    drop(ledger);
    let ledger = Ledger::open_read_only(folder.path()).unwrap();
    let mut n = 0;
    let ask = |question: &str| ledger.sql(question, |_, _| Ok::<_, StoreError>(()));
    ledger
        .sql("SELECT document, title FROM documents", |columns, row| {
            n += 1;
            assert_eq!((columns.len(), row.len()), (2, 2));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(n, 6);
    for change in [
        "DELETE FROM documents",
        "UPDATE documents SET title = 'x'",
        "DROP TABLE texts",
        "CREATE TEMP TABLE t (x)",
        "INSERT INTO sentence_words (sentence_words) VALUES ('rebuild')",
        "VACUUM",
        "VACUUM INTO 'copy.sqlite'",
        "ATTACH 'other.sqlite' AS other",
        "SELECT 1; DELETE FROM documents",
        "SELECT nothing FROM documents",
        "SELEC 1",
        "",
    ] {
        assert!(matches!(ask(change), Err(StoreError::Sql { .. })), "{change}: {:?}", ask(change));
    }
    ask("PRAGMA query_only = 0").unwrap();
    assert!(ask("DELETE FROM documents").is_err());
    assert_eq!(ledger.n_documents().unwrap(), 6);
}

#[test]
fn an_entity_has_what_it_says_and_what_is_said_of_it() {
    let (_folder, ledger) = examples();
    let page = ledger.entity("Meridian Press Agency", 0, 50).unwrap();
    assert_eq!(page.entities[0].name, "Meridian Press Agency");
    assert_eq!(ledger.entity("nobody at all", 0, 50).unwrap(), sayso_store::EntityPage::default());
    assert_eq!(ledger.entity("\"*(", 0, 50).unwrap(), sayso_store::EntityPage::default());
}
