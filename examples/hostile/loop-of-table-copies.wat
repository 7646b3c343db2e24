;; Tries to copy a table of a million entries for ever.
(module
  (memory (export "memory") 1)
  (table $t 1000000 funcref)
  (func (export "_start")
    (loop
      (table.copy $t $t (i32.const 1) (i32.const 0) (i32.const 999999))
      (br 0))))
