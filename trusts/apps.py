from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class TrustsConfig(AppConfig):
    name = "trusts"

    def ready(self) -> None:
        from trusts.sessions import begin

        user_logged_in.connect(begin)
