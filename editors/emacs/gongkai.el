;;; gongkai.el --- 政府信息公开工作年度报告 -*- lexical-binding: t -*-

;; Emacs 28 with eglot, and 29 and later, which has it: load this file from your init file.
;; The program `gongkai' has to be on the PATH.

(require 'eglot)

(define-derived-mode gongkai-report-mode text-mode "年报"
  "政府信息公开工作年度报告.")

(add-to-list 'auto-mode-alist '("政府信息公开\\(工作\\)?年度报告.*\\.txt\\'" . gongkai-report-mode))

;; In a document that is no report the server is silent.
(add-to-list 'eglot-server-programs '((gongkai-report-mode markdown-mode) . ("gongkai" "server")))

(add-hook 'gongkai-report-mode-hook #'eglot-ensure)

(defun gongkai-fix-all ()
  "Apply every safe fix of the report.
修正全部可安全修正的问题。"
  (interactive)
  (eglot-code-actions (point-min) (point-max) "source.fixAll.gongkai" t))

(provide 'gongkai)
;;; gongkai.el ends here
