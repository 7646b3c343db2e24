;; Prints the file texts/about.txt of its application, whose files are the guest's descriptor 3.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "Content-Type: text/plain\0a\0a")
  (data (i32.const 128) "texts/about.txt")
  (func (export "_start")
    ;; The header block, then a buffer of 1 KiB.
    (i32.store (i32.const 0) (i32.const 64))
    (i32.store (i32.const 4) (i32.const 26))
    (i32.store (i32.const 8) (i32.const 2048))
    (i32.store (i32.const 12) (i32.const 1024))
    (if (call $path_open (i32.const 3) (i32.const 0) (i32.const 128) (i32.const 15)
          (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 40))
      (then (unreachable)))
    (drop (call $fd_read (i32.load (i32.const 40)) (i32.const 8) (i32.const 1) (i32.const 12)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 44)))))
