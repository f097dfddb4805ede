"use strict";

/** Builds an element; children are texts or elements, so nothing from a contact becomes markup. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== "") node.append(child);
  }
  return node;
}

const view = document.getElementById("view");
const number = new Intl.NumberFormat("en");
const TABS = [
  ["mql", "MQLs", "mqls"],
  ["new", "New in the last run", "newMqls"],
  ["former", "No longer MQL", "former"],
  ["all", "Everyone", "contacts"],
];

async function load(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.message || "The sandbox answered " + answer.status);
  return body;
}

function place() {
  const [path, query] = location.hash.replace(/^#/, "").split("?");
  const contact = /^\/contacts\/(\d+)$/.exec(path || "");
  return { contact: contact && contact[1], query: new URLSearchParams(query || "") };
}

function listLink(filter, q, page) {
  const query = new URLSearchParams();
  if (filter !== "mql") query.set("filter", filter);
  if (q) query.set("q", q);
  if (page > 1) query.set("page", page);
  const text = query.toString();
  return "#/" + (text ? "?" + text : "");
}

let lastList = "#/";
let turn = 0;

async function show() {
  const mine = ++turn;
  const where = place();
  try {
    const content = where.contact ? await contactView(where.contact) : await listView(where.query);
    if (mine !== turn) return;
    const typing = document.activeElement && document.activeElement.id === "search";
    view.replaceChildren(...content);
    if (typing) {
      const search = document.getElementById("search");
      if (search) { search.focus(); search.setSelectionRange(search.value.length, search.value.length); }
    }
  } catch (problem) {
    if (mine !== turn) return;
    view.replaceChildren(el("div", { class: "card empty" },
      el("strong", {}, "The sandbox does not answer"), problem.message));
  }
  if (document.getElementById("log").open) showLog();
}

/* The list */

async function listView(query) {
  const filter = query.get("filter") || "mql";
  const q = query.get("q") || "";
  lastList = location.hash || "#/";
  document.title = "Contacts · local sandbox";
  const asked = new URLSearchParams({ filter, q, page: query.get("page") || "1" });
  const [summary, list] = await Promise.all(
    [load("/sandbox/page/summary"), load("/sandbox/page/contacts?" + asked)]);
  document.getElementById("zone").textContent = summary.zone;
  const parts = [strip(summary), tools(summary, filter, q)];
  if (list.total === 0) parts.push(emptyList(summary, filter, q));
  else parts.push(people(list, filter), pager(list, filter, q));
  return parts;
}

function stat(label, value, note, kind) {
  return el("div", { class: "stat " + (kind || "") },
    el("h2", {}, label), el("b", { class: typeof value === "number" ? "" : "text" },
      typeof value === "number" ? number.format(value) : value),
    el("small", {}, note || ""));
}

function strip(summary) {
  const sync = summary.lastSync;
  const share = summary.contacts ? (100 * summary.mqls / summary.contacts).toFixed(1) + " % of " : "of ";
  const rejected = sync && sync.rejected >= 0 ? sync.rejected : null;
  return el("section", { class: "strip", "aria-label": "At a glance" },
    stat("MQLs", summary.mqls, share + number.format(summary.contacts) + " contacts"),
    stat("New in the last run", summary.newMqls, sync ? "became an MQL" : "no run yet"),
    stat("Rejected", rejected === null ? "–" : rejected,
      !sync ? "no run yet" : rejected === null ? "not reported" : "of " + number.format(sync.written + rejected) + " sent",
      rejected ? "bad" : ""),
    stat("Last sync", sync ? sync.at : "never", !sync ? "no run yet" : sync.asOf ? "as of " + sync.asOf : sync.run ? "run " + sync.run : "from the API"),
    chart(summary.weeks));
}

function chart(weeks) {
  const most = Math.max(1, ...weeks.map((week) => week.count));
  const said = weeks.map((week) => "week of " + week.label + ": " + week.count).join(", ");
  const bars = weeks.map((week) => {
    const bar = el("i");
    bar.style.height = (week.count ? Math.max(4, 56 * week.count / most) : 2) + "px";
    return el("div", { title: "Week of " + week.label + ": " + week.count },
      el("span", {}, week.count ? number.format(week.count) : ""), bar);
  });
  return el("div", { class: "chart" }, el("h2", {}, "MQLs by week"),
    el("div", { class: "bars", role: "img", "aria-label": said }, bars),
    el("div", { class: "axis", "aria-hidden": "true" },
      el("span", {}, weeks[0].label), el("span", {}, "week of " + weeks[weeks.length - 1].label)));
}

