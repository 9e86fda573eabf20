"""Password validators whose messages Django does not translate into Chinese."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LengthValidator(MinimumLengthValidator):
    """Minimum length; Django 5.2 lacks the Chinese translation of this message."""

    def get_error_message(self) -> str:
        return f"密码太短，至少要有 {self.min_length} 个字符。"
