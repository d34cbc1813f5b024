"""A terminal: starts a program on a pseudo-terminal and keeps the screen that a person would see."""

import fcntl
import os
import pty
import re
import select
import shlex
import struct
import subprocess
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


class Tmux:
    """The same in tmux: a person starts the program in a shell, presses keys, and sees what tmux draws."""

    def __init__(self, command, columns, interrupt_at, cwd, limit=120):
        self.socket, self.raw = f"originwatch-{os.getpid()}", ""
        environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "CI", "GITHUB_ACTIONS", "TMUX")}
        with open(os.path.join(cwd, "typed.sh"), "w", encoding="utf-8") as file:
            file.write(f"trap : INT\n{shlex.join(command)}\necho \"exit code $?\"\n")
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", "50", "sh", env=environment, cwd=cwd)
        try:
            self.tmux("send-keys", "-l", "clear; . ./typed.sh")
            self.tmux("send-keys", "Enter")
            self.wait(interrupt_at, limit)
            self.tmux("send-keys", "C-c")
            self.code = int(self.wait(r"exit code (\d+)", limit).group(1))
            self.text = self.raw = self.capture().split("exit code")[0]
        finally:
            self.tmux("kill-server")

    def tmux(self, *arguments, **options):
        return subprocess.run(["tmux", "-L", self.socket, *arguments], check=True, capture_output=True, text=True, **options).stdout

    def capture(self):
        """The screen with all that has scrolled off it."""
        return "\n".join(line.rstrip() for line in self.tmux("capture-pane", "-p", "-S", "-").split("\n"))

    def wait(self, pattern, limit):
        deadline = time.monotonic() + limit
        while (match := re.search(pattern, self.capture())) is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"tmux did not show {pattern}:\n{self.capture()}")
            time.sleep(0.1)
        return match


def child(command, columns, environment, output, cwd):
    """Becomes the program; the size of the terminal is set before it looks."""
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    if output:
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
    if cwd:
        os.chdir(cwd)
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "CI", "GITHUB_ACTIONS")}
    os.execvpe(command[0], command, {**inherited, "TERM": "xterm-256color", **environment})
