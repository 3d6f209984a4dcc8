//! Names: no two types of one name, and in the core no two files of one name.

use crate::rust::{blank, without_tests};
use crate::{CORE, File, module, sources};
use std::collections::BTreeMap;

#[test]
fn no_two_types_share_a_name() {
    let repeated =
        repeated(sources().iter().flat_map(|file| {
            types(&file.source).into_iter().map(|name| (name, file.path.clone())).collect::<Vec<_>>()
        }));
    assert!(repeated.is_empty(), "\n{}\n", repeated.join("\n"));
}

#[test]
fn no_two_files_of_the_core_share_a_name() {
    let core = sources().iter().filter(|file| CORE.contains(&module(&file.path)));
    let named = core.filter_map(|File { path, .. }| {
        let name = path.rsplit('/').next()?.to_owned();
        (name != "mod.rs").then_some((name, path.clone()))
    });
    let repeated = repeated(named);
    assert!(repeated.is_empty(), "\n{}\n", repeated.join("\n"));
}

/// The names that are used more than once, with their files.
fn repeated(named: impl Iterator<Item = (String, String)>) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, place) in named {
        places.entry(name).or_default().push(place);
    }
    places.retain(|_, places| places.len() > 1);
    places.into_iter().map(|(name, places)| format!("{name}: {}", places.join(", "))).collect()
}

/// The types that `source` declares outside tests and functions.
fn types(source: &str) -> Vec<String> {
    let code = blank(&without_tests(source), true);
    let declared = code.lines().filter_map(|line| {
        let line = match line.strip_prefix("pub") {
            Some(rest) if rest.starts_with('(') => rest.split_once(')')?.1.trim_start(),
            Some(rest) => rest.trim_start(),
            None => line,
        };
        let (kind, rest) = line.split_once(' ')?;
        let is_type = matches!(kind, "struct" | "enum" | "trait" | "type" | "union");
        is_type.then(|| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned())
    });
    declared.collect()
}

#[test]
fn types_are_found_at_the_top_of_a_file_only() {
    let source = "pub(in crate::a) struct One;\nenum Two<'a> {}\nfn f() {\n    struct Local;\n}\npub trait Three: Two {}\n\
                  #[cfg(test)]\nmod tests {\n}\n/// struct Four\ntype Five = u8;\n";
    assert_eq!(types(source), ["One", "Two", "Three", "Five"]);
}
