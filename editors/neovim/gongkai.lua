-- Neovim 0.11 and later: put this file into ~/.config/nvim/lua/ and call it from init.lua with require('gongkai').
-- The program `gongkai` has to be on the PATH.

vim.filetype.add({
  pattern = {
    ['.*政府信息公开工作年度报告.*%.txt'] = 'gongkai-report',
    ['.*政府信息公开年度报告.*%.txt'] = 'gongkai-report',
  },
})

vim.lsp.config('gongkai', {
  cmd = { 'gongkai', 'server' },
  -- In a document that is no report the server is silent.
  filetypes = { 'gongkai-report', 'markdown', 'html', 'text' },
  root_markers = { 'gongkai.toml', '.git' },
  init_options = { language = 'zh' },
})
vim.lsp.enable('gongkai')

vim.api.nvim_create_autocmd('LspAttach', {
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if not client or client.name ~= 'gongkai' then
      return
    end
    if client:supports_method('textDocument/inlayHint') then
      vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
    end
    -- Every safe fix of the report.
    vim.keymap.set('n', '<leader>gf', function()
      vim.lsp.buf.code_action({ context = { only = { 'source.fixAll.gongkai' }, diagnostics = {} }, apply = true })
    end, { buffer = event.buf, desc = '修正全部可安全修正的问题' })
  end,
})
