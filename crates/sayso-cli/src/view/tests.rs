use sayso::{Analysis, Name, TokenRange};

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
    let rows = Rows::new(&document, &analysis);
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
    assert!(shown.starts_with("a.txt · 1 sentence, 10 words, 1 name, 0 statements\n\n"), "{shown}");
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

/// The text without its escape sequences, all of which end in `m`.
fn stripped(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('m').map_or("", |(_, rest)| rest))
}
