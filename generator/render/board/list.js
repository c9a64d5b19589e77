// 应收清单: every department, found by words, filtered by what the address says, so that “back” goes back.

const STALE = ["没有数据", "有错误", "未生成"]; // what stands there then was made of earlier data
const FILTERS = ["状态", "地区", "规则", "核对", "部门", "只看"];
const ONLY = { 迟: ["过期没有文档", (one) => one.late], 变: ["比上次有变动", (one) => changed.has(one.index)], 停: ["程序没有做成", (one) => one.note] };

const list = grid("应收清单", departments, [
  { title: "代码", cell: (one) => one.code, key: (one) => one.code, low: 3, look: "code" },
  { title: "部门", head: true, look: "name", cell: (one) => one.name, key: (one) => one.name },
  { title: "地区", cell: (one) => one.place, key: (one) => one.place, low: 1, look: "narrow", seldom: true },
  { title: "状态", cell: (one) => stateOf(one.state), key: (one) => one.state },
  { title: "错误", kind: "number", cell: (one) => count(one.errors), key: (one) => one.errors, from: -1, look: "bad" },
  { title: "警告", kind: "number", cell: (one) => count(one.warnings), key: (one) => one.warnings, from: -1 },
  { title: "本年（万元）", kind: "number", cell: (one) => wan(one.now), key: (one) => one.now, from: -1 },
  { title: "上年", kind: "number", cell: (one) => wan(one.before), key: (one) => one.before, from: -1, low: 1 },
  { title: "增减", kind: "number", cell: (one) => signed(one.change), key: (one) => one.change, from: -1, low: 2 },
  { title: "增减%", kind: "number", cell: (one) => percent(rate(one.change, one.before)), key: (one) => rate(one.change, one.before), from: -1, low: 3 },
  { title: "截止", cell: dueOf, key: (one) => one.days ?? (one.due && -Infinity), from: -1, low: 2, look: "due", seldom: true },
  { title: "联系人", cell: (one) => one.contact, key: (one) => one.contact, low: 1, look: "contact", seldom: true },
  { title: "比上次", cell: (one) => changedWords(changed.get(one.index)), key: (one) => changedWords(changed.get(one.index)), low: 2, look: "small", seldom: true },
  { title: "文件", cell: filesOf, low: 4, look: "files" },
], { detail: detailOf, by: "状态" });

const words = make("input", { type: "search", id: "words", placeholder: "名称、代码、地区、联系人", autocomplete: "off", spellcheck: "false", input: typed });
const places = [...new Set(departments.map((one) => one.place))].filter(Boolean).sort(collator.compare);
const place = make("select", { id: "place", change: () => go({ 地区: place.value }) }, make("option", { value: "" }, "全部地区"), places.map((one) => make("option", { value: one }, one)));
const chips = make("span", { class: "chips" });
const shownCount = make("output", { for: "words" });
const search = make("form", { class: "search", role: "search", submit: (event) => event.preventDefault() },
  make("label", { for: "words" }, "查找"), words, places.length ? [make("label", { for: "place", class: "unseen" }, "地区"), place] : [], chips, shownCount);
const listView = make("section", { "aria-label": "应收清单" }, search, list.frame);

let asked = new URLSearchParams(), waiting;

function typed() {
  clearTimeout(waiting);
  show();
  waiting = setTimeout(() => location.replace(`#${addressOf("清单", { 找: words.value })}`), 400);
}

function go(changes) {
  location.hash = addressOf("清单", changes);
}

function addressOf(view, changes) {
  const now = new URLSearchParams(asked);
  for (const name in changes) {
    if (changes[name]) now.set(name, changes[name]);
    else now.delete(name);
  }
  return [view, now.toString()].filter(Boolean).join("?");
}

// The list as the address asks for it.
function listAsked(parameters) {
  clearTimeout(waiting);
  asked = parameters;
  if (words.value !== (parameters.get("找") ?? "")) words.value = parameters.get("找") ?? "";
  place.value = parameters.get("地区") ?? "";
  const states = statesAsked();
  tiles.forEach((tile, at) => tile.setAttribute("aria-pressed", String(states.has(at))));
  const sort = parameters.get("排");
  if (sort) list.sortBy(sort, false);
  chips.replaceChildren(...chipsOf());
  show();
}

function statesAsked() {
  return new Set((asked.get("状态") ?? "").split("、").filter(Boolean).map((name) => data.states.indexOf(name)));
}

function show() {
  const tests = testsOf();
  const found = departments.filter((one) => tests.every((test) => test(one)));
  list.show(found, asked.get("部门") ? found : []);
  shownCount.textContent = found.length === departments.length ? `共${plain.format(found.length)}个部门` : `${plain.format(found.length)}个部门（共${plain.format(departments.length)}个）`;
}

