"""Addresses under /returns/: what to do, what was sent, and sending it."""

from performance.pages.returns import send_urls, work_urls

urlpatterns = [*work_urls.urlpatterns, *send_urls.urlpatterns]
