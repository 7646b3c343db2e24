;; Tries to call itself in its tail through the table for ever.
(module
  (memory (export "memory") 1)
  (type $t (func))
  (table funcref (elem $f))
  (func $f (export "_start")
    (return_call_indirect (type $t) (i32.const 0))))
