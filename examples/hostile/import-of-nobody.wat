;; Tries to import a function that nobody has.
(module (import "env" "system" (func)) (func (export "_start")))
