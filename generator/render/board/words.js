// What all views share: the data by name, elements that hold only text, and how amounts are written.

const data = JSON.parse(document.getElementById("data").textContent);
const rules = data.rules.map(([code, severity, title, departments, places]) => ({ code, severity, title, departments, places }));
const kinds = [...document.querySelectorAll("#tiles .tile")].map((tile) => tile.classList[1]);
const main = document.getElementById("main");

const departments = data.departments.map((row, index) => {
  const [code, name, state, place = "", errors = 0, warnings = 0, advice = 0, total, due = "", days, late = 0, contact = "",
    published = "", url = "", doc = "", page = "", problems = "", note = "", found = [], messages = [], sums, key] = row;
  return {
    index, code, name, state: state ?? 0, place, errors, warnings, advice, now: total?.[0], before: total?.[1] ?? undefined, due, days, late, contact,
    published, url, doc, page: page === 1 ? doc.replace(/\.docx$/, ".html") : page, problems, note, messages,
    sums, key: key || `${code}-${name}`, rules: pairs(found), found: fold(`${code}\n${name}\n${place}\n${contact}\n${key ?? ""}`),
    change: total && total[1] !== null ? total[0] - total[1] : undefined,
  };
});

// Since the run before: what of a department is otherwise.
const changed = new Map((data.since[0]?.[3] ?? []).map((change) => [change[0], change]));

function pairs(numbers) {
  const found = new Map();
  for (let at = 0; at < numbers.length; at += 2) found.set(numbers[at], numbers[at + 1]);
  return found;
}

// Wide letters and figures as narrow ones, so that what a Chinese keyboard types is found.
function fold(text) {
  return text.normalize("NFKC").toLowerCase();
}

function make(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const name in attributes) {
    const value = attributes[name];
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inside.flat(Infinity).filter((one) => one !== undefined && one !== ""));
  return element;
}

const plain = new Intl.NumberFormat("en-US");
const cents = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

// 分 as 万元 with two decimals, half away from zero.
function wan(amount) {
  if (amount === undefined || amount === null) return "";
  return cents.format((Math.sign(amount) * Math.round(Math.abs(amount) / 10000)) / 100).replace(/^-0\.00$/, "0.00");
}

function signed(amount) {
  return amount > 0 && wan(amount) !== "0.00" ? `+${wan(amount)}` : wan(amount);
}

function rate(change, before) {
  if (change === undefined || change === null) return undefined;
  return before ? (change * 100) / Math.abs(before) : undefined;
}

function percent(value, sign = true) {
  if (value === undefined) return "";
  const text = cents.format(value);
  return `${sign && value > 0 && text !== "0.00" ? "+" : ""}${text}%`;
}

function count(number) {
  return number ? plain.format(number) : "";
}

// A file in the folder of a department, which lies beside this page; whatever its name is, it is only a name.
function link(department, name, words, label) {
  const path = [department.key, ...name.split("/")].map(encodeURIComponent).join("/");
  return make("a", { href: `./${path}`, "aria-label": label && `${department.name}的${label}` }, words);
}

function stateOf(number) {
  return make("span", { class: `state ${kinds[number]}` }, data.states[number]);
}

function say(words) {
  document.getElementById("said").textContent = words;
}
