;; Tries to call an empty function for ever.
(module
  (memory (export "memory") 1)
  (func $f)
  (func (export "_start")
    (loop (call $f) (br 0))))
