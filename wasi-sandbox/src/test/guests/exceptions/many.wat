;; More exceptions caught by reference than are kept; the latest can still be thrown.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (tag $e (param i32))
  (func (export "_start") (local $i i32) (local $latest exnref) (local $first exnref)
    (loop $again
      (block $caught (result exnref)
        (try_table (catch_all_ref $caught) (throw $e (local.get $i)))
        (unreachable))
      (local.set $latest)
      (if (i32.eqz (local.get $i)) (then (local.set $first (local.get $latest))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 70000))))
    (block $caught (result i32)
      (try_table (catch $e $caught) (throw_ref (local.get $latest)))
      (unreachable))
    (if (i32.ne (i32.const 69999)) (then (call $exit (i32.const 1))))
    (throw_ref (local.get $first))))
