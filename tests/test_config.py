"""Configuration: the defaults, what is refused and in which words."""

import json
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from eafarchive.config import builtin_profiles, load_profile, load_settings
from eafarchive.discovery.manners import is_public_host
from eafarchive.errors import ConfigError
from eafarchive.extraction.lines.notes import is_closing_note
from workbench import configuration

ROOT = Path(__file__).parents[1]
SITE = '[[sites]]\nprofile = "eastasiaforum"\nbase_url = "https://site.example/"\n'


def written(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_what_a_file_leaves_out_is_as_in_the_packaged_one_but_for_rest(tmp_path, cli):
    packaged = (resources.files("eafarchive") / "default.toml").read_text("utf-8")
    whole = load_settings(None)
    for line in packaged.splitlines(keepends=True):
        if line == "\n" or line.startswith(("#", "[", "profile ", "base_url ")):
            continue
        short = load_settings(written(tmp_path, packaged.replace(line, "")))
        is_same = (short.storage, short.crawl, short.sites) == (
            *(whole.storage, whole.crawl),
            whole.sites,
        )
        assert is_same != line.startswith("rest "), line
    assert short.sites[0].rest is None, "the last line"
    assert 'but for "rest"' in packaged
    assert "but for a site's rest" in " ".join(cli("config", "--help").out.split())


def test_a_ca_file_that_holds_no_certificate_is_told_before_anything_is_asked(tmp_path, cli):
    for name, said in (("none.pem", "No such file"), ("config.toml", "holds no certificate")):
        path = written(tmp_path, f'[crawl]\nca_file = "{name}"\ncontact = "a@b.example"\n{SITE}')
        assert load_settings(path).ca_file == tmp_path / name
        ran = cli("crawl", "--config", path)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert f"$.crawl.ca_file: {tmp_path / name}: {said}" in ran.err
        assert not (tmp_path / "archive").exists()


def test_the_packaged_default_is_the_one_shown():
    packaged = (resources.files("eafarchive") / "default.toml").read_bytes()
    assert packaged == (ROOT / "config.toml").read_bytes()
    assert tomllib.loads(packaged.decode())["crawl"]["contact"] == ""


def test_every_key_of_the_default_has_the_default_value(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = load_settings()
    assert shown.source == "packaged default configuration"
    empty = load_settings(written(tmp_path, ""))
    assert shown.crawl == empty.crawl
    bare = SITE.replace("site.example", "eastasiaforum.org")
    bare += 'rest = "wp-json/wp/v2/posts"\n'  # not every site is a WordPress
    assert load_settings(written(tmp_path, bare)).sites == shown.sites
    assert load_settings(written(tmp_path, "")).archive == tmp_path / "archive"


def test_paths_are_relative_to_the_file(tmp_path):
    (tmp_path / "own.toml").write_text('name = "own"\nhosts = ["site.example"]\n', "utf-8")
    text = SITE.replace("eastasiaforum", "own.toml") + '[archive]\npath = "held/here"\n'
    settings = load_settings(written(tmp_path, text))
    assert settings.archive == tmp_path / "held" / "here"
    assert settings.sites[0].profile.name == "own"
    assert load_settings(written(tmp_path, text), tmp_path / "x").archive == tmp_path / "x"


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path):
    text = SITE + '[archive]\npath = "held"\n'
    marked = load_settings(written(tmp_path, f"\ufeff{text}"))
    assert marked.archive == tmp_path / "held"
    assert marked.text == text


def test_a_site_is_bound_to_its_profile(tmp_path):
    (site,) = load_settings(written(tmp_path, configuration("http://127.0.0.1:81/"))).sites
    assert "127.0.0.1:81" in site.profile.hosts
    assert site.sitemaps == ("http://127.0.0.1:81/sitemap_index.xml",)
    assert site.feeds == ("http://127.0.0.1:81/feed/",)
    assert site.profile.digest == load_profile("eastasiaforum").digest


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("not toml", "not valid TOML"),
        ("[crawl]\ndelay = ", "not valid TOML"),
        ("[crawl]\nbogus = 1", "$.crawl"),
        ("bogus = 1", "$"),
        ("[archive]\npath = 1", "$.archive.path"),
        ('[archive]\npath = ""', "$.archive.path"),
        ('[archive]\npath = "a\\u0000b"', "$.archive.path"),
        ("[crawl]\ncontact = 1", "$.crawl.contact"),
        ('[crawl]\ncontact = "a\\nb"', "$.crawl.contact"),
        ('[crawl]\ncontact = "Zoë"', "$.crawl.contact"),
        ('[crawl]\ncontact = "somebody"', "$.crawl.contact"),
        ('[crawl]\ncontact = "a@b.example (me)"', "$.crawl.contact"),
        ("[crawl]\ndelay = -1", "$.crawl.delay"),
        ("[crawl]\ndelay = nan", "$.crawl.delay"),
        ("[crawl]\ndelay = inf", "$.crawl.delay"),
        ('[crawl]\ndelay = "1"', "$.crawl.delay"),
        ("[crawl]\nconnections = 0", "$.crawl.connections"),
        ("[crawl]\nconnections = 1.5", "$.crawl.connections"),
        ("[crawl]\ntimeout = 0", "$.crawl.timeout"),
        ("[crawl]\ntotal_timeout = 0", "$.crawl.total_timeout"),
        ("[crawl]\nmax_wire_bytes = 0", "$.crawl.max_wire_bytes"),
        ("[crawl]\nmax_decoded_bytes = 0", "$.crawl.max_decoded_bytes"),
        ("[crawl]\nwarc_max_bytes = true", "$.crawl.warc_max_bytes"),
        ("[crawl]\nallow_private_addresses = 1", "$.crawl.allow_private_addresses"),
        ("[crawl]\nca_file = 1", "$.crawl.ca_file"),
        ("[[sites]]", "$.sites[0]"),
        (SITE + "bogus = 1", "$.sites[0]"),
        (SITE.replace("https", "ftp"), "$.sites[0].base_url"),
        (SITE.replace("example/", "example"), None),
        (SITE.replace("example/", "example/blog"), "$.sites[0].base_url"),
        (SITE.replace("site.example", "me:secret@site.example"), "$.sites[0].base_url"),
        (SITE.replace("example/", "example/?a=/"), "$.sites[0].base_url"),
        (SITE + SITE.replace("https", "http"), "$.sites[1].base_url"),
        (SITE.replace("eastasiaforum", "nope"), "$.sites[0].profile: no profile called 'nope'"),
        (SITE.replace("eastasiaforum", "nope.toml"), "$.sites[0].profile: "),
        (SITE.replace("eastasiaforum", "a\\u0000.toml"), ".toml"),
        (SITE + 'sitemaps = "one"', "$.sites[0].sitemaps"),
        (SITE + 'sitemaps = ["ftp://x.example/"]', "$.sites[0].sitemaps"),
        (SITE + "feeds = [1]", "$.sites[0].feeds[0]"),
        (SITE + SITE.replace("https", "ftp"), "$.sites[1].base_url"),
    ],
)
def test_what_is_refused_names_the_key_in_one_line(tmp_path, cli, text, key):
    path = written(tmp_path, text)
    if key is None:
        assert load_settings(path).sites[0].base_url == "https://site.example/"
        return
    with pytest.raises(ConfigError) as raised:
        load_settings(path)
    message = str(raised.value)
    assert key in message
    ran = cli("status", "--config", path)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert path.name in ran.err or "profile" in ran.err or ".toml" in ran.err


