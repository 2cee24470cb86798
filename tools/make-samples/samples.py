#!/usr/bin/env python3
"""Prints the samples' own pages (pages/*.html) to samples/<slug>/original.pdf: one by Chromium, one by WeasyPrint."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import html_layout  # noqa: E402

SAMPLES = {"water-supply-chromium": ("water-supply", html_layout.Chromium),
           "household-survey-weasyprint": ("household-survey", html_layout.WeasyPrint)}

for slug, (page, maker) in SAMPLES.items():
    printer = maker()
    try:
        with open(os.path.join(HERE, "pages", page + ".html"), encoding="utf-8") as f:
            printer.print_html(f.read(), os.path.join(HERE, "..", "..", "samples", slug, "original.pdf"))
    finally:
        printer.close()
