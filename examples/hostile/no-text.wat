;; Tries to be no module.
(module (func (export "_start") (i32.nonsense)))
