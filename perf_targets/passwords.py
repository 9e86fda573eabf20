"""Password validators with Chinese messages: Django's address the user as 你, or are not translated."""

from django.contrib.auth import password_validation


class LengthValidator(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"密码太短，至少要有 {self.min_length} 个字符。"

    def get_help_text(self) -> str:
        return f"密码至少要有 {self.min_length} 个字符。"


class SimilarityValidator(password_validation.UserAttributeSimilarityValidator):
    def get_help_text(self) -> str:
        return "密码不能与您的用户名、邮箱等个人信息相近。"


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    def get_help_text(self) -> str:
        return "密码不能是常见的密码。"


class NumericValidator(password_validation.NumericPasswordValidator):
    def get_help_text(self) -> str:
        return "密码不能全是数字。"
