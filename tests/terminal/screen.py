"""A terminal: starts a program on a pseudo-terminal and keeps the screen that a person would see."""

import fcntl
import os
import pty
import re
import select
import struct
import termios
import time

CONTROL = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])|\x1b[=>]|\x1b\][^\x07]*\x07|[\r\n\x08\x07]|[^\x1b\r\n\x08\x07]+", re.S)


class Screen:
    """The lines of a terminal without end: carriage return, line feed, erase in line, cursor movement by column; colors are counted."""

    def __init__(self, columns):
        self.columns, self.lines, self.column, self.colors = columns, [[]], 0, 0

    def feed(self, text):
        for match in CONTROL.finditer(text):
            self.apply(match.group(0), match.group(1), match.group(2))

    def apply(self, token, arguments, command):
        line = self.lines[-1]
        if token == "\r":
            self.column = 0
        elif token == "\n":
            self.lines.append([])
        elif token == "\x08":
            self.column = max(0, self.column - 1)
        elif command == "K":
            del line[self.column if arguments in ("", "0") else 0:]
        elif command == "m":
            self.colors += 1
        elif command in ("h", "l") or token in ("\x1b=", "\x1b>", "\x07"):
            pass
        elif token.startswith("\x1b"):
            raise AssertionError(f"a control sequence that a calm line does not need: {token!r}")
        else:
            self.write(token)

    def write(self, text):
        for character in text:
            if self.column >= self.columns:
                self.lines.append([])
                self.column = 0
            line = self.lines[-1]
            line.extend(" " * (self.column - len(line)))
            line[self.column:self.column + 1] = [character]
            self.column += 1

    def text(self):
        return "\n".join("".join(line).rstrip() for line in self.lines)


class Run:
    """What was on the screen at the end, all that was sent to it, what went to the file, and the exit code."""

    def __init__(self, command, columns=100, environment=None, output=None, interrupt_at=None, cwd=None, limit=120):
        pid, terminal = pty.fork()
        if pid == 0:
            child(command, columns, environment or {}, output, cwd)
        self.raw = ""
        self.screen = Screen(columns)
        deadline = time.monotonic() + limit
        while True:
            ready, _, _ = select.select([terminal], [], [], 0.05)
            try:
                data = os.read(terminal, 1 << 16) if ready else None
            except OSError:
                break
            if data == b"":
                break
            if data:
                self.raw += data.decode("utf-8", "replace")
            if interrupt_at and re.search(interrupt_at, self.raw):
                os.write(terminal, b"\x03")
                interrupt_at = None
            if time.monotonic() > deadline:
                os.kill(pid, 9)
                raise AssertionError(f"{command} did not end:\n{self.raw}")
        self.code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self.screen.feed(self.raw)
        self.text = self.screen.text()


def child(command, columns, environment, output, cwd):
    """Becomes the program; the size of the terminal is set before it looks."""
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    if output:
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
    if cwd:
        os.chdir(cwd)
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "CI", "GITHUB_ACTIONS")}
    os.execvpe(command[0], command, {**inherited, "TERM": "xterm-256color", **environment})
