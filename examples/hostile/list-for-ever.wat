;; Tries to list a large folder for ever.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_readdir"
    (func $fd_readdir (param i32 i32 i32 i64 i32) (result i32)))
  (memory (export "memory") 17)
  (data (i32.const 512) "many")
  (func (export "_start")
    (if (call $path_open (i32.const 3) (i32.const 0) (i32.const 512) (i32.const 4) (i32.const 2)
      (i64.const 16384) (i64.const 0) (i32.const 0) (i32.const 256))
      (then unreachable))
    (loop
      (drop (call $fd_readdir
        (i32.load (i32.const 256)) (i32.const 65536) (i32.const 1048576) (i64.const 0)
        (i32.const 8)))
      (br 0))))
