;; Tries to loop for ever without a plain branch.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (loop (br_if 0 (i32.const 1)))))
