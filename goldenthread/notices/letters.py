"""A notice as the e-mail it is sent as."""

from __future__ import annotations

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from goldenthread.notices.models import Notice


def letter(notice: Notice) -> EmailMultiAlternatives:
    """The message, under the name it keeps however often it is sent.

    A calendar file goes along twice: as a part with its method, which Outlook and Gmail act on, and as an attachment,
    which everything else can open.
    """
    headers = {
        "Message-ID": notice.message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies
        "X-Auto-Response-Suppress": "All",  # the same for Exchange
    }
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=notice.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((notice.name, notice.address))],
        headers=headers,
    )
    if notice.calendar:
        message.attach_alternative(notice.calendar, f"text/calendar; method={notice.calendar_method or 'PUBLISH'}")
        message.attach("invitation.ics", notice.calendar, "application/ics")
    return message
