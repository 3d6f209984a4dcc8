//! Values with their places, from TOML and from JSON.

use crate::text::Span;
use std::fmt;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) value: TomlValue,
}

/// A value.
#[derive(Clone, Debug)]
pub(super) enum TomlValue {
    Text(String),
    Integer(i64),
    List(Vec<Node>),
    /// A table, in the order of the text.
    Table(Vec<(String, Span, Node)>),
    /// JSON's `null`: not set.
    Null,
    /// A value of a type that no setting has, as written.
    Other(String),
}

impl Node {
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            TomlValue::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The value as a configuration spells it, for a message.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            TomlValue::Text(text) => write!(f, "{text:?}"),
            TomlValue::Integer(integer) => write!(f, "{integer}"),
            TomlValue::List(_) => f.write_str("[…]"),
            TomlValue::Table(_) => f.write_str("{…}"),
            TomlValue::Null => f.write_str("null"),
            TomlValue::Other(written) => f.write_str(written),
        }
    }
}

/// The TOML document `source`; the error has the place and the message.
pub(super) fn of_toml(source: &str) -> Result<Node, (Span, String)> {
    match DeTable::parse(source) {
        Ok(table) => Ok(Node { span: table.span().into(), value: table_of(table.into_inner(), source) }),
        Err(error) => Err((error.span().map(Span::from).unwrap_or_default(), error.message().to_owned())),
    }
}

fn table_of(table: DeTable<'_>, source: &str) -> TomlValue {
    let mut entries: Vec<(String, Span, Node)> = table
        .into_iter()
        .map(|(key, value)| {
            let span = Span::from(key.span());
            (key.into_inner().into_owned(), span, value_of(value, source))
        })
        .collect();
    entries.sort_by_key(|(_, span, _)| *span);
    TomlValue::Table(entries)
}

fn value_of(value: Spanned<DeValue<'_>>, source: &str) -> Node {
    let span = Span::from(value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => TomlValue::Text(text.into_owned()),
        DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(integer) => TomlValue::Integer(integer),
            Err(_) => TomlValue::Other(span.of(source).to_owned()),
        },
        DeValue::Array(list) => TomlValue::List(list.into_iter().map(|one| value_of(one, source)).collect()),
        DeValue::Table(table) => table_of(table, source),
        DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => TomlValue::Other(span.of(source).to_owned()),
    };
    Node { span, value }
}

/// The value `json`, which has no place.
pub(super) fn of_json(json: &serde_json::Value) -> Node {
    use serde_json::Value as Json;
    let value = match json {
        Json::Null => TomlValue::Null,
        Json::String(text) => TomlValue::Text(text.clone()),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| TomlValue::Other(number.to_string()), TomlValue::Integer)
        }
        Json::Bool(_) => TomlValue::Other(json.to_string()),
        Json::Array(list) => TomlValue::List(list.iter().map(of_json).collect()),
        Json::Object(object) => {
            TomlValue::Table(object.iter().map(|(key, value)| (key.clone(), Span::default(), of_json(value))).collect())
        }
    };
    Node { span: Span::default(), value }
}
