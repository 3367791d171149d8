"""Addresses of pages about what to do and what was sent. The whole list stands under /returns/."""

from django.urls import path

from performance.pages.returns import figures_file, matrix, return_page, steps, work_list

urlpatterns = [
    path("", work_list.work_list, name="returns"),
    path("matrix/", matrix.matrix, name="returns-matrix"),
    path("<int:pk>/", return_page.return_page, name="return"),
    path("figures.csv", figures_file.figures_that_count, name="accepted-figures"),
    path("<int:pk>/figures.csv", figures_file.figures_of_version, name="return-figures"),
    path("<int:pk>/submit/", steps.submit, name="submit-return"),
    path("<int:pk>/approve/", steps.approve, name="approve-return"),
    path("<int:pk>/accept/", steps.accept, name="accept-return"),
    path("<int:pk>/send-back/", steps.send_back, name="send-back-return"),
]
