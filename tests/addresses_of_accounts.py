"""The addresses that django-allauth brings, for tests/test_permissions.py."""

OF_ALLAUTH = {  # True: a visitor may use it
    "account_login": True,
    "account_logout": True,
    "account_inactive": True,
    "account_signup": True,
    "account_reauthenticate": False,
    "account_email": False,
    "account_email_verification_sent": True,
    "account_change_password": False,
    "account_set_password": False,
    "account_reset_password": True,
    "account_confirm_login_code": True,
    "account_confirm_email": True,
    "account_reset_password_from_key_done": True,
    "account_reset_password_from_key": True,
    "account_reset_password_done": True,
}
