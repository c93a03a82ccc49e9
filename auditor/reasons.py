"""What the operating system hands over, as a user reads it: why it refused, in plain Chinese, and file names."""

from __future__ import annotations

import errno
import os

_REASONS = {
    errno.ENOENT: "文件不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
    errno.EEXIST: "已有同名文件",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过系统允许的大小",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了一圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "系统打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EAGAIN: "系统资源不够",
    errno.EBADF: "已经关闭",
    errno.EPIPE: "另一头已经关闭",
    errno.ENXIO: "另一头没有打开",
    errno.EINVAL: "系统不接受这个名字或位置",
    errno.ESTALE: "网络盘上的文件已失效",
    errno.ENODEV: "设备不在",
    errno.EBUSY: "正被占用",
    errno.ETXTBSY: "正被占用",
    errno.ETIMEDOUT: "等了太久没有回应",
}


def os_reason(error: OSError) -> str:
    """A few words without a full stop; the system's own, with its number, where we have none."""
    known = _REASONS.get(error.errno or 0)
    return known or f"系统错误 {error.errno}：{error.strerror}" if error.errno else "系统错误"


def readable(name: str) -> str:
    """A file name as text: under an ASCII locale the system hands over Chinese names as undecoded bytes."""
    return os.fsencode(name).decode("utf-8", "replace")
