"""A whole city in one run: many departments, made by many workers, recorded in one file, told on one page.

``city.py`` is the verb. ``members.py`` says for whom it waits, ``task.py`` what is done for one of them, ``pool.py`` and
``cluster.py`` who does it, ``store.py`` what is kept of it.
"""
