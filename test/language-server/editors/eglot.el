;; Attaches the server that IMDSLINT names to web-fleet.yaml and prints its diagnostics.
(require 'eglot)
(require 'yaml-mode)
(setq eglot-sync-connect 15)
(add-to-list 'eglot-server-programs
             `(yaml-mode . (,(getenv "NODE") ,(getenv "IMDSLINT") "lsp" "--stdio")))
(find-file "web-fleet.yaml")
(yaml-mode)
(apply #'eglot (eglot--guess-contact))
(let ((tries 0))
  (while (and (< tries 150) (null (flymake-diagnostics)))
    (accept-process-output nil 0.1)
    (setq tries (1+ tries))))
(dolist (diagnostic (flymake-diagnostics))
  (princ (format "%d %s\n"
                 (line-number-at-pos (flymake-diagnostic-beg diagnostic))
                 (flymake-diagnostic-text diagnostic))))
