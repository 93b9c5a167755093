from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from guide_site.models import User

# Roles are groups: an operator gives them to accounts here.
admin.site.register(User, UserAdmin)
