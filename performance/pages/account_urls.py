"""Addresses of people's own accounts, and of administrators."""

from django.urls import path

from performance.pages import account, people, single_sign_on, tokens

urlpatterns = [
    path("account/", account.own_account, name="own-account"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<int:pk>/end/", tokens.end, name="end-token"),
    path("account/sign-in/", account.sign_in, name="sign-in"),
    path("account/sign-out/", account.sign_out, name="sign-out"),
    path("account/signed-out/", account.signed_out, name="signed-out"),
    path("account/forgotten/", account.forgotten, name="forgotten"),
    path("account/forgotten/sent/", account.password_link_sent, name="password-link-sent"),
    path("account/invitation/<slug:link>/", account.accept_invitation, name="accept-invitation"),
    path("account/password/<slug:link>/", account.choose_another_password, name="choose-password"),
    path("account/password-chosen/", account.password_chosen, name="password-chosen"),
    path("account/single-sign-on/", single_sign_on.ask, name="single-sign-on"),
    path("account/single-sign-on/answer/", single_sign_on.answer, name="single-sign-on-answer"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<number:pk>/", people.person, name="person"),
    path("people/<number:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<number:pk>/activate/", people.activate, name="activate"),
    path("people/<number:pk>/invitation/", people.send_again, name="send-invitation-again"),
]
