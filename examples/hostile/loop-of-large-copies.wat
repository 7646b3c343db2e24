;; Tries to move 16 MiB by a byte for ever, from the end.
(module
  (memory (export "memory") 256)
  (func (export "_start")
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 16777216))
    (loop (memory.copy (i32.const 1) (i32.const 0) (i32.const 16777215)) (br 0))))
