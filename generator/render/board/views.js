// The other views, each made when it is first looked at, and which of them the address names.

const tiles = [...document.querySelectorAll("#tiles .tile")];
const HEADS = { 资金来源: "资金来源", 功能类: "支出功能分类（类）", 支出类别: "基本支出和项目支出" };

tiles.forEach((tile, at) => tile.addEventListener("click", () => {
  const states = statesAsked();
  if (!states.delete(at)) states.add(at);
  go({ 状态: [...states].map((state) => data.states[state]).join("、") });
}));

const views = {
  清单: () => listView,
  问题: () => make("section", { "aria-label": "问题" }, stopped(), make("h2", {}, "按规则"), make("p", { class: "quiet" }, "点规则，看有哪些部门。要按部门看：", make("a", { href: "#清单?排=错误" }, "错误多的在前"), "、", make("a", { href: "#清单?排=警告" }, "警告多的在前"), "。每处的原文在各部门的“问题.txt”，也在“总览.xlsx”的“问题明细”。"), byRule()),
  金额: () => make("section", { "aria-label": "金额" }, money()),
  三公: () => make("section", { "aria-label": "三公经费" }, ranked()),
  变动: () => make("section", { "aria-label": "变动" }, moved()),
  跨部门: () => make("section", { "aria-label": "跨部门核对" }, across()),
};
const made = {};

function nameOf(one) {
  return make("a", { href: `#清单?${new URLSearchParams({ 部门: one.key })}` }, one.name);
}

function stopped() {
  const found = departments.filter((one) => one.note);
  if (!found.length) return [];
  return [make("h2", {}, "程序没有做成的"), make("ul", { class: "stopped" }, found.map((one) => make("li", {}, nameOf(one), `：${one.note}`, one.problems ? [" ", link(one, one.problems, one.problems, one.problems)] : [])))];
}

function byRule() {
  if (!rules.length) return make("p", {}, "没有发现问题。");
  const most = Math.max(...rules.map((one) => one.departments));
  const it = grid("问题按规则", rules, [
    { title: "级别", cell: (one) => make("span", { class: severityOf(one) }, one.severity), key: (one) => ["错误", "警告", "建议"].indexOf(one.severity) },
    { title: "编号", cell: (one) => one.code, key: (one) => one.code, low: 4 },
    { title: "规则", head: true, look: "name", cell: (one) => make("a", { href: `#清单?${new URLSearchParams({ 规则: one.severity + one.code })}` }, one.title || one.code || "读不了"), key: (one) => one.title },
    { title: "部门", kind: "number", cell: (one) => count(one.departments), key: (one) => one.departments, from: -1 },
    { title: "处", kind: "number", cell: (one) => count(one.places), key: (one) => one.places, from: -1 },
    { title: "", cell: (one) => bar(one.departments, most, severityOf(one)), low: 3, look: "bars" },
  ]);
  it.show(rules);
  return it.frame;
}

function bar(amount, most, kind = "") {
  const made = make("span", { class: `bar ${kind}`, "aria-hidden": "true" });
  made.style.width = `${most ? Math.max(0, (amount * 100) / most) : 0}%`;
  return made;
}

function money() {
  const all = data.splits.map(([kind, code, name, many, now, before, comparable, unknown]) => ({ kind, code, name, many, now, before, comparable, unknown, change: before === null ? undefined : comparable - before }));
  const total = all.find((one) => one.kind === "总计");
  if (!total) return make("p", {}, "还没有任何部门的金额。");
  const told = make("p", {}, `有金额的${plain.format(total.many)}个部门合计${wan(total.now)}万元`, total.before === null ? "" : `，比上年${signed(total.change)}万元（${percent(rate(total.change, total.before)) || "上年为0"}）`, unknownOf(total), "。金额单位：万元。");
  return [told, ...Object.keys(HEADS).map((kind) => splitTable(all.filter((one) => one.kind === kind), kind, total))];
}

function unknownOf(one) {
  return one.unknown && one.before !== null ? `（${plain.format(one.unknown)}个部门没有上年数，没有比）` : "";
}

