//! The core of gongkai for browsers and Node: the npm package `@gongkai/wasm`.
//!
//! [`check`], [`fix`], [`figures`] and [`letter`] take a file and give an answer. A [`Document`] stays open: an editor sends it
//! what was typed, and asks what is found, what a word means, what can be done.
//!
//! Files are bytes, in whatever encoding, Word files too; or a string. Nothing is read from or written to anywhere.

mod document;
mod types;

pub use document::Document;

use gongkai::config::Language;
use gongkai::exchange::FileCheck;
use js_sys::{JSON, JsString, Uint8Array};
use wasm_bindgen::prelude::*;

/// The version of gongkai.
#[wasm_bindgen]
pub fn version() -> String {
    gongkai::exchange::VERSION.to_owned()
}

/// What is found in a file: as `gongkai check --output-format json` writes it.
///
/// `data` is the file. `filename` gives it a name, by which findings call it. `config` is the text of a `gongkai.toml`.
///
/// # Errors
///
/// If the file or the configuration cannot be read: why, and what to do.
#[wasm_bindgen(unchecked_return_type = "Finding[]")]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | string")] data: JsValue,
    filename: Option<String>,
    config: Option<String>,
) -> Result<JsValue, JsError> {
    JSON::parse(&open(&data, filename, config)?.findings()).map_err(|_| JsError::new("not JSON"))
}

/// Every figure of the tables of a file: as `gongkai extract --format json-lines` writes it.
///
/// # Errors
///
/// If the file cannot be read: why, and what to do.
#[wasm_bindgen(unchecked_return_type = "Figure[]")]
pub fn figures(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | string")] data: JsValue,
    filename: Option<String>,
) -> Result<JsValue, JsError> {
    JSON::parse(&open(&data, filename, None)?.figures()).map_err(|_| JsError::new("not JSON"))
}

/// A file with its safe fixes applied: as `gongkai check --fix` writes it, in its own encoding. A string gives a string.
///
/// # Errors
///
/// If the file or the configuration cannot be read, or the file must be left as it is: why, and what to do.
#[wasm_bindgen(skip_typescript)]
pub fn fix(data: JsValue, filename: Option<String>, config: Option<String>) -> Result<JsValue, JsError> {
    let bytes = open(&data, filename, config)?.fixed().map_err(|message| JsError::new(&message))?;
    Ok(match data.is_string() {
        true => JsValue::from_str(&String::from_utf8_lossy(&bytes)),
        false => Uint8Array::from(bytes.as_slice()).into(),
    })
}

/// The letter of findings on a file: a page in one file, to print or send.
///
/// # Errors
///
/// If the file or the configuration cannot be read: why, and what to do.
#[wasm_bindgen]
pub fn letter(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | string")] data: JsValue,
    filename: Option<String>,
    config: Option<String>,
) -> Result<String, JsError> {
    Ok(open(&data, filename, config)?.letter())
}

/// What a rule checks and why, in Markdown; nothing if there is no such rule.
#[wasm_bindgen]
pub fn rule(code: &str, #[wasm_bindgen(unchecked_param_type = "string")] language: Option<String>) -> Option<String> {
    gongkai::ide::rule_documentation(code, language_of(language.as_deref()).unwrap_or_default())
}

/// The language of a BCP 47 tag.
fn language_of(tag: Option<&str>) -> Option<Language> {
    tag.map(Language::of_tag)
}

fn open(data: &JsValue, filename: Option<String>, config: Option<String>) -> Result<FileCheck, JsError> {
    let opened = FileCheck::open(bytes_of(data)?, filename.as_deref(), config.as_deref(), None);
    opened.map_err(|message| JsError::new(&message))
}

/// The bytes that `data` holds.
fn bytes_of(data: &JsValue) -> Result<Vec<u8>, JsError> {
    if let Some(text) = data.dyn_ref::<JsString>() {
        return Ok(String::from(text).into_bytes());
    }
    match data.dyn_ref::<Uint8Array>() {
        Some(bytes) => Ok(bytes.to_vec()),
        None => Err(JsError::new("a file is a Uint8Array or a string")),
    }
}
