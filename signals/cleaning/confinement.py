"""What the cleaning child may still do: compute, read its input, write its output. Standard library only.

Two walls. Limits of the kernel that any system has: no further open file (so no disk and no network), memory and
time. On Linux (x86-64 and ARM64) also a filter on system calls: everything but a short list is refused. Where the
filter is not there, the limits alone hold; `confine` tells.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys

MEMORY = 1_400 * 1024 * 1024
SECONDS = 75
NO_NEW_PRIVILEGES, DIE_WITH_PARENT, SET_FILTER, FILTER_MODE = 38, 1, 22, 2
# What computing, memory, threads' locks, standard input and output need; per machine: AUDIT_ARCH, clone, numbers.
# read write close fstat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn mremap madvise
# getpid gettid exit exit_group futex sched_yield sched_getaffinity clock_gettime clock_nanosleep nanosleep
# getrandom sigaltstack restart_syscall getrusage tgkill set_robust_list rseq sysinfo
ALLOWED = {
    "x86_64": (
        0xC000003E,
        56,
        (0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 25, 28, 39, 186, 60, 231, 202, 24, 204, 228, 230, 35)
        + (318, 131, 219, 98, 234, 273, 334, 99),
    ),
    "aarch64": (
        0xC00000B7,
        220,
        (63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 216, 233, 172, 178, 93, 94, 98, 124, 123, 113)
        + (115, 101, 278, 132, 128, 165, 131, 99, 293, 179),
    ),
}
# Decoders start threads with clone and this flag; a process of its own has it not. clone3 hides its flags: it is said
# not to exist, and the C library then uses clone.
THREAD, CLONE3 = 0x00010000, 435
LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06
MACHINE, NUMBER, FIRST_ARGUMENT = 4, 0, 16
ALLOW, REFUSE, NOT_THERE = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38  # SECCOMP_RET_ALLOW, _ERRNO: EPERM, ENOSYS


def confine() -> bool:
    """Give up everything that cleaning does not need; returns whether the filter on system calls holds too.

    Call it after all imports and before the first byte of a file: nothing can be opened any more.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    os.nice(10)
    return sys.platform == "linux" and _filter()


def _filter() -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    arch, clone, numbers = ALLOWED.get(platform.machine(), (0, 0, ()))
    if not numbers or libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    program = _program(arch, clone, numbers)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HP", len(program) // 8, ctypes.addressof(code))
    return libc.prctl(SET_FILTER, FILTER_MODE, ctypes.create_string_buffer(header, len(header)), 0, 0) == 0


def _program(arch: int, clone: int, numbers: tuple[int, ...]) -> bytes:
    """The filter in classic BPF: the right machine, then a thread or a number of the list, else EPERM."""
    steps = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, arch), (RETURN, 0, 0, REFUSE), (LOAD, 0, 0, NUMBER)]
    steps += [(EQUAL, 0, 1, CLONE3), (RETURN, 0, 0, NOT_THERE)]
    steps += [(EQUAL, 0, 4, clone), (LOAD, 0, 0, FIRST_ARGUMENT), (ANY_BIT, 0, 1, THREAD)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    steps += [(EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)]
    steps += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
