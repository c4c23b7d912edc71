import pytest

from eafarchive.discovery.secrets import discreet


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("GET https://site.example/a?token=s3cret&page=2 failed", "?token=…&page=2 failed"),
        ("https://site.example/?X-Amz-Signature=abc;b=1#f", "?X-Amz-Signature=…;b=1#f"),
        ("a?api_key=1 and b?PASSWORD=2", "a?api_key=… and b?PASSWORD=…"),
        ("https://user:pa55@site.example/x", "https://site.example/x"),
        ("https://site.example/?p=12&s=word", "https://site.example/?p=12&s=word"),
        ("mail@site.example says: a=b", "mail@site.example says: a=b"),
    ],
)
def test_s07_secrets_are_not_shown(said, shown):
    assert discreet(said).endswith(shown)
    assert "s3cret" not in discreet(said)
