//! The meta model of LSP 3.17, and whether JSON values conform to it. It knows nothing of any server.
//!
//! It is strict where LSP allows a reader to be lenient: a property that the model lacks is a problem, and so is an
//! optional property that is `null`. `metaModel.json` is written by `extract.mjs`.

use serde_json::{Map, Value};
use std::collections::HashMap;

/// A problem with a value, and its place in the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Names and indices, from the outermost to the innermost.
    pub(crate) path: Vec<String>,
    pub(crate) what: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.join("."), self.what)
    }
}

type Verdict = Result<(), Problem>;

/// Who sends a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sender {
    Client,
    Server,
}

/// The meta model, by name and by method.
pub(crate) struct MetaModel {
    structures: HashMap<String, Value>,
    enumerations: HashMap<String, Value>,
    aliases: HashMap<String, Value>,
    requests: HashMap<String, Value>,
    notifications: HashMap<String, Value>,
}

impl MetaModel {
    pub(crate) fn load() -> MetaModel {
        let model: Value = serde_json::from_str(include_str!("metaModel.json")).unwrap();
        let index = |part: &str, key: &str| {
            let entries = model[part].as_array().unwrap().iter();
            entries.map(|entry| (entry[key].as_str().unwrap().to_owned(), entry.clone())).collect()
        };
        MetaModel {
            structures: index("structures", "name"),
            enumerations: index("enumerations", "name"),
            aliases: index("typeAliases", "name"),
            requests: index("requests", "method"),
            notifications: index("notifications", "method"),
        }
    }

    /// All methods.
    pub(crate) fn methods(&self) -> impl Iterator<Item = &str> {
        self.requests.keys().chain(self.notifications.keys()).map(String::as_str)
    }

    /// The request `method`, if `sender` may send it.
    pub(crate) fn request(&self, method: &str, sender: Sender) -> Option<&Value> {
        self.requests.get(method).filter(|entry| may_send(entry, sender))
    }

    /// The notification `method`, if `sender` may send it.
    pub(crate) fn notification(&self, method: &str, sender: Sender) -> Option<&Value> {
        self.notifications.get(method).filter(|entry| may_send(entry, sender))
    }

    /// The type of the registration options of `method`.
    pub(crate) fn registration_options(&self, method: &str) -> Option<&Value> {
        let entry = self.requests.get(method).or_else(|| self.notifications.get(method))?;
        entry.get("registrationOptions")
    }

    /// The names that are referred to and not declared.
    pub(crate) fn undeclared(&self) -> Vec<String> {
        let mut missing = Vec::new();
        let parts = [&self.structures, &self.enumerations, &self.aliases, &self.requests, &self.notifications];
        let mut open: Vec<&Value> = parts.iter().flat_map(|part| part.values()).collect();
        while let Some(value) = open.pop() {
            if value["kind"] == "reference" {
                let name = value["name"].as_str().unwrap();
                if !parts[..3].iter().any(|part| part.contains_key(name)) {
                    missing.push(name.to_owned());
                }
            }
            match value {
                Value::Object(object) => open.extend(object.values()),
                Value::Array(array) => open.extend(array),
                _ => {}
            }
        }
        missing
    }

    /// Checks that `value` is a `name` of the model.
    pub(crate) fn check_named(&self, name: &str, value: &Value) -> Verdict {
        self.named(name, value, &mut Vec::new())
    }

    /// Checks that `value` has the type `declared`, in the notation of the model.
    pub(crate) fn check(&self, declared: &Value, value: &Value) -> Verdict {
        self.of_type(declared, value, &mut Vec::new())
    }

