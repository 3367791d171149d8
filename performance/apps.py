from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PerformanceConfig(AppConfig):
    name = "performance"

    def ready(self) -> None:
        from performance.models.published_rows import protect_published_rows

        post_migrate.connect(protect_published_rows, sender=self)
