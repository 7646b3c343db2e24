;; Tries to call through the table for ever.
(module
  (memory (export "memory") 1)
  (type $t (func))
  (table funcref (elem $f))
  (func $f)
  (func (export "_start")
    (loop (call_indirect (type $t) (i32.const 0)) (br 0))))
