"""The door the server enters by."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
application = get_wsgi_application()
gc.freeze()  # what is loaded now stays for ever: keep the collector from walking it at every turn
