"""Checks 政府信息公开工作年度报告, the annual report on government information disclosure.

>>> import gongkai
>>> for finding in gongkai.check(open("2023.docx", "rb").read(), "2023.docx"):
...     print(finding["code"], finding["message"])
"""

import json
import os

from . import _gongkai
from ._gongkai import UnreadableError, __version__

__all__ = ["UnreadableError", "__version__", "check", "figures", "fix"]


def check(data, filename=None, config=None, *, language=None):
    """The findings of a file, each a dict as `gongkai check --output-format json` prints it.

    `data` is the file: bytes in any encoding or of a Word file, or text. `filename` is what it is called; body and year may be
    taken from it. `config` is the text of a gongkai.toml, or its path as an os.PathLike. Messages are in `language`, 'zh' or 'en';
    else in that of the configuration; else in Chinese. Raises UnreadableError for what cannot be read.
    """
    return json.loads(_gongkai.check(_bytes(data), _name(filename), _config(config), language))


def figures(data, filename=None, config=None):
    """Every figure of a file's tables, each a dict as `gongkai extract --format json-lines` writes it."""
    return json.loads(_gongkai.figures(_bytes(data), _name(filename), _config(config)))


def fix(data, filename=None, config=None, *, language=None):
    """The file with its safe fixes applied, as `gongkai check --fix` writes it: in its own encoding; text becomes UTF-8."""
    return _gongkai.fix(_bytes(data), _name(filename), _config(config), language)


def _bytes(data):
    if isinstance(data, str):
        return data.encode("utf-8", "surrogatepass")
    if isinstance(data, bytes):
        return data
    # A bytearray or a memoryview, such as columns of frames give.
    return bytes(memoryview(data))


def _name(filename):
    return None if filename is None else os.fspath(filename)


def _config(config):
    if config is None or isinstance(config, str):
        return config
    with open(config, encoding="utf-8") as file:
        return file.read()
