"""Install exactly the locked Python packages, checked against their hashes, and the product itself."""

import subprocess
import sys


def main() -> None:
    """Use uv where it installs, pip where it does not."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*pip, "install", "uv"], check=False).returncode == 0:
        uv = [sys.executable, "-m", "uv", "pip"]
        synced = subprocess.run([*uv, "sync", "--quiet", "--require-hashes", "requirements/dev.txt"], check=False)
        if synced.returncode == 0:
            subprocess.run([*uv, "install", "--quiet", "--no-deps", "--editable", "."], check=True)
            return
    subprocess.run([*pip, "install", "--require-hashes", "-r", "requirements/dev.txt"], check=True)
    subprocess.run([*pip, "install", "--no-deps", "--editable", "."], check=True)


if __name__ == "__main__":
    main()
