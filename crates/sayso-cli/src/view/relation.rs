//! Relations between entities, at the end of an article.

use anstyle::{AnsiColor, Style};
use sayso::Rows;
use sayso::record::Relation;

use super::statement::shortened;
use super::{FAINT, Flow, GUTTER, View, visible};

/// A name or a value is shortened to this many columns.
const MAX_NAME: usize = 48;
const VALUE: Style = AnsiColor::Cyan.on_default();

/// Writes the relations of an article, one a line, under a heading; nothing if there are none.
///
/// `role · Ana Reyes: President → Turkey · 0.95 r8-17`
pub(super) fn render(view: View, rows: &Rows, out: &mut String) {
    if rows.relations.is_empty() {
        return;
    }
    out.push('\n');
    out.push_str(&view.paint(FAINT, "relations"));
    out.push('\n');
    for relation in &rows.relations {
        out.extend(std::iter::repeat_n(' ', GUTTER));
        line(view, rows, relation, out);
    }
}

fn line(view: View, rows: &Rows, relation: &Relation, out: &mut String) {
    let mut flow = Flow::new(view, GUTTER + 2, out);
    let kind = relation.kind.name();
    flow.push(&format!("{kind} · "), FAINT);
    flow.push(&name(rows, &relation.subject), Style::new().bold());
    if let Some(value) = &relation.value {
        flow.push(&format!(": {}", shortened(&visible(value), MAX_NAME)), VALUE);
    }
    for (label, id) in [("→", &relation.object), ("by", &relation.by)] {
        if let Some(id) = id {
            flow.push(&format!(" {label} "), FAINT);
            flow.push(&name(rows, id), Style::new());
        }
    }
    if let Some(statement) = &relation.within {
        flow.push(&format!(" · said in {statement}"), FAINT);
    }
    flow.push(&format!(" · {:.2} {}", relation.score, relation.id), FAINT);
    flow.finish();
}

/// The name of an entity.
fn name(rows: &Rows, id: &str) -> String {
    let entity = rows.entities.iter().find(|it| it.id == id);
    let name = entity.map_or(id, |it| it.name.as_str());
    shortened(&visible(name), MAX_NAME)
}
