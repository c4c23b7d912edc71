"""What a host's answer to robots.txt is remembered as."""

from __future__ import annotations

import logging
from datetime import datetime

import msgspec

from eafarchive.archive.books.memory import HostState
from eafarchive.body import body_of
from eafarchive.discovery.manners import MAX_ROBOTS_BYTES
from eafarchive.work.fetching.answers import Arrival, Trouble
from eafarchive.work.report.journal import told

log = logging.getLogger(__name__)


def answered(state: HostState, found: Arrival | Trouble, now: datetime) -> HostState:
    """The state with the answer in it, by RFC 9309 section 2.3.1; what there was of none is told.

    What is cut off or cannot be decoded is no answer, which forbids everything: half a rule is
    another rule. Of a long one its beginning is (section 2.5), and of one that we cut for its size.
    """
    status, data, problem, outcome = None, b"", "", "failed"
    capture = found.answer if isinstance(found, Trouble) else found.capture
    if isinstance(found, Arrival) or (capture and capture.truncated):
        assert capture is not None
        url = capture.target_uri
        body = body_of(capture, MAX_ROBOTS_BYTES + 1, may_be_more=True)
        if isinstance(body, str):
            problem = body
        else:
            status, data = 200, body.data
            if capture.truncated:
                outcome = "cut off"
                problem = f"{capture.problem}; its first {MAX_ROBOTS_BYTES} bytes are heeded"
    else:
        # where the server refuses it, or it leads to what is no URL, there are no rules
        status = 404 if found.kind == "refused" else found.status if found.status != 200 else None
        problem = found.detail if found.is_down or status is None else ""
        url = found.url
    if problem:
        fields = told("robots", url=url, outcome=outcome, detail=problem)
        log.warning("%s: %s: %s", url, outcome, problem, extra=fields)
    return msgspec.structs.replace(state, robots_status=status, robots_body=data, robots_at=now)
