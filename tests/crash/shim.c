/* A disk that can be told when to fail. Loaded before libc (LD_PRELOAD), it stands between a program and
 * every system call that changes a file, whoever makes it: Python, SQLite, a library of theirs. Calls that
 * concern files below one directory are counted; at the k-th of a kind the process dies on the spot (a
 * write is half done by then), or the call fails with an errno, once or from then on. All of them can be
 * written to a log, from which any state that a power cut may leave is made (see power.py).
 *
 *   shim_arm(root, kind, k, action, sticky, log)   kind: "any" or one name below
 *                                                  action: 0 count only, -1 die, else an errno
 *   shim_shift(seconds)                            set the wall clock off by so much
 *   shim_count(kind)                               calls of the kind so far
 *   shim_resynced()                                the file whose failed sync was tried again on the same
 *                                                  descriptor, the last of them; "" if there was none
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))
#define FDS 4096

static char root_[PATH_MAX];
static size_t root_length;
static char kind_[32];
static char resynced[PATH_MAX];
static long at, seen, shift, tally[16];
static const char *names[16] = {"any"};
static int action, sticky, log_fd = -1, armed;
static unsigned char sync_failed[FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

void shim_arm(const char *root, const char *kind, long k, int what, int lasting, const char *log) {
    snprintf(root_, sizeof root_, "%s", root);
    root_length = strlen(root_);
    snprintf(kind_, sizeof kind_, "%s", kind);
    at = k, action = what, sticky = lasting, seen = 0, *resynced = 0;
    memset(sync_failed, 0, sizeof sync_failed);
    log_fd = log && *log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    armed = 1;
}
void shim_shift(long seconds) { shift = seconds; }
static long *tally_of(const char *kind) {
    for (int n = 0; n < 16; n++) {
        if (!names[n]) names[n] = kind;
        if (!strcmp(names[n], kind)) return tally + n;
    }
    abort();
}
long shim_count(const char *kind) { return *tally_of(kind); }
const char *shim_resynced(void) { return resynced; }

static int below(const char *full) {
    return !strncmp(full, root_, root_length) && (full[root_length] == '/' || !full[root_length]);
}
/* Whether a path lies below the root; its absolute form in full. */
static int ours(const char *path, char *full) {
    if (!armed || !path) return 0;
    if (path[0] == '/') snprintf(full, PATH_MAX, "%s", path);
    else {
        char here[PATH_MAX];
        if (syscall(SYS_getcwd, here, sizeof here) < 0) return 0;
        if (snprintf(full, PATH_MAX, "%s/%s", here, path) >= PATH_MAX) return 0;
    }
    return below(full);
}
static int ours_at(int dir, const char *path, char *full) {
    if (!armed || !path) return 0;
    if (path[0] == '/' || dir == AT_FDCWD) return ours(path, full);
    char name[64], base[PATH_MAX], joined[2 * PATH_MAX];
    snprintf(name, sizeof name, "/proc/self/fd/%d", dir);
    ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, name, base, sizeof base - 1);
    if (n < 0) return 0;
    base[n] = 0;
    snprintf(joined, sizeof joined, "%s/%s", base, path);
    return strlen(joined) < PATH_MAX && ours(joined, full);
}
static int ours_fd(int fd, char *full) {
    char name[64];
    if (!armed) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, name, full, PATH_MAX - 1);
    if (n < 0) return 0;
    full[n] = 0;
    return full[0] == '/' && below(full);
}

static void note(const char *what, const char *path, const char *second, off_t offset, const void *data, size_t length) {
    if (log_fd < 0) return;
    char head[2 * PATH_MAX + 128];
    int n = snprintf(head, sizeof head, "%s\t%s\t%s\t%lld\t%zu\n", what, path, second ? second : "", (long long)offset, data ? length : 0);
    struct iovec parts[2] = {{head, (size_t)n}, {(void *)data, data ? length : 0}};
    syscall(SYS_writev, log_fd, parts, data ? 2 : 1);
}

/* Whether this call is the one; `fails` then does what was asked for. */
static int strikes(const char *what) {
    ++*tally_of("any"), ++*tally_of(what);
    if (strcmp(kind_, "any") && strcmp(kind_, what)) return 0;
    long n = ++seen;
    return action && (n == at || (sticky && n > at));
}
static int fails(void) {
    if (action == -1) syscall(SYS_kill, getpid(), SIGKILL);
    errno = action;
    return -1;
}

#define HOLD pthread_mutex_lock(&lock)
#define FREE pthread_mutex_unlock(&lock)

