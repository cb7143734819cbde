//! `cargo xtask tidy`: the invariants of ARCHITECTURE.md that a program can check.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::process::{cargo, output, root};

mod source;

/// The crates in the order that the data takes: each may use those before it.
const ORDER: &[&str] = &[
    "sayso-text",
    "sayso-ingest",
    "sayso-model",
    "sayso-analysis",
    "sayso-record",
    "sayso-link",
    "sayso-store",
    "sayso",
    "sayso-cli",
];

/// Crates that may use `sayso-model`: the one that gives its numbers a meaning, and the façade,
/// which embeds the weights.
const MODEL_USERS: &[&str] = &["sayso-analysis", "sayso"];

/// Development crates, which may use everything and are used by none.
const TOOLS: &[&str] = &["xtask", "sayso-bench"];

/// Packages that would bring a clock, randomness or the network into a library crate.
const BARRED: &[&str] =
    &["chrono", "fastrand", "getrandom", "openssl", "rand", "reqwest", "time", "ureq"];

/// Checks the direction of dependencies and what the sources must not hold
#[derive(Debug, clap::Args)]
pub(crate) struct Options {}

/// One workspace package, with what it uses outside its tests.
#[derive(Debug)]
struct Package {
    name: String,
    folder: String,
    uses: Vec<String>,
}

/// Prints each breach, then each warning.
///
/// # Errors
///
/// If there is a breach; warnings are let pass.
pub(crate) fn run(_: &Options) -> Result<()> {
    let packages = packages()?;
    let mut breaches: Vec<String> = packages.iter().flat_map(breaches_of).collect();
    let mut warnings = Vec::new();
    for package in &packages {
        for file in source::files_of(Path::new(&package.folder))? {
            if is_library(&package.name) {
                breaches.extend(file.forbidden());
            }
            breaches.extend(file.misnamed());
            warnings.extend(file.too_long());
        }
    }
    for breach in &breaches {
        eprintln!("error: {breach}");
    }
    for warning in &warnings {
        eprintln!("warning: {warning}");
    }
    ensure!(breaches.is_empty(), "tidy: {} breaches", breaches.len());
    println!("tidy: {} packages in order, {} warnings", packages.len(), warnings.len());
    Ok(())
}

fn packages() -> Result<Vec<Package>> {
    let bytes = output(cargo(&["metadata", "--format-version", "1", "--no-deps", "--offline"]))?;
    let metadata: Value = serde_json::from_slice(&bytes).context("cargo metadata")?;
    metadata["packages"]
        .as_array()
        .context("cargo metadata has packages")?
        .iter()
        .map(package)
        .collect()
}

fn package(value: &Value) -> Result<Package> {
    let text =
        |value: &Value| value.as_str().map(str::to_owned).context("a name in cargo metadata");
    let manifest = text(&value["manifest_path"])?;
    let folder = Path::new(&manifest).parent().context("a manifest lies in a folder")?;
    let dependencies = value["dependencies"].as_array().context("a list of dependencies")?;
    let uses = dependencies
        .iter()
        .filter(|dependency| dependency["kind"] != "dev")
        .map(|dependency| text(&dependency["name"]))
        .collect::<Result<_>>()?;
    Ok(Package { name: text(&value["name"])?, folder: folder.display().to_string(), uses })
}

fn is_library(name: &str) -> bool {
    !TOOLS.contains(&name) && name != "sayso-cli"
}

fn breaches_of(package: &Package) -> Vec<String> {
    let name = package.name.as_str();
    let mut found = Vec::new();
    if Path::new(&package.folder).file_name().is_none_or(|folder| folder != name) {
        found.push(format!("{name} lies in {}, a folder of another name", package.folder));
    }
    if TOOLS.contains(&name) {
        return found;
    }
    let Some(place) = place_of(name) else {
        found.push(format!("{name} has no place in the order of crates (tidy.rs, ORDER)"));
        return found;
    };
    for used in &package.uses {
        if TOOLS.contains(&used.as_str()) || place_of(used).is_some_and(|other| other >= place) {
            found.push(format!("{name} uses {used}, which comes after it"));
        }
        if used == "sayso-model" && !MODEL_USERS.contains(&name) {
            found.push(format!("{name} uses sayso-model; only {} may", MODEL_USERS.join(", ")));
        }
        if name == "sayso-store" && place_of(used).is_some() {
            found.push(format!("sayso-store uses {used}, but knows records by their written form"));
        }
        if name == "sayso-model" && place_of(used).is_some() {
            found.push(format!("sayso-model uses {used}, but knows numbers only"));
        }
        if is_library(name) && BARRED.contains(&used.as_str()) {
            found.push(format!("{name} uses {used}: no clock, randomness or network in a library"));
        }
    }
    found
}

fn place_of(name: &str) -> Option<usize> {
    ORDER.iter().position(|&other| other == name)
}

/// A path as it is written from the repository's root.
pub(crate) fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(name: &str, uses: &[&str]) -> Vec<String> {
        let uses = uses.iter().map(ToString::to_string).collect();
        let folder = format!("/somewhere/crates/{name}");
        breaches_of(&Package { name: name.to_owned(), folder, uses })
    }

    #[test]
    fn a_crate_may_use_those_before_it() {
        assert_eq!(breaches("sayso-analysis", &["sayso-text", "sayso-model", "serde"]), [""; 0]);
        assert_eq!(breaches("sayso-cli", &["sayso", "clap"]), [""; 0]);
    }

    #[test]
    fn a_crate_may_not_use_those_after_it() {
        let expected = ["sayso-text uses sayso-record, which comes after it"];
        assert_eq!(breaches("sayso-text", &["sayso-record"]), expected);
        let expected = ["sayso uses sayso-bench, which comes after it"];
        assert_eq!(breaches("sayso", &["sayso-bench"]), expected);
    }

    #[test]
    fn the_model_knows_numbers_only() {
        let expected = ["sayso-model uses sayso-text, but knows numbers only"];
        assert_eq!(breaches("sayso-model", &["sayso-text"]), expected);
        let expected = ["sayso-cli uses sayso-model; only sayso-analysis, sayso may"];
        assert_eq!(breaches("sayso-cli", &["sayso-model"]), expected);
    }

    #[test]
    fn the_store_compiles_without_the_engine() {
        let expected = ["sayso-store uses sayso-record, but knows records by their written form"];
        assert_eq!(breaches("sayso-store", &["sayso-record", "rusqlite"]), expected);
    }

    #[test]
    fn a_folder_is_named_as_its_crate() {
        let package =
            Package { name: "sayso".into(), folder: "crates/facade".into(), uses: vec![] };
        assert_eq!(
            breaches_of(&package),
            ["sayso lies in crates/facade, a folder of another name"]
        );
    }

    #[test]
    fn a_crate_without_a_place_is_a_breach() {
        assert_eq!(breaches("sayso-extra", &[]).len(), 1);
    }
}
