//! Files that are not open, as they are on the disk: Word files among them.

use super::session::Session;
use super::uris;
use crate::exchange::not_opened;
use crate::files::{OpenedFile, open};
use crate::say;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::Url;

/// The file `uri`; none if there is no such file.
///
/// # Errors
///
/// Where it is there and cannot be read: why, and what to do.
pub(super) fn read(session: &Session, uri: &Url) -> Result<Option<OpenedFile>> {
    let language = session.settings().language;
    let Some(path) = uris::path(uri).filter(|path| path.is_file()) else { return Ok(None) };
    let unreadable = |message: String| Error { message: message.into(), ..Error::invalid_params("") };
    let bytes = std::fs::read(&path)
        .map_err(|error| unreadable(say!(language, "无法读取（{error}）", "cannot be read ({error})")))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    open(bytes, &name, None).map(Some).map_err(|error| unreadable(not_opened(error, language)))
}
