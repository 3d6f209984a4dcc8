//! Circles of files: files of one folder that import each other, directly or through others. Such a file cannot be read
//! without the others. Reexports (`pub use`) do not count, nor what a part of a module imports from the module.

use crate::rust::{blank, paths, without_tests};
use crate::{File, module, sources};
use std::collections::{BTreeMap, BTreeSet};

/// A module's path below the crate.
type Module = Vec<String>;

#[test]
fn no_files_of_a_folder_import_each_other() {
    let circles = circles(sources());
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
}

/// The path of the module in a file.
fn module_of(path: &str) -> Module {
    let below = path.strip_prefix("src/").unwrap_or(path);
    let below = below.strip_suffix("/mod.rs").or(below.strip_suffix(".rs")).unwrap_or(below);
    if matches!(below, "lib" | "main") { Vec::new() } else { below.split('/').map(str::to_owned).collect() }
}

/// `path`, which the code of `here` names, from the root of the crate.
fn absolute(here: &[String], path: &[String], modules: &BTreeMap<Module, usize>) -> Option<Module> {
    match path.first()?.as_str() {
        "crate" | "gongkai" => Some(path[1..].to_vec()),
        "self" => Some([here, &path[1..]].concat()),
        "super" => {
            let up = path.iter().take_while(|part| *part == "super").count();
            Some([here.get(..here.len().checked_sub(up)?)?, &path[up..]].concat())
        }
        first => modules.contains_key(&[here, &[first.to_owned()]].concat()).then(|| [here, path].concat()),
    }
}

/// The imports of a module by name; its children see all of them.
fn imports(code: &str, here: &[String], modules: &BTreeMap<Module, usize>) -> BTreeMap<String, Module> {
    let mut result = BTreeMap::new();
    for (item, _) in uses_of(code) {
        for (path, _) in paths(item) {
            if let (Some(name), Some(target)) = (path.last().cloned(), absolute(here, &path, modules)) {
                result.insert(name, target);
            }
        }
    }
    result
}

/// The `use` items at the top of a module: the path, and whether it is a reexport.
fn uses_of(code: &str) -> Vec<(&str, bool)> {
    let mut result = Vec::new();
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let (rest, is_public) = match line.strip_prefix("pub") {
            Some(rest) if rest.starts_with('(') => {
                (rest.split_once(')').map_or("", |(_, rest)| rest).trim_start(), true)
            }
            Some(rest) => (rest.trim_start(), true),
            None => (line, false),
        };
        if rest.starts_with("use ") {
            let from = start + (line.len() - rest.len()) + "use ".len();
            let end = code[from..].find(';').map_or(code.len(), |end| from + end);
            result.push((&code[from..end], is_public));
        }
    }
    result
}

/// `code` without its reexports.
fn without_passing_on(code: &str) -> String {
    let mut result = code.to_owned();
    for (item, is_public) in uses_of(code) {
        if is_public {
            let start = item.as_ptr() as usize - code.as_ptr() as usize;
            result.replace_range(start..start + item.len(), &" ".repeat(item.len()));
        }
    }
    result
}

/// The file with the item at `path`, through reexports.
fn file_of(mut path: Module, modules: &BTreeMap<Module, usize>, passed: &[BTreeMap<String, Module>]) -> Option<usize> {
    for _ in 0..8 {
        let length = (0..=path.len()).rev().find(|length| modules.contains_key(&path[..*length]))?;
        let file = modules[&path[..length]];
        match path.get(length).and_then(|name| passed[file].get(name)) {
            Some(target) => path = [target.as_slice(), &path[length + 1..]].concat(),
            None => return Some(file),
        }
    }
    None
}

fn circles(files: &[File]) -> Vec<String> {
    let files: Vec<&File> = files.iter().filter(|file| !matches!(module(&file.path), "lib" | "main")).collect();
    let modules: BTreeMap<Module, usize> =
        files.iter().enumerate().map(|(index, file)| (module_of(&file.path), index)).collect();
    let code: Vec<String> = files.iter().map(|file| blank(&without_tests(&file.source), true)).collect();
    let here = |index: usize| module_of(&files[index].path);
    let imported: Vec<_> = (0..files.len()).map(|index| imports(&code[index], &here(index), &modules)).collect();
    let needs: Vec<BTreeSet<usize>> = (0..files.len())
        .map(|index| {
            let named = paths(&without_passing_on(&code[index])).into_iter();
            let holders =
                named.filter_map(|(path, _)| file_of(absolute(&here(index), &path, &modules)?, &modules, &imported));
            // The parent module of a file has what its parts share.
            let is_part = |other: &usize| here(index).starts_with(&here(*other));
            let same_folder = |other: &usize| module(&files[*other].path) == module(&files[index].path);
            holders.filter(|other| !is_part(other) && same_folder(other)).collect()
        })
        .collect();
    let reached: Vec<BTreeSet<usize>> = (0..files.len()).map(|index| reachable(index, &needs)).collect();
    let mut seen = BTreeSet::new();
    let mut result = Vec::new();
    for index in 0..files.len() {
        if !reached[index].contains(&index) || !seen.insert(index) {
            continue;
        }
        let circle: Vec<usize> =
            reached[index].iter().copied().filter(|other| reached[*other].contains(&index)).collect();
        seen.extend(&circle);
        let edge = |from: &usize| {
            let to: Vec<&str> =
                needs[*from].iter().filter(|to| circle.contains(to)).map(|to| files[*to].path.as_str()).collect();
            format!("    {} needs {}", files[*from].path, to.join(", "))
        };
        let edges: Vec<String> = circle.iter().map(edge).collect();
        result.push(format!("a circle of {} files:\n{}", circle.len(), edges.join("\n")));
    }
    result
}

/// The files that `start` needs, directly or through others.
fn reachable(start: usize, needs: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut next = vec![start];
    while let Some(index) = next.pop() {
        next.extend(needs[index].iter().copied().filter(|other| reached.insert(*other)));
    }
    reached
}

#[test]
fn circles_are_found_through_reexports() {
    let file = |path: &str, source: &str| File { path: path.to_owned(), source: source.to_owned() };
    let found = |files: &[File]| circles(files).len();
    let parent = file("src/a/mod.rs", "mod b;\nmod c;\npub use b::{B, Other};\npub(crate) use c::C;\n");
    let b = file("src/a/b.rs", "pub struct B;\npub struct Other;\n");
    let needs_b = file("src/a/c.rs", "use super::B;\npub struct C(B);\n");
    assert_eq!(found(&[parent, b, needs_b]), 0);
    let parent = || file("src/a/mod.rs", "mod b;\nmod c;\npub use b::B;\npub(crate) use c::C;\n");
    let circle = file("src/a/b.rs", "use crate::a::C;\npub struct B(C);\n");
    let back = file("src/a/c.rs", "pub fn f(b: super::B) {}\npub struct C;\n");
    assert_eq!(found(&[parent(), circle, back]), 1);
    // A module may use what its parent has for all of its parts.
    let parent = file("src/a/mod.rs", "mod b;\npub fn f() { b::g() }\n");
    let child = file("src/a/b.rs", "pub fn g() { super::f() }\n");
    assert_eq!(found(&[parent, child]), 0);
    let tests = file("src/a/b.rs", "pub fn g() {}\n#[cfg(test)]\nmod tests { use crate::a::c::f; }\n");
    let other = file("src/a/c.rs", "pub fn f() { super::b::g() }\n");
    assert_eq!(found(&[file("src/a/mod.rs", "mod b;\nmod c;\n"), tests, other]), 0);
}
