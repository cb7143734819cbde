//! CoNLL-U, the form of Universal Dependencies: one word a line.
//!
//! It loses the blocks' kinds, the notes and every probability; white space within a document
//! becomes single spaces. Names are in the last column: `NER=B-person`, then `NER=I-person`.

use std::fmt::Write;

use sayso_analysis::{Analysis, EntityKind, Word};
use sayso_text::{ConlluDocument, Document, Sentence, Span};

use crate::hash::document_id;

/// A document with everything that CoNLL-U can hold of it.
#[derive(Clone, Copy, Debug)]
pub struct Parse<'d> {
    /// Where the document comes from.
    pub source: &'d str,
    /// Its sentences and tokens.
    pub document: &'d Document,
    /// Its tags, trees and names.
    pub analysis: &'d Analysis<'d>,
    /// The file that the tokens come from, if they were given; forms and sentence ids are kept.
    pub given: Option<&'d ConlluDocument>,
}

/// Appends a document in CoNLL-U, valid by the rules of Universal Dependencies.
///
/// Sentences are numbered behind the document's id, so that files can be put together.
///
/// # Panics
///
/// If the parts belong to different documents.
pub fn write(parse: Parse<'_>, out: &mut String) {
    let writer = Writer::new(parse);
    for at in 0..parse.document.sentences.len() {
        writer.comments(at, out);
        writer.words(&parse.document.sentences[at], out);
        out.push('\n');
    }
}

/// What every line is written from.
struct Writer<'d> {
    source: &'d str,
    document: &'d Document,
    words: &'d [Word<'d>],
    given: Option<&'d ConlluDocument>,
    document_id: String,
    /// The kind of the name that a token is in, and whether it is the first one in it.
    names: Vec<Option<(EntityKind, bool)>>,
}

impl<'d> Writer<'d> {
    fn new(parse: Parse<'d>) -> Self {
        let Parse { source, document, analysis, given } = parse;
        assert_eq!(document.tokens.len(), analysis.words.len(), "one word a token");
        let mut names = vec![None; document.tokens.len()];
        for name in &analysis.names {
            for at in name.tokens.range() {
                names[at] = Some((name.kind, at == name.tokens.start as usize));
            }
        }
        let document_id = document_id(source, &document.text);
        Self { source, document, words: &analysis.words, given, document_id, names }
    }

    fn comments(&self, at: usize, out: &mut String) {
        let sentence = &self.document.sentences[at];
        if at == 0 {
            out.push_str("# newdoc id = ");
            push_field(self.source, out);
            out.push('\n');
        }
        if self.starts_block(at) {
            out.push_str("# newpar\n");
        }
        match self.given.and_then(|given| given.comment(at, "sent_id")) {
            Some(id) => line(out, format_args!("# sent_id = {id}")),
            None => line(out, format_args!("# sent_id = {}-{}", self.document_id, at + 1)),
        }
        out.push_str("# text = ");
        let (first, last) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        for at in first..last {
            push_form(self.document.tokens[at].span.of(&self.document.text), out);
            out.push_str(if at + 1 < last && self.space_after(at) { " " } else { "" });
        }
        out.push('\n');
    }

    /// Whether a sentence is the first one of its block.
    fn starts_block(&self, at: usize) -> bool {
        let start = self.document.sentences[at].span.start();
        let before = at.checked_sub(1).map(|at| self.document.sentences[at].span.start());
        let blocks = &self.document.blocks;
        let block = |byte| blocks.partition_point(|block| block.span.start() <= byte);
        before.is_none_or(|before| block(before) != block(start))
    }

    /// Whether there is white space between a token and the one behind it.
    fn space_after(&self, token: usize) -> bool {
        let tokens = &self.document.tokens;
        tokens.get(token + 1).is_none_or(|next| {
            let gap = Span::new(tokens[token].span.end(), next.span.start());
            gap.of(&self.document.text).contains(char::is_whitespace)
        })
    }

    fn words(&self, sentence: &Sentence, out: &mut String) {
        let first = sentence.tokens.start as usize;
        let multiword = &self.document.multiword;
        let mut next_multiword = multiword.partition_point(|it| (it.start as usize) < first);
        let mut multiword_end = first;
        for at in sentence.tokens.range() {
            if let Some(range) = multiword.get(next_multiword).filter(|it| it.start as usize == at)
            {
                next_multiword += 1;
                multiword_end = range.end as usize;
                let id = format_args!("{}-{}", at - first + 1, multiword_end - first);
                self.multiword(id, at..multiword_end, out);
            }
            self.word(at, first, at >= multiword_end, out);
        }
    }

