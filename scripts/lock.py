"""Renew the lock files: versions and hashes, never the address of a registry."""

import subprocess
import sys


def main() -> None:
    """Compile the requirement files and npm's lock."""
    compile_command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
        *("--python-version", "3.11", "--no-emit-index-url", "--no-header", "pyproject.toml"),
    ]
    subprocess.run([*compile_command, "--output-file", "requirements/base.txt"], check=True)
    subprocess.run([*compile_command, "--extra", "dev", "--output-file", "requirements/dev.txt"], check=True)
    subprocess.run(["npm", "install", "--package-lock-only", "--omit-lockfile-registry-resolved"], check=True)


if __name__ == "__main__":
    main()