function splitTable(rows, kind, total) {
  if (!rows.length) return [];
  const most = Math.max(...rows.map((one) => one.now));
  const it = grid(HEADS[kind], rows, [
    { title: "代码", cell: (one) => (one.code === one.name ? "" : one.code), key: (one) => (one.code === one.name ? "" : one.code), low: 4, seldom: true },
    { title: kind, head: true, look: "name", cell: (one) => one.name, key: (one) => one.name },
    { title: "本年", kind: "number", cell: (one) => wan(one.now), key: (one) => one.now, from: -1 },
    { title: "占比", kind: "number", cell: (one) => percent(rate(one.now, total.now), false), key: (one) => one.now, from: -1 },
    { title: "", cell: (one) => bar(one.now, most), low: 3, look: "bars" },
    { title: "上年", kind: "number", cell: (one) => wan(one.before), key: (one) => one.before, from: -1, low: 3, seldom: true },
    { title: "增减", kind: "number", cell: (one) => signed(one.change), key: (one) => one.change, from: -1, low: 4, seldom: true },
    { title: "增减%", kind: "number", cell: (one) => percent(rate(one.change, one.before)), key: (one) => rate(one.change, one.before), from: -1, low: 4, seldom: true },
    { title: "部门", kind: "number", cell: (one) => count(one.many), key: (one) => one.many, from: -1, low: 2 },
    { title: "没有上年数", kind: "number", cell: (one) => count(one.unknown), key: (one) => one.unknown || undefined, from: -1, low: 1, seldom: true },
  ], { by: "本年", up: false });
  it.show(rows);
  return [make("h2", {}, HEADS[kind]), it.frame];
}

function ranked() {
  const rows = departments.filter((one) => one.sums && (one.sums[0][0] || one.sums[0][1]));
  if (!rows.length) return make("p", {}, "还没有任何部门的三公经费。");
  const now = (one, part) => one.sums[part]?.[0];
  const change = (one) => (one.sums[0][1] === null ? undefined : one.sums[0][0] - one.sums[0][1]);
  const most = Math.max(...rows.map((one) => now(one, 0)));
  const it = grid("三公经费", rows, [
    { title: "部门", head: true, look: "name", cell: nameOf, key: (one) => one.name },
    { title: "三公经费", kind: "number", cell: (one) => wan(now(one, 0)), key: (one) => now(one, 0), from: -1 },
    { title: "", cell: (one) => bar(now(one, 0), most), low: 2, look: "bars" },
    { title: "上年", kind: "number", cell: (one) => wan(one.sums[0][1]), key: (one) => one.sums[0][1], from: -1, low: 3 },
    { title: "增减", kind: "number", cell: (one) => signed(change(one)), key: change, from: -1 },
    { title: "增减%", kind: "number", cell: (one) => percent(rate(change(one), one.sums[0][1])), key: (one) => rate(change(one), one.sums[0][1]), from: -1, low: 4 },
    ...["因公出国（境）", "公务用车", "公务接待"].map((title, at) => ({ title, kind: "number", cell: (one) => wan(now(one, at + 1)), key: (one) => now(one, at + 1), from: -1, low: 3, seldom: true })),
  ], { by: "三公经费", up: false });
  it.show(rows);
  return [make("p", {}, publicWords(rows)), it.frame];
}

function publicWords(rows) {
  const known = rows.filter((one) => one.sums[0][1] !== null);
  const sum = (some, at) => some.reduce((whole, one) => whole + (one.sums[0][at] ?? 0), 0);
  const change = sum(known, 0) - sum(known, 1);
  const without = departments.filter((one) => one.sums).length - rows.length;
  return [
    `${plain.format(rows.length)}个部门的三公经费合计${wan(sum(rows, 0))}万元`, known.length ? `，比上年${signed(change)}万元` : "",
    rows.length > known.length && known.length ? `（${plain.format(rows.length - known.length)}个部门没有上年数，没有比）` : "", "。",
    without ? `另有${plain.format(without)}个部门没有三公经费，没有列。` : "", "金额单位：万元。",
  ].join("");
}

