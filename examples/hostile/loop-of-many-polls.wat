;; Tries to ask for a thousand events for ever.
(module
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 4)
  (func (export "_start")
    (local $i i32)
    (loop
      (i32.store8 (i32.add (i32.const 8) (i32.mul (local.get $i) (i32.const 48))) (i32.const 2))
      (i32.store (i32.add (i32.const 16) (i32.mul (local.get $i) (i32.const 48))) (i32.const 1))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if 0 (i32.lt_u (local.get $i) (i32.const 1024))))
    (loop
      (drop (call $poll_oneoff
        (i32.const 0) (i32.const 65536) (i32.const 1024) (i32.const 131072)))
      (br 0))))
