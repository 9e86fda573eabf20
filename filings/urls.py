"""The addresses of the filing system."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
