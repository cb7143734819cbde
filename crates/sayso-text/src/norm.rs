//! The normalised spelling of a token, which features are computed from.

/// Writes the normalised spelling of a token's `surface` to `out`, replacing what it held.
///
/// Typographic variants become the plain character that stands for them in treebanks: curly and
/// other quotation marks become `"` or `'`, dashes `-` and `--`, ligatures their letters, an
/// ellipsis `...`; soft hyphens and zero-width characters go. Case and digits stay.
///
/// # Examples
///
/// ```
/// let mut out = String::new();
/// sayso_text::norm("don’t", &mut out);
/// assert_eq!(out, "don't");
/// sayso_text::norm("“", &mut out);
/// assert_eq!(out, "\"");
/// ```
pub fn norm(surface: &str, out: &mut String) {
    out.clear();
    if surface.is_ascii() {
        match surface {
            "``" | "''" => out.push('"'),
            "`" => out.push('\''),
            _ => out.push_str(surface),
        }
        return;
    }
    for c in surface.chars() {
        match c {
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => out.push(' '),
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => out.push('"'),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | 'ʼ' | '´' => out.push('\''),
            '\u{2010}'..='\u{2013}' | '−' => out.push('-'),
            '—' | '―' => out.push_str("--"),
            '…' => out.push_str("..."),
            '\u{FB00}' => out.push_str("ff"),
            '\u{FB01}' => out.push_str("fi"),
            '\u{FB02}' => out.push_str("fl"),
            '\u{FB03}' => out.push_str("ffi"),
            '\u{FB04}' => out.push_str("ffl"),
            _ => out.push(c),
        }
    }
    if out.is_empty() {
        // A token of nothing but invisible characters still needs a spelling.
        out.push_str(surface);
    }
}
