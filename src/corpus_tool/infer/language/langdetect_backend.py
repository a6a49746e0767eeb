"""langdetect as a backend: seeded, only the profiles that are wanted, its exceptions turned into silence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from corpus_tool.errors import UsageError
from corpus_tool.infer.language.registry import Probabilities

_TAGS = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}
_PROFILES = {"zh-Hans": ["zh-cn"], "zh-Hant": ["zh-tw"], "zh": ["zh-cn", "zh-tw"]}
SEED = 0


def version() -> str:
    """`langdetect` with its installed version."""
    return f"langdetect {_installed()}"


@cache
def _installed() -> str:
    from importlib.metadata import version as installed

    return installed("langdetect")


@cache
def _factory(expected: tuple[str, ...]) -> Any:
    """A factory with the wanted profiles: loading all 55 takes twenty times as long as loading four."""
    import langdetect
    from langdetect.detector_factory import DetectorFactory

    folder = Path(langdetect.__file__).parent / "profiles"
    known = sorted(path.name for path in folder.iterdir() if path.suffix == "" and not path.name.startswith("_"))
    wanted = {name for tag in expected for name in _PROFILES.get(tag, [tag.split("-")[0]])}
    names = [name for name in known if name in wanted]
    if expected and not names:
        raise UsageError(f"langdetect knows none of {', '.join(expected)}", f"it knows: {', '.join(known)}")
    if len(names) < 2:
        names = known  # one language alone has nothing to stand out from
    factory = DetectorFactory()
    factory.seed = SEED
    factory.load_json_profile([(folder / name).read_text(encoding="utf-8") for name in names])
    return factory


def probabilities(texts: Sequence[str], expected: tuple[str, ...]) -> list[Probabilities]:
    """As the Protocol says; a text that langdetect cannot take gives an empty answer."""
    return [_probabilities(text, expected) for text in texts]


def _probabilities(text: str, expected: tuple[str, ...]) -> Probabilities:
    from langdetect.lang_detect_exception import LangDetectException

    factory = _factory(expected)
    detector = factory.create()
    detector.seed = SEED
    try:
        detector.append(text)
        found = {_TAGS.get(item.lang, item.lang): item.prob for item in detector.get_probabilities()}
    except (LangDetectException, ZeroDivisionError):
        return {}
    wanted = {tag if tag in _PROFILES else tag.split("-")[0] for tag in expected}
    return {tag: share for tag, share in found.items() if not wanted or tag in wanted or tag.split("-")[0] in wanted}
