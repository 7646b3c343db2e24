;; Tries to call two to the power of 200 functions.
(module
  (memory (export "memory") 1)
  (func $f (param $depth i32)
    (if (local.get $depth)
      (then
        (call $f (i32.sub (local.get $depth) (i32.const 1)))
        (call $f (i32.sub (local.get $depth) (i32.const 1))))))
  (func (export "_start")
    (call $f (i32.const 200))))
