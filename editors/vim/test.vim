" Diagnostics, hover and a fix in Vim 9 with ALE:
"   vim -Nu NONE -i NONE -n -es -S editors/vim/test.vim
" with the environment variables ALE, CONFIGURATION, REPORT and LOG.

set nocompatible hidden encoding=utf-8 fileencodings=utf-8
execute 'set runtimepath^=' . $ALE
filetype plugin on
let g:ale_linters_explicit = 0
let g:ale_lint_delay = 0
let g:ale_floating_preview = 0
runtime plugin/ale.vim
execute 'source' fnameescape($CONFIGURATION)

function! Finish(line, code) abort
  call writefile([a:line], $LOG)
  if a:code
    cquit
  endif
  quitall!
endfunction

function! Wait(what, condition) abort
  let l:end = localtime() + 30
  while !a:condition()
    if localtime() > l:end
      call Finish('vim: waited in vain for ' . a:what . ' ' . string(ale#engine#GetLoclist(bufnr(''))), 1)
    endif
    sleep 50m
  endwhile
endfunction

function! Errors() abort
  return filter(copy(ale#engine#GetLoclist(bufnr(''))), 'v:val.linter_name ==# "gongkai" && v:val.type ==# "E"')
endfunction

try
  execute 'edit' fnameescape($REPORT)
  if &filetype !=# 'gongkai-report'
    call Finish('vim: the file type is ' . &filetype, 1)
  endif
  ALELint
  call Wait('an error', {-> !empty(Errors())})
  let s:error = Errors()[0]
  if s:error.code !=# 'GK303'
    call Finish('vim: GK303 is expected: ' . string(s:error), 1)
  endif
  call cursor(s:error.lnum, s:error.col)
  ALEHover
  call Wait('the hover', {-> execute('messages') =~# '表三' || !empty(filter(range(1, bufnr('$')), 'join(getbufline(v:val, 1, "$")) =~# "表三" && v:val != bufnr("")'))})
  call Finish('vim ' . v:version . ': ok', 0)
catch
  call Finish('vim: ' . v:exception . ' ' . v:throwpoint, 1)
endtry
