/* Preloaded into a process, lets the n-th call that changes something below a folder fail, or kills the process there.
 *
 * Nothing happens until the process itself calls fail_nth(); processes that it starts are left alone. The call that
 * was hit is written to a file descriptor, one line: its name and the path.
 *
 *     cc -shared -fPIC -O1 -o fail_nth.so fail_nth.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { COUNT = 0, KILL = -1, TEAR = -2 }; /* any positive action is the errno of the call that fails */

static char folder[PATH_MAX];
static size_t folder_length;
static long nth, seen;
static int action, lasting, report = -1;

/* Arm: `what` happens at call `n` below `below`; with `on` at every later call too. n = 0 only counts. */
void fail_nth(const char *below, long n, int what, int on, int report_to)
{
    snprintf(folder, sizeof folder, "%s/", below);
    folder_length = strlen(folder);
    nth = n, seen = 0, action = what, lasting = on, report = report_to;
}

/* How many calls there have been. */
long fail_nth_seen(void) { return seen; }

static int is_below(const char *path)
{
    return folder_length && path && strncmp(path, folder, folder_length) == 0;
}

static void tell(const char *call, const char *path)
{
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%s %s\n", call, path);
    syscall(SYS_write, report, line, (size_t)length);
}

/* Whether this call is hit; it does not return where the process dies before the call. */
static int is_hit(const char *call, const char *path)
{
    if (!is_below(path))
        return 0;
    seen++;
    if (nth == 0 || !(seen == nth || (lasting && seen > nth)))
        return 0;
    if (seen == nth)
        tell(call, path);
    if (action == KILL || (action == TEAR && !strstr(call, "write")))
        kill(getpid(), SIGKILL);
    errno = action;
    return 1;
}

static int fd_is_hit(const char *call, int fd)
{
    char link[64], path[PATH_MAX];
    int before = errno, hit;
    ssize_t length;
    if (!folder_length)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        errno = before;
        return 0;
    }
    path[length] = 0;
    errno = before;
    hit = is_hit(call, path);
    return hit;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size)
{
    if (fd_is_hit("write", fd)) {
        if (action == TEAR) {
            REAL(write)(fd, data, size / 2);
            kill(getpid(), SIGKILL);
        }
        return -1;
    }
    return REAL(write)(fd, data, size);
}

#define PWRITE(name, offset_type)                                          \
    ssize_t name(int fd, const void *data, size_t size, offset_type at)    \
    {                                                                      \
        if (fd_is_hit(#name, fd)) {                                        \
            if (action == TEAR) {                                          \
                REAL(name)(fd, data, size / 2, at);                        \
                kill(getpid(), SIGKILL);                                   \
            }                                                              \
            return -1;                                                     \
        }                                                                  \
        return REAL(name)(fd, data, size, at);                             \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define ON_FD(name, parameters, arguments)                                 \
    int name parameters { return fd_is_hit(#name, fd) ? -1 : REAL(name) arguments; }
ON_FD(fsync, (int fd), (fd))
ON_FD(fdatasync, (int fd), (fd))
ON_FD(ftruncate, (int fd, off_t size), (fd, size))
ON_FD(ftruncate64, (int fd, off64_t size), (fd, size))

#define ON_PATHS(name, parameters, arguments)                              \
    int name parameters { return is_hit(#name, to) ? -1 : REAL(name) arguments; }
ON_PATHS(rename, (const char *from, const char *to), (from, to))
ON_PATHS(renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))
ON_PATHS(link, (const char *from, const char *to), (from, to))
ON_PATHS(linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags))
ON_PATHS(unlink, (const char *to), (to))

#define OPEN(name)                                                         \
    int name(const char *path, int flags, ...)                             \
    {                                                                      \
        va_list more;                                                      \
        mode_t mode = 0;                                                   \
        if (flags & (O_CREAT | O_TMPFILE)) {                               \
            va_start(more, flags);                                         \
            mode = va_arg(more, mode_t);                                   \
            va_end(more);                                                  \
        }                                                                  \
        if ((flags & O_CREAT) && is_hit(#name, path))                      \
            return -1;                                                     \
        return REAL(name)(path, flags, mode);                              \
    }
OPEN(open)
OPEN(open64)
