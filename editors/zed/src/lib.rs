//! Starts the language server `gongkai`, which is on the PATH.

use zed_extension_api::{self as zed, LanguageServerId, Result, settings::LspSettings};

struct Gongkai;

impl zed::Extension for Gongkai {
    fn new() -> Gongkai {
        Gongkai
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &zed::Worktree) -> Result<zed::Command> {
        let command = worktree.which("gongkai").ok_or("gongkai is not on the PATH")?;
        Ok(zed::Command { command, args: vec!["server".to_owned()], env: worktree.shell_env() })
    }

    fn language_server_initialization_options(
        &mut self,
        id: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        Ok(LspSettings::for_worktree(id.as_ref(), worktree)?.initialization_options)
    }
}

zed::register_extension!(Gongkai);
