;; Prints the environment as WASI lays it out: the pointers, then the texts, which begin at 0x4000.
(module
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (call $sizes (i32.const 0) (i32.const 4)))
    (drop (call $get (i32.const 0x1000) (i32.const 0x4000)))
    ;; Two buffers: the pointers and the texts.
    (i32.store (i32.const 16) (i32.const 0x1000))
    (i32.store (i32.const 20) (i32.mul (i32.load (i32.const 0)) (i32.const 4)))
    (i32.store (i32.const 24) (i32.const 0x4000))
    (i32.store (i32.const 28) (i32.load (i32.const 4)))
    (drop (call $write (i32.const 1) (i32.const 16) (i32.const 2) (i32.const 8)))))
