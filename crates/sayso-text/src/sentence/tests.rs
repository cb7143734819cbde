use crate::Document;

/// The sentences of `text`, one a line.
#[track_caller]
fn check(text: &str, sentences: &[&str]) {
    let document = Document::read(text.to_owned());
    let found: Vec<_> = document.sentences.iter().map(|s| s.span.of(&document.text)).collect();
    assert_eq!(found, sentences);
}

#[test]
fn abbreviations_do_not_end_a_sentence() {
    check(
        "Mr. Bell said U.S. troops would leave by 5 p.m. on Friday. They did not.",
        &["Mr. Bell said U.S. troops would leave by 5 p.m. on Friday.", "They did not."],
    );
    check(
        "The bill, No. 5 on the list, failed. Sen. J. Ortiz voted against it.",
        &["The bill, No. 5 on the list, failed.", "Sen. J. Ortiz voted against it."],
    );
}

#[test]
fn a_closing_quotation_mark_belongs_to_its_sentence() {
    check(
        "“We will appeal.” The mayor left the hall.",
        &["“We will appeal.”", "The mayor left the hall."],
    );
    check("“Will you appeal?” she asked the mayor.", &["“Will you appeal?” she asked the mayor."]);
    check(
        "She said the plan “was coming.” Officials declined to comment.",
        &["She said the plan “was coming.”", "Officials declined to comment."],
    );
}

#[test]
fn lines_without_a_final_stop() {
    check(
        "Mayor to Appeal Ruling\n\nThe mayor will appeal.\n",
        &["Mayor to Appeal Ruling", "The mayor will appeal."],
    );
}

#[test]
fn endless_sentences_are_cut() {
    let document = Document::read("and then ".repeat(5000));
    assert!(document.sentences.iter().all(|s| s.tokens.len() <= super::MAX_SENTENCE));
    assert!(document.sentences.len() <= 5000 * 2 / super::MIN_CUT);
    assert_eq!(document.notes.iter().filter(|note| note.code == "long-sentence").count(), 1);
}