def test_a_file_that_cannot_be_read(tmp_path, cli):
    for path in (tmp_path / "gone.toml", tmp_path, tmp_path / ("x" * 300)):
        ran = cli("status", "--config", path)
        assert ran.code == 2
        assert ran.err.count("\n") == 1
        assert str(path) in ran.err
    for path in ("/dev/zero", "/dev/full"):
        endless = cli("status", "--config", path)
        assert (endless.code, endless.err.count("\n")) == (2, 1)
        assert path in endless.err
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\x00")
    assert cli("status", "--config", binary).code == 2


@pytest.mark.parametrize(
    "text", ["", "name = 1", 'name = "a"\nbogus = 1', 'name = "a"\narticle_path = "("', "junk"]
)
def test_profiles_that_are_refused(tmp_path, text):
    (tmp_path / "own.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"own\.toml"):
        load_profile("own.toml", tmp_path)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('body = [".fine", "p["]', "$.body[1]"),
        ('[[layouts]]\nname = "a"\nselectors = ["a,,b"]', "$.layouts[0].selectors[0]"),
        ('[labels]\nreading = ["in minutes"]', "$.labels.reading[0]"),
        ('credits = ["photo: .+"]', "$.credits[0]"),
        ('[chrome]\nlead = ["(?P<a>x)"]', "$.chrome.lead[0]"),  # a name twice once joined
        ('[chrome]\ndrop = ["x)"]', "$.chrome.drop[0]"),
        ('[notes]\nclosing = ["*"]', "$.notes.closing[0]"),
        ('extends = "nobody"', "$.extends"),
        ('digest = "sha256:0"', "$.digest"),
        ("[chrome]\nbogus = []", "$.chrome"),
    ],
)
def test_a_refused_profile_names_the_key(tmp_path, text, key):
    (tmp_path / "own.toml").write_text(f'name = "own"\n{text}', "utf-8")
    with pytest.raises(ConfigError) as raised:
        load_profile("own.toml", tmp_path)
    assert f"own.toml: {key}" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_builtin_profiles_load():
    assert {"eastasiaforum", "generic"} <= set(builtin_profiles())
    for name in builtin_profiles():
        profile = load_profile(name)
        assert profile.name == name
        assert profile.digest.startswith("sha256:")
    with pytest.raises(ConfigError, match="eastasiaforum"):
        load_profile("nope")


