"""From observations to the results of a release. The Celery tasks are thin shells over it."""
