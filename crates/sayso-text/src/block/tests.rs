use crate::BlockKind::{Byline, Heading, List, Paragraph, Title};
use crate::{BlockKind, Document};

#[track_caller]
fn check(text: &str, blocks: &[(BlockKind, &str)]) {
    let document = Document::read(text.to_owned());
    let found: Vec<_> = document.blocks.iter().map(|b| (b.kind, b.span.of(text))).collect();
    assert_eq!(found, blocks);
}

#[test]
fn one_paragraph_a_line() {
    check(
        "Mayor to Appeal Ruling\nBy Ana Reyes\nThe mayor will appeal the ruling, she said.\n\
         Cost of the Appeal\nIt may cost the town $2 million.\n",
        &[
            (Title, "Mayor to Appeal Ruling"),
            (Byline, "By Ana Reyes"),
            (Paragraph, "The mayor will appeal the ruling, she said."),
            (Heading, "Cost of the Appeal"),
            (Paragraph, "It may cost the town $2 million."),
        ],
    );
}

#[test]
fn a_byline_ends_with_its_line() {
    check(
        "Mayor to Appeal Ruling\n\nBy Ana Reyes, city hall correspondent\nThe Valley Times\n\n\
         The mayor will appeal the ruling, she said.\n",
        &[
            (Title, "Mayor to Appeal Ruling"),
            (Byline, "By Ana Reyes, city hall correspondent"),
            (Heading, "The Valley Times"),
            (Paragraph, "The mayor will appeal the ruling, she said."),
        ],
    );
}

#[test]
fn wrapped_lines_are_joined() {
    let first = "The mayor said on Friday that the town would appeal the ruling of the\n\
                 district court, which had stopped the works at the northern bridge for\n\
                 three months.";
    let second = "Officials of the district declined to comment on what they called a\n\
                  matter for the courts.";
    check(&format!("{first}\n\n{second}\n"), &[(Paragraph, first), (Paragraph, second)]);
}

#[test]
fn line_ends_of_every_kind() {
    let text = "One is here.\r\nTwo is here.\rThree is here.\u{2028}Four is here.\u{2029}Five.";
    let document = Document::read(text.to_owned());
    assert_eq!(document.blocks.len(), 5);
    assert_eq!(document.sentences.len(), 5);
}

#[test]
fn lists() {
    check(
        "The plan has two parts:\n• a new bridge\n2. a new road\n",
        &[
            (Paragraph, "The plan has two parts:"),
            (List, "• a new bridge"),
            (List, "2. a new road"),
        ],
    );
}

#[test]
fn nothing_to_read() {
    for text in ["", " \n\t\n\u{A0}"] {
        let document = Document::read(text.to_owned());
        assert!(document.blocks.is_empty() && document.tokens.is_empty());
        assert_eq!(document.notes[0].code, "empty");
    }
    assert_eq!(Document::read("\n".repeat(1_000_000)).blocks.len(), 0);
}