@pytest.mark.parametrize("name", builtin_profiles())
def test_builtin_profiles_are_sound(tmp_path, name):
    """Their rules are not checked when they are loaded; as anybody's they would be."""
    text = (resources.files("eafarchive") / f"profiles/{name}.toml").read_text("utf-8")
    (tmp_path / "own.toml").write_text(text, "utf-8")
    own = load_profile("own.toml", tmp_path)
    assert own == load_profile(name)


def test_a_crawl_of_a_public_host_wants_a_contact(tmp_path, cli):
    path = written(tmp_path, SITE.replace("site.example", "site.example.org"))
    ran = cli("crawl", "--config", path)
    assert ran.code == 2
    assert "$.crawl.contact" in ran.err
    assert not (tmp_path / "archive").exists()
    nothing = cli("crawl", "--config", written(tmp_path, "sites = []\n"))
    assert nothing.code == 2
    assert "[[sites]]" in nothing.err


def test_a_file_without_sites_means_the_packaged_ones(tmp_path):
    path = written(tmp_path, '[crawl]\ncontact = "a@example.org"\n')
    assert load_settings(path).sites == load_settings(None).sites


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("eastasiaforum.org", True),
        ("8.8.8.8", True),
        ("[2001:4860:4860::8888]", True),
        ("localhost", False),
        ("site.test", False),
        ("127.0.0.1", False),
        ("10.1.2.3:80", False),
        ("[::1]:80", False),
    ],
)
def test_public_hosts(host, public):
    assert is_public_host(f"http://{host}/") is public


def test_a_configuration_is_printed_as_it_stands_and_what_is_in_force_as_json(
    cli, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    packaged = cli("config")
    assert (packaged.code, packaged.err) == (0, "")
    own = tmp_path / "config.toml"
    own.touch()  # as the shell makes it before ``eafarchive config > config.toml`` begins
    assert cli("config").out == packaged.out
    own.write_text(packaged.out.replace("delay = 1.0", "delay = 2.5"), "utf-8")
    assert cli("config").out == own.read_text("utf-8")
    told = json.loads(cli("config", "--json").out)
    assert (told["source"], told["crawl"]["delay"]) == ("config.toml", 2.5)
    assert told["archive"]["path"] == "archive"
    assert [site["profile"] for site in told["sites"]] == ["eastasiaforum"]
    own.write_text("[crawl]\ndelay = 'soon'\n", "utf-8")
    assert cli("config").code == 2
    own.unlink()
    own.symlink_to("elsewhere.toml")  # on a disk that is not there
    ran = cli("config")
    assert (ran.code, ran.err) == (
        2,
        "eafarchive: config.toml: cannot be read: No such file or directory\n",
    )


def test_what_an_article_is_called_stands_in_closing_notes(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        'extends = "wordpress"\nname = "own"\n[notes]\npieces = ["dispatch"]\n'
        'closing = ["filed as a {piece} from"]\n'
    )
    rules = load_profile(str(path)).notes
    assert is_closing_note("Filed as a dispatch from the harbour.", rules)
    assert is_closing_note("Filed as a review from the harbour.", rules)
    assert not is_closing_note("Filed as a {piece} from the harbour.", rules)
    assert not any("{piece}" in pattern for pattern in rules.closing)
