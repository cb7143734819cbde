//! CoNLL-U files: the text that their forms make up, with its gold layers.

use crate::{Block, BlockKind, Document, GoldLayers, Span, Token, TokenRange};

/// One document of a CoNLL-U file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConlluDocument {
    /// The `id` of its `# newdoc` line, if it has one.
    pub id: Option<String>,
    /// The text rebuilt from the forms, with the file's tokens and sentences.
    pub document: Document,
    /// What the file says about each token, in the order of `document.tokens`.
    pub words: Vec<ConlluWord>,
    /// The comment lines of each sentence without their `#`, in the order of
    /// `document.sentences`.
    pub comments: Vec<Vec<String>>,
}

impl ConlluDocument {
    /// The value of a comment `# key = value` of a sentence, such as `sent_id`.
    pub fn comment(&self, sentence: usize, key: &str) -> Option<&str> {
        self.comments.get(sentence)?.iter().find_map(|line| {
            let (name, value) = line.split_once('=')?;
            (name.trim() == key).then(|| value.trim())
        })
    }
}

/// The columns of a syntactic word, as they stand in the file; `_` included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConlluWord {
    /// The form, which differs from the token's characters where a multiword token's words do not
    /// make it up.
    pub form: String,
    /// Column 3.
    pub lemma: String,
    /// Column 4.
    pub upos: String,
    /// Column 5.
    pub xpos: String,
    /// Column 6.
    pub feats: String,
    /// Column 7: the head's place in the sentence, from 1; 0 is the root, `None` an underscore.
    pub head: Option<u32>,
    /// Column 8.
    pub deprel: String,
    /// Column 10.
    pub misc: String,
}

/// Why a file is no CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConlluError {
    /// A line has too few or too many columns.
    #[error("line {line}: expected 10 columns divided by tabs, found {found}")]
    Columns {
        /// The line, from 1.
        line: usize,
        /// How many columns it has.
        found: usize,
    },
    /// The first column is not the number that follows.
    #[error("line {line}: expected the id {expected}, found `{found}`")]
    Id {
        /// The line, from 1.
        line: usize,
        /// What would go on the sentence.
        expected: usize,
        /// What stands there.
        found: String,
    },
    /// The form is empty or only white space.
    #[error("line {line}: expected a form, found white space")]
    Form {
        /// The line, from 1.
        line: usize,
    },
    /// The head is no number and no underscore, or no word of its sentence.
    #[error(
        "line {line}: expected a head from 0 to the sentence's length, or `_`, found `{found}`"
    )]
    Head {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// A multiword token is not followed by all of its words.
    #[error("line {line}: expected the words of a multiword token up to {last}")]
    Multiword {
        /// The line of the token, from 1.
        line: usize,
        /// The id of its last word.
        last: usize,
    },
    /// A multiword token has fewer characters than words.
    #[error("line {line}: expected at least one character for each of {n_words} words")]
    Short {
        /// The line of the token, from 1.
        line: usize,
        /// How many words it has.
        n_words: usize,
    },
    /// The text is longer than spans can tell.
    #[error("line {line}: expected less than 4 GiB of text")]
    TooLong {
        /// The line, from 1.
        line: usize,
    },
}

