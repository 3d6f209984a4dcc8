-- Diagnostics, hover, a fix, every safe fix, and saving, in Neovim with the configuration of this folder:
--   nvim -u NONE -i NONE -n --headless -l editors/neovim/test.lua CONFIGURATION REPORT EXPECTED
-- REPORT is changed; EXPECTED is what it has to be at the end.

local configuration, report, expected = arg[1], arg[2], arg[3]

local function fail(what)
  io.stderr:write('neovim: ' .. what .. '\n')
  os.exit(1)
end

local function wait(what, condition)
  if not vim.wait(30000, condition, 50) then
    fail('waited in vain for ' .. what)
  end
end

local function read(name)
  local file = assert(io.open(name, 'rb'))
  local text = file:read('*a')
  file:close()
  return text
end

vim.cmd('filetype on')
dofile(configuration)
vim.cmd('edit ' .. vim.fn.fnameescape(report))
local function clients()
  return vim.tbl_values(vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = 0 }) or vim.lsp.buf_get_clients(0))
end
wait('the client', function()
  return #clients() > 0
end)

local function errors()
  return vim.tbl_filter(function(diagnostic)
    return diagnostic.source == 'gongkai' and diagnostic.severity == vim.diagnostic.severity.ERROR
  end, vim.diagnostic.get(0))
end
wait('diagnostics', function()
  return #errors() > 0
end)
local wrong = errors()[1]
if wrong.code ~= 'GK303' then
  fail('GK303 is expected, and ' .. tostring(wrong.code) .. ' was found')
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000) or fail('no answer to ' .. method)
  for _, answer in pairs(answers) do
    if answer.err then
      fail(method .. ': ' .. vim.inspect(answer.err))
    end
    return answer.result
  end
end

local document = { uri = vim.uri_from_bufnr(0) }
vim.api.nvim_win_set_cursor(0, { wrong.lnum + 1, wrong.col })
local client = clients()[1]
local encoding = client.offset_encoding
local position = vim.lsp.util.make_position_params(0, encoding)
local hover = ask('textDocument/hover', position)
if not hover or not vim.inspect(hover.contents):find('表三') then
  fail('the hover does not say where the figure is')
end

-- The fix that is preferred, as the menu of code actions applies it.
local function apply(only, wanted)
  local params = vim.lsp.util.make_range_params(0, encoding)
  params.context = { only = only, diagnostics = {} }
  for _, action in ipairs(ask('textDocument/codeAction', params) or {}) do
    if wanted(action) then
      vim.lsp.util.apply_workspace_edit(action.edit, encoding)
      return
    end
  end
  fail('no action ' .. vim.inspect(only))
end
apply({ 'quickfix' }, function(action)
  return action.isPreferred
end)
wait('the error to go', function()
  return #errors() == 0
end)
apply({ 'source.fixAll.gongkai' }, function()
  return true
end)
vim.cmd('write')
if read(report) ~= read(expected) then
  fail('the saved file is not what it has to be')
end
print('neovim ' .. tostring(vim.version().major) .. '.' .. vim.version().minor .. ': ok')
os.exit(0)
