"""`python -m tests.benchmarks.searching`: how well and how fast search answers.

On the server of DATABASE_URL (SQLite if there is none), in a database that goes away again.
"""

import os

import django


def main():
    """Make a database with the guide, measure in it, remove it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection  # needs Django set up

    from tests.benchmarks import imports, search_costs

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        imports.fill_this_database()
        search_costs.print_all()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
