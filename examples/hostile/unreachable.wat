;; Tries to do what cannot be.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    unreachable))
