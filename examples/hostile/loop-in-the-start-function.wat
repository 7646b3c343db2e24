;; Tries to loop before it begins.
(module (func $s (loop (br 0))) (start $s) (func (export "_start")))
