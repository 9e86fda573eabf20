"""URLs of the site. Of allauth's views only these are routed: no sign-up, e-mail or password reset."""

from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from perf_targets.accounts import password_change

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/password/change/", password_change, name="account_change_password"),
    path("", include("filings.urls")),
]
