from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Leaves out the sources from which static/build is made."""

    ignore_patterns = [*DjangoStaticFilesConfig.ignore_patterns, "src"]
