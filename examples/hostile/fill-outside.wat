;; Tries to fill over the end of its memory.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (memory.fill (i32.const 65530) (i32.const 0) (i32.const 7))))
