"""Going through a page by the Tab key alone: everything is reached, in order, and can be seen."""

from playwright.sync_api import Page

# Everything that Tab must reach, in the order of the page; radios that belong together are one
# stop. How each looks before it has focus is kept beside it.
FIND = """() => {
  const shown = (one, place) => {
    const style = getComputedStyle(one, place);
    const hasNone = style.outlineStyle === "none" || style.outlineColor === "rgba(0, 0, 0, 0)";
    return [
      hasNone || `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`,
      style.boxShadow, style.backgroundColor, style.color,
      style.borderTopColor, style.borderTopWidth, style.textDecorationLine,
    ];
  };
  const parts = (one) => [null, "::before", "::after"].map((place) => shown(one, place));
  const look = (one) => JSON.stringify([one, ...(one.labels ?? [])].map(parts));
  const key = (one) => one.type === "radio" ? `${one.form?.action} ${one.name}` : one;
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const stops = new Map();
  document.body.removeAttribute("tabindex");
  // What the last walk came round to has focus still, and is to be seen without it first.
  document.activeElement.blur();
  for (const one of document.querySelectorAll(can)) {
    const isReachable = one.tabIndex >= 0 && !one.disabled && !one.closest("[inert]");
    if (!isReachable || !one.checkVisibility({ visibilityProperty: true })) continue;
    if (!stops.has(key(one))) stops.set(key(one), []);
    stops.get(key(one)).push([one, look(one)]);
  }
  window.stops = { all: [...stops.values()], look };
  const words = (one) => one.id || one.name || one.textContent.trim().slice(0, 40);
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  return window.stops.all.map(([[one]]) => `${one.tagName} ${words(one)}`);
}"""
# Which of them has focus now, whether that is to be seen, and whether it is behind something.
LOOK = """() => {
  const one = document.activeElement;
  const number = window.stops.all.findIndex((stop) => stop.some(([each]) => each === one));
  if (number < 0) return [one === document.body ? "out" : "other", true, true];
  const before = window.stops.all[number].find(([each]) => each === one)[1];
  const box = one.getClientRects()[0] ?? one.getBoundingClientRect();
  const isSeen = [0.1, 0.5, 0.9].some((right) => [0.1, 0.5, 0.9].some((down) => {
    const [x, y] = [box.left + box.width * right, box.top + box.height * down];
    return one.contains(document.elementFromPoint(x, y));
  }));
  return [number, window.stops.look(one) !== before, isSeen];
}"""


def check(page: Page) -> None:
    """Fail where Tab misses something, goes back, is trapped, or leads where nothing shows it."""
    names = page.evaluate(FIND)
    reached, faults = _walk(page, names)
    missed = [names[number] for number in range(len(names)) if number not in reached]
    faults += [f"Tab never reaches {name}." for name in missed]
    if reached != sorted(reached):
        faults.append("Tab goes through the page in another order than it is read.")
    assert not faults, "\n".join(faults)


def _walk(page: Page, names: list[str]) -> tuple[list[int], list[str]]:
    """Press Tab from the top of the page until it leaves it."""
    reached: list[int] = []
    faults: list[str] = []
    for _ in range(2 * len(names) + 10):
        page.keyboard.press("Tab")
        number, is_marked, is_seen = page.evaluate(LOOK)
        if number == "out" or (number == 0 and reached):
            return reached, faults
        if number == "other" or number in reached[-1:]:
            continue  # a box that scrolls, which Chromium lets Tab reach; or one of several radios
        reached.append(number)
        if not is_marked:
            faults.append(f"Nothing shows that {names[number]} has focus.")
        if not is_seen:
            faults.append(f"{names[number]} has focus behind something else.")
    return reached, [*faults, "Tab goes round and never out."]
