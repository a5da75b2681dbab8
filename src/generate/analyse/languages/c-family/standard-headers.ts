/** Headers of the C library and of POSIX: `<string.h>` is the system's even if the tree has a file of that name. */
export const standardHeaders: ReadonlySet<string> = new Set(
  `assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbit
  stdbool stdckdint stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype aio cpio dirent dlfcn
  endian err fcntl fmtmsg fnmatch ftw getopt glob grp iconv langinfo libgen malloc memory monetary mqueue ndbm netdb nl_types
  poll pthread pwd regex sched search semaphore spawn strings stropts syslog tar termios trace ucontext unistd utime utmpx
  values wordexp sys/file sys/ioctl sys/mman sys/param sys/poll sys/resource sys/select sys/socket sys/stat sys/time sys/times
  sys/types sys/uio sys/un sys/utsname sys/wait sys/event sys/epoll net/if netinet/in netinet/tcp arpa/inet windows winsock2
  execinfo features`
    .split(/\s+/)
    .map((name) => `${name}.h`),
)
