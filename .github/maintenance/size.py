#!/usr/bin/env python3
"""size.py [COMMIT ...]: how large the house is, at commits or in the working tree.

Types, files, lines, and the median and the 90th percentile of the lines of files and of methods, of src/OriginWatch, of src/OriginWatch.Aws with
src/OriginWatch.Cli, and of tests/OriginWatch.Tests. A method is a member with a parameter list and a body in braces; lines are those from its first to
its last, generated files (*.g.cs) are left out."""
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PARTS = {
    'engine': ('src/OriginWatch/',),
    'functions and command line': ('src/OriginWatch.Aws/', 'src/OriginWatch.Cli/'),
    'tests': ('tests/OriginWatch.Tests/',),
}
TYPE = re.compile(r'^\s*(?:(?:public|internal|private|protected|file|static|sealed|abstract|readonly|partial|ref)\s+)*'
                  r'(?:record\s+struct|record\s+class|class|record|struct|interface|enum)\s+\w+')
METHOD = re.compile(r'^\s+(?:(?:public|internal|private|protected|static|sealed|override|virtual|abstract|async|partial|unsafe|new)\s+)*'
                    r'(?!return\b|await\b|throw\b|new\b|if\b|while\b|for\b|foreach\b|switch\b|using\b|lock\b|else\b|catch\b|yield\b|case\b)'
                    r'(?:[\w<>\[\]?,.() ]+\s)?(\w+)(?:<[\w, ]+>)?\(.*\)(?:\s*:\s*(?:base|this)\(.*\))?\s*$')


def files(commit, folders):
    """Paths and texts; of the working tree where no commit is given."""
    if commit is None:
        names = subprocess.check_output(['git', 'ls-files', *folders], cwd=TOP, text=True).split('\n')
        texts = ((name, (TOP / name).read_text(encoding='utf-8-sig')) for name in names if wanted(name) and (TOP / name).exists())
        return list(texts)
    names = subprocess.check_output(['git', 'ls-tree', '-r', '--name-only', commit, *folders], cwd=TOP, text=True).split('\n')
    return [(name, subprocess.check_output(['git', 'show', f'{commit}:{name}'], cwd=TOP).decode('utf-8-sig')) for name in names if wanted(name)]


def wanted(name):
    return name.endswith('.cs') and not name.endswith('.g.cs')


def methods(lines):
    """The lines of each method with a body in braces."""
    for start, line in enumerate(lines):
        if not METHOD.match(line) or start + 1 >= len(lines) or lines[start + 1].strip() != '{':
            continue
        indent = len(lines[start + 1]) - len(lines[start + 1].lstrip())
        for end in range(start + 2, len(lines)):
            if lines[end].startswith(' ' * indent + '}'):
                yield end - start + 1
                break


def percentile(numbers, share):
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0


def main():
    print('| commit | part | types | files | lines | file, median | 90 % | method, median | 90 % | lines over 140 |')
    print('|---|---|---|---|---|---|---|---|---|---|')
    for commit in sys.argv[1:] or [None]:
        for part, folders in PARTS.items():
            texts = [text.split('\n') for _, text in files(commit, folders)]
            sizes = [len(lines) - (lines[-1] == '') for lines in texts]
            bodies = [size for lines in texts for size in methods(lines)]
            types = sum(bool(TYPE.match(line)) for lines in texts for line in lines)
            wide = sum(len(line) > 140 for lines in texts for line in lines)
            print(f'| {commit or "now"} | {part} | {types} | {len(sizes)} | {sum(sizes)} | {percentile(sizes, 0.5)} | {percentile(sizes, 0.9)} '
                  f'| {percentile(bodies, 0.5)} | {percentile(bodies, 0.9)} | {wide} |')


if __name__ == '__main__':
    main()