    fn of_type(&self, declared: &Value, value: &Value, path: &mut Vec<String>) -> Verdict {
        match declared["kind"].as_str().unwrap() {
            "base" => base(declared["name"].as_str().unwrap(), value, path),
            "reference" => self.named(declared["name"].as_str().unwrap(), value, path),
            "array" => {
                let Some(items) = value.as_array() else { return wrong(path, "an array", value) };
                items.iter().enumerate().try_for_each(|(index, item)| {
                    within(path, &index.to_string(), |path| self.of_type(&declared["element"], item, path))
                })
            }
            "tuple" => {
                let types = declared["items"].as_array().unwrap();
                let Some(items) = value.as_array() else { return wrong(path, "a tuple", value) };
                if items.len() != types.len() {
                    return fail(path, format!("{} items instead of {}", items.len(), types.len()));
                }
                types.iter().zip(items).enumerate().try_for_each(|(index, (declared, item))| {
                    within(path, &index.to_string(), |path| self.of_type(declared, item, path))
                })
            }
            "map" => {
                let Some(entries) = value.as_object() else { return wrong(path, "a map", value) };
                entries.iter().try_for_each(|(key, entry)| {
                    within(path, key, |path| {
                        self.of_type(&declared["key"], &Value::String(key.clone()), path)?;
                        self.of_type(&declared["value"], entry, path)
                    })
                })
            }
            "or" => {
                let mut deepest: Option<Problem> = None;
                for declared in declared["items"].as_array().unwrap() {
                    match self.of_type(declared, value, path) {
                        Ok(()) => return Ok(()),
                        // The mistake is most likely in the alternative that matched furthest.
                        Err(problem)
                            if deepest.as_ref().is_none_or(|deepest| deepest.path.len() < problem.path.len()) =>
                        {
                            deepest = Some(problem);
                        }
                        Err(_) => {}
                    }
                }
                Err(deepest.unwrap())
            }
            "and" | "literal" => {
                let mut properties = Vec::new();
                self.properties(declared, &mut properties);
                self.object(&properties, value, path)
            }
            "stringLiteral" | "integerLiteral" | "booleanLiteral" => match *value == declared["value"] {
                true => Ok(()),
                false => wrong(path, &declared["value"].to_string(), value),
            },
            other => panic!("{other} is no kind of type"),
        }
    }

    fn named(&self, name: &str, value: &Value, path: &mut Vec<String>) -> Verdict {
        if let Some(alias) = self.aliases.get(name) {
            return self.of_type(&alias["type"], value, path);
        }
        if let Some(enumeration) = self.enumerations.get(name) {
            self.of_type(&enumeration["type"], value, path)?;
            let known = enumeration["values"].as_array().unwrap().iter().any(|entry| entry["value"] == *value);
            let open = enumeration["supportsCustomValues"] == true;
            return if known || open { Ok(()) } else { wrong(path, &format!("one of {name}"), value) };
        }
        let structure = self.structures.get(name).unwrap_or_else(|| panic!("{name} is not in the model"));
        let mut properties = Vec::new();
        self.properties(structure, &mut properties);
        self.object(&properties, value, path)
    }

    /// The properties of a structure, a literal or an intersection, those of its parents last: its own come first and
    /// win.
    fn properties<'a>(&'a self, declared: &'a Value, found: &mut Vec<&'a Value>) {
        match declared["kind"].as_str() {
            Some("and") => declared["items"].as_array().unwrap().iter().for_each(|item| self.properties(item, found)),
            Some("literal") => self.properties(&declared["value"], found),
            Some("reference") => {
                let name = declared["name"].as_str().unwrap();
                let named = self.structures.get(name).or_else(|| self.aliases.get(name).map(|alias| &alias["type"]));
                self.properties(named.unwrap_or_else(|| panic!("{name} is no structure")), found);
            }
            Some(other) => panic!("{other} has no properties"),
            None => {
                found.extend(declared["properties"].as_array().unwrap());
                for part in ["extends", "mixins"] {
                    declared[part].as_array().into_iter().flatten().for_each(|parent| self.properties(parent, found));
                }
            }
        }
    }

    fn object(&self, properties: &[&Value], value: &Value, path: &mut Vec<String>) -> Verdict {
        let Some(object) = value.as_object() else { return wrong(path, "an object", value) };
        let declared = |name: &str| properties.iter().find(|property| property["name"] == name);
        for property in properties {
            let name = property["name"].as_str().unwrap();
            if !object.contains_key(name) && declared(name).unwrap()["optional"] != true {
                return fail(path, format!("{name} is missing"));
            }
        }
        object.iter().try_for_each(|(name, value)| {
            within(path, name, |path| match declared(name) {
                Some(property) => self.of_type(&property["type"], value, path),
                None => fail(path, "the model has no such property".to_owned()),
            })
        })
    }
}

