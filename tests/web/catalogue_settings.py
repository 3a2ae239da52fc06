"""The product's settings with the catalogue's pages, to look at while building."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.web.catalogue"
DEMONSTRATION = True
ALLOWED_HOSTS = ["*"]
