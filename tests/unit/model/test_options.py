from corpus_tool.model.options import Profile, ReadOptions


def test_flags_go_before_the_profile() -> None:
    """Split and map of the flags win over those of the profile; maps are merged."""
    profile = Profile("p", split="P", field_map={"text": "Body", "title": "Kop"}, labels={"kop": "title"})
    options = ReadOptions(profile=profile, field_map={"text": "Full"})
    assert options.effective_split() == "P"
    assert ReadOptions(profile=profile, split="F").effective_split() == "F"
    assert options.effective_map() == {"text": "Full", "title": "Kop"}
    assert options.labels() == {"kop": "title"}
    assert (ReadOptions().effective_split(), ReadOptions().effective_map(), ReadOptions().labels()) == (None, {}, {})
