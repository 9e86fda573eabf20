"""消息: a user's own messages, unread first; read one by one or all; the header counts the unread ones."""

import pytest
from django.utils import timezone

from filings.choices import Action, MessageKind
from filings.models import Message, User
from filings.tests.county import County, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.worker import work


def add(user: User, text: str, *, read: bool = False, url: str = "") -> Message:
    now = timezone.now()
    return Message.objects.create(
        user=user, kind=MessageKind.RETURNED, key=text, text=text, url=url, at=now, read_at=now if read else None
    )


def test_the_message_leads_to_the_page_of_its_action(county: County, client_of: ClientOf) -> None:
    filing = step(Action.SUBMIT, county.filled(), county.filler)
    work()
    head = client_of(county.head)
    page = words(head.get("/messages/"))
    assert f"未读 待审签 {timezone.localtime():%Y-%m-%d}" in page
    assert "「县档案馆」" in page
    assert "由filler甲提交，请审签" in page
    message = Message.objects.get()
    assert head.post(f"/messages/{message.pk}/open/")["Location"] == f"/filings/{filing.pk}/signing/"
    message.refresh_from_db()
    assert message.read_at is not None


def test_unread_messages_come_first_and_can_be_shown_alone(county: County, client_of: ClientOf) -> None:
    for text, read in (("子", False), ("丑", True), ("寅", False)):
        add(county.filler, text, read=read)
    client = client_of(county.filler)
    page = words(client.get("/messages/"))
    assert page.index("寅") < page.index("子") < page.index("丑")
    assert "丑" not in words(client.get("/messages/?unread=1"))


def test_the_header_counts_unread_messages(county: County, client_of: ClientOf) -> None:
    client = client_of(county.filler)
    assert "未读消息数" not in html(client.get("/"))
    add(county.filler, "子")
    add(county.filler, "丑", read=True)
    add(county.head, "寅")
    assert '消息 <span class="count" title="未读消息数">1</span>' in html(client.get("/"))


def test_all_is_marked_as_read_up_to_what_the_page_showed(county: County, client_of: ClientOf) -> None:
    shown, later, other = add(county.filler, "子"), add(county.filler, "丑"), add(county.head, "寅")
    client = client_of(county.filler)
    client.post("/messages/read/", {"newest": shown.pk})
    unread = Message.objects.filter(read_at__isnull=True)
    assert list(unread.order_by("id")) == [later, other]
    client.post("/messages/read/", {"newest": "9" * 30})
    assert list(unread.all()) == [other]
    assert client.post("/messages/read/", {"newest": "x"}).status_code == 302


@pytest.mark.parametrize("action", ["read", "open"])
def test_messages_of_others_do_not_exist(county: County, client_of: ClientOf, action: str) -> None:
    message = add(county.head, "子")
    client = client_of(county.filler)
    assert client.post(f"/messages/{message.pk}/{action}/").status_code == 404
    assert "子" not in words(client.get("/messages/"))
    message.refresh_from_db()
    assert message.read_at is None


@pytest.mark.parametrize("count", [1, 3, 120])
def test_the_page_takes_the_same_queries_for_any_number(
    county: County, client_of: ClientOf, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        add(county.filler, f"第{number}条")
    client = client_of(county.filler)
    client.get("/messages/")
    with django_assert_num_queries(8):  # type: ignore[operator]
        assert client.get("/messages/").status_code == 200
