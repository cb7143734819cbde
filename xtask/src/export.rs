//! `cargo xtask export`: the corpora as arrays for the trainer.

mod coreference;
mod names;
mod npy;
mod predicates;
mod ud;

use std::fs;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use sayso_analysis::export::{DataSet, GoldAttribution, LabelSets, Marked, Types};
use sayso_analysis::features::{LAST_NORM_ROW, N_CONTEXTS, N_ROWS};
use sayso_text::{Document, Span};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::corpus;
pub(crate) use names::mentions;
pub(crate) use predicates::frames;
pub(crate) use ud::Treebank;

use names::{SpannedName, kind_of, on_tokens, ranges_of, tagged_sentences};

/// Documents read for word vectors and for the teacher's labels have at least this share of
/// commas and full stops among their characters: half of the Senate releases have lost theirs.
const LEAST_PUNCTUATION: f64 = 0.004;

struct Exporter {
    corpora: PathBuf,
    out: PathBuf,
    types: Types,
    labels: LabelSets,
}

/// Writes the corpora as arrays for the trainer.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The folder of the corpora.
    #[arg(long, default_value = "../shared/corpora")]
    corpora: PathBuf,
    /// The folder to write to.
    #[arg(long, default_value = "train/data")]
    out: PathBuf,
    /// Write the coreference ranker's questions alone.
    #[arg(long)]
    coreference: bool,
}

/// Writes the arrays of every corpus.
pub(crate) fn run(options: &Options) -> Result<()> {
    let Options { corpora, out, coreference } = options;
    fs::create_dir_all(out).with_context(|| format!("{}", out.display()))?;
    let mut exporter = Exporter {
        corpora: corpora.to_owned(),
        out: out.to_owned(),
        types: Types::default(),
        labels: LabelSets::default(),
    };
    if *coreference {
        return exporter.questions();
    }
    exporter.treebanks()?;
    exporter.names_only()?;
    exporter.factuality()?;
    exporter.plain_text()?;
    exporter.examples()?;
    exporter.finish()
}

impl Exporter {
    /// The example articles, which the parity test reads too, in the order of their names.
    fn examples(&mut self) -> Result<()> {
        let mut paths: Vec<PathBuf> = fs::read_dir("examples")
            .context("examples: run this in the folder of the workspace")?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
        paths.sort();
        let mut set = DataSet::default();
        for path in paths {
            let document = Document::read(fs::read_to_string(path)?);
            set.add(&mut self.types, &mut self.labels, &document, &[], None);
        }
        self.write("examples", &set)
    }

    fn treebanks(&mut self) -> Result<()> {
        for split in ["train", "dev"] {
            let uner = match split {
                "train" => "ner/uner-ewt-train-early.iob2.zst",
                _ => "ner/uner-ewt-dev.iob2.zst",
            };
            let uner = tagged_sentences(&self.unpack(uner)?);
            let uner = uner.iter().map(|sentence| (sentence.id.as_str(), sentence)).collect();
            let frames = self.unpack(&format!("propbank/ewt-{split}.jsonl.zst"))?;
            let frames = predicates::frames(&frames)?;
            let text = self.unpack(&format!("ud/ewt-{split}.conllu.xz"))?;
            let mut set = DataSet::default();
            for gold in Treebank::parse(&text)?.documents() {
                let names = gold.uner_names(&uner);
                let names = Some((&names[..], Marked::Three));
                set.add(&mut self.types, &mut self.labels, gold.document, &gold.words, names);
                let (known, predicates) = gold.predicates(&frames);
                set.add_predicates(&mut self.labels, gold.document, &known, &predicates);
            }
            self.write(&format!("ewt-{split}"), &set)?;
            let text = self.unpack(&format!("ud/gum-{split}.conllu.xz"))?;
            let mut set = DataSet::default();
            for gold in Treebank::parse(&text)?.documents() {
                let names = gold.gum_names();
                let names = Some((&names[..], Marked::Three));
                set.add(&mut self.types, &mut self.labels, gold.document, &gold.words, names);
            }
            self.write(&format!("gum-{split}"), &set)?;
        }
        Ok(())
    }

