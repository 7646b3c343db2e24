;; Tries to begin with ten million entries of a table.
(module (table 10000000 funcref) (func (export "_start")))
