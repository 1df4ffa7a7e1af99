"""Which files a package may bring, and as what they are served: by their name, never by sniffing."""

from __future__ import annotations

_TEXT = "; charset=utf-8"
_BY_EXTENSION = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "js": "text/javascript" + _TEXT,
    "mjs": "text/javascript" + _TEXT,
    "json": "application/json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
    "xsd": "application/xml",
    "dtd": "application/xml-dtd",
    "txt": "text/plain" + _TEXT,
    "vtt": "text/vtt" + _TEXT,
    "srt": "text/plain" + _TEXT,
    "csv": "text/csv" + _TEXT,
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "ico": "image/vnd.microsoft.icon",
    "cur": "image/vnd.microsoft.icon",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "pdf": "application/pdf",
    "wasm": "application/wasm",
}
DOWNLOAD = "application/octet-stream"
_RUN_BY_WEB_SERVERS = frozenset(
    [
        "php",
        "php3",
        "php4",
        "php5",
        "php7",
        "phtml",
        "phar",
        "asp",
        "aspx",
        "ashx",
        "asmx",
        "jsp",
        "jspx",
        "cgi",
        "fcgi",
    ]
)
REFUSED_EXTENSIONS = _RUN_BY_WEB_SERVERS | frozenset(
    [
        "pl",
        "py",
        "pyc",
        "rb",
        "lua",
        "sh",
        "bash",
        "bat",
        "cmd",
        "ps1",
        "psm1",
        "vbs",
        "vbe",
        "wsf",
        "wsh",
        "hta",
        "exe",
        "dll",
        "com",
        "msi",
        "msp",
        "scr",
        "pif",
        "cpl",
        "lnk",
        "reg",
        "jar",
        "war",
        "ear",
        "so",
        "dylib",
        "elf",
        "app",
        "apk",
        "dmg",
        "iso",
        "deb",
        "rpm",
        "htaccess",
        "htpasswd",
        "cfm",
        "cfc",
    ]
)


def extension(path: str) -> str:
    """Return the extension in lower case; a dot file's name counts as its extension.

    Example:
        >>> extension("a/B.HTML"), extension("x/.htaccess"), extension("README")
        ('html', 'htaccess', '')
    """
    name = path.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def is_refused(path: str) -> bool:
    """Return whether the file is a program for a server or a desktop, which no package needs.

    Inner extensions count where web servers are known to run `x.php.jpg`.

    Example:
        >>> is_refused("tools/setup.exe"), is_refused("x.php.jpg"), is_refused("jquery.com.min.js")
        (True, True, False)
    """
    inner = path.rsplit("/", 1)[-1].lower().split(".")[1:]
    return extension(path) in REFUSED_EXTENSIONS or any(part in _RUN_BY_WEB_SERVERS for part in inner)


def content_type(path: str) -> str:
    """Return the media type for a path; what is not known is only ever offered as a download."""
    return _BY_EXTENSION.get(extension(path), DOWNLOAD)
