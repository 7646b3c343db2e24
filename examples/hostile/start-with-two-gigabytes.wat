;; Tries to begin with more memory than its limit.
(module (memory 32767) (func (export "_start")))
