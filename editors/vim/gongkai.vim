" Vim 9 with ALE: source this file from your vimrc after ALE is loaded. The program `gongkai` has to be on the PATH.
" 行内问题、悬停（:ALEHover）、修正（:ALECodeAction）。

augroup gongkai
  autocmd!
  autocmd BufRead,BufNewFile *政府信息公开工作年度报告*.txt set filetype=gongkai-report
augroup END

function! GongkaiRoot(buffer) abort
  let l:file = ale#path#FindNearestFile(a:buffer, 'gongkai.toml')
  return empty(l:file) ? fnamemodify(bufname(a:buffer), ':p:h') : fnamemodify(l:file, ':h')
endfunction

for s:filetype in ['gongkai-report', 'markdown', 'html', 'text']
  call ale#linter#Define(s:filetype, {
  \   'name': 'gongkai',
  \   'lsp': 'stdio',
  \   'executable': 'gongkai',
  \   'command': '%e server',
  \   'language': s:filetype ==# 'text' ? 'plaintext' : s:filetype,
  \   'project_root': function('GongkaiRoot'),
  \   'initialization_options': {'language': 'zh'},
  \})
endfor
