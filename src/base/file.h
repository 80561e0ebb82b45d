/*
 * file: whole files, written so that a crash leaves the old one or the new.
 *
 * To write: another name, fsync, rename, fsync of the folder. Links are not
 * followed at the last component.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/*
 * Appends the file to out; ERR_DATA if it exceeds out's maximum, or is a
 * folder, a pipe or a device.
 */
int file_read(const char *path, struct str *out, struct err *e);

/* Writes or replaces the file, durable when it returns 0. */
int file_write(const char *path, const void *bytes, size_t n, unsigned mode,
    struct err *e);

/*
 * Writes the file unless it is there already, durable when it returns 0.
 * For content-addressed files: an existing one is left as it is.
 */
int file_keep(const char *path, const void *bytes, size_t n, unsigned mode,
    struct err *e);

/* Puts a file that is all written in the place of another, durably. */
int file_place(const char *part, const char *path, struct err *e);

/* Makes a folder and its parents, durable; one that exists is no error. */
int file_mkdirs(const char *path, unsigned mode, struct err *e);

/* fsync of a folder, so that names in it last. */
int file_sync_dir(const char *path, struct err *e);

bool file_exists(const char *path);

/*
 * Opens (creating it) and locks a file with flock for this process's life;
 * ERR_BUSY if another process holds it. The caller closes *fd.
 */
int file_lock(const char *path, int *fd, struct err *e);

#endif
