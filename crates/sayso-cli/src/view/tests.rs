use sayso::{Analysis, Attribution, Name, TokenRange};

use super::*;

/// The view of a text in which the words `name` are a person.
fn shown(text: &str, name: &str, view: View) -> String {
    let document = Document::read(text.to_owned());
    let span = Span::find(text, name).unwrap();
    let tokens = &document.tokens;
    let start = tokens.iter().position(|token| token.span.start() == span.start()).unwrap();
    let end = tokens.iter().position(|token| token.span.end() == span.end()).unwrap() + 1;
    let tokens = TokenRange::new(start, end);
    let name = Name { tokens, kind: EntityKind::Person, probability: 1.0 };
    let analysis = Analysis { names: vec![name], ..Analysis::default() };
    let metadata = Metadata { source: "a.txt".to_owned(), ..Metadata::default() };
    let rows = Rows::new(&document, &analysis, None);
    view.render(Page {
        metadata: &metadata,
        document: &document,
        analysis: Some(&analysis),
        rows: &rows,
    })
}

#[test]
fn names_are_marked_in_words() {
    let view = View { color: false, trees: false, width: None };
    let shown = shown("“We will   appeal,” Ana Reyes said.", "Ana Reyes", view);
    assert!(
        shown.starts_with("a.txt · 1 sentence, 10 words, 1 name, 0 statements, 0 events\n\n"),
        "{shown}"
    );
    assert!(shown.ends_with("  1  “We will appeal,” [Ana Reyes]person said.\n\n"), "{shown}");
}

#[test]
fn colours_add_to_the_words_and_lines_are_broken() {
    let view = View { color: true, trees: false, width: Some(40) };
    let shown = shown("The plan failed, Ana Reyes said.", "Ana Reyes", view);
    let plain = stripped(&shown);
    let expected = "The plan failed, [Ana\n              Reyes]person said.\n";
    assert!(plain.contains(expected), "{plain}");
    assert_ne!(plain, shown);
}

/// The view of a text with attributions, each of source, cue and content.
fn shown_statements(text: &str, parts: &[[&str; 3]], width: usize) -> String {
    let document = Document::read(text.to_owned());
    let range = |words: &str| {
        let span = Span::find(text, words).unwrap();
        let start = document.tokens.partition_point(|it| it.span.start() < span.start());
        TokenRange::new(start, document.tokens.partition_point(|it| it.span.end() <= span.end()))
    };
    let attribution = |(nth, [source, cue, content]): (usize, &[&str; 3])| Attribution {
        cue: range(cue),
        source: Some(range(source)),
        content: vec![range(content)],
        parent: nth.checked_sub(1),
        cue_probability: 0.5,
        source_probability: 1.0,
        content_probability: 1.0,
        ..Attribution::default()
    };
    let attributions = parts.iter().enumerate().map(attribution).collect();
    let analysis = Analysis { attributions, ..Analysis::default() };
    let rows = Rows::new(&document, &analysis, None);
    let metadata = Metadata { source: "a.txt".to_owned(), ..Metadata::default() };
    let view = View { color: false, trees: false, width: Some(width) };
    view.render(Page {
        metadata: &metadata,
        document: &document,
        analysis: Some(&analysis),
        rows: &rows,
    })
}

#[test]
fn statements_stand_under_their_sentence_and_nested_ones_further_in() {
    let text = "The mayor said officials told her the crane was safe. She left.";
    let outer = ["The mayor", "said", "officials told her the crane was safe"];
    let inner = ["officials", "told", "the crane was safe"];
    let shown = without_scores(&shown_statements(text, &[outer, inner], 60));
    let expected = "
           1  The mayor said officials told her the crane
              was safe.
              ▸ said · The mayor (unnamed) → officials
                told her the crane was safe · other ·
                indirect · 0.xx s10-14
                └ told · officials (unnamed) → the crane
                  was safe · other · indirect · 0.xx s25-29
                  the article ← The mayor ← officials
           2  She left.
";
    assert!(shown.contains(expected), "{shown}");
}

/// The text with `0.xx` for every score: they are calibrated, and change with the model.
fn without_scores(text: &str) -> String {
    let mut pieces = text.split("0.");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + "0.xx" + piece.get(2..).unwrap_or_default())
}

/// The text without its escape sequences, all of which end in `m`.
fn stripped(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('m').map_or("", |(_, rest)| rest))
}
