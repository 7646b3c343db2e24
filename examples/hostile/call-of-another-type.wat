;; Tries to call a function as if it had another type.
(module
  (memory (export "memory") 1)
  (type $other (func (result i32)))
  (table funcref (elem $f))
  (func $f)
  (func (export "_start")
    (drop (call_indirect (type $other) (i32.const 0)))))
