;;; emacs.el --- What the drivers of a batch Emacs share  -*- lexical-binding: t -*-
;; The caller has read the guide's configuration. Environment: FILE, NEW_NAME.

(require 'cl-lib)
(require 'json)
(require 'xref)

(defconst driver-key "\"certificates\": \"certificates\"")
(defconst driver-fault "\"logging\": \"loging\"")
(defconst driver-mended "\"logging\": \"logging\"")

(defun driver-wait (what ready)
  "Wait up to 30 seconds until READY returns non-nil, and return that; else end Emacs, naming WHAT."
  (let ((end (+ (float-time) 30)) (found nil))
    (while (and (not (setq found (funcall ready))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (or found (progn (message "no %s" what) (kill-emacs 1)))))

(defun driver-at (text)
  "Move point into the last word of the first TEXT in the buffer."
  (goto-char (point-min))
  (search-forward text)
  (backward-char 2))

(defun driver-has (text)
  "Whether the buffer contains TEXT."
  (save-excursion (goto-char (point-min)) (search-forward text nil t)))

(defmacro driver-tries (&rest forms)
  "Evaluate each of FORMS at the key in the same buffer; what one of them signals or shows does not matter."
  `(let ((here (current-buffer)))
     ,@(mapcar (lambda (form)
                 `(progn
                    (set-buffer here)
                    (driver-at driver-key)
                    (condition-case problem ,form (error (message "%s: %s" ',(car form) problem)))
                    (accept-process-output nil 0.5)))
               forms)
     (set-buffer here)))

(defun driver-answer (findings hover definition)
  "Print the answers as JSON on the last line of standard output, with the files that hold the new name, and end Emacs."
  (let ((renamed (delq nil (mapcar (lambda (buffer)
                                     (with-current-buffer buffer
                                       (and buffer-file-name (driver-has (getenv "NEW_NAME")) buffer-file-name)))
                                   (buffer-list)))))
    (princ (concat "\n"
                   (json-encode `((findings . ,(vconcat findings)) (hover . ,hover) (definition . ,definition)
                                  (fixed . ,(and (driver-has driver-mended) t)) (renamed . ,(vconcat renamed))))
                   "\n")))
  (dolist (buffer (buffer-list)) (with-current-buffer buffer (set-buffer-modified-p nil)))
  (kill-emacs 0))

;; A batch Emacs has nobody to ask: every question is answered with yes, every choice with the first.
(fset 'y-or-n-p (lambda (&rest _) t))
(fset 'completing-read (lambda (_prompt options &rest _) (if (consp (car options)) (caar options) (car options))))
;; Without a last event a client would open a menu of the window system.
(setq last-nonmenu-event ?x)

(provide 'emacs)
