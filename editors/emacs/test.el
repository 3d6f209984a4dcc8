;;; test.el --- Diagnostics, hover, a fix, every safe fix and saving in Emacs  -*- lexical-binding: t -*-

;; emacs -q --batch --eval '(package-initialize)' -l editors/emacs/test.el CONFIGURATION REPORT EXPECTED
;; REPORT is changed; EXPECTED is what it has to be at the end.

(require 'cl-lib)
(require 'flymake)
(setq make-backup-files nil create-lockfiles nil eglot-sync-connect 30 eglot-connect-timeout 30 eglot-confirm-server-initiated-edits nil)

(defun gongkai-test-wait (what condition)
  "Wait until CONDITION gives something; WHAT it waits for."
  (let ((end (+ (float-time) 30)))
    (while (not (funcall condition))
      (when (> (float-time) end)
        (message "emacs: waited in vain for %s" what)
        (kill-emacs 1))
      (accept-process-output nil 0.1))))

(defun gongkai-test-errors ()
  "The errors in the buffer."
  (flymake-start)
  (cl-remove-if-not (lambda (found) (memq (flymake-diagnostic-type found) '(eglot-error :error)))
                    (flymake-diagnostics)))

(let* ((configuration (pop command-line-args-left))
       (report (pop command-line-args-left))
       (expected (pop command-line-args-left)))
  (load configuration nil t)
  (find-file report)
  (unless (eq major-mode 'gongkai-report-mode)
    (message "emacs: the mode is %s" major-mode)
    (kill-emacs 1))
  (call-interactively #'eglot)
  (gongkai-test-wait "the server" (lambda () (eglot-managed-p)))
  (gongkai-test-wait "an error" #'gongkai-test-errors)
  (goto-char (flymake-diagnostic-beg (car (gongkai-test-errors))))
  (let* ((server (eglot-current-server))
         (hover (jsonrpc-request server :textDocument/hover (eglot--TextDocumentPositionParams))))
    (unless (string-match-p "表三" (format "%S" hover))
      (message "emacs: the hover does not say where the figure is")
      (kill-emacs 1)))
  (let* ((actions (jsonrpc-request (eglot-current-server) :textDocument/codeAction
                                   (list :textDocument (eglot--TextDocumentIdentifier)
                                         :range (list :start (eglot--pos-to-lsp-position) :end (eglot--pos-to-lsp-position))
                                         :context '(:diagnostics [] :only ["quickfix"]))))
         (preferred (cl-find-if (lambda (action) (eq (plist-get action :isPreferred) t)) actions)))
    (unless preferred
      (message "emacs: no fix is preferred")
      (kill-emacs 1))
    (eglot--apply-workspace-edit (plist-get preferred :edit)))
  ;; Eglot tells the server when Emacs is idle, which a batch never is.
  (eglot--signal-textDocument/didChange)
  (gongkai-test-wait "the error to go" (lambda () (null (gongkai-test-errors))))
  (gongkai-fix-all)
  (let ((coding-system-for-write 'utf-8-unix))
    (save-buffer))
  (let ((written (with-temp-buffer (insert-file-contents-literally report) (buffer-string)))
        (due (with-temp-buffer (insert-file-contents-literally expected) (buffer-string))))
    (unless (string= written due)
      (message "emacs: the saved file is not what it has to be")
      (kill-emacs 1)))
  (message "emacs %s: ok" emacs-version)
  (kill-emacs 0))
;;; test.el ends here
