"""A `boxhead worker` and its supervisor: every document gets an answer, whatever it does to the worker.

Speaks the protocol of the article Bulk and knows nothing of Spark. A worker that crashes, hangs or runs out of memory
is replaced; the document that did it is tried once more by another one and then answered with a failure.
"""
import base64
import dataclasses
import json
import os
import selectors
import signal
import subprocess
import time


@dataclasses.dataclass(frozen=True)
class Settings:
    """How workers run; those that change results are options of `boxhead worker` and part of its hash of options."""

    program: tuple = ("boxhead",)
    revisions: str = "accepted"
    recognize: str = "auto"
    office: str = "auto"
    max_pages: int = None
    # Seconds without a sign of life, and for a document as a whole (None for no limit).
    stall: float = 30
    deadline: float = None
    memory_mebibytes: int = 2048
    # A worker is replaced after so many documents.
    recycle: int = 500

    def command(self):
        # The worker dies with the thread that started it, and has the limits that `boxhead batch` gives.
        limits = [f"--data={self.memory_mebibytes << 20}", f"--stack={64 << 20}", "--core=0"]
        command = ["setpriv", "--pdeathsig", "KILL", "--", "prlimit", *limits, "--", *self.program, "worker",
                   "--to", "json", "--revisions", self.revisions, "--recognize", self.recognize,
                   "--office", self.office, "--confine"]
        return command + (["--max-pages", str(self.max_pages)] if self.max_pages else [])


@dataclasses.dataclass
class Answer:
    """What became of a document: a summary and the document, or a failure."""

    ok: bool
    summary: dict
    document: str = None
    code: str = None
    stage: str = None
    page: int = None
    message: str = None
    # Whether the worker is gone, or is to go, because of it.
    is_last: bool = False


class WorkerMissing(Exception):
    """No worker that says hello can be started: a fault of the installation, not of a document."""


