;; Tries to have 16 MiB of random bytes for ever.
(module
  (import "wasi_snapshot_preview1" "random_get"
    (func $random_get (param i32 i32) (result i32)))
  (memory (export "memory") 256)
  (func (export "_start")
    (loop (drop (call $random_get (i32.const 0) (i32.const 16777216))) (br 0))))
