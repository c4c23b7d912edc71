"""Starts servers for whoever holds its standard input, and ends them once that is let go of.

Run as ``python warden.py FOLDER``. Each line is a JSON array: the file for a server's output, then
its command. The input ends however its holder ends, killed or not; then the servers are ended, the
last first, and FOLDER is removed.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

PATIENCE = 20.0


def main():
    running = []
    for line in sys.stdin:
        output, *command = json.loads(line)
        with Path(output).open("wb") as log:
            running.append(subprocess.Popen(command, stdout=log, stderr=log))
    for process in reversed(running):
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    shutil.rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()
