;; Tries to call beyond the end of the table.
(module
  (memory (export "memory") 1)
  (type $t (func))
  (table funcref (elem $f))
  (func $f)
  (func (export "_start")
    (call_indirect (type $t) (i32.const 9))))
