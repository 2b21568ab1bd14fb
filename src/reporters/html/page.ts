/** How the page looks, in the colours of whoever reads it. */
export const styleSheet = `
:root { color-scheme: light dark; --muted: #59636e; --line: #d1d9e0; --error: #b3261e; --warning: #8a5a00;
  --note: #1f5fbf; --open: #6b3fa0; --code: #f6f8fa; --mark: #ffdf8a; --marked: #1f1f1f; }
@media (prefers-color-scheme: dark) { :root { --muted: #9aa4af; --line: #3a424c; --error: #ff8a80;
  --warning: #f0b849; --note: #82b1ff; --open: #c8a2ff; --code: #1a1f26; --mark: #7a5b00; --marked: #fff; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 0 auto; padding: 1rem 1.5rem; }
h1 { margin: 0; } h2 { font-size: 1.05rem; border-bottom: 1px solid var(--line); margin: 2rem 0 0; overflow-wrap: anywhere; }
h3 { font-size: 1rem; font-weight: 600; margin: 1.2rem 0 .4rem; } h4 { font-size: .85rem; margin: .6rem 0 .2rem; color: var(--muted); }
table { border-collapse: collapse; } td, th { text-align: left; padding: .15rem 1rem .15rem 0; } td:last-child { text-align: right; }
.label { font-weight: 600; } .error { color: var(--error); } .warning { color: var(--warning); } .note { color: var(--note); } .open { color: var(--open); }
code, .place, pre { font-family: ui-monospace, monospace; font-size: .85rem; } h3 code { white-space: nowrap; } h3 code, .place, .number { color: var(--muted); font-weight: 400; }
pre { background: var(--code); border-radius: 6px; padding: .6rem .8rem; overflow-x: auto; margin: .4rem 0; }
mark { background: var(--mark); color: var(--marked); border-radius: 2px; } .advice { margin: .4rem 0; } .advice::before { content: "→ "; }
ul { margin: .2rem 0; padding-left: 1.2rem; } form { position: sticky; top: 0; background: Canvas; display: flex; flex-wrap: wrap; gap: .4rem 1.2rem;
  align-items: center; padding: .6rem 0; border-bottom: 1px solid var(--line); z-index: 1; } footer { color: var(--muted); margin-top: 3rem; }
@media print { form { display: none; } }
`;

/** Shows what the filters let through. Without JavaScript everything is shown. */
export const filterScript = `
const form = document.getElementById("filters");
const articles = [...document.querySelectorAll("article")];
function apply() {
  const data = new FormData(form);
  const severities = data.getAll("severity");
  const rule = data.get("rule");
  const text = data.get("text").trim().toLowerCase();
  for (const article of articles) {
    const where = article.closest("section").querySelector("h2").textContent;
    const words = (where + " " + article.textContent).toLowerCase();
    article.hidden = !severities.includes(article.dataset.severity) ||
      (rule !== "" && article.dataset.rule !== rule) || !words.includes(text);
  }
  for (const section of document.querySelectorAll("section.file")) {
    section.hidden = [...section.querySelectorAll("article")].every((article) => article.hidden);
  }
  document.getElementById("none").hidden = articles.some((article) => !article.hidden);
}
if (form) {
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
}
`;
