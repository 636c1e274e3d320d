const { Diagnostic, Range, languages, workspace } = require("vscode");

/** Says of each open YAML document with two open brackets that it is broken, as Red Hat's extension does in its own words. */
exports.activate = ({ subscriptions }) => {
  const said = languages.createDiagnosticCollection("yaml");
  const check = (document) => {
    if (document.languageId !== "yaml") return;
    const at = document.getText().indexOf("[[");
    const range = new Range(document.positionAt(at), document.positionAt(at + 2));
    const isOn = workspace.getConfiguration("yaml", document.uri).get("validate");
    said.set(document.uri, at < 0 || !isOn ? [] : [new Diagnostic(range, "Said by the YAML extension")]);
  };
  const all = () => {
    for (const document of workspace.textDocuments) check(document);
  };
  subscriptions.push(
    said,
    workspace.onDidChangeTextDocument(({ document }) => check(document)),
    workspace.onDidOpenTextDocument(check),
    workspace.onDidCloseTextDocument(({ uri }) => said.delete(uri)),
    workspace.onDidChangeConfiguration(all),
  );
  all();
};
