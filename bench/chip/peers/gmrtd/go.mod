module genkend.invalid/bench/gmrtd

go 1.26

require github.com/gmrtd/gmrtd v1.1.2
