"""Slow down guesses: count the attempts of a client's address in a cache that all processes share.

Hand-written, because django-ratelimit refuses the database cache, which has no atomic increment, and allauth's limits
are internal to it. Here each attempt adds a key of its own, which only one request can add.
"""

from ipaddress import IPv4Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest

CACHE = "verification"
# Attempts within WINDOW seconds: unknown codes, and files that are examined at the server.
MOST_MISSES = 20
MOST_FILES = 20
WINDOW = 600
# Addresses of IPv6 are given out in blocks: a client has at least a /64.
_IPV6_BLOCK = 64


def is_blocked(request: HttpRequest, kind: str, most: int) -> bool:
    """Whether the client has made all its attempts of this kind within the last WINDOW seconds."""
    return len(caches[CACHE].get_many(_keys(request, kind, most))) >= most


def count(request: HttpRequest, kind: str, most: int) -> bool:
    """Count an attempt. False if the client has none left."""
    keys = _keys(request, kind, most)
    made = caches[CACHE].get_many(keys)
    return any(caches[CACHE].add(key, 1, WINDOW) for key in keys if key not in made)


def _keys(request: HttpRequest, kind: str, most: int) -> list[str]:
    client = _client(request)
    return [f"attempt:{kind}:{client}:{number}" for number in range(most)]


def _client(request: HttpRequest) -> str:
    """Return the client's address, for IPv6 its block."""
    typed = str(get_adapter().get_client_ip(request))
    address = ip_address(typed)
    if isinstance(address, IPv4Address):
        return str(address)
    # A listener for both versions sees IPv4 clients in this form.
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _IPV6_BLOCK), strict=False).network_address)
