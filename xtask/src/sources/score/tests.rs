use std::collections::BTreeMap;

use serde_json::json;

use super::*;

const TEXT: &str =
    "Ana Reyes said no. “I told her,” said Karl Reyes, who added little. She denied it.";

fn span(part: &str, after: &str) -> CharSpan {
    let from = TEXT.find(after).unwrap();
    let start = from + TEXT.get(from..).unwrap().find(part).unwrap();
    [start, start + part.len()].map(|byte| TEXT.get(..byte).unwrap().chars().count())
}

fn mark(cue: &str, source: &str, kind: Kind, entity: &str) -> Mark {
    let mark = json!({
        "cue": span(cue, cue),
        "source": span(source, source),
        "kind": match kind { Kind::Short => "short", Kind::Relative => "relative",
            Kind::Pronoun => "pronoun", Kind::Name => "name" },
        "entity": entity,
    });
    serde_json::from_value(mark).unwrap()
}

fn marked() -> Marked {
    Marked {
        name: "note".to_owned(),
        text: TEXT.to_owned(),
        origin: Origin::Article,
        marks: vec![
            mark("said no", "Ana Reyes", Kind::Name, "Ana Reyes"),
            mark("told", "I", Kind::Pronoun, "Karl Reyes"),
            mark("said Karl", "Karl Reyes", Kind::Name, "Karl Reyes"),
            mark("added", "who", Kind::Relative, "Karl Reyes"),
            mark("denied", "She", Kind::Pronoun, "Ana Reyes"),
        ],
        also: BTreeMap::new(),
    }
}

/// A record with one statement a row: its cue, and its source's words and entity.
fn record(rows: &[(&str, &str, Option<&str>)]) -> Record {
    let statements: Vec<_> = rows
        .iter()
        .map(|(cue, source, entity)| {
            json!({ "id": "s", "cue": [span(cue, cue)], "manner": "direct",
                "source": { "span": [span(source, source)], "entity": entity, "kind": "named" } })
        })
        .collect();
    let record = json!({
        "schema": "sayso.record/1",
        "document": { "text": TEXT, "text_hash": "0" },
        "entities": [
            { "id": "e1", "name": "Dr. Ana Reyes", "kind": "person" },
            { "id": "e2", "name": "Karl Reyes", "kind": "person" },
            { "id": "e3", "name": "Reyes", "kind": "person" },
        ],
        "statements": statements,
    });
    serde_json::from_value(record).unwrap()
}

#[test]
fn a_record_is_right_where_its_entity_has_the_marked_name() {
    let record = record(&[
        ("said no", "Ana Reyes", Some("e1")),
        ("told her", "I", Some("e1")),
        ("said Karl", "Karl Reyes", Some("e2")),
        ("denied it", "She", None),
    ]);
    let outcomes = outcomes(&record, &marked());
    let wrong = |entity: Option<&str>, source: &str| Outcome::Wrong {
        entity: entity.map(str::to_owned),
        source: Some(source.to_owned()),
    };
    assert_eq!(
        outcomes,
        [
            Outcome::Right,
            wrong(Some("Dr. Ana Reyes"), "I"),
            Outcome::Right,
            Outcome::Missed,
            wrong(None, "She"),
        ]
    );
    let tally: Tally = outcomes.iter().cloned().collect();
    assert_eq!(tally, Tally { marks: 5, found: 4, right: 2 });
    assert_eq!(
        misses(&marked(), &outcomes),
        "note\n  \
        22 \"I\" \"told\" is \"Karl Reyes\": held to be \"Dr. Ana Reyes\", from \"I\"\n  \
        54 \"who\" \"added\" is \"Karl Reyes\": no statement found\n  \
        72 \"She\" \"denied\" is \"Ana Reyes\": held to be nobody, from \"She\"\n"
    );
    let table = table(&[(marked(), outcomes)]);
    assert!(
        table.contains("all                        5    80.0            50.0          40.0\n"),
        "{table}"
    );
}

#[test]
fn a_name_that_two_share_is_nobodys() {
    let record = record(&[("said no", "Ana Reyes", Some("e3"))]);
    assert!(matches!(outcomes(&record, &marked())[0], Outcome::Wrong { .. }));
}

#[test]
fn names_fit_by_whole_words() {
    let fits = |one: &str, other: &str| fit(&name_words(one), &name_words(other));
    assert!(fits("Orbita", "Orbita Cloud"));
    assert!(fits("the Halden Institute", "Halden Institute"));
    assert!(fits("D’Arcy", "Jean D’Arcy"));
    assert!(!fits("Ana", "Anatolia Hydraulics"));
    assert!(!fits("Ana Ruiz", "Ana Reyes"));
    assert!(!fits("", "Ana Reyes"));
}

#[test]
fn the_statement_with_most_of_the_cue_is_taken() {
    let record = record(&[("no. “I told", "Ana Reyes", Some("e1")), ("told", "I", Some("e2"))]);
    assert!(statement_at(&record.statements, span("told her", "told her")).is_some());
    assert_eq!(
        outcomes(&record, &marked())[1],
        Outcome::Wrong {
            entity: Some("Dr. Ana Reyes".to_owned()),
            source: Some("Ana Reyes".to_owned()),
        }
    );
}
