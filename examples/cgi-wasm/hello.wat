;; The smallest guest in text form: one write of a complete response to standard output.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param $fd i32) (param $buffers i32) (param $count i32) (param $written i32)
      (result i32)))

  ;; The host reads and writes this memory, so it must be exported under this name.
  (memory (export "memory") 1)

  ;; At 0: one buffer, its address (16) and its length (44), little-endian.
  (data (i32.const 0) "\10\00\00\00\2c\00\00\00")
  (data (i32.const 16) "Content-Type: text/plain\n\nHello, text world\n")

  (func (export "_start")
    (drop (call $fd_write
      (i32.const 1)      ;; standard output
      (i32.const 0)      ;; the list of buffers
      (i32.const 1)      ;; has one entry
      (i32.const 8)))))  ;; where the host writes how much it took
