;; What a tail call inside of a try_table throws is not caught there.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (tag $e)
  (func $throw (result i32) (throw $e))
  (func $leave (result i32)
    (block $caught
      (try_table (catch_all $caught) (return_call $throw)))
    (i32.const 1))
  (func (export "_start")
    (block $caught
      (try_table (catch_all $caught) (call $exit (call $leave))))
    (call $exit (i32.const 42))))
