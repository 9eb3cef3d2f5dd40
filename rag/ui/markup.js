// Builds the tree that markup.py sends. Strings become text nodes; only the attributes named here are set.

const ATTRIBUTES = new Set([
  "aria-current", "aria-hidden", "aria-label", "class", "data-focus", "href", "id", "lang", "max", "rel", "role",
  "scope", "tabindex", "target", "type", "value",
]);
let opener = null; // the link that was followed last
const seen = new WeakSet(); // the dialogs that goRoundWithTab looks after
const STOPS = "a[href], button:not(:disabled), input:not(:disabled), summary, [tabindex]:not([tabindex='-1'])";
const LINK = /^(\?|https?:\/\/)/;

export default function ({ data, parentElement, setTriggerValue }) {
  const sent = JSON.stringify(data);
  if (parentElement.drawn === sent) return giveFocusBack; // the page was drawn anew, but nothing here is new
  parentElement.drawn = sent;

  const root = build(data, (value) => setTriggerValue("clicked", value));
  root.classList.add("byline");
  put(root, parentElement);

  const target = root.querySelector("[data-focus]");
  if (target) bringIntoView(target);
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
  const element = document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attributes)) {
    if (!ATTRIBUTES.has(name) || (name === "href" && !LINK.test(value))) continue;
    element.setAttribute(name, value);
  }
  const href = element.getAttribute("href");
  if (href?.startsWith("?")) element.addEventListener("click", (event) => follow(event, href, report));
  if (node.tag === "button") element.addEventListener("click", () => report(element.value));
  element.append(...node.children.map((child) => build(child, report)));
  return element;
}

// A plain click stays in this session, with its history; any other opens a tab of its own, as links do.
function follow(event, href, report) {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (!event.currentTarget.getRootNode().host.closest("[role=dialog]")) opener = event.currentTarget;
  report(href);
}

// A dialog places itself and takes the focus while it opens, so this is done again when it has come to rest.
function bringIntoView(target) {
  const show = () => {
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