/// Reads the documents of a CoNLL-U file.
///
/// Each `# newdoc` begins a document; a file without one is one document. The text is rebuilt from
/// the forms: nothing follows a token with `SpaceAfter=No`, else a space; paragraphs (`# newpar`)
/// are divided by a blank line and become the blocks. Empty nodes (`8.1`) are left out.
///
/// Where the words of a multiword token do not make it up to the letter (*du* as *de le*), each
/// word gets its share of the token's characters, in order, and `form` keeps the file's spelling.
///
/// # Errors
///
/// The first line that is no CoNLL-U, with its number and what was expected.
///
/// # Cost
///
/// Linear in the file.
///
/// # Source
///
/// <https://universaldependencies.org/format.html>
///
/// # Examples
///
/// ```
/// let file = "1\tRates\trate\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n\
///             2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n\
///             3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n";
/// let documents = sayso_text::parse_conllu(file)?;
/// assert_eq!(documents[0].document.text, "Rates fell.");
/// assert_eq!(documents[0].words[0].head, Some(2));
///
/// let error = sayso_text::parse_conllu("2\tRates\n").unwrap_err();
/// assert_eq!(error.to_string(), "line 1: expected 10 columns divided by tabs, found 2");
/// # Ok::<(), sayso_text::ConlluError>(())
/// ```
pub fn parse_conllu(text: &str) -> Result<Vec<ConlluDocument>, ConlluError> {
    let mut reader = Reader::default();
    for line in text.strip_prefix('\u{FEFF}').unwrap_or(text).split('\n') {
        reader.line += 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            reader.end_sentence()?;
        } else if let Some(comment) = line.strip_prefix('#') {
            reader.comment(comment)?;
        } else {
            reader.word(line)?;
        }
    }
    reader.end_sentence()?;
    reader.end_document();
    Ok(reader.documents)
}

#[derive(Debug, Default)]
struct Reader {
    documents: Vec<ConlluDocument>,
    /// The number of the line that is being read, from 1.
    line: usize,
    /// The document that is being read.
    id: Option<String>,
    text: String,
    layers: GoldLayers,
    words: Vec<ConlluWord>,
    all_comments: Vec<Vec<String>>,
    /// Comments of the sentence that is being read.
    comments: Vec<String>,
    /// Tokens before the sentence that is being read.
    sentence_start: usize,
    /// The multiword token whose words are being read.
    group: Option<Group>,
    gap: Gap,
    block_start: Option<usize>,
}

/// What stands between the last token and the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Space,
    Paragraph,
}

#[derive(Debug)]
struct Group {
    line: usize,
    /// The id of its last word.
    last: usize,
    first_token: usize,
    span: Span,
    space_after: bool,
}

impl Reader {
    fn comment(&mut self, comment: &str) -> Result<(), ConlluError> {
        self.end_sentence()?;
        let comment = comment.trim();
        let is = |key: &str| {
            comment
                .strip_prefix(key)
                .is_some_and(|rest| !rest.starts_with(|c: char| c == '_' || c.is_alphanumeric()))
        };
        if is("newdoc") {
            let comments = std::mem::take(&mut self.comments);
            self.end_document();
            self.comments = comments;
            self.id = comment.split_once('=').map(|(_, id)| id.trim().to_owned());
        } else if is("newpar") && !self.text.is_empty() {
            self.gap = Gap::Paragraph;
        }
        self.comments.push(comment.to_owned());
        Ok(())
    }

    fn word(&mut self, line: &str) -> Result<(), ConlluError> {
        let mut columns = [""; 10];
        let mut found = 0;
        for column in line.split('\t') {
            if let Some(place) = columns.get_mut(found) {
                *place = column;
            }
            found += 1;
        }
        if found != 10 {
            return Err(ConlluError::Columns { line: self.line, found });
        }
        let expected = self.layers.tokens.len() - self.sentence_start + 1;
        let id = columns[0];
        if let Some((before, node)) = id.split_once('.') {
            let is_empty_node = before.parse() == Ok(expected - 1) && node.parse::<u32>().is_ok();
            return if is_empty_node { Ok(()) } else { Err(self.wrong_id(expected, id)) };
        }
        if columns[1].trim().is_empty() {
            return Err(ConlluError::Form { line: self.line });
        }
        if let Some((first, last)) = id.split_once('-') {
            let last = last.parse().ok().filter(|last| *last >= expected);
            return match last {
                Some(last) if self.group.is_none() && first.parse() == Ok(expected) => {
                    self.begin_group(columns, last)
                }
                _ => Err(self.wrong_id(expected, id)),
            };
        }
        if id.parse() != Ok(expected) {
            return Err(self.wrong_id(expected, id));
        }
        self.add_word(columns, expected)
    }

    fn wrong_id(&self, expected: usize, found: &str) -> ConlluError {
        ConlluError::Id { line: self.line, expected, found: found.to_owned() }
    }

