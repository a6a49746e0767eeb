"""langdetect as a backend: seeded, only the profiles that are wanted, its exceptions turned into silence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from corpus_tool.infer.language.registry import Probabilities, is_one_language, known_among

NAME = "langdetect"

_TAGS = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}
_CHINESE = {"zh", "zh-Hans", "zh-Hant"}
SEED = 0


@cache
def version() -> str:
    """`langdetect` with its installed version."""
    from importlib.metadata import version as installed

    return f"langdetect {installed('langdetect')}"


@cache
def _profiles() -> dict[str, Path]:
    """The file of each language."""
    import langdetect

    folder = Path(langdetect.__file__).parent / "profiles"
    names = sorted(path.name for path in folder.iterdir() if path.suffix == "" and not path.name.startswith("_"))
    return {_TAGS.get(name, name): folder / name for name in names}


@cache
def _known(only: tuple[str, ...]) -> frozenset[str]:
    """The wanted languages; of Chinese, the only one with a profile for each script, the script that was named."""
    known = known_among("langdetect", _profiles(), only)
    scripts = {tag for tag in only if tag in _CHINESE}
    unnamed = set() if not scripts or "zh" in scripts else _CHINESE - scripts
    return frozenset(known) - unnamed


@cache
def _factory(tags: frozenset[str]) -> Any:
    """A factory with the profiles of some languages: all 55 take twenty times as long to load as four."""
    from langdetect.detector_factory import DetectorFactory

    factory = DetectorFactory()
    factory.seed = SEED
    profiles = [path.read_text(encoding="utf-8") for tag, path in _profiles().items() if tag in tags]
    factory.load_json_profile(profiles)
    return factory


def probabilities(texts: Sequence[str], only: tuple[str, ...] = ()) -> list[Probabilities]:
    """As the Protocol says; a text that langdetect cannot take gives an empty answer."""
    known = _known(only)
    factory = _factory(frozenset(_profiles()) if is_one_language(known) else known)
    return [_probabilities(text, factory, known) for text in texts]


def _probabilities(text: str, factory: Any, known: frozenset[str]) -> Probabilities:
    from langdetect.lang_detect_exception import LangDetectException

    detector = factory.create()
    detector.seed = SEED
    try:
        detector.append(text)
        found = {_TAGS.get(item.lang, item.lang): float(item.prob) for item in detector.get_probabilities()}
    except (LangDetectException, ZeroDivisionError):
        return {}
    return {tag: share for tag, share in found.items() if tag in known}
