use sayso::{Block, Note, Token, TokenRange};

use sayso::EntityKind;

use super::*;

/// One paragraph of one sentence, its tokens cut at blanks, with the names of these words.
fn record(text: &str, names: &[(&str, EntityKind)]) -> String {
    let mut tokens = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        tokens.push(Token { span: Span::new(at, at + word.trim_end().len()) });
        at += word.len();
    }
    let whole = Span::new(0, text.len());
    let names = names.iter().map(|&(words, kind)| {
        let span = Span::find(text, words).expect("the name stands in the text");
        let inside =
            |token: &Token| span.start() < token.span.end() && token.span.start() < span.end();
        let first = tokens.iter().position(inside).expect("a name has tokens");
        let last = tokens.iter().rposition(inside).expect("a name has tokens");
        Name { tokens: TokenRange::new(first, last + 1), kind, probability: 1.0 }
    });
    let analysis = Analysis { names: names.collect(), ..Analysis::default() };
    let document = Document {
        text: text.to_owned(),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: whole }],
        sentences: vec![Sentence { tokens: TokenRange::new(0, tokens.len()), span: whole }],
        tokens,
        ..Document::default()
    };
    lines(&document, &analysis, &Rows::default())
}

#[test]
fn marks_end_where_the_name_ends() {
    let read = record("Mayor Ana Reyes left .", &[("Ana Reyes", EntityKind::Person)]);
    assert_eq!(read, "paragraph\n  Mayor Ana Reyes left .\n        [person-]\n");
}

#[test]
fn short_names_have_their_kind_beside_the_mark() {
    let read = record("The EU agreed .", &[("EU", EntityKind::Organization)]);
    assert_eq!(read, "paragraph\n  The EU agreed .\n      []organization\n");
}

#[test]
fn marks_that_would_touch_go_on_two_rows() {
    let names = [("EU", EntityKind::Organization), ("UN", EntityKind::Organization)];
    let expected = "paragraph\n  EU UN Oslo\n  []organization\n     []organization\n";
    assert_eq!(record("EU UN Oslo", &names), expected);
}

#[test]
fn columns_are_those_of_the_screen() {
    // Two wide characters before the name take four columns; the accent takes none of its own.
    let read = record("東京 — Jose\u{301} Ruiz", &[("Jose\u{301} Ruiz", EntityKind::Person)]);
    assert_eq!(read, "paragraph\n  東京 — Jose\u{301} Ruiz\n         [person-]\n");
}

#[test]
fn lines_are_broken_between_tokens_and_not_inside_names() {
    let words = "word ".repeat(19);
    let read = record(&format!("{words}Ana Reyes left ."), &[("Ana Reyes", EntityKind::Person)]);
    let lines: Vec<&str> = read.lines().collect();
    assert_eq!(lines[1].trim_start(), words.trim_end());
    assert_eq!(lines[2..], ["    Ana Reyes left .", "    [person-]"]);
}

#[test]
fn a_line_break_in_a_sentence_is_a_blank() {
    assert_eq!(record("one\ntwo", &[]), "paragraph\n  one two\n");
}

#[test]
fn notes_stand_at_the_end() {
    let span = Some(Span::new(0, 3));
    let note = Note { code: "unbalanced-quote", message: "no closing mark".to_owned(), span };
    let document = Document { text: "“".to_owned(), notes: vec![note], ..Document::default() };
    let expected = "\nnote unbalanced-quote: no closing mark \"“\"\n";
    assert_eq!(lines(&document, &Analysis::default(), &Rows::default()), expected);
}
