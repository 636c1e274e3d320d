;;; lsp-mode.el --- Drives a language server with lsp-mode in a batch Emacs  -*- lexical-binding: t -*-

(load (expand-file-name "emacs.el" (file-name-directory load-file-name)) nil t)
(require 'lsp-mode)
(require 'lsp-completion)
(require 'lsp-diagnostics)
(require 'lsp-lens)

(setq lsp-auto-guess-root t
      lsp-session-file (expand-file-name "session" (getenv "STATE"))
      lsp-enable-suggest-server-download nil
      lsp-diagnostics-provider :flymake
      lsp-enable-snippet nil
      lsp-completion-provider :none
      lsp-response-timeout 30)
(find-file (getenv "FILE"))
(lsp)
(driver-wait "workspace" (lambda () (and (lsp-workspaces) (eq 'initialized (lsp--workspace-status (car (lsp-workspaces)))))))

(let (findings hover definition)
  (setq findings
        (driver-wait "finding" (lambda ()
                                 (mapcar #'lsp:diagnostic-message
                                         (gethash (lsp--fix-path-casing (getenv "FILE")) (lsp-diagnostics t))))))
  (driver-at driver-key)
  (setq hover (lsp:markup-content-value
               (lsp:hover-contents (lsp-request "textDocument/hover" (lsp--text-document-position-params)))))
  (setq definition
        (xref-location-group
         (xref-item-location (car (xref-backend-definitions 'xref-lsp (xref-backend-identifier-at-point 'xref-lsp))))))
  ;; The other methods, by lsp-mode's own functions. The caller finds them in the log of the wire.
  (driver-tries
   (xref-backend-references 'xref-lsp (xref-backend-identifier-at-point 'xref-lsp))
   (xref-backend-apropos 'xref-lsp "certificates")
   (lsp-find-implementation)
   (lsp--get-document-symbols)
   (lsp-document-highlight)
   (lsp--document-links)
   (lsp--get-folding-ranges)
   (lsp-signature-activate)
   (lsp-lens-refresh nil)
   (all-completions "" (nth 2 (lsp-completion-at-point))))
  (driver-at driver-fault)
  (lsp-execute-code-action (car (lsp-code-actions-at-point)))
  (driver-wait "fix" (lambda () (driver-has driver-mended)))
  (driver-at driver-key)
  (lsp-rename (getenv "NEW_NAME"))
  (let ((save-silently t)) (save-some-buffers t))
  (lsp-workspace-shutdown (car (lsp-workspaces)))
  (driver-answer findings hover definition))
