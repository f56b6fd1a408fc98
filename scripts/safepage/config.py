"""What a site sets below `plugins` in mkdocs.yml (mistakes: site/settings_check.py)."""

from __future__ import annotations

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs_static_i18n.config import I18nPluginConfig, I18nPluginLanguage
from mkdocs_static_i18n.plugin import I18n


class SafePageConfig(Config):  # type: ignore[no-untyped-call]
    """`country`: whose numbers are dialled without a prefix (ISO 3166-1); `exit`: where the exit leads, by
    language; `pictograms`: the icon of a sign, by the sign's id.
    """

    country = config_options.Type((str, bool), default="")  # `NO` is a bool to YAML
    exit = config_options.DictOfItems(config_options.Type(str), default={})
    pictograms = config_options.DictOfItems(config_options.Type(str), default={})


class _Language(I18nPluginLanguage):  # type: ignore[misc]
    locale = config_options.Type(str)  # the plugin's own knows two letters alone


class _LanguagesConfig(I18nPluginConfig):  # type: ignore[misc]
    languages = config_options.ListOfItems(config_options.SubConfig(_Language, validate=True))


class Languages(I18n):  # type: ignore[misc]
    """mkdocs-static-i18n for every language that has a tag (which have: `site/locales.py`).

    MkDocs takes it for `i18n` in mkdocs.yml, as its entry point bears the name of our theme as well.
    """

    config_class = _LanguagesConfig

    def reconfigure_files_alternates(self, *_: object) -> None:
        """No page is made anew for each language, since `around.py` knows where the others are; and the pages
        of the language before are let go, which the plugin keeps for a template that no site here has."""
        self.i18n_files_per_language.clear()


def languages(config: MkDocsConfig) -> I18n:
    """The plugin that makes one language after the other."""
    return next(plugin for plugin in config.plugins.values() if isinstance(plugin, I18n))
