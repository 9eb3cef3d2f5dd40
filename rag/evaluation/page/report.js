const form = document.querySelector("form");
const questions = [...document.querySelectorAll(".question")];
const show = () => {
  const wanted = Object.fromEntries(new FormData(form));
  const words = wanted.words.toLowerCase();
  let shown = 0;
  for (const each of questions) {
    const fits = ["type", "outcome", "found"].every((name) => !wanted[name] || each.dataset[name] === wanted[name])
      && (!words || each.textContent.toLowerCase().includes(words));
    each.hidden = !fits;
    shown += fits;
  }
  form.querySelector("output").textContent = `${shown} of ${questions.length}`;
};
const open = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
};
form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", open);
show();
open();
