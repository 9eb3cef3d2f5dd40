// Builds the tree that markup.py sends. Strings become text nodes; only the attributes named here are set.

const ATTRIBUTES = new Set([
  "aria-current", "aria-label", "class", "data-focus", "href", "id", "lang", "rel", "role", "tabindex", "target",
  "type", "value",
]);
let opener = null; // the link that was followed last
const LINK = /^(\?|https?:\/\/)/;

export default function ({ data, parentElement, setTriggerValue }) {
  if (parentElement.drawn === data) return giveFocusBack; // only the theme has changed
  parentElement.drawn = data;

  const root = build(data, (value) => setTriggerValue("clicked", value));
  parentElement.querySelector(".byline")?.remove();
  root.classList.add("byline");
  parentElement.prepend(root);

  const target = root.querySelector("[data-focus]");
  if (target) bringIntoView(target);
  return giveFocusBack;

  // A closing dialog gives the focus back, but cannot see which link in here had it.
  function giveFocusBack() {
    if (parentElement.host.closest("[role=dialog]")) setTimeout(() => opener?.focus({ preventScroll: true }), 100);
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
