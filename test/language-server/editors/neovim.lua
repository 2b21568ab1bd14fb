-- Attaches the server that IMDSLINT names to web-fleet.yaml and prints its diagnostics.
local client = vim.lsp.start_client({
  name = "imdslint",
  cmd = { os.getenv("NODE"), os.getenv("IMDSLINT"), "lsp", "--stdio" },
  root_dir = vim.fn.getcwd(),
})
vim.cmd("edit web-fleet.yaml")
vim.lsp.buf_attach_client(0, client)
vim.wait(15000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
  print(diagnostic.lnum + 1, diagnostic.code)
end
vim.cmd("qa!")