    fn names_only(&mut self) -> Result<()> {
        for (name, path) in [
            ("crossner-train", "ner/crossner-politics-train.conll"),
            ("crossner-dev", "ner/crossner-politics-dev.conll.zst"),
        ] {
            let mut set = DataSet::default();
            for sentence in tagged_sentences(&self.unpack(path)?) {
                let (text, names) = joined(&sentence.tokens, &sentence.tags);
                let document = Document::read(text);
                let names = on_tokens(&document, &names);
                let names = Some((&names[..], Marked::All));
                set.add(&mut self.types, &mut self.labels, &document, &[], names);
            }
            self.write(name, &set)?;
        }
        for split in ["train", "dev"] {
            let silver = self.unpack(&format!("polnear/silver-{split}.conllu.xz"))?;
            let silver = ud::silver_names(&silver);
            let rows = self.unpack(&format!("polnear/{split}.jsonl.zst"))?;
            let mut set = DataSet::default();
            for line in rows.lines() {
                let row: Value = serde_json::from_str(line)?;
                let text = row["text"].as_str().unwrap_or_default().to_owned();
                let attributions = attributions(&text, &row)?;
                let names = row["id"].as_str().and_then(|id| silver.get(id));
                let names = names.map(|names| to_bytes(&text, names));
                let document = Document::read(text);
                let names = names.map(|names| on_tokens(&document, &names));
                let names = names.as_deref().map(|names| (names, Marked::All));
                set.add(&mut self.types, &mut self.labels, &document, &[], names);
                set.add_attributions(&document, &attributions);
            }
            self.write(&format!("polnear-{split}"), &set)?;
        }
        Ok(())
    }

    /// Sentences whose events have a degree of certainty.
    fn factuality(&mut self) -> Result<()> {
        for corpus in ["udsih2", "uw"] {
            for split in ["train", "dev"] {
                let name = format!("{corpus}-{split}");
                let rows = self.unpack(&format!("factuality/{name}.jsonl.zst"))?;
                let mut set = DataSet::default();
                for line in rows.lines() {
                    let (document, values) = predicates::judged(&serde_json::from_str(line)?);
                    set.add(&mut self.types, &mut self.labels, &document, &[], None);
                    set.add_factuality(&document, &values);
                }
                self.write(&name, &set)?;
            }
        }
        Ok(())
    }

    /// Text for word vectors, one sentence a line as numbers of vector words; and the part of it
    /// that a teacher labels, as a data set without labels.
    fn plain_text(&mut self) -> Result<()> {
        let path = self.out.join("vector-text.txt");
        let file = fs::File::create(&path).with_context(|| format!("{}", path.display()))?;
        let mut file = BufWriter::new(file);
        let mut unlabelled = DataSet::default();
        for line in self.unpack("text/wikinews.jsonl.zst")?.lines() {
            let row: Value = serde_json::from_str(line)?;
            let document = Document::read(row["text"].as_str().unwrap_or_default().to_owned());
            write_sentences(&document, &mut self.types, &mut file)?;
            unlabelled.add(&mut self.types, &mut self.labels, &document, &[], None);
        }
        for part in ["ud/ewt-train.conllu.xz", "ud/gum-train.conllu.xz"] {
            for gold in Treebank::parse(&self.unpack(part)?)?.documents() {
                write_sentences(gold.document, &mut self.types, &mut file)?;
            }
        }
        for line in self.unpack("polnear/train.jsonl.zst")?.lines() {
            let row: Value = serde_json::from_str(line)?;
            let document = Document::read(row["text"].as_str().unwrap_or_default().to_owned());
            write_sentences(&document, &mut self.types, &mut file)?;
        }
        self.write("wikinews", &unlabelled)?;
        let mut unlabelled = DataSet::default();
        let mut kept = 0_u64;
        for (number, release) in
            self.unpack("text/senate-releases.txt.xz")?.split("\n\n").enumerate()
        {
            let points = release.bytes().filter(|b| matches!(b, b',' | b'.')).count();
            let punctuated = points as f64 > LEAST_PUNCTUATION * release.len() as f64;
            let document = Document::read(release.to_owned());
            write_sentences(&document, &mut self.types, &mut file)?;
            if punctuated && number % 6 == 0 {
                kept += document.tokens.len() as u64;
                unlabelled.add(&mut self.types, &mut self.labels, &document, &[], None);
            }
        }
        eprintln!("senate: {kept} tokens for the teacher");
        self.write("senate", &unlabelled)
    }

