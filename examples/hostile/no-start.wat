;; Tries to have no entry point.
(module (func (export "main")))