    fn begin_group(&mut self, columns: [&str; 10], last: usize) -> Result<(), ConlluError> {
        let span = self.write(columns[1].trim())?;
        self.group = Some(Group {
            line: self.line,
            last,
            first_token: self.layers.tokens.len(),
            span,
            space_after: has_space_after(columns[9]),
        });
        Ok(())
    }

    fn add_word(&mut self, columns: [&str; 10], id: usize) -> Result<(), ConlluError> {
        let head = match columns[6] {
            "_" => None,
            head => Some(head.parse().map_err(|_| self.wrong_head(head))?),
        };
        let span = if let Some(group) = &self.group {
            // Cut once the last word is there.
            group.span
        } else {
            let span = self.write(columns[1].trim())?;
            self.gap = if has_space_after(columns[9]) { Gap::Space } else { Gap::None };
            span
        };
        self.layers.tokens.push(Token { span });
        self.words.push(ConlluWord {
            form: columns[1].trim().to_owned(),
            lemma: columns[2].to_owned(),
            upos: columns[3].to_owned(),
            xpos: columns[4].to_owned(),
            feats: columns[5].to_owned(),
            head,
            deprel: columns[7].to_owned(),
            misc: columns[9].to_owned(),
        });
        match self.group.take_if(|group| group.last == id) {
            Some(group) => self.end_group(&group),
            None => Ok(()),
        }
    }

    fn wrong_head(&self, head: &str) -> ConlluError {
        ConlluError::Head { line: self.line, found: head.to_owned() }
    }

    /// Divides a multiword token's characters among its words.
    fn end_group(&mut self, group: &Group) -> Result<(), ConlluError> {
        self.gap = if group.space_after { Gap::Space } else { Gap::None };
        let last = self.layers.tokens.len();
        let range = group.first_token..last;
        let form = group.span.of(&self.text);
        let words = &self.words[range.clone()];
        let spelled = words.iter().map(|word| word.form.len()).sum::<usize>() == form.len()
            && words.iter().try_fold(form, |rest, w| rest.strip_prefix(w.form.as_str())).is_some();
        let mut cuts: Vec<_> = form.char_indices().map(|(at, _)| at).collect();
        cuts.push(form.len());
        let n_chars = cuts.len() - 1;
        if n_chars < range.len() {
            return Err(ConlluError::Short { line: group.line, n_words: range.len() });
        }
        let mut start = group.span.start();
        for (nth, at) in range.clone().enumerate() {
            let end = if spelled {
                start + self.words[at].form.len()
            } else {
                group.span.start() + cuts[(nth + 1) * n_chars / range.len()]
            };
            self.layers.tokens[at].span = Span::new(start, end);
            start = end;
        }
        if range.len() > 1 {
            self.layers.multiword.push(TokenRange::new(group.first_token, last));
        }
        Ok(())
    }

    /// Appends a surface token to the text, with the gap before it.
    fn write(&mut self, form: &str) -> Result<Span, ConlluError> {
        if u32::try_from(self.text.len() + form.len() + 2).is_err() {
            return Err(ConlluError::TooLong { line: self.line });
        }
        match self.gap {
            Gap::None => {}
            Gap::Space => self.text.push(' '),
            Gap::Paragraph => {
                self.end_block();
                self.text.push_str("\n\n");
            }
        }
        self.gap = Gap::None;
        let start = self.text.len();
        self.block_start.get_or_insert(start);
        self.text.push_str(form);
        Ok(Span::new(start, self.text.len()))
    }

