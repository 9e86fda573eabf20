"""What a password must be, where Django's own words do not come in Chinese."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LengthValidator(MinimumLengthValidator):
    """Django 5.2 has no Chinese for its own sentence."""

    def get_error_message(self) -> str:
        return _("密码太短，至少要有 %(length)s 个字符。") % {"length": self.min_length}
