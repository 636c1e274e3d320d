" Drives a language server with ALE in a Vim without a screen, and writes a JSON object to $OUT.
" Environment: CONFIG (the guide's configuration), FILE, NEW_NAME, OUT.

set nocompatible hidden noswapfile
filetype plugin on
packadd ale
runtime autoload/ale/util.vim

let g:ale_linters = {'python': ['charm-mesh']}
let g:input = '1'

source $CONFIG

" A Vim without a screen has nobody to ask.
function! ale#util#Input(message, value, ...) abort
  return g:input
endfunction

function! Waited(what, ready) abort
  for turn in range(600)
    if a:ready()
      return
    endif
    sleep 50m
  endfor
  call writefile([json_encode({'failed': a:what})], $OUT)
  cquit 1
endfunction

function! At(text) abort
  call cursor(1, 1)
  call search('\V' . a:text, 'ce')
  normal! 2h
endfunction

function! Findings() abort
  return map(copy(ale#engine#GetLoclist(bufnr(''))), {_, one -> one.text})
endfunction

execute 'edit' fnameescape($FILE)
call ale#Queue(0)
call Waited('finding', {-> !empty(Findings())})
let s:answer = {'findings': Findings()}

call At('"logging": "loging"')
ALECodeAction
call Waited('fix', {-> search('"logging": "logging"', 'nw') > 0})
let s:answer.fixed = v:true

call At('"certificates": "certificates"')
ALEGoToDefinition
call Waited('definition', {-> expand('%:p') !=# $FILE})
let s:answer.definition = expand('%:p')
execute 'buffer' fnameescape($FILE)

" The other methods, by ALE's own commands. The caller finds them in the log of the wire.
for s:command in ['ALEHover', 'ALEFindReferences', 'ALEGoToImplementation', 'ALESymbolSearch certificates', 'ALEComplete']
  execute 'buffer' fnameescape($FILE)
  call At('"certificates": "certificates"')
  silent! execute s:command
  sleep 500m
endfor
execute 'buffer' fnameescape($FILE)

call At('"certificates": "certificates"')
let g:input = $NEW_NAME
ALERename
call Waited('rename', {-> search($NEW_NAME, 'nw') > 0})

wall!
sleep 500m
call ale#lsp#StopAll()
call writefile([json_encode(s:answer)], $OUT)
qall!