    fn end_block(&mut self) {
        if let Some(start) = self.block_start.take() {
            let span = Span::new(start, self.text.len());
            self.layers.blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
    }

    fn end_sentence(&mut self) -> Result<(), ConlluError> {
        if let Some(group) = &self.group {
            return Err(ConlluError::Multiword { line: group.line, last: group.last });
        }
        let range = TokenRange::new(self.sentence_start, self.layers.tokens.len());
        if range.is_empty() {
            return Ok(());
        }
        let n_tokens = u32::try_from(range.len()).expect("a range fits 32 bits");
        let heads = self.words[range.range()].iter().filter_map(|word| word.head);
        if let Some(head) = heads.into_iter().find(|head| *head > n_tokens) {
            return Err(self.wrong_head(&head.to_string()));
        }
        self.layers.sentences.push(range);
        self.all_comments.push(std::mem::take(&mut self.comments));
        self.sentence_start = range.end as usize;
        Ok(())
    }

    fn end_document(&mut self) {
        self.end_block();
        self.gap = Gap::None;
        self.sentence_start = 0;
        self.comments.clear();
        let id = self.id.take();
        if self.words.is_empty() {
            return;
        }
        self.documents.push(ConlluDocument {
            id,
            document: Document::from_tokens(
                std::mem::take(&mut self.text),
                std::mem::take(&mut self.layers),
            ),
            words: std::mem::take(&mut self.words),
            comments: std::mem::take(&mut self.all_comments),
        });
    }
}

fn has_space_after(misc: &str) -> bool {
    !misc.split('|').any(|entry| entry == "SpaceAfter=No")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line with the given id, form, head and last column.
    fn line(id: &str, form: &str, head: &str, misc: &str) -> String {
        format!("{id}\t{form}\t_\t_\t_\t_\t{head}\tdep\t_\t{misc}\n")
    }

    #[test]
    fn paragraphs_and_documents() {
        let file = [
            "# newdoc id = first\n# newpar\n# sent_id = 1\n",
            &line("1", "Rates", "2", "_"),
            &line("2", "fell", "0", "SpaceAfter=No"),
            &line("3", ".", "2", "_"),
            "\n# sent_id = 2\n",
            &line("1", "Again", "0", "SpaceAfter=No"),
            "\n# newpar\n",
            &line("1", "So", "0", "_"),
            "\n# newdoc id = second\n",
            &line("1", "Yes", "0", "_"),
        ]
        .concat();
        let documents = parse_conllu(&file).expect("CoNLL-U");
        assert_eq!(documents.len(), 2);
        let first = &documents[0];
        assert_eq!(first.id.as_deref(), Some("first"));
        assert_eq!(first.document.text, "Rates fell. Again\n\nSo");
        assert_eq!(first.document.blocks.len(), 2);
        assert_eq!(first.comment(1, "sent_id"), Some("2"));
        assert_eq!(documents[1].document.text, "Yes");
    }

    #[test]
    fn multiword_tokens_and_empty_nodes() {
        let file = [
            &line("1-2", "Don't", "_", "_"),
            &line("1", "Do", "3", "_"),
            &line("2", "n't", "3", "_"),
            &line("2.1", "ever", "_", "_"),
            &line("3", "go", "0", "_"),
            &line("4-5", "du", "_", "_"),
            &line("4", "de", "5", "_"),
            &line("5", "le", "3", "_"),
        ]
        .map(String::as_str)
        .concat();
        let documents = parse_conllu(&file).expect("CoNLL-U");
        let document = &documents[0].document;
        assert_eq!(document.text, "Don't go du");
        let forms: Vec<_> = document.tokens.iter().map(|t| t.span.of(&document.text)).collect();
        assert_eq!(forms, ["Do", "n't", "go", "d", "u"]);
        assert_eq!(document.multiword, [TokenRange::new(0, 2), TokenRange::new(3, 5)]);
        assert_eq!(documents[0].words[4].form, "le");
    }

    #[test]
    fn errors_name_the_line() {
        let error = |file: &str| parse_conllu(file).expect_err("no CoNLL-U").to_string();
        assert_eq!(error(&line("2", "a", "0", "_")), "line 1: expected the id 1, found `2`");
        assert_eq!(error(&line("1", " ", "0", "_")), "line 1: expected a form, found white space");
        assert!(error(&line("1", "a", "x", "_")).starts_with("line 1: expected a head"));
        assert!(error(&line("1", "a", "2", "_")).ends_with("found `2`"));
        assert_eq!(
            error(&line("1-2", "ab", "_", "_")),
            "line 1: expected the words of a multiword token up to 2"
        );
    }
}
