#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define BLOCK_BYTES 65536

int
file_read(const char *path, struct str *out, struct err *e)
{
	char block[BLOCK_BYTES];
	struct stat st;
	ssize_t n = 0;
	/* A pipe would have us wait for a writer. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0)
		return err_sys(e, "%s: cannot read it", path);
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
		(void)close(fd);
		return err_set(e, ERR_DATA, "%s: a %s, not a file", path,
		    S_ISDIR(st.st_mode) ? "folder" : "pipe or a device");
	}
	while (!out->over && (n = read(fd, block, sizeof(block))) > 0)
		str_put(out, block, (size_t)n);
	if (n < 0)
		(void)err_sys(e, "%s: cannot read it", path);
	(void)close(fd);
	if (n < 0)
		return -1;
	if (out->over)
		return err_set(e, ERR_DATA, "%s: larger than %zu bytes", path,
		    out->max);
	return 0;
}

static int
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -1;
		p += k;
		n -= (size_t)k;
	}
	return 0;
}

static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash == NULL ? 1
	    : slash == path      ? 1
				 : (size_t)(slash - path);
	char *dir = mem_alloc(n + 1);

	memcpy(dir, slash == NULL ? "." : path, n);
	return dir;
}

int
file_sync_dir(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return err_sys(e, "%s: cannot open the folder", path);
	rc = fsync(fd);
	if (rc != 0)
		(void)err_sys(e, "%s: cannot sync the folder", path);
	(void)close(fd);
	return rc == 0 ? 0 : -1;
}

/* Writes and syncs a temporary file beside `path`; its name is in tmp. */
static int
write_temporary(const char *path, const void *bytes, size_t n, unsigned mode,
    char **tmp, struct err *e)
{
	size_t size = strlen(path) + 32;
	int fd, rc;

	*tmp = mem_alloc(size);
	(void)snprintf(*tmp, size, "%s.new-%ld", path, (long)getpid());
	(void)unlink(*tmp);
	fd = open(*tmp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    mode);
	if (fd < 0)
		return err_sys(e, "%s: cannot write it", *tmp);
	rc = write_all(fd, bytes, n) == 0 && fsync(fd) == 0 ? 0 : -1;
	if (rc != 0)
		(void)err_sys(e, "%s: cannot write it", *tmp);
	if (close(fd) != 0 && rc == 0)
		rc = err_sys(e, "%s: cannot close it", *tmp);
	if (rc != 0)
		(void)unlink(*tmp);
	return rc;
}

static int
put_in_place(const char *path, const char *tmp, bool replace, struct err *e)
{
	char *dir;
	int rc;

	rc = renameat2(AT_FDCWD, tmp, AT_FDCWD, path,
	    replace ? 0 : RENAME_NOREPLACE);
	if (rc != 0) {
		int saved = errno;

		(void)unlink(tmp);
		if (!replace && saved == EEXIST)
			return 0;
		errno = saved;
		return err_sys(e, "%s: cannot put it in place", path);
	}
	dir = folder_of(path);
	rc = file_sync_dir(dir, e);
	free(dir);
	return rc;
}

static int
write_and_place(const char *path, const void *bytes, size_t n, unsigned mode,
    bool replace, struct err *e)
{
	char *tmp;
	int rc = write_temporary(path, bytes, n, mode, &tmp, e);

	if (rc == 0)
		rc = put_in_place(path, tmp, replace, e);
	free(tmp);
	return rc;
}

int
file_write(const char *path, const void *bytes, size_t n, unsigned mode,
    struct err *e)
{
	return write_and_place(path, bytes, n, mode, true, e);
}

int
file_keep(const char *path, const void *bytes, size_t n, unsigned mode,
    struct err *e)
{
	if (file_exists(path))
		return 0;
	return write_and_place(path, bytes, n, mode, false, e);
}

int
file_place(const char *part, const char *path, struct err *e)
{
	int fd = open(part, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int rc = 0;

	if (fd == -1 || fsync(fd) != 0)
		rc = err_sys(e, "%s: cannot write it", part);
	if (fd != -1)
		(void)close(fd);
	return rc == 0 ? put_in_place(path, part, true, e) : -1;
}

static int
make_one(const char *path, unsigned mode, struct err *e)
{
	char *parent;
	int rc;

	if (mkdir(path, mode) != 0) {
		struct stat st;

		if (errno == EEXIST && stat(path, &st) == 0 &&
		    S_ISDIR(st.st_mode))
			return 0;
		return err_sys(e, "%s: cannot make the folder", path);
	}
	parent = folder_of(path);
	rc = file_sync_dir(parent, e);
	free(parent);
	return rc;
}

int
file_mkdirs(const char *path, unsigned mode, struct err *e)
{
	size_t n = strlen(path);
	char *p = mem_alloc(n + 1);
	int rc = 0;

	memcpy(p, path, n);
	for (size_t i = 1; rc == 0 && i <= n; i++) {
		if (p[i] != '/' && p[i] != '\0')
			continue;
		if (p[i - 1] == '/')
			continue;
		p[i] = '\0';
		rc = make_one(p, mode, e);
		if (i < n)
			p[i] = '/';
	}
	free(p);
	return rc;
}

bool
file_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

int
file_lock(const char *path, int *fd, struct err *e)
{
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*fd < 0)
		return err_sys(e, "%s: cannot open it", path);
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK)
		(void)err_set(e, ERR_BUSY,
		    "%s: another semonce is at work here; try again when it "
		    "has ended",
		    path);
	else
		(void)err_sys(e, "%s: cannot lock it", path);
	(void)close(*fd);
	*fd = -1;
	return -1;
}