function testsOf() {
  const states = statesAsked(), tests = [];
  const rule = rules.findIndex((one) => `${one.severity}${one.code}` === asked.get("规则"));
  const finding = data.findings[Number(asked.get("核对")) - 1];
  const only = ONLY[asked.get("只看")];
  if (states.size) tests.push((one) => states.has(one.state));
  if (asked.get("地区")) tests.push((one) => one.place === asked.get("地区"));
  if (asked.get("规则")) tests.push((one) => one.rules.has(rule));
  if (asked.get("核对")) tests.push((one) => finding?.[2].includes(one.index));
  if (asked.get("部门")) tests.push((one) => one.key === asked.get("部门"));
  if (only) tests.push(only[1]);
  for (const word of fold(words.value).split(/\s+/).filter(Boolean)) tests.push((one) => one.found.includes(word));
  return tests;
}

function chipsOf() {
  const made = Object.entries(ONLY).filter(([, [, test]]) => departments.some(test)).map(([name, [title, test]]) => {
    const on = asked.get("只看") === name;
    return make("button", { type: "button", class: "chip", "aria-pressed": String(on), click: () => go({ 只看: on ? "" : name }) }, `${title} ${plain.format(departments.filter(test).length)}`);
  });
  for (const [name, title] of [["规则", "规则 "], ["核对", "跨部门第"], ["部门", ""]]) {
    if (!asked.get(name)) continue;
    const shown = `${title}${asked.get(name)}${name === "核对" ? "处" : ""}`;
    made.push(make("button", { type: "button", class: "chip", "aria-pressed": "true", "aria-label": `不再只看${shown}`, click: () => go({ [name]: "" }) }, `${shown} ✕`));
  }
  if (FILTERS.some((name) => asked.get(name)) || asked.get("找")) made.push(make("button", { type: "button", class: "clear", click: clear }, "全部部门"));
  return made;
}

function clear() {
  words.value = "";
  location.hash = "清单";
}

function dueOf(one) {
  if (!one.due) return "";
  if (one.late) return [`${one.due} `, make("b", { class: "late" }, `迟${one.late}天`)];
  const coming = one.days === undefined || one.days === null ? "日期认不出" : one.days === 0 ? "今天" : one.days < 0 ? `还有${-one.days}天` : "";
  return coming ? [`${one.due} `, make("span", { class: "quiet" }, coming)] : one.due;
}

function changedWords(change) {
  if (!change) return "";
  const [, states, totals, documents] = change;
  return [states && `原${data.states[states[0]]}`, totals && `总计${signed(totals[1] - totals[0])}`, documents && "文档变了"].filter(Boolean).join("，");
}

function filesOf(one) {
  const found = [], old = STALE.includes(data.states[one.state]) ? "旧" : "";
  if (one.page) found.push(link(one, one.page, `${old}网页`, `${old}网页`));
  if (one.doc) found.push(link(one, one.doc, `${old}文档`, `${old}文档`));
  if (one.problems) found.push(link(one, one.problems, "问题", "问题"));
  return found.flatMap((made) => [made, " "]).slice(0, -1);
}

// All of a department, and what was found in it: how often which rule; the words of each problem stand in its file.
function detailOf(one) {
  const facts = [ // those that are columns where there is room for them
    ["代码", one.code, 3], ["地区", one.place, 1], ["联系人", one.contact, 1], ["截止", dueOf(one), 2], ["公开", publishedOf(one)],
    ["上年", one.before === undefined ? (one.now === undefined ? "" : "不知道") : `${wan(one.before)}万元，${signed(one.change)}`, 1],
    ["比上次", changedWords(changed.get(one.index)), 2], ["没有做成", one.note], ["文件", filesOf(one), 4],
  ];
  const told = facts.filter(([, said]) => said && !(Array.isArray(said) && !said.length));
  const made = [make("dl", {}, told.map(([name, said, low]) => make("div", { class: low && `also${low}` }, make("dt", {}, name), make("dd", {}, said))))];
  if (one.messages.length) made.push(make("ul", { class: "messages" }, one.messages.map((said) => make("li", {}, said))));
  if (one.errors > one.messages.length && one.messages.length) made.push(make("p", { class: "quiet" }, `还有${one.errors - one.messages.length}处错误，见“问题”。`));
  const found = [...one.rules].sort(([a], [b]) => a - b);
  if (found.length) made.push(make("ul", { class: "found" }, found.map(([at, many]) => make("li", { class: severityOf(rules[at]) }, make("b", {}, `${rules[at].severity} ${rules[at].code}`), ` ${rules[at].title} `, make("span", { class: "quiet" }, `${many}处`)))));
  else if (!one.note) made.push(make("p", { class: "quiet" }, one.now === undefined && !one.doc ? "还没有查过。" : "没有发现问题。"));
  return made;
}

function publishedOf(one) {
  if (!one.published && !one.url) return "";
  if (!/^https?:\/\//i.test(one.url)) return [one.published, one.url].filter(Boolean).join(" ");
  return make("a", { href: one.url, rel: "noopener noreferrer" }, one.published || one.url);
}

function severityOf(rule) {
  return { 错误: "error", 警告: "warning" }[rule.severity] ?? "advice";
}
