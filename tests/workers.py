"""Page parsers that are kept for the next command of this process, as long as nothing ails them."""

import msgspec

from eafarchive.sandbox.process import WorkerProcess

IDLE = {}


class Kept(WorkerProcess):
    """A worker that goes back to the others where it would be ended while it has nothing to do."""

    def __init__(self, setup, seconds):
        self.is_sound = False
        self._others = IDLE.setdefault(msgspec.msgpack.encode(setup), [])
        super().__init__(setup, seconds)

    def exchange(self, message, seconds):
        self.is_sound = False
        answer = super().exchange(message, seconds)
        self.is_sound = b"is_last" not in answer
        return answer

    def kill(self):
        if not self.is_sound:
            super().kill()

    def end(self):
        if self.is_sound and self.is_alive():
            self._others.append(self)
        else:
            super().end()


def hire(setup, seconds):
    """A worker that is idle, or a new one."""
    others = IDLE.get(msgspec.msgpack.encode(setup), [])
    while others:
        worker = others.pop()
        if worker.is_alive():
            return worker
        WorkerProcess.end(worker)
    return Kept(setup, seconds)


def dismiss():
    """End all that are idle."""
    while IDLE:
        for worker in IDLE.popitem()[1]:
            WorkerProcess.end(worker)
