"""Which words stand for a name nobody filled: the nearest default wins."""

from tui.script.call.walk import Walk
from tui.script.files.load import load
from tui.script.language.facts import Facts

DEFAULTS = {"first_name": "there", "offer": "our range", "town": "your town"}


def said(tmp_path, text, **values):
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    walk = Walk.begin(load(tmp_path / "s.yaml").script, "call", Facts(values=values, defaults=DEFAULTS))
    return walk.line().text


def test_words_in_the_sentence_beat_the_team_s(tmp_path):
    opener = 'title: T\nopener: "{{first_name|Hello}}, about {{town|Leeds}}."\n'
    assert said(tmp_path, opener) == "Hello, about Leeds."
    assert said(tmp_path, opener, first_name="Ann") == "Ann, about Leeds."


def test_the_team_s_words_fill_what_the_sentence_leaves_open(tmp_path):
    assert said(tmp_path, 'title: T\nopener: "Hi {{first_name}}, {{town|}}."\n') == "Hi there, your town."


def test_what_the_script_declares_for_all_its_sentences_comes_first(tmp_path):
    text = 'title: T\nvariables: {offer: the spring range}\nopener: "About {{offer|this}}."\n'
    assert said(tmp_path, text) == "About the spring range."


def test_a_reason_to_call_again_is_worded_the_same_way(tmp_path):
    text = 'title: T\nopener: "I have news. {{reason}}."\nfollowup: {reasons: [{say: "{{town|Leeds}} is open"}]}\n'
    assert said(tmp_path, text) == "I have news. Leeds is open."
