"""A strict reader of Prometheus's text exposition format 0.0.4, as `promtool check metrics` judges.

https://prometheus.io/docs/instrumenting/exposition_formats/ and the rules of promlint: each metric
has help and type before its samples and stands in one piece, no sample comes twice, names are in
base units and do not carry the metric's type.
"""

import re

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"'
_SAMPLE = re.compile(rf"({_NAME})(?:\{{({_LABEL}(?:,{_LABEL})*)?\}})? (\S+)")
_NOT_BASE = {
    "milliseconds",
    "minutes",
    "hours",
    "days",
    "kilobytes",
    "megabytes",
    "percent",
    "kb",
    "mb",
}
_NOT_GAUGES = ("_total", "_count", "_sum", "_bucket", "_info")


def read(data):
    """Sample's name → labels → value."""
    text = data.decode("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    found, current, helped = {}, None, set()
    for line in text.removesuffix("\n").split("\n"):
        if line.startswith("# HELP "):
            name, told = line[7:].split(" ", 1)
            assert re.fullmatch(_NAME, name)
            assert name not in helped, "in one piece"
            assert told.strip()
            assert re.fullmatch(r"(?:[^\\]|\\[\\n])*", told)
            helped.add(name)
            current = (name, None)
        elif line.startswith("# TYPE "):
            name, kind = line[7:].split(" ")
            assert current == (name, None), "help comes first"
            assert kind == "gauge"
            assert not name.endswith(_NOT_GAUGES)
            assert not set(name.split("_")) & {*_NOT_BASE, "gauge", "counter"}
            assert name == name.lower()
            found[name], current = {}, (name, kind)
        else:
            sample = _SAMPLE.fullmatch(line)
            assert sample, line
            assert current == (sample[1], "gauge"), line
            labels = {k: _plain(v) for k, v in re.findall(_LABEL, sample[2] or "")}
            key = tuple(sorted(labels.items()))
            assert key not in found[sample[1]], "no sample twice"
            found[sample[1]][key] = float(sample[sample.lastindex])
    assert all(found.values()), "every metric has a sample"
    return {name: [(dict(key), value) for key, value in got.items()] for name, got in found.items()}


def _plain(value):
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)