    fn write(&self, name: &str, set: &DataSet) -> Result<()> {
        let path = |column: &str| self.out.join(format!("{name}.{column}.npy"));
        npy::write(&path("types"), &set.types)?;
        npy::write(&path("contexts"), &set.contexts)?;
        npy::write(&path("upos"), &set.upos)?;
        npy::write(&path("xpos"), &set.xpos)?;
        npy::write(&path("feats"), &set.feats)?;
        npy::write(&path("edit"), &set.edit)?;
        npy::write(&path("head"), &set.head)?;
        npy::write(&path("deprel"), &set.deprel)?;
        npy::write(&path("names"), &set.names)?;
        if !set.attributions.is_empty() {
            npy::write(&path("attributions"), &set.attributions)?;
        }
        if !set.predicates.is_empty() {
            npy::write(&path("predicates"), &set.predicates)?;
            npy::write(&path("rolesets"), &set.rolesets)?;
            npy::write(&path("arguments"), &set.arguments)?;
        }
        if !set.factuality.is_empty() {
            npy::write(&path("factuality"), &set.factuality)?;
        }
        npy::write(&path("sentence_ends"), &set.sentence_ends)?;
        npy::write(&path("document_ends"), &set.document_ends)?;
        eprintln!(
            "{name}: {} documents, {} sentences, {} tokens",
            set.document_ends.len(),
            set.sentence_ends.len(),
            set.types.len()
        );
        Ok(())
    }

    fn finish(self) -> Result<()> {
        let path = |column: &str| self.out.join(format!("type.{column}.npy"));
        npy::write(&path("rows"), &self.types.rows)?;
        npy::write(&path("weights"), &self.types.weights)?;
        npy::write(&path("ends"), &self.types.ends)?;
        npy::write(&path("vector_word"), &self.types.vector_word)?;
        npy::write(&path("lower"), &self.types.lower)?;
        npy::write(&path("vector_keys"), &self.types.vector_keys)?;
        let labels = json!({
            "n_rows": N_ROWS, "last_norm_row": LAST_NORM_ROW, "n_contexts": N_CONTEXTS,
            "upos": self.labels.upos.names, "xpos": self.labels.xpos.names,
            "feats": self.labels.feats.names, "deprel": self.labels.deprel.names,
            "edit": self.labels.edit.names, "roleset": self.labels.roleset.names,
            "role": self.labels.role.names,
        });
        let path = self.out.join("labels.json");
        fs::write(&path, labels.to_string()).with_context(|| format!("{}", path.display()))
    }

    fn unpack(&self, name: &str) -> Result<String> {
        corpus::unpack(&self.corpora.join(name))
    }
}

/// Writes a document's sentences as numbers of vector words, one sentence a line.
fn write_sentences(document: &Document, types: &mut Types, file: &mut impl Write) -> Result<()> {
    for sentence in &document.sentences {
        for token in &document.tokens[sentence.tokens.range()] {
            write!(file, "{} ", types.vector_word_of(token.span.of(&document.text)))?;
        }
        writeln!(file)?;
    }
    Ok(())
}

/// Tokens joined with spaces, and their names as spans.
fn joined(tokens: &[String], tags: &[String]) -> (String, Vec<SpannedName>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for token in tokens {
        if !text.is_empty() {
            text.push(' ');
        }
        spans.push((text.len(), text.len() + token.len()));
        text.push_str(token);
    }
    let names = ranges_of(tags)
        .into_iter()
        .map(|(start, end, label)| {
            let span = Span::new(spans[start].0, spans[end - 1].1);
            (
                span,
                kind_of(&label)
                    .unwrap_or_else(|| names::other_kind_by_spelling(&label, end - start)),
            )
        })
        .collect();
    (text, names)
}

/// Spans of code points as spans of bytes.
struct CodePoints(Vec<usize>);

impl CodePoints {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let last = self.0.len() - 1;
        Span::new(self.0[start.min(last)], self.0[end.min(last)])
    }
}

fn to_bytes(text: &str, names: &[(usize, usize, sayso_analysis::EntityKind)]) -> Vec<SpannedName> {
    let points = CodePoints::of(text);
    names.iter().map(|&(start, end, kind)| (points.span(start, end), kind)).collect()
}

/// The attributions of a row of PolNeAR.
fn attributions(text: &str, row: &Value) -> Result<Vec<GoldAttribution>> {
    #[derive(serde::Deserialize)]
    struct Row {
        source: Vec<(usize, usize)>,
        cue: Vec<(usize, usize)>,
        content: Vec<(usize, usize)>,
    }
    let points = CodePoints::of(text);
    let spans = |pairs: Vec<(usize, usize)>| {
        pairs.into_iter().map(|(start, end)| points.span(start, end)).collect()
    };
    let rows = Vec::<Row>::deserialize(&row["attributions"])?;
    let gold = |row: Row| GoldAttribution {
        source: spans(row.source),
        cue: spans(row.cue),
        content: spans(row.content),
    };
    Ok(rows.into_iter().map(gold).collect())
}
