;; Tries to fill all of its memory for ever.
(module
  (memory (export "memory") 16)
  (func (export "_start")
    (loop (memory.fill (i32.const 0) (i32.const 1) (i32.const 1048576)) (br 0))))