fn may_send(entry: &Value, sender: Sender) -> bool {
    match entry["messageDirection"].as_str().unwrap() {
        "clientToServer" => sender == Sender::Client,
        "serverToClient" => sender == Sender::Server,
        "both" => true,
        other => panic!("{other} is no direction"),
    }
}

fn base(name: &str, value: &Value, path: &[String]) -> Verdict {
    let integer = |least: i64| value.as_i64().is_some_and(|number| (least..=i64::from(i32::MAX)).contains(&number));
    let right = match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "decimal" => value.is_number(),
        "integer" => integer(i64::from(i32::MIN)),
        "uinteger" => integer(0),
        "URI" | "DocumentUri" => value.as_str().is_some_and(is_uri),
        other => panic!("{other} is no base type"),
    };
    if right { Ok(()) } else { wrong(path, name, value) }
}

/// Whether `text` is a URI as RFC 3986 writes one: with a scheme, and no character that has to be escaped.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let word = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let escaped =
        |at: usize| rest.get(at + 1..at + 3).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(word)
        && rest.bytes().enumerate().all(|(at, byte)| match byte {
            b'%' => escaped(at),
            byte => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte),
        })
}

fn within(path: &mut Vec<String>, name: &str, check: impl FnOnce(&mut Vec<String>) -> Verdict) -> Verdict {
    path.push(name.to_owned());
    let verdict = check(path);
    path.pop();
    verdict
}

fn fail(path: &[String], what: String) -> Verdict {
    Err(Problem { path: path.to_vec(), what })
}

fn wrong(path: &[String], expected: &str, value: &Value) -> Verdict {
    let mut shown: String = value.to_string().chars().take(80).collect();
    if shown.len() < value.to_string().len() {
        shown.push('…');
    }
    fail(path, format!("not {expected}: {shown}"))
}

/// The messages of one connection, each checked when it passes: the type of a response depends on its request.
pub(crate) struct Conversation<'a> {
    model: &'a MetaModel,
    /// The requests without a response: sender, id as JSON, method.
    open: Vec<(Sender, Value, String)>,
    /// The tokens of partial results, with their types.
    partial: Vec<(Value, Value)>,
}

