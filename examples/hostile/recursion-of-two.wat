;; Tries to call one another for ever.
(module
  (memory (export "memory") 1)
  (func $f (call $g))
  (func $g (call $f))
  (func (export "_start")
    (call $f)))
