;; Tries to read at the end of all addresses.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (i32.load (i32.const -4)))))
