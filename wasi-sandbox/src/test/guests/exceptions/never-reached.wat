;; A try_table that is never reached, and one without code.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (tag $e (param i32))
  (func $leave (result i32)
    (block $a
      (br $a)
      (block $caught (result i32)
        (try_table (catch $e $caught) (throw $e (i32.const 1)))
        (unreachable))
      (drop))
    (block $all (try_table (catch_all $all) (nop)))
    (block $all (try_table (catch_all $all) (block (block))))
    (return (i32.const 42))
    (block $all (try_table (catch_all $all) (call $exit (i32.const 2)))))
  (func (export "_start") (call $exit (call $leave))))