function tools(summary, filter, q) {
  let waiting = 0;
  const search = el("input", {
    type: "search", id: "search", placeholder: "Name, company, title, email", "aria-label": "Search contacts",
    value: q, autocomplete: "off",
    oninput: (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { location.hash = listLink(filter, event.target.value, 1); }, 180);
    },
  });
  return el("div", { class: "tools" },
    el("nav", { class: "tabs", "aria-label": "Filter" }, TABS.map(([name, label, count]) =>
      el("a", { href: listLink(name, q, 1), "aria-current": name === filter ? "page" : null },
        label, el("em", {}, number.format(summary[count]))))),
    el("form", { role: "search", onsubmit: (event) => event.preventDefault() }, search));
}

function emptyList(summary, filter, q) {
  const say = (title, ...rest) => el("div", { class: "card empty" }, el("strong", {}, title), ...rest);
  if (q) return say("Nobody matches “" + q + "”", "Try another tab or a shorter search.");
  if (summary.contacts === 0) return say("No contacts yet", "Start the sandbox with a seed, or create contacts through the API.");
  if (filter === "new") return say("No new MQL", "The last run made nobody an MQL.");
  if (filter === "former") return say("Nobody stopped being an MQL", "Recycle one on a contact’s page, then run ", el("code", {}, "scripts/ripen run"), ".");
  return say("No MQL yet", "Run ", el("code", {}, "scripts/ripen run"), " and this list fills.");
}

function tags(contact) {
  return [
    contact.new ? el("span", { class: "tag new" }, "new") : null,
    contact.status ? el("span", { class: "tag " + contact.status }, contact.status) : null,
    contact.former ? el("span", { class: "tag" }, "no longer MQL") : null,
  ];
}

function level(contact) {
  return contact.level ? el("span", { class: "tag " + contact.level.toLowerCase() }, contact.level) : null;
}

function people(list, filter) {
  const rows = list.rows.map((row) => {
    const link = "#/contacts/" + row.id;
    const job = [row.jobtitle, row.company].filter(Boolean).join(", ") || row.email;
    return el("tr", { onclick: (event) => { if (!event.target.closest("a") && !String(getSelection())) location.hash = link; } },
      el("td", { class: "who" }, el("a", { href: link }, row.name), tags(row), el("small", {}, job)),
      el("td", { class: "why" }, row.reason || el("span", { class: "quiet" }, "–"),
        row.moreReasons ? el("span", { class: "quiet" }, " and " + row.moreReasons + " more") : ""),
      el("td", { class: "num" }, row.score),
      el("td", { class: "level" }, level(row)),
      el("td", { class: "when" }, row.since));
  });
  return el("div", { class: "card list" }, el("table", { class: "people" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Contact"), el("th", { scope: "col" }, "Main reason"),
      el("th", { scope: "col", class: "num" }, "Score"), el("th", { scope: "col", class: "level" }, "Level"),
      el("th", { scope: "col" }, filter === "former" ? "Became MQL" : "MQL since"))),
    el("tbody", {}, rows)));
}

function pager(list, filter, q) {
  const step = (label, page, possible) => el("a", {
    class: "button", href: listLink(filter, q, page), "aria-disabled": possible ? null : "true",
    tabindex: possible ? null : "-1" }, label);
  return el("nav", { class: "pager", "aria-label": "Pages" },
    el("span", {}, number.format(list.total) + (list.total === 1 ? " contact" : " contacts")),
    list.pages > 1 ? el("span", {}, step("Newer", list.page - 1, list.page > 1), " ",
      "\u2002" + number.format(list.page) + " of " + number.format(list.pages) + "\u2002", " ",
      step("Older", list.page + 1, list.page < list.pages)) : "");
}

/* One contact */

async function contactView(id) {
  const contact = await load("/sandbox/page/contacts/" + id);
  document.title = contact.name + " · local sandbox";
  const job = [contact.jobtitle, contact.company].filter(Boolean).join(", ");
  return [
    el("a", { class: "back", href: lastList }, "← All contacts"),
    el("div", { class: "head" },
      el("div", {}, el("h1", {}, contact.name), el("p", { class: "sub" }, job, " ", tags(contact)),
        el("p", { class: "sentence" }, contact.sentence)),
      contact.score ? el("div", { class: "score" }, el("b", {}, contact.score), el("small", {}, "score"), level(contact)) : ""),
    el("div", { class: "columns" },
      el("div", {}, reasons(contact), history(contact)),
      el("div", {}, contact.mql || contact.status ? statusForm(contact) : "", about(contact))),
  ];
}

