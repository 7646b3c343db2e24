;; Tries to copy all of its memory for ever.
(module
  (memory (export "memory") 16)
  (func (export "_start")
    (loop (memory.copy (i32.const 1) (i32.const 0) (i32.const 1048575)) (br 0))))
