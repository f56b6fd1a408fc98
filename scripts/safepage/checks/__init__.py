"""The promises that hold for every site, as tests that run on the site at hand in a real browser.

`python -m safepage check` runs them on the site in a folder; this project's own tests run them on its site.
They read mkdocs.yml, docs/ and the built pages, and know no country, no language and no page by name.
"""
