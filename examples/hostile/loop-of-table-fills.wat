;; Tries to fill a table of a million entries for ever.
(module
  (memory (export "memory") 1)
  (table $t 1000000 funcref)
  (func (export "_start")
    (loop (table.fill $t (i32.const 0) (ref.null func) (i32.const 1000000)) (br 0))))
