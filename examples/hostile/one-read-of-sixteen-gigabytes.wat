;; Tries to read 16 GB in one call, for ever.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_pread"
    (func $fd_pread (param i32 i32 i32 i64 i32) (result i32)))
  (memory (export "memory") 256)
  (data (i32.const 512) "large")
  (func (export "_start")
    (local $i i32)
    (loop
      (i32.store (i32.add (i32.const 1024) (i32.mul (local.get $i) (i32.const 8))) (i32.const 65536))
      (i32.store (i32.add (i32.const 1028) (i32.mul (local.get $i) (i32.const 8))) (i32.const 16711680))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if 0 (i32.lt_u (local.get $i) (i32.const 1024))))
    (if (call $path_open (i32.const 3) (i32.const 0) (i32.const 512) (i32.const 5) (i32.const 0)
      (i64.const 6) (i64.const 0) (i32.const 0) (i32.const 256))
      (then unreachable))
    (loop
      (drop (call $fd_pread
        (i32.load (i32.const 256)) (i32.const 1024) (i32.const 1024) (i64.const 0) (i32.const 8)))
      (br 0))))
