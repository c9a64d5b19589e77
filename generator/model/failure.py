"""Why the system did not let us read or write, in a clerk's words."""

import errno

_QUOTA, _STALE, _BUSY = (getattr(errno, name, -1) for name in ("EDQUOT", "ESTALE", "ETXTBSY"))  # not every system's

_BLOCKED = "有同名的文件或目录占着位置，请改名或移开"
_DENIED = "没有写入的权限；如文件正打开着，请先关闭"
_UNREADABLE = "没有读取的权限"
_FULL = "磁盘已满，请清理后重试"
_BROKEN = "磁盘或网络盘出了故障"
_MANY = "打开的文件太多"
_EITHER = {
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: _BROKEN,
    _STALE: _BROKEN,
    errno.EMFILE: _MANY,
    errno.ENFILE: _MANY,
    errno.ENOMEM: "内存不够",
    errno.ELOOP: "链接绕成了圈",
    errno.ENOENT: "没有这个文件或目录",
}
_WRITING = {
    errno.ENOSPC: _FULL,
    _QUOTA: _FULL,
    errno.EFBIG: "文件太大",
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    _BUSY: _DENIED,
    errno.EROFS: "磁盘是只读的",
    errno.EEXIST: _BLOCKED,
    errno.ENOTDIR: _BLOCKED,
    errno.EISDIR: _BLOCKED,
    errno.ENOTEMPTY: _BLOCKED,
}
_READING = {
    errno.EACCES: _UNREADABLE,
    errno.EPERM: _UNREADABLE,
    errno.EISDIR: "这是一个目录",
    errno.ENOTDIR: "路径当中有一段不是目录",
}


_OF_ONE_FILE = frozenset({
    errno.EACCES, errno.EPERM, _BUSY, errno.EBUSY, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY, errno.ENAMETOOLONG, errno.ELOOP,
    errno.EINVAL, errno.ENOENT,
})  # fmt: skip


def is_of_one_file(error: OSError) -> bool:
    """Whether what kept us from writing stands at this file: another could be written, as on a full disk none could."""
    return error.errno in _OF_ONE_FILE


def why_not_written(error: OSError) -> str:
    """What kept us from writing, without a full stop."""
    return _why(error, _WRITING)


def why_not_read(error: OSError) -> str:
    """What kept us from reading, without a full stop."""
    return _why(error, _READING)


def _why(error: OSError, known: dict[int, str]) -> str:
    number = error.errno or 0
    return known.get(number) or _EITHER.get(number) or f"系统不允许（{error.strerror or error}）"
