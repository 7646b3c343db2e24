;; Tries to begin with data outside of its memory.
(module (memory 1) (data (i32.const 65534) "four") (func (export "_start")))
