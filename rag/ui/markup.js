// Builds the tree that markup.py sends. Strings become text nodes; only the attributes named here are set.

const ATTRIBUTES = new Set([
  "aria-current", "aria-hidden", "aria-label", "aria-multiline", "aria-pressed", "aria-readonly", "class",
  "contenteditable", "data-focus", "data-selected", "data-start", "href", "id", "inputmode", "lang", "max", "rel",
  "role", "scope", "spellcheck", "tabindex", "target", "type", "value",
  "height", "points", "preserveAspectRatio", "text-anchor", "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2",
]);
const DRAWN = new Set(["svg", "line", "polyline", "rect", "text", "title"]); // what plots are made of
let opener = null; // the link that was followed last
const seen = new WeakSet(); // the dialogs that goRoundWithTab looks after
const STOPS =
  "a[href], button:not(:disabled), input:not(:disabled), summary, [contenteditable], [tabindex]:not([tabindex='-1'])";
let selectable = null; // the text whose words may be selected
let selected = []; // where the selected words begin and end in it
const LINK = /^(\?|https?:\/\/)/;

export default function ({ data, parentElement, setTriggerValue }) {
  const sent = JSON.stringify(data);
  if (parentElement.drawn === sent) return giveFocusBack; // the page was drawn anew, but nothing here is new
  parentElement.drawn = sent;

  const root = build(data, (value) => setTriggerValue("clicked", value));
  root.classList.add("byline");
  const pressed = parentElement.activeElement?.value; // of a button that has the focus, and is about to be replaced
  put(root, parentElement);

  const target = root.querySelector("[data-focus]");
  if (target) bringIntoView(target);
  else if (pressed) [...root.querySelectorAll("button")].find(({ value }) => value === pressed)?.focus();
  const dialog = parentElement.host.closest("[role=dialog]");
  if (dialog) goRoundWithTab(dialog);
  return giveFocusBack;

  // A closing dialog gives the focus back, but cannot see which link in here had it.
  function giveFocusBack() {
    if (parentElement.host.closest("[role=dialog]")) setTimeout(() => opener?.focus({ preventScroll: true }), 100);
  }
}

// Screen readers tell what changes inside a status. In the place of another they would not tell of it.
function put(root, parentElement) {
  const before = parentElement.querySelector(".byline");
  if (before && root.getAttribute("role") === "status" && before.getAttribute("role") === "status") {
    before.className = root.className;
    before.replaceChildren(...root.childNodes);
  } else {
    before?.remove();
    parentElement.prepend(root);
  }
}

function build(node, report) {
  if (typeof node === "string") return document.createTextNode(node);
  const element = DRAWN.has(node.tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", node.tag)
    : document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attributes)) {
    if (!ATTRIBUTES.has(name) || (name === "href" && !LINK.test(value))) continue;
    element.setAttribute(name, value);
  }
  const href = element.getAttribute("href");
  if (href?.startsWith("?")) element.addEventListener("click", (event) => follow(event, href, report));
  if (node.tag === "button") element.addEventListener("click", () => report(said(element)));
  element.append(...node.children.map((child) => build(child, report)));
  if (element.hasAttribute("contenteditable")) keepUnchanged(element);
  return element;
}

// What a click on a button tells: its value, and where the selected words stand, if it is about these.
function said(button) {
  if (!("selected" in button.dataset)) return button.value;
  keepSelected(); // browsers tell of a selection a little later than they make it
  return [button.value, ...selected].join(" ");
}

// A text that takes a caret, for a keyboard to select with, and takes nothing else.
function keepUnchanged(element) {
  const children = [...element.children].map((child) => child.cloneNode(true));
  element.addEventListener("beforeinput", (event) => event.preventDefault());
  element.addEventListener("input", () => element.replaceChildren(...children.map((child) => child.cloneNode(true))));
  [selectable, selected] = [element, []];
}

document.addEventListener("selectionchange", keepSelected);

function keepSelected() {
  const range = selectable?.isConnected ? selection(selectable.getRootNode()) : null;
  if (range && [range.startContainer, range.endContainer].some((end) => selectable.contains(end))) selected = bounds(range);
}

// The selection inside a shadow root, which browsers tell in different ways.
function selection(root) {
  const whole = document.getSelection();
  const found = whole.getComposedRanges?.({ shadowRoots: [root] })[0];
  if (found) {
    const range = document.createRange();
    range.setStart(found.startContainer, found.startOffset);
    range.setEnd(found.endContainer, found.endOffset);
    return range;
  }
  const inside = root.getSelection?.() ?? whole;
  return inside.rangeCount ? inside.getRangeAt(0) : null;
}

// Start and end of what a range holds of the text; nothing when it is empty.
function bounds(range) {
  const found = [...pieces(selectable)].filter(({ node }) => range.intersectsNode(node)).map(({ node, start }) => {
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    return [start + characters(node.data.slice(0, from)), start + characters(node.data.slice(0, to))];
  }).filter(([from, to]) => from < to);
  return found.length ? [found[0][0], found.at(-1)[1]] : [];
}

// The text nodes that are words of the article, and where each begins.
function* pieces(text) {
  for (const paragraph of text.querySelectorAll("[data-start]")) {
    let start = Number(paragraph.dataset.start);
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(".hidden")) continue;
      yield { node, start };
      start += characters(node.data);
    }
  }
}

// As Python counts them: an emoji is one.
function characters(text) {
  return [...text].length;
}

// A plain click stays in this session, with its history; any other opens a tab of its own, as links do.
function follow(event, href, report) {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (!event.currentTarget.getRootNode().host.closest("[role=dialog]")) opener = event.currentTarget;
  report(href);
}

// A dialog places itself and takes the focus while it opens, so this is done again when it has come to rest, unless
// the reader has gone on to something else in it by then.
function bringIntoView(target) {
  const show = () => {
    const active = deepest(document.activeElement); // the cross of a dialog, which Streamlit gives it to, is in no root
    if (active !== target && active?.getRootNode().host?.closest("[role=dialog]")) return;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  };
  requestAnimationFrame(show);
  setTimeout(show, 300);
}

// Streamlit keeps the focus inside a dialog, but passes over what is in here: it does not look into shadow roots.
function goRoundWithTab(dialog) {
  if (seen.has(dialog)) return;
  seen.add(dialog);
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const active = deepest(document.activeElement);
    const stops = [...focusable(dialog, active)];
    const from = stops.indexOf(active); // -1: the dialog itself
    stops.at((event.shiftKey ? Math.max(from, 0) - 1 : from + 1) % stops.length)?.focus();
  }, true);
}

function deepest(element) {
  return element?.shadowRoot?.activeElement ? deepest(element.shadowRoot.activeElement) : element;
}

// What Tab stops at, and what has the focus now, in their order on the page.
function* focusable(root, active) {
  for (const element of root.children) {
    if (element === active || (element.matches(STOPS) && element.checkVisibility())) yield element;
    yield* focusable(element.shadowRoot ?? element, active);
  }
}
