;; Tries to loop for ever through a table of branches.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (loop (loop (br_table 1 1 1 (i32.const 7))))))
