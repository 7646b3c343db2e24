;; Tries to call itself in its tail for ever.
(module
  (memory (export "memory") 1)
  (func $f (export "_start")
    (return_call $f)))
