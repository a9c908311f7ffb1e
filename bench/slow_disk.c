/* A disk that takes its time: fdatasync and fsync wait as long as asked for.

   cc -shared -fPIC -o slow_disk.so slow_disk.c -ldl
   LD_PRELOAD=./slow_disk.so SLOW_DISK_MICROSECONDS=5000 postgres ...
*/
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_for_the_disk(void) {
    const char *text = getenv("SLOW_DISK_MICROSECONDS");
    if (text != NULL) usleep((useconds_t)atoi(text));
}

int fdatasync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_for_the_disk();
    return real(file);
}

int fsync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_for_the_disk();
    return real(file);
}