function reasons(contact) {
  if (contact.reasons.length === 0) return "";
  const most = Math.max(1, ...contact.reasons.map((reason) => Math.abs(reason.points || 0)));
  return el("section", { class: "card" }, el("h2", {}, "Why"), contact.reasons.map((reason) => {
    if (reason.points === null) return el("div", { class: "reason plain" }, reason.label);
    const bar = el("i", { class: reason.points < 0 ? "minus" : "" });
    bar.style.width = (100 * Math.abs(reason.points) / most) + "%";
    const points = (reason.points > 0 ? "+" : "−") + number.format(Math.abs(reason.points));
    return el("div", { class: "reason" }, el("span", {}, reason.label), bar, el("b", {}, points));
  }));
}

function history(contact) {
  const steps = contact.history.map((step) => el("div", { class: "step" },
    el("p", {}, step.at, el("span", {}, " · " + step.source)),
    el("dl", {}, step.changes.map((change) => [
      el("dt", {}, change.field),
      el("dd", {}, change.before ? [el("del", {}, change.before), " → "] : "",
        change.after ? change.after : el("span", { class: "nothing" }, "empty")),
    ]))));
  return el("section", { class: "card" }, el("h2", {}, "What changed"),
    steps.length ? steps : el("p", { class: "quiet" }, "Nothing has changed since this contact was loaded."));
}

function about(contact) {
  return el("section", { class: "card" }, el("h2", {}, "About"),
    el("dl", { class: "about" }, contact.about.map((field) =>
      el("div", {}, el("dt", {}, field.label), el("dd", {}, field.value)))));
}

function statusForm(contact) {
  const choice = (value, label, note) => el("label", {},
    el("input", { type: "radio", name: "status", value, required: true, checked: contact.status === value }),
    label, el("small", {}, note));
  const said = el("output", { "aria-live": "polite" });
  const form = el("form", { onsubmit: async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    try {
      await load("/sandbox/contacts/" + contact.id + "/status", {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ status: data.get("status"), reason: data.get("reason") }) });
      await show();
    } catch (problem) {
      said.className = "bad";
      said.textContent = problem.message;
    }
  } },
  el("div", { class: "choices" },
    choice("accepted", "Accept", "I am on it"),
    choice("recycled", "Recycle", "Not now; may qualify again"),
    choice("disqualified", "Disqualify", "Never a fit")),
  el("textarea", { name: "reason", placeholder: "Reason, for marketing", "aria-label": "Reason", rows: "2", maxlength: "500" }),
  el("button", { class: "primary", type: "submit" }, "Save"), said);
  if (contact.status) said.textContent = "You said: " + contact.status + ". The next run reads it.";
  return el("section", { class: "card" }, el("h2", {}, "What does sales say?"), form);
}

/* The log */

async function showLog() {
  const log = await load("/sandbox/log?limit=100");
  const rows = log.requests.map((entry) => el("tr", {},
    el("td", { class: "when" }, entry.whenText), el("td", {}, entry.method),
    el("td", {}, el("code", {}, entry.path)), el("td", { class: "num" }, entry.rows || ""),
    el("td", { class: "num " + (entry.status >= 400 || entry.status === 0 ? "failed" : "") }, entry.status || "cut"),
    el("td", { class: "num" }, entry.ms + " ms")));
  document.getElementById("log-body").replaceChildren(rows.length === 0
    ? el("p", { class: "quiet" }, "No request since the sandbox was started.")
    : el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {},
      ["When", "Method", "Path"].map((name) => el("th", { scope: "col" }, name)),
      ["Rows", "Status", "Took"].map((name) => el("th", { scope: "col", class: "num" }, name)))),
      el("tbody", {}, rows))),
  el("p", { class: "quiet" }, number.format(log.total) + " requests since the start"));
}

document.getElementById("log").addEventListener("toggle", (event) => { if (event.target.open) showLog(); });
addEventListener("hashchange", () => {
  show().then(() => {
    if (document.activeElement === document.body) view.focus({ preventScroll: true });
  });
  if (place().contact) scrollTo(0, 0);
});

/* A run that ends while the page is open shows by itself; a half-written reason is left alone. */

let known = "";
async function watch() {
  if (document.hidden) return;
  try {
    const text = JSON.stringify(await load("/sandbox/page/summary"));
    const changed = known !== "" && known !== text;
    known = text;
    const writing = document.activeElement && document.activeElement.form && place().contact;
    if (changed && !writing) await show();
  } catch (problem) {
    known = "gone";
  }
}
setInterval(watch, 4000);
show().then(watch);
