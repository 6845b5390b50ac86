// Imports of WASI that take paths, declared as the engine has them: begin and length. wasi-libc's functions of these names
// take a path that ends in NUL and count it.
//
// Source: WASI, legacy/preview1/docs.md; a string is passed as two values (legacy/tools/witx-docs.md). As wasi/api.h beside
// them.
#ifndef LIBCIFY_WASI_H
#define LIBCIFY_WASI_H

#include <wasi/api.h>

#define LIBCIFY_IMPORT(name) __attribute__((__import_module__("wasi_snapshot_preview1"), __import_name__(name)))

#ifdef __cplusplus
extern "C" {
#endif

__wasi_errno_t wasi_path_create_directory(__wasi_fd_t fd, const uint8_t *path, __wasi_size_t path_len)
    LIBCIFY_IMPORT("path_create_directory");
__wasi_errno_t wasi_path_filestat_get(__wasi_fd_t fd, __wasi_lookupflags_t flags, const uint8_t *path,
                                      __wasi_size_t path_len, __wasi_filestat_t *filestat)
    LIBCIFY_IMPORT("path_filestat_get");
__wasi_errno_t wasi_path_filestat_set_times(__wasi_fd_t fd, __wasi_lookupflags_t flags, const uint8_t *path,
                                            __wasi_size_t path_len, __wasi_timestamp_t atim, __wasi_timestamp_t mtim,
                                            __wasi_fstflags_t fst_flags) LIBCIFY_IMPORT("path_filestat_set_times");
__wasi_errno_t wasi_path_link(__wasi_fd_t old_fd, __wasi_lookupflags_t old_flags, const uint8_t *old_path,
                              __wasi_size_t old_path_len, __wasi_fd_t new_fd, const uint8_t *new_path,
                              __wasi_size_t new_path_len) LIBCIFY_IMPORT("path_link");
__wasi_errno_t wasi_path_open(__wasi_fd_t fd, __wasi_lookupflags_t dirflags, const uint8_t *path, __wasi_size_t path_len,
                              __wasi_oflags_t oflags, __wasi_rights_t fs_rights_base, __wasi_rights_t fs_rights_inheriting,
                              __wasi_fdflags_t fdflags, __wasi_fd_t *opened_fd) LIBCIFY_IMPORT("path_open");
__wasi_errno_t wasi_path_readlink(__wasi_fd_t fd, const uint8_t *path, __wasi_size_t path_len, uint8_t *buf,
                                  __wasi_size_t buf_len, __wasi_size_t *bufused) LIBCIFY_IMPORT("path_readlink");
__wasi_errno_t wasi_path_remove_directory(__wasi_fd_t fd, const uint8_t *path, __wasi_size_t path_len)
    LIBCIFY_IMPORT("path_remove_directory");
__wasi_errno_t wasi_path_rename(__wasi_fd_t fd, const uint8_t *old_path, __wasi_size_t old_path_len, __wasi_fd_t new_fd,
                                const uint8_t *new_path, __wasi_size_t new_path_len) LIBCIFY_IMPORT("path_rename");
__wasi_errno_t wasi_path_symlink(const uint8_t *old_path, __wasi_size_t old_path_len, __wasi_fd_t fd,
                                 const uint8_t *new_path, __wasi_size_t new_path_len) LIBCIFY_IMPORT("path_symlink");
__wasi_errno_t wasi_path_unlink_file(__wasi_fd_t fd, const uint8_t *path, __wasi_size_t path_len)
    LIBCIFY_IMPORT("path_unlink_file");

#ifdef __cplusplus
}
#endif

#endif
