//! `workspace/executeCommand`

use super::super::capabilities::SUPPRESS;
use super::super::session::Session;
use crate::say;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{ExecuteCommandParams, MessageActionItem, MessageType, WorkspaceEdit};

/// One of the actions that the user can choose.
#[derive(Serialize, Deserialize)]
pub(in super::super) struct Choice {
    pub(in super::super) title: String,
    pub(in super::super) edit: WorkspaceEdit,
}

/// Shows the user the choices and sends the chosen edit to the client. The user may take long, so the request is
/// answered first.
pub(in super::super) fn handle(session: &Arc<Session>, params: ExecuteCommandParams) -> Result<()> {
    if params.command != SUPPRESS {
        return Err(Error::invalid_params(format!("no command {}", params.command)));
    }
    let [argument] = params.arguments.as_slice() else { return Err(Error::invalid_params("one argument is due")) };
    let choices = Vec::<Choice>::deserialize(argument).map_err(|error| Error::invalid_params(error.to_string()))?;
    let question = say!(session.settings().language, "选择要忽略的问题", "Choose what to ignore");
    let items =
        choices.iter().map(|choice| MessageActionItem { title: choice.title.clone(), properties: Default::default() });
    let (client, items) = (session.client.clone(), items.collect());
    session.spawn(async move {
        let answer = client.show_message_request(MessageType::INFO, question, Some(items)).await;
        let Ok(Some(chosen)) = answer else { return };
        if let Some(choice) = choices.into_iter().find(|choice| choice.title == chosen.title) {
            // If the client cannot apply the edit, it informs the user itself.
            let _ = client.apply_edit(choice.edit).await;
        }
    });
    Ok(())
}
