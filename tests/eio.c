/* Lets the nth change under a folder fail, as a disk does: LD_PRELOAD, for tests/test_attacks.py.
   For tests/test_honest.py it ends the program there instead.

   EIO_UNDER: the folder. EIO_AT: which call fails, counted from 1; all later ones fail too when
   EIO_LASTS is set. EIO_ERROR: the error's number, 5 (EIO) unless told. With EIO_KILL the process
   is killed before that call, and renaming and removing counts, too. With EIO_PATHS they count
   anyhow, and what makes files and folders does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;

static int is_due(const char *path)
{
    const char *under = getenv("EIO_UNDER"), *at = getenv("EIO_AT"), *error = getenv("EIO_ERROR");

    if (!under || !at || strncmp(path, under, strlen(under)) != 0)
        return 0;
    calls++;
    if (calls != atol(at) && !(getenv("EIO_LASTS") && calls > atol(at)))
        return 0;
    if (getenv("EIO_KILL"))
        kill(getpid(), SIGKILL);
    errno = error ? atoi(error) : EIO;
    return 1;
}

static int fails(int file)
{
    char name[64], path[4096];
    ssize_t length;
    int kept = errno;

    if (!getenv("EIO_UNDER"))
        return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    length = readlink(name, path, sizeof path - 1);
    errno = kept;
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_due(path);
}

static int fails_at(const char *path)
{
    return getenv("EIO_PATHS") && path && is_due(path);
}

static int fails_moving(const char *path)
{
    return (getenv("EIO_KILL") || getenv("EIO_PATHS")) && path && is_due(path);
}

#define NEXT(name, type) static type next; if (!next) next = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*write_t)(int, const void *, size_t);
typedef ssize_t (*pwrite_t)(int, const void *, size_t, off_t);
typedef ssize_t (*pwrite64_t)(int, const void *, size_t, off64_t);
typedef int (*sync_t)(int);
typedef int (*cut_t)(int, off_t);
typedef int (*cut64_t)(int, off64_t);

ssize_t write(int file, const void *from, size_t size)
{
    NEXT("write", write_t);
    return fails(file) ? -1 : next(file, from, size);
}

ssize_t pwrite(int file, const void *from, size_t size, off_t at)
{
    NEXT("pwrite", pwrite_t);
    return fails(file) ? -1 : next(file, from, size, at);
}

ssize_t pwrite64(int file, const void *from, size_t size, off64_t at)
{
    NEXT("pwrite64", pwrite64_t);
    return fails(file) ? -1 : next(file, from, size, at);
}

int fsync(int file)
{
    NEXT("fsync", sync_t);
    return fails(file) ? -1 : next(file);
}

int fdatasync(int file)
{
    NEXT("fdatasync", sync_t);
    return fails(file) ? -1 : next(file);
}

int ftruncate(int file, off_t size)
{
    NEXT("ftruncate", cut_t);
    return fails(file) ? -1 : next(file, size);
}

int ftruncate64(int file, off64_t size)
{
    NEXT("ftruncate64", cut64_t);
    return fails(file) ? -1 : next(file, size);
}

typedef int (*path_t)(const char *);
typedef int (*paths_t)(const char *, const char *);
typedef int (*mkdir_t)(const char *, mode_t);
typedef int (*open_t)(const char *, int, ...);

int unlink(const char *path)
{
    NEXT("unlink", path_t);
    return fails_moving(path) ? -1 : next(path);
}

int rmdir(const char *path)
{
    NEXT("rmdir", path_t);
    return fails_at(path) ? -1 : next(path);
}

int rename(const char *from, const char *to)
{
    NEXT("rename", paths_t);
    return fails_moving(to) ? -1 : next(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    NEXT("mkdir", mkdir_t);
    return fails_at(path) ? -1 : next(path, mode);
}

#define OPEN(name)                                          \
    int name(const char *path, int flags, ...)              \
    {                                                       \
        va_list more;                                       \
        mode_t mode;                                        \
        NEXT(#name, open_t);                                \
        va_start(more, flags);                              \
        mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;  \
        va_end(more);                                       \
        if ((flags & O_CREAT) && fails_at(path))            \
            return -1;                                      \
        return next(path, flags, mode);                     \
    }

OPEN(open)
OPEN(open64)