    /// The line of a surface token of several words.
    fn multiword(&self, id: std::fmt::Arguments<'_>, at: std::ops::Range<usize>, out: &mut String) {
        let tokens = &self.document.tokens;
        let span = Span::new(tokens[at.start].span.start(), tokens[at.end - 1].span.end());
        write!(out, "{id}\t").expect("a string takes everything");
        push_form(span.of(&self.document.text), out);
        out.push_str("\t_\t_\t_\t_\t_\t_\t_\t");
        out.push_str(if self.space_after(at.end - 1) { "_\n" } else { "SpaceAfter=No\n" });
    }

    /// The line of a word; `alone` if it is not part of a larger surface token.
    fn word(&self, at: usize, first: usize, alone: bool, out: &mut String) {
        let word = &self.words[at];
        write!(out, "{}\t", at - first + 1).expect("a string takes everything");
        push_form(self.form(at), out);
        out.push('\t');
        push_form(if word.lemma.is_empty() { "_" } else { &word.lemma }, out);
        let head = word.head.map_or(0, |head| head.index() - first + 1);
        let Word { upos, xpos, feats, deprel, .. } = word;
        write!(out, "\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t")
            .expect("a string takes everything");
        self.misc(at, alone, out);
        out.push('\n');
    }

    /// A word's form: as the file has it, else its own characters.
    fn form(&self, at: usize) -> &str {
        let given = self.given.and_then(|given| given.words.get(at));
        let span = self.document.tokens[at].span;
        given.map_or_else(|| span.of(&self.document.text), |word| &word.form)
    }

    fn misc(&self, at: usize, alone: bool, out: &mut String) {
        let no_space = alone && !self.space_after(at);
        if let Some((kind, first)) = self.names[at] {
            out.push_str(if first { "NER=B-" } else { "NER=I-" });
            out.push_str(kind.name());
            out.push_str(if no_space { "|" } else { "" });
        } else if !no_space {
            out.push('_');
        }
        if no_space {
            out.push_str("SpaceAfter=No");
        }
    }
}

/// Appends a field; a tab or a line end in it, which would end it, becomes a space.
fn push_field(field: &str, out: &mut String) {
    if field.contains(char::is_control) {
        out.extend(field.chars().map(|c| if c.is_control() { ' ' } else { c }));
    } else {
        out.push_str(field);
    }
}

/// Appends a form or a lemma: in it a control character becomes U+FFFD, white space that ends a
/// field a space. A field is never blank.
fn push_form(form: &str, out: &mut String) {
    let blank = form.trim().is_empty();
    if !blank && !form.contains(char::is_control) {
        return out.push_str(form);
    }
    out.extend(form.chars().map(|c| match (c.is_control(), c.is_whitespace()) {
        (_, true) if blank => char::REPLACEMENT_CHARACTER,
        (true, true) => ' ',
        (true, false) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }));
}

fn line(out: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(out, "{line}").expect("a string takes everything");
}

#[cfg(test)]
mod tests {
    use sayso_text::{Offsets, parse_conllu};

    use super::*;

    #[test]
    fn control_characters_come_back_as_a_form() {
        let document = Document::read("One \u{1} two \u{7F}\u{0} three\u{2}.".to_owned());
        let word = |lemma: &str| Word {
            upos: "X",
            xpos: "XX",
            feats: "_",
            lemma: lemma.into(),
            deprel: "dep",
            ..Word::default()
        };
        let lemmas = document.tokens.iter().map(|token| token.span.of(&document.text));
        let analysis = Analysis { words: lemmas.map(word).collect(), ..Analysis::default() };
        let parse = Parse { source: "a\tb", document: &document, analysis: &analysis, given: None };
        let mut out = String::new();
        write(parse, &mut out);
        let read = parse_conllu(&out).expect("what is written can be read");
        let text = "One \u{FFFD} two \u{FFFD}\u{FFFD} three\u{FFFD}.";
        assert_eq!(read[0].document.text, text);
        assert_eq!(read[0].document.tokens, tokens_in(&document, text));
        assert!(out.contains(&format!("# text = {text}\n")), "{out}");
        assert!(out.starts_with("# newdoc id = a b\n"), "{out}");
    }

    /// The tokens of `document` as they lie in `text`, which has other characters one for one.
    fn tokens_in(document: &Document, text: &str) -> Vec<sayso_text::Token> {
        let (from, to) = (Offsets::new(&document.text), Offsets::new(text));
        let place =
            |byte| to.byte_of_code_point(from.code_point(byte)).expect("as many characters");
        let tokens = document.tokens.iter().map(|token| sayso_text::Token {
            span: Span::new(place(token.span.start()), place(token.span.end())),
        });
        tokens.collect()
    }

    #[test]
    fn a_form_is_never_blank() {
        for (form, expected) in [(" ", "\u{FFFD}"), ("\n\t", "\u{FFFD}\u{FFFD}"), ("a\nb", "a b")] {
            let mut out = String::new();
            push_form(form, &mut out);
            assert_eq!(out, expected);
        }
    }
}
