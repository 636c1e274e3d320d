-- Drives a language server in a headless Neovim and prints what it answers, as JSON on the last line of standard output.
-- Everything comes in through the environment: SERVER (JSON list), ROOT, FILE, LINE and COLUMN (from 0), NEW_NAME.

local function said(value)
  io.stdout:write("\n" .. vim.fn.json_encode(value) .. "\n")
end

local function waited(what, ready)
  if not vim.wait(20000, ready, 50) then
    said({ failed = what })
    vim.cmd("cquit 1")
  end
end

local client = vim.lsp.start_client({
  name = "charm-mesh",
  cmd = vim.fn.json_decode(vim.env.SERVER),
  root_dir = vim.env.ROOT,
})
vim.cmd("edit " .. vim.fn.fnameescape(vim.env.FILE))
local buffer = vim.api.nvim_get_current_buf()
vim.lsp.buf_attach_client(buffer, client)
waited("the server", function()
  local running = vim.lsp.get_client_by_id(client)
  return running ~= nil and running.initialized
end)

local function codes()
  return vim.tbl_map(function(one)
    return one.code
  end, vim.diagnostic.get(buffer))
end
waited("diagnostics", function()
  return #codes() > 0
end)
local before = codes()

vim.api.nvim_win_set_cursor(0, { tonumber(vim.env.LINE) + 1, tonumber(vim.env.COLUMN) })
local params = vim.lsp.util.make_position_params(0, "utf-16")
local function asked(method, more)
  local answers = vim.lsp.buf_request_sync(buffer, method, vim.tbl_extend("force", params, more or {}), 20000)
  return (answers[client] or {}).result
end
local hover = asked("textDocument/hover")
local definition = asked("textDocument/definition")
local first = definition[1] or definition
local target = vim.uri_to_fname(first.targetUri or first.uri)

-- The quick fix of the first finding that has one.
local fixed = vim.NIL
for _, one in ipairs(vim.diagnostic.get(buffer)) do
  if one.code == "undeclared-endpoint" then
    local finding = one.user_data.lsp
    local range = { start = { line = one.lnum, character = one.col }, ["end"] = { line = one.end_lnum, character = one.end_col } }
    local context = { diagnostics = { { range = range, message = one.message, code = finding.code } }, only = { "quickfix" } }
    local actions = asked("textDocument/codeAction", { range = range, context = context })
    vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
    fixed = vim.api.nvim_buf_get_lines(buffer, one.lnum, one.lnum + 1, false)[1]
    break
  end
end

-- The other methods, by the editor's own functions. The caller finds them in the log of the wire.
vim.ui.select = function(items, _, choose)
  choose(items[1], 1)
end
local function asks(name, ...)
  vim.cmd("buffer " .. buffer)
  vim.api.nvim_win_set_cursor(0, { tonumber(vim.env.LINE) + 1, tonumber(vim.env.COLUMN) })
  vim.lsp.buf[name](...)
  vim.wait(500)
end
for _, name in ipairs({ "document_highlight", "signature_help", "document_symbol", "implementation", "hover", "definition" }) do
  asks(name)
end
asks("references", { includeDeclaration = true })
asks("workspace_symbol", "certificates")
asks("incoming_calls")
asks("outgoing_calls")
vim.cmd("buffer " .. buffer)
vim.lsp.omnifunc(1, "")
vim.lsp.codelens.refresh()
waited("lenses", function()
  local lens = vim.lsp.codelens.get(buffer)[1]
  return lens ~= nil and lens.command ~= nil
end)
vim.api.nvim_win_set_cursor(0, { vim.lsp.codelens.get(buffer)[1].range.start.line + 1, 0 })
vim.lsp.codelens.run()
vim.wait(500)

local rename = asked("textDocument/rename", { newName = vim.env.NEW_NAME })
vim.lsp.util.apply_workspace_edit(rename, "utf-16")

local renamed = {}
for _, open in ipairs(vim.api.nvim_list_bufs()) do
  local lines = table.concat(vim.api.nvim_buf_get_lines(open, 0, -1, false), "\n")
  if lines:find(vim.env.NEW_NAME, 1, true) then
    table.insert(renamed, vim.api.nvim_buf_get_name(open))
  end
end
vim.cmd("silent! write")
vim.lsp.stop_client(client)
vim.wait(10000, function()
  return vim.lsp.get_client_by_id(client) == nil
end, 50)
said({ codes = before, hover = hover.contents.value, definition = target, fixed = fixed, renamed = renamed })
vim.cmd("qall!")