function moved() {
  if (!data.since.length) return make("p", {}, "这是第一次运行，还没有可以比的。");
  const holder = make("div");
  const choices = data.since.map(([name, begun], at) => make("button", { type: "button", class: "chip", click: () => pick(at) }, `比${name}（${begun}）`));
  function pick(at) {
    choices.forEach((choice, number) => choice.setAttribute("aria-pressed", String(number === at)));
    holder.replaceChildren(make("p", {}, data.since[at][2]), changeTable(data.since[at][3]));
  }
  pick(0);
  return [make("p", { class: "chips", role: "group", "aria-label": "比哪一次" }, choices), holder];
}

function changeTable(changes) {
  if (!changes.length) return make("p", {}, "没有变动。");
  const it = grid("变动", changes, [
    { title: "部门", head: true, look: "name", cell: ([at]) => nameOf(departments[at]), key: ([at]) => departments[at].name },
    { title: "状态", cell: ([, states]) => (states ? [stateOf(states[0]), " → ", stateOf(states[1])] : ""), key: ([, states]) => states?.[1] },
    { title: "总计原来", kind: "number", cell: ([, , totals]) => wan(totals?.[0]), key: ([, , totals]) => totals?.[0], from: -1, low: 3 },
    { title: "现在", kind: "number", cell: ([, , totals]) => wan(totals?.[1]), key: ([, , totals]) => totals?.[1], from: -1, low: 4 },
    { title: "相差（万元）", kind: "number", cell: ([, , totals]) => (totals ? signed(totals[1] - totals[0]) : ""), key: ([, , totals]) => (totals ? totals[1] - totals[0] : undefined), from: -1 },
    { title: "文档", cell: ([, , , documents]) => (documents ? "变了" : ""), key: ([, , , documents]) => (documents ? "变了" : "") },
  ], { by: "状态" });
  it.show(changes);
  return it.frame;
}

function across() {
  const found = data.findings.map(([code, severity, concerned, message, remedy], at) => make("li", { class: severityOf({ severity }) },
    make("b", {}, `${severity} ${code}`), ` ${message} `, make("span", { class: "quiet" }, remedy), concernedOf(concerned, at)));
  const not = data.notAsked.map(([code, why]) => make("li", {}, make("b", {}, code), ` ${why}`));
  return [
    found.length ? make("ol", { class: "findings" }, found) : make("p", {}, "没有发现问题。"),
    not.length ? [make("h2", {}, "没有核对的"), make("ul", { class: "stopped" }, not)] : [],
  ];
}

function concernedOf(concerned, at) {
  if (!concerned.length) return "";
  const named = concerned.slice(0, 12).flatMap((which, number) => [number ? "、" : "", nameOf(departments[which])]);
  return make("p", {}, named, concerned.length > 12 ? `等${concerned.length}个部门` : "", " ", make("a", { href: `#清单?核对=${at + 1}` }, "在清单里看"));
}

const counts = { 清单: departments.length, 问题: rules.length, 变动: changed.size, 跨部门: data.findings.length };
const nav = document.getElementById("views");
const tabs = Object.keys(views).map((name) => make("a", { href: `#${name}`, "data-view": name }, name, name in counts ? make("span", { class: "count" }, plain.format(counts[name])) : ""));
nav.append(...tabs);

function showView() {
  let asks = location.hash.slice(1);
  if (asks === "main") return; // to the text, past the heading
  const [name, parameters] = [decode(asks.split("?")[0]), new URLSearchParams(asks.split("?").slice(1).join("?"))];
  const view = name in views ? name : "清单";
  made[view] ??= views[view]();
  for (const one of Object.values(made)) one.hidden = one !== made[view];
  if (!made[view].isConnected) main.append(made[view]);
  for (const tab of tabs) {
    if (tab.dataset.view === view) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
    if (tab.dataset.view === view) nav.scrollLeft = tab.offsetLeft + tab.offsetWidth - nav.offsetWidth;
  }
  if (view === "清单") listAsked(parameters);
  const top = main.offsetTop - nav.offsetHeight; // who has scrolled down sees the beginning of what was asked for
  if (scrollY > top) scrollTo(0, top);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

addEventListener("hashchange", showView);
addEventListener("keydown", (event) => {
  if (event.key === "/" && !/input|select/i.test(document.activeElement.tagName)) {
    event.preventDefault();
    if (listView.hidden || !listView.isConnected) location.hash = "清单";
    showView();
    words.focus();
  }
});
showView();
