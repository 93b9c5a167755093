"""Measures one thing after the other and prints the figures as one table."""

import os
import platform
import sqlite3

import django
import gunicorn

from tests.benchmarks import imports, merges, search_costs, server, texts, warm


def print_all():
    """The whole report, row by row as it is measured."""
    _print_machine()
    _print_import(imports.fill_the_database())
    service = warm.largest_service_page()
    rows = warm.rows(service)
    with server.running() as site:
        _print_warm(warm.measure(site, rows))
        pages = {f"page of {service.name}": service.get_absolute_url(), "whole guide": "/guide/"}
        _print_visits(merges.first_visits(site, service, pages))
    _print_texts(texts.previews())
    search_costs.print_all()


def _print_machine():
    print(
        f"Python {platform.python_version()}, Django {django.__version__}, "
        f"SQLite {sqlite3.sqlite_version}, gunicorn {gunicorn.__version__} "
        f"(1 worker, 1 thread); load of the machine: {os.getloadavg()[0]:.1f}"
    )


def _print_import(found):
    print(f"\n{'Import':34}{'bytes':>11}{'ms':>9}{'CPU ms':>9}{'MB':>7}")
    figures = (found.file.stat().st_size, found.seconds * 1000, found.cpu * 1000, found.megabytes)
    print("{:34}{:>11,}{:>9.0f}{:>9.0f}{:>7.0f}".format(found.file.name, *figures))
    if found.file == imports.SHIPPED:
        print(f"(The guide that ships: {imports.CORPUS.name}, which is larger, is not here.)")


def _print_warm(costs):
    print(f"\n{'Warm, CPU per request':34}{'bytes':>11}{'ms':>9}{'bare ms':>9}{'ratio':>7}  aim")
    for cost in costs:
        aim = cost.row.aim
        verdict = f"≤ {aim}{'' if cost.ratio <= aim else ': missed'}" if aim else ""
        figures = (cost.size, cost.page * 1000, cost.bare * 1000, cost.ratio)
        print("{:34}{:>11,}{:>9.2f}{:>9.2f}{:>7.2f}".format(cost.row.name, *figures), "", verdict)


def _print_visits(visits):
    print(f"\n{'First visit after a merge':34}{'merge ms':>11}{'ms':>9}{'CPU ms':>9}")
    for name, visit in visits.items():
        figures = (visit.merge * 1000, visit.seconds * 1000, visit.cpu * 1000)
        print("{:34}{:>11.0f}{:>9.0f}{:>9.0f}".format(name, *figures))


def _print_texts(found):
    print(f"\n{'Preview of 20,000 characters':34}{'CPU ms':>29}")
    for name, seconds in found.items():
        print(f"{name:34}{seconds * 1000:>29.0f}")
