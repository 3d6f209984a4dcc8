"""The command: `gongkai`, and `python -m gongkai`."""

import signal
import sys

from . import _gongkai


def main():
    # The program does itself what is to be done at Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_gongkai.run(["gongkai", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
