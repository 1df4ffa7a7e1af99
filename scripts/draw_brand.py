"""Draw the product's own mark and the network behind the sign-in page; run it after changing the drawing.

The mark is written as SVG and, through Chromium, as the PNG sizes an installed app needs. The network grows by space
colonisation from one root, as hyphae do, with a fixed seed: the same drawing every time.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path(__file__).parents[1] / "src/mycelia/ui/static/ui/icons"
GROUND, STROKE = "#17503d", "#e9f5ee"
STEMS = (
    "M16 16c2.200-4.300 5.600-4.800 9-8.600M19.300 11.700c1.300-1.900 1.100-4.200.7-6.700"
    "M16 16c-3.600-.9-5.400-5-10.200-6"
    "M10.700 12c.5-2.200.4-4 .1-6M16 16c3.400.3 6.400 3.900 10.900 3.300M21.600 18.400c2 1.900 2.300 4.200 2.200 6.800"
    "M16 16c.1 4-2.900 6.300-2.200 10.800M16 16c-3.400.8-6.300 4.400-10.900 4.600"
)
TIPS = (
    (16, 16, 2.9),
    (25.4, 7, 2.3),
    (20, 4.600, 1.500),
    (5.400, 9.900, 1.900),
    (10.8, 5.600, 1.5),
    (27.300, 19.300, 1.900),
    (23.800, 25.600, 1.6),
    (13.8, 27.200, 2),
    (4.800, 20.700, 1.6),
)


def mark(scale: float, radius: float) -> str:
    """Return the mark on its ground; `scale` leaves the margin a maskable icon needs."""
    tips = "".join(f'<circle cx="{x}" cy="{y}" r="{r}"/>' for x, y, r in TIPS)
    shift = 16 - 16 * scale
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="{radius}" '
        f'fill="{GROUND}"/><g transform="translate({shift} {shift}) scale({scale})"><path d="{STEMS}" fill="none" '
        f'stroke="{STROKE}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>'
        f'<g fill="{STROKE}">{tips}</g></g></svg>'
    )


@dataclass
class Node:
    """A point of the growing network; the flow of everything beyond it sets its thickness."""

    x: float
    y: float
    parent: Node | None
    flow: int = 0
    children: list[Node] = field(default_factory=list)


def grow(width: int, height: int, seed: int) -> list[Node]:
    """Grow a network from the lower edge towards scattered food; returns its nodes, root first."""
    chance = random.Random(seed)
    food = [(chance.uniform(0, width), chance.uniform(0, height)) for _ in range(900)]
    nodes = [Node(width * 0.4, height * 0.56, None)]
    for _ in range(220):
        pulls: dict[int, list[tuple[float, float]]] = {}
        for x, y in food:
            nearest = min(range(len(nodes)), key=lambda i: math.dist((nodes[i].x, nodes[i].y), (x, y)))
            distance = math.dist((nodes[nearest].x, nodes[nearest].y), (x, y))
            pulls.setdefault(nearest, []).append(((x - nodes[nearest].x) / distance, (y - nodes[nearest].y) / distance))
        if not pulls:
            break
        for index, directions in pulls.items():
            nodes.append(_step(nodes[index], directions, chance))
        food = [p for p in food if all(math.dist((n.x, n.y), p) > 20 for n in nodes[-len(pulls) :])]
    return nodes


def _step(node: Node, directions: list[tuple[float, float]], chance: random.Random) -> Node:
    angle = math.atan2(sum(d[1] for d in directions), sum(d[0] for d in directions)) + chance.uniform(-0.5, 0.5)
    child = Node(node.x + 13 * math.cos(angle), node.y + 13 * math.sin(angle), node)
    node.children.append(child)
    return child


def network(width: int, height: int, seed: int) -> str:
    """Return the network as SVG: threads in three weights, and a dot where a thread ends."""
    nodes = grow(width, height, seed)
    for node in reversed(nodes):
        node.flow = max(1, sum(child.flow for child in node.children))
    weights: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for thread in _threads(nodes[0]):
        flow = thread[len(thread) // 2].flow
        weights[2 if flow > 24 else 1 if flow > 4 else 0].append(_path(thread))
    tips = "".join(
        f'<circle cx="{n.x:.0f}" cy="{n.y:.0f}" r="{2.6 if i % 5 else 4.4}"/>'
        for i, n in enumerate(n for n in nodes if not n.children)
    )
    paths = "".join(
        f'<path d="{"".join(weights[w])}" stroke-width="{(1, 1.7, 3)[w]}" opacity="{(0.5, 0.7, 0.9)[w]}"/>'
        for w in (0, 1, 2)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMax slice">'
        f'<g fill="none" stroke="#8fd3b3" stroke-linecap="round" stroke-linejoin="round">{paths}</g>'
        f'<g fill="#d9f2e4">{tips}</g></svg>\n'
    )


def _threads(root: Node) -> list[list[Node]]:
    threads, waiting = [], [(None, root)]
    while waiting:
        start, node = waiting.pop()
        thread = [start, node] if start else [node]
        while node.children:
            onward = max(node.children, key=lambda child: child.flow)
            waiting.extend((node, child) for child in node.children if child is not onward)
            node = onward
            thread.append(node)
        threads.extend([thread[i : i + 9] for i in range(0, len(thread) - 1, 8)])
    return threads


def _path(thread: list[Node]) -> str:
    first, *middle = thread
    parts = [f"M{first.x:.0f} {first.y:.0f}"]
    for here, beyond in zip(middle, [*middle[1:], middle[-1]], strict=True):
        parts.append(f"Q{here.x:.0f} {here.y:.0f} {(here.x + beyond.x) / 2:.0f} {(here.y + beyond.y) / 2:.0f}")
    return "".join(parts)


def main() -> None:
    """Write every file."""
    (ICONS / "mycelia.svg").write_text(mark(0.84, 7) + "\n", encoding="utf-8")
    (ICONS / "network.svg").write_text(network(900, 1100, 11), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, size, scale, radius in (("192", 192, 0.84, 7), ("512", 512, 0.84, 7), ("maskable-512", 512, 0.62, 0)):
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{mark(scale, radius)}")
            page.screenshot(path=ICONS / f"mycelia-{name}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