class Worker:
    """One process that answers requests."""

    LONGEST_ANSWER = 1 << 30
    # How much longer than its deadline a worker may take to say so itself.
    GRACE = 2
    # Seconds to start in; a busy machine says nothing about a document.
    START = 30

    def __init__(self, settings):
        self.settings = settings
        self.served = 0
        self._pending, self._words = bytearray(), b""
        try:
            self._process = subprocess.Popen(settings.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                             stderr=subprocess.PIPE, bufsize=0, start_new_session=True)
        except OSError as error:
            raise WorkerMissing(str(error)) from error
        self._selector = selectors.DefaultSelector()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            os.set_blocking(stream.fileno(), False)
        self._selector.register(self._process.stdout, selectors.EVENT_READ)
        self._selector.register(self._process.stderr, selectors.EVENT_READ)
        try:
            hello = json.loads(self._line(time.monotonic() + self.START))["hello"]
            self.version, self.options_hash = hello["version"], hello["optionsHash"]
        except (EOFError, TimeoutError, ValueError, KeyError, TypeError) as error:
            self.kill()
            raise WorkerMissing(f"expected a worker that says hello, found {self._last_words() or error!r}") from error

    def ask(self, request):
        """The answer to one request, which has no id yet."""
        self.served += 1
        identity = str(self.served)
        request = dict(request, id=identity)
        if self.settings.deadline:
            request["deadline"] = self.settings.deadline
        start = sign = time.monotonic()
        whole = start + self.settings.deadline + self.GRACE if self.settings.deadline else float("inf")
        waits, page = False, None
        try:
            self._send(json.dumps(request).encode() + b"\n", min(sign + self.settings.stall, whole))
            while True:
                line = self._line(min(whole, float("inf") if waits else sign + self.settings.stall))
                sign = time.monotonic()
                value, document = self._read(line)
                if value.get("id") != identity:
                    continue
                if "ok" in value:
                    return self._answer(value, document)
                waits = value.get("waits", waits)
                page = value.get("page") or page
        except TimeoutError:
            self.kill()
            if time.monotonic() >= whole:
                code, words = "deadline", f"expected a result within {self.settings.deadline} s, found none"
            else:
                code, words = "stalled", f"expected progress within {self.settings.stall} s, found none"
        except EOFError:
            status = self.kill(grace=1)
            code = "killed" if status == -signal.SIGKILL else "crash"
            words = f"expected a result, found the end of the worker (status {status})"
        except (ValueError, TypeError, AttributeError):
            self.kill()
            code, words = "crash", "expected lines of JSON from the worker, found others"
        place = f"after page {page}" if page else "before the first page"
        return Answer(False, {}, code=code, stage="extraction", page=page + 1 if page else None, is_last=True,
                      message=f"extraction: {words} {place}: {self._last_words()}".rstrip(": "))

    @property
    def is_alive(self):
        return self._process.returncode is None

    def close(self):
        """Lets it end with its input; one that does not is killed."""
        self._process.stdin.close()
        self.kill(grace=1)

    def kill(self, grace=0):
        """Ends it and all that it started, after it had time to end by itself; its status, negative for a signal."""
        try:
            self._process.wait(grace)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()
        self._words = (self._words + (self._process.stderr.read() or b""))[-4096:]
        self._selector.close()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            stream.close()
        return self._process.returncode

    # What goes to and comes from the process

    def _send(self, line, end):
        stream = self._process.stdin
        rest = memoryview(line)
        self._selector.register(stream, selectors.EVENT_WRITE)
        try:
            while rest:
                self._wait(end)
                try:
                    rest = rest[stream.write(rest) or 0:]
                except BrokenPipeError:
                    # It is gone; its last answer may still be there.
                    return
        finally:
            self._selector.unregister(stream)

    def _line(self, end):
        searched = 0
        while True:
            at = self._pending.find(b"\n", searched)
            if at >= 0:
                line = bytes(self._pending[:at])
                del self._pending[:at + 1]
                return line
            searched = len(self._pending)
            if searched > self.LONGEST_ANSWER:
                raise ValueError("a line without an end")
            if self._wait(end):
                raise EOFError("the end of the worker")

    def _wait(self, end):
        """Waits for what comes next; true at the end of the answers."""
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        for key, _ in self._selector.select(min(left, 3600)):
            if key.fileobj is self._process.stdin:
                continue
            piece = key.fileobj.read(1 << 20)
            if key.fileobj is self._process.stderr:
                self._words = (self._words + (piece or b""))[-4096:]
                if piece == b"":
                    self._selector.unregister(key.fileobj)
            elif piece == b"":
                return True
            else:
                self._pending += piece or b""
        return False

    @staticmethod
    def _read(line):
        """The value of a line and the document in it, which is its last member and is kept as it was written."""
        head, mark, document = line.partition(b',"document":')
        if not mark:
            return json.loads(line), None
        return json.loads(head + b"}"), document[:-1].decode()

    @staticmethod
    def _answer(value, document):
        if value["ok"]:
            return Answer(True, value, document=document)
        error = value["error"]
        return Answer(False, value, code=error["code"], stage=error.get("stage"), page=error.get("page"),
                      message=error.get("message"), is_last=value.get("last", False))

    def _last_words(self):
        lines = [line for line in self._words.decode("utf-8", "replace").splitlines() if line.strip()]
        return lines[-1][:300] if lines else ""


class Supervisor:
    """Answers for documents, with one worker at a time."""

    ATTEMPTS = 2
    # Failures that end the worker but are the verdict at once, as in `boxhead batch`.
    FINAL = ("deadline", "limit")

    def __init__(self, settings):
        self.settings = settings
        self._worker = None

    def hello(self):
        """The version and the hash of options of the worker, which keys are made of."""
        worker = self._ready()
        return worker.version, worker.options_hash

    def convert(self, *, path=None, content=None, name=None):
        """The answer for one document, given by its path or its bytes."""
        if content is not None:
            request = {"bytes": base64.b64encode(content).decode()}
        else:
            try:
                # As UTF-8 where it is that, for it is what people see.
                request = {"path": path.encode().decode()}
            except UnicodeEncodeError:
                request = {"pathBytes": base64.b64encode(os.fsencode(path)).decode()}
        if name:
            request["name"] = name
        for _ in range(self.ATTEMPTS):
            answer = self._ready().ask(request)
            if not answer.is_last:
                break
            self.close()
            if answer.code in self.FINAL:
                break
        return answer

    def close(self):
        if self._worker:
            worker, self._worker = self._worker, None
            if worker.is_alive:
                worker.close()

    def _ready(self):
        if self._worker and self._worker.served >= self.settings.recycle:
            self.close()
        if not self._worker:
            self._worker = Worker(self.settings)
        return self._worker
