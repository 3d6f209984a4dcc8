//! The language server. The only module that may name `tower_lsp` or `lsp_types`.