static ssize_t writes(int fd, const void *data, size_t length, off_t offset, int placed) {
    char path[PATH_MAX];
    if (!ours_fd(fd, path)) return placed ? syscall(SYS_pwrite64, fd, data, length, offset) : syscall(SYS_write, fd, data, length);
    HOLD;
    int hit = strikes(placed ? "pwrite" : "write");
    size_t part = hit ? length / 2 : length;
    if (log_fd >= 0 && !placed) {
        struct stat st;
        int append = (int)syscall(SYS_fcntl, fd, F_GETFL) & O_APPEND;
        offset = append && !fstat(fd, &st) ? st.st_size : (off_t)syscall(SYS_lseek, fd, 0, SEEK_CUR);
    }
    ssize_t done = placed ? syscall(SYS_pwrite64, fd, data, part, offset) : syscall(SYS_write, fd, data, part);
    if (done > 0) note("write", path, NULL, offset, data, (size_t)done);
    if (hit) done = fails();
    FREE;
    return done;
}
ssize_t write(int fd, const void *data, size_t length) { return writes(fd, data, length, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return writes(fd, data, length, offset, 1); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return writes(fd, data, length, offset, 1); }

static int syncs(int fd, const char *what, long number) {
    char path[PATH_MAX];
    if (!ours_fd(fd, path)) return (int)syscall(number, fd);
    HOLD;
    if (fd < FDS && sync_failed[fd]) snprintf(resynced, sizeof resynced, "%s", path);
    int done;
    if (strikes(what)) {
        done = fails();
        if (fd < FDS) sync_failed[fd] = 1;
    } else if (!(done = (int)syscall(number, fd))) note("sync", path, NULL, 0, NULL, 0);
    FREE;
    return done;
}
int fsync(int fd) { return syncs(fd, "fsync", SYS_fsync); }
int fdatasync(int fd) { return syncs(fd, "fdatasync", SYS_fdatasync); }
int close(int fd) {
    if (fd >= 0 && fd < FDS) sync_failed[fd] = 0;
    return (int)syscall(SYS_close, fd);
}

int ftruncate(int fd, off_t length) {
    char path[PATH_MAX];
    if (!ours_fd(fd, path)) return (int)syscall(SYS_ftruncate, fd, length);
    HOLD;
    int done = strikes("ftruncate") ? fails() : (int)syscall(SYS_ftruncate, fd, length);
    if (!done) note("truncate", path, NULL, length, NULL, 0);
    FREE;
    return done;
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

static int opens(int dir, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    if (!(flags & O_CREAT) || !ours_at(dir, path, full)) return (int)syscall(SYS_openat, dir, path, flags, mode);
    HOLD;
    struct stat st;
    int fresh = fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) != 0;
    int done = strikes("openat") ? fails() : (int)syscall(SYS_openat, dir, path, flags, mode);
    if (done >= 0 && done < FDS) sync_failed[done] = 0;
    if (done >= 0 && fresh) note("create", full, NULL, 0, NULL, 0);
    else if (done >= 0 && (flags & O_TRUNC)) note("truncate", full, NULL, 0, NULL, 0);
    FREE;
    return done;
}
#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE(flags) return opens(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opens(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE(flags) return opens(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE(flags) return opens(dir, path, flags, mode); }

static int renames(int from_dir, const char *from, int to_dir, const char *to, unsigned flags) {
    char a[PATH_MAX], b[PATH_MAX];
    if (!ours_at(from_dir, from, a) | !ours_at(to_dir, to, b)) return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
    HOLD;
    int done = strikes("rename") ? fails() : (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
    if (!done) note("rename", a, b, 0, NULL, 0);
    FREE;
    return done;
}
int rename(const char *from, const char *to) { return renames(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renames(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return renames(a, from, b, to, flags); }

static int links(int from_dir, const char *from, int to_dir, const char *to, int flags) {
    char a[PATH_MAX], b[PATH_MAX];
    if (!ours_at(from_dir, from, a) | !ours_at(to_dir, to, b)) return (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags);
    HOLD;
    int done = strikes("link") ? fails() : (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags);
    if (!done) note("link", a, b, 0, NULL, 0);
    FREE;
    return done;
}
int link(const char *from, const char *to) { return links(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return links(a, from, b, to, flags); }

static int unlinks(int dir, const char *path, int flags) {
    char full[PATH_MAX];
    if (!ours_at(dir, path, full)) return (int)syscall(SYS_unlinkat, dir, path, flags);
    HOLD;
    struct stat st;
    int there = fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
    int done = there && strikes("unlink") ? fails() : (int)syscall(SYS_unlinkat, dir, path, flags);
    if (!done) note("unlink", full, NULL, 0, NULL, 0);
    FREE;
    return done;
}
int unlink(const char *path) { return unlinks(AT_FDCWD, path, 0); }
int unlinkat(int dir, const char *path, int flags) { return unlinks(dir, path, flags); }
int rmdir(const char *path) { return unlinks(AT_FDCWD, path, AT_REMOVEDIR); }

static int makes(int dir, const char *path, mode_t mode) {
    char full[PATH_MAX];
    if (!ours_at(dir, path, full)) return (int)syscall(SYS_mkdirat, dir, path, mode);
    HOLD;
    struct stat st;
    int fresh = fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) != 0;
    int done = fresh && strikes("mkdir") ? fails() : (int)syscall(SYS_mkdirat, dir, path, mode);
    if (!done) note("mkdir", full, NULL, 0, NULL, 0);
    FREE;
    return done;
}
int mkdir(const char *path, mode_t mode) { return makes(AT_FDCWD, path, mode); }
int mkdirat(int dir, const char *path, mode_t mode) { return makes(dir, path, mode); }

static int modes(int dir, int fd, const char *path, mode_t mode) {
    char full[PATH_MAX];
    if (!(path ? ours_at(dir, path, full) : ours_fd(fd, full)))
        return (int)(path ? syscall(SYS_fchmodat, dir, path, mode) : syscall(SYS_fchmod, fd, mode));
    HOLD;
    int done = strikes("chmod") ? fails() : (int)(path ? syscall(SYS_fchmodat, dir, path, mode) : syscall(SYS_fchmod, fd, mode));
    FREE;
    return done;
}
int chmod(const char *path, mode_t mode) { return modes(AT_FDCWD, -1, path, mode); }
int fchmod(int fd, mode_t mode) { return modes(AT_FDCWD, fd, NULL, mode); }

int clock_gettime(clockid_t clock, struct timespec *now) {
    static __typeof__(&clock_gettime) next;
    if (!next) next = REAL(clock_gettime);
    int done = next(clock, now);
    if (!done && clock == CLOCK_REALTIME) now->tv_sec += shift;
    return done;
}
