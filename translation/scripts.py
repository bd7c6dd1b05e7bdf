"""The script of a language that is written in more than one, where its tag names none."""

_REGIONS: dict[str, dict[str, str]] = {
    "az": {"": "latn", "iq": "arab", "ir": "arab", "ru": "cyrl"},
    "bs": {"": "latn"},
    "kk": {"": "cyrl", "af": "arab", "cn": "arab", "ir": "arab", "mn": "arab"},
    "ku": {"": "latn", "lb": "arab"},
    "ky": {"": "cyrl", "cn": "arab", "tr": "latn"},
    "mn": {"": "cyrl", "cn": "mong"},
    "ms": {"": "latn", "cc": "arab"},
    "pa": {"": "guru", "pk": "arab"},
    "sd": {"": "arab", "in": "deva"},
    "sr": {"": "cyrl", "me": "latn", "ro": "latn", "tr": "latn"},
    "tg": {"": "cyrl", "pk": "arab"},
    "ug": {"": "arab", "kz": "cyrl", "mn": "cyrl"},
    "uz": {"": "latn", "af": "arab", "cn": "cyrl"},
    "yue": {"": "hant", "cn": "hans"},
    "zh": {"": "hans"}
    | dict.fromkeys(
        ("au", "bn", "gb", "gf", "hk", "id", "mo", "pa", "pf", "ph", "sr", "th", "tw", "us", "vn"), "hant"
    ),
}
"""By language and region, in lower case; "" for every other region and none."""


def usual_script(language: str, region: str) -> str:
    """The script in lower case (`hans`, `latn`), or "" where it makes no difference."""
    regions = _REGIONS.get(language, {"": ""})
    return regions.get(region, regions[""])