impl<'a> Conversation<'a> {
    pub(crate) fn new(model: &'a MetaModel) -> Conversation<'a> {
        Conversation { model, open: Vec::new(), partial: Vec::new() }
    }

    /// The requests of `sender` without a response.
    pub(crate) fn unanswered(&self, sender: Sender) -> Vec<&str> {
        self.open.iter().filter(|(who, _, _)| *who == sender).map(|(_, _, method)| method.as_str()).collect()
    }

    /// Checks a message and records it.
    pub(crate) fn take(&mut self, sender: Sender, message: &Value) -> Verdict {
        let top = |what: &str| fail(&[], what.to_owned());
        let Some(object) = message.as_object() else { return wrong(&[], "an object", message) };
        if object.get("jsonrpc").is_none_or(|version| version != "2.0") {
            return top("jsonrpc is not \"2.0\"");
        }
        let known = ["jsonrpc", "id", "method", "params", "result", "error"];
        if let Some(other) = object.keys().find(|key| !known.contains(&key.as_str())) {
            return fail(&[], format!("{other} has no place in a message"));
        }
        match (object.get("method"), object.get("id")) {
            (Some(method), id) => {
                let Some(method) = method.as_str() else { return top("the method is no string") };
                if object.contains_key("result") || object.contains_key("error") {
                    return top("both a request and a response");
                }
                match id {
                    Some(id) => self.request(sender, method, id, object.get("params")),
                    None => self.notification(sender, method, object.get("params")),
                }
            }
            (None, Some(id)) => self.response(sender, id, object),
            (None, None) => top("neither a request, nor a notification, nor a response"),
        }
    }

    fn request(&mut self, sender: Sender, method: &str, id: &Value, params: Option<&Value>) -> Verdict {
        if !(id.is_i64() || id.is_string()) {
            return wrong(&["id".to_owned()], "an id", id);
        }
        if self.open.iter().any(|(who, open, _)| *who == sender && open == id) {
            return fail(&[], format!("the id {id} is in use"));
        }
        let Some(entry) = self.model.request(method, sender) else {
            return fail(&[], format!("{sender:?} has no request {method}"));
        };
        self.open.push((sender, id.clone(), method.to_owned()));
        if let (Some(token), Some(partial)) =
            (params.and_then(|params| params.get("partialResultToken")), entry.get("partialResult"))
        {
            self.partial.push((token.clone(), partial.clone()));
        }
        self.params(entry, params)?;
        if method == "client/registerCapability" {
            for registration in params.into_iter().flat_map(|params| params["registrations"].as_array().unwrap()) {
                let method = registration["method"].as_str().unwrap();
                match (self.model.registration_options(method), registration.get("registerOptions")) {
                    (Some(declared), Some(options)) => self.model.check(declared, options)?,
                    (None, Some(_)) => return fail(&[], format!("{method} is registered without options")),
                    (_, None) => {}
                }
            }
        }
        Ok(())
    }

    fn notification(&mut self, sender: Sender, method: &str, params: Option<&Value>) -> Verdict {
        let Some(entry) = self.model.notification(method, sender) else {
            return fail(&[], format!("{sender:?} has no notification {method}"));
        };
        self.params(entry, params)?;
        if let ("$/progress", Some(params)) = (method, params)
            && let Some((_, declared)) = self.partial.iter().find(|(token, _)| *token == params["token"])
        {
            self.model.check(declared, &params["value"])?;
        }
        Ok(())
    }

    fn params(&self, entry: &Value, params: Option<&Value>) -> Verdict {
        match (entry.get("params"), params) {
            (Some(declared), Some(params)) => {
                within(&mut Vec::new(), "params", |path| self.model.of_type(declared, params, path))
            }
            (Some(_), None) => fail(&[], "the parameters are missing".to_owned()),
            (None, Some(params)) => wrong(&["params".to_owned()], "nothing", params),
            (None, None) => Ok(()),
        }
    }

    fn response(&mut self, sender: Sender, id: &Value, message: &Map<String, Value>) -> Verdict {
        let requester = if sender == Sender::Client { Sender::Server } else { Sender::Client };
        let error = message.get("error");
        if id.is_null() && error.is_some() {
            // The response to a message that could not be read.
            return error.map_or(Ok(()), |error| self.error(error, None));
        }
        let Some(at) = self.open.iter().position(|(who, open, _)| *who == requester && open == id) else {
            return fail(&[], format!("there is no open request {id}"));
        };
        let (_, _, method) = self.open.remove(at);
        let entry = &self.model.requests[&method];
        match (message.get("result"), error) {
            (Some(result), None) => {
                within(&mut Vec::new(), "result", |path| self.model.of_type(&entry["result"], result, path))
            }
            (None, Some(error)) => self.error(error, entry.get("errorData")),
            _ => fail(&[], "a response has a result or an error, and not both".to_owned()),
        }
    }

    fn error(&self, error: &Value, data: Option<&Value>) -> Verdict {
        let Some(object) = error.as_object() else { return wrong(&["error".to_owned()], "an object", error) };
        if let Some(other) = object.keys().find(|key| !["code", "message", "data"].contains(&key.as_str())) {
            return fail(&["error".to_owned()], format!("{other} has no place in an error"));
        }
        for (name, kind) in [("code", "integer"), ("message", "string")] {
            let path = ["error".to_owned(), name.to_owned()];
            base(kind, object.get(name).unwrap_or(&Value::Null), &path)?;
        }
        match (data, object.get("data")) {
            (Some(declared), Some(data)) => self.model.check(declared, data),
            _ => Ok(()),
        }
    }
}
