;;; eglot.el --- Drives a language server with eglot in a batch Emacs  -*- lexical-binding: t -*-

(load (expand-file-name "emacs.el" (file-name-directory load-file-name)) nil t)
(require 'eglot)

(setq eglot-autoshutdown nil)
(find-file (getenv "FILE"))
(apply #'eglot--connect (eglot--guess-contact))
(driver-wait "managed buffer" (lambda () eglot--managed-mode))

(let (findings hover definition)
  (setq findings
        (driver-wait "finding" (lambda ()
                                 (flymake-start nil)
                                 (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))))
  (driver-at driver-key)
  (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover (substring-no-properties text))))
  (driver-wait "hover" (lambda () hover))
  (setq definition
        (xref-location-group
         (xref-item-location (car (xref-backend-definitions 'eglot "LSP identifier at point.")))))
  ;; The other methods, by eglot's own functions. The caller finds them in the log of the wire.
  (driver-tries
   (xref-backend-references 'eglot nil)
   (xref-backend-apropos 'eglot "certificates")
   (eglot-find-implementation)
   (funcall imenu-create-index-function)
   (eglot-signature-eldoc-function #'ignore)
   (all-completions "" (nth 2 (eglot-completion-at-point))))
  (driver-at driver-fault)
  (eglot-code-actions (point) (point) "quickfix" t)
  (driver-wait "fix" (lambda () (driver-has driver-mended)))
  ;; eglot sends changes when Emacs is idle, which a batch Emacs never is.
  (eglot--signal-textDocument/didChange)
  (driver-at driver-key)
  (eglot-rename (getenv "NEW_NAME"))
  (let ((save-silently t)) (save-some-buffers t))
  (eglot-shutdown (eglot-current-server))
  (driver-answer findings hover definition))
