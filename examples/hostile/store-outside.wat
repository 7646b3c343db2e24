;; Tries to write over the end of its memory.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (i32.store (i32.const 65533) (i32.const 1))))
