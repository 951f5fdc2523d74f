"""What languages call themselves."""

from __future__ import annotations

NAMES = {
    "af": "Afrikaans", "ar": "العربية", "az": "Azərbaycan", "be": "Беларуская", "bg": "Български",
    "bn": "বাংলা", "bs": "Bosanski", "ca": "Català", "cs": "Čeština", "cy": "Cymraeg", "da": "Dansk",
    "de": "Deutsch", "el": "Ελληνικά", "en": "English", "eo": "Esperanto", "es": "Español", "et": "Eesti",
    "eu": "Euskara", "fa": "فارسی", "fi": "Suomi", "fr": "Français", "ga": "Gaeilge", "gl": "Galego",
    "gu": "ગુજરાતી", "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar", "hy": "Հայերեն",
    "id": "Bahasa Indonesia", "is": "Íslenska", "it": "Italiano", "ja": "日本語", "ka": "ქართული",
    "kk": "Қазақша", "km": "ខ្មែរ", "kn": "ಕನ್ನಡ", "ko": "한국어", "ky": "Кыргызча", "la": "Latina",
    "lt": "Lietuvių", "lv": "Latviešu", "mk": "Македонски", "ml": "മലയാളം", "mn": "Монгол", "mr": "मराठी",
    "ms": "Bahasa Melayu", "nb": "Norsk bokmål", "ne": "नेपाली", "nl": "Nederlands", "nn": "Norsk nynorsk",
    "no": "Norsk", "oc": "Occitan", "pa": "ਪੰਜਾਬੀ", "pl": "Polski", "ps": "پښتو", "pt": "Português",
    "pt-br": "Português do Brasil", "ro": "Română", "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina",
    "sq": "Shqip", "sr": "Српски", "sv": "Svenska", "sw": "Kiswahili", "ta": "தமிழ்", "te": "తెలుగు",
    "tg": "Тоҷикӣ", "th": "ไทย", "tk": "Türkmençe", "tr": "Türkçe", "tt": "Татарча", "uk": "Українська",
    "ur": "اردو", "uz": "Oʻzbekcha", "vi": "Tiếng Việt", "zh": "中文", "zh-cn": "简体中文", "zh-hans": "简体中文",
    "zh-hant": "繁體中文", "zh-tw": "繁體中文",
}


def name_of(code: str) -> str:
    """A language's name in itself; the code where it is not known. `de-AT` is called like `de`."""
    exact = NAMES.get(code.lower().replace("_", "-"))
    return exact or NAMES.get(base_of(code), code)


def base_of(code: str) -> str:
    """The language without its country: `de` of `de-AT`."""
    return code.lower().replace("_", "-").partition("-")[0]
