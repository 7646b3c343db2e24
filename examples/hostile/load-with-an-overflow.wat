;; Tries to read where base and offset overflow.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (i64.load offset=2147483647 (i32.const 2147483647)))))
