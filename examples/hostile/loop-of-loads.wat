;; Tries to read memory for ever.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (loop (drop (i32.load (i32.const 0))) (br 0))))
