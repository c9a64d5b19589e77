// A table that sorts by its heads and draws the rows that are seen: the first sixty, and more as one goes down or prints.

const FIRST = 60, MORE = 300;
const grids = [];

// columns: {title, cell(row), key(row)?, kind: "number"?, low: leave it out where a screen is narrow (1 first, 4 last), from: -1 where it begins
// with the largest, seldom: leave it out where no row of all has any}. by: the title of the column that it is sorted by; detail(row): what a row leads to.
function grid(caption, all, wanted, { detail, by, up = true } = {}) {
  const columns = wanted.filter((column) => !column.seldom || all.some((row) => !isNothing(column.key(row))));
  let rows = [], sorted = [], drawn = 0, sort = columns.findIndex((column) => column.title === by);
  const opened = new Set();
  const heads = columns.map((column, at) => {
    const name = column.key ? make("button", { type: "button", click: () => sortBy(at) }, column.title) : column.title;
    return make("th", { scope: "col", class: classOf(column, column.key ? "" : "still"), "data-title": column.title }, name);
  });
  const body = make("tbody");
  const more = make("button", { type: "button", class: "more", click: () => draw(MORE) });
  const table = make("table", { class: "grid" }, make("caption", { class: "unseen" }, caption), make("thead", {}, make("tr", {}, heads)), body);
  const frame = make("div", { class: "frame" }, table, more);
  new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && draw(MORE), { rootMargin: "800px" }).observe(more);

  function classOf(column, more = "") {
    return [column.kind === "number" ? "r" : "", column.low ? `low${column.low}` : "", column.look ?? "", more].join(" ").trim() || undefined;
  }

  function sortBy(at) {
    if (sort === at) up = !up;
    else [sort, up] = [at, columns[at].from !== -1];
    arrange();
    say(`${caption}，按${columns[at].title}${up ? "从小到大" : "从大到小"}`);
  }

  function arrange() {
    heads.forEach((head, at) => columns[at].key && head.setAttribute("aria-sort", at === sort ? (up ? "ascending" : "descending") : "none"));
    sorted = sort < 0 ? rows : ordered(rows, columns[sort].key, up);
    body.replaceChildren();
    drawn = 0;
    table.setAttribute("aria-rowcount", sorted.length + 1);
    draw(FIRST);
  }

  function draw(many) {
    if (drawn >= sorted.length && drawn) return;
    const until = Math.min(sorted.length, drawn + many);
    const made = [];
    for (; drawn < until; drawn++) {
      const row = sorted[drawn];
      const line = lineOf(row, drawn);
      made.push(line);
      if (detail && opened.has(row)) made.push(below(row));
    }
    body.append(...made);
    more.hidden = drawn >= sorted.length;
    more.textContent = `再列${Math.min(MORE, sorted.length - drawn)}行（还有${plain.format(sorted.length - drawn)}行）`;
  }

  function lineOf(row, at) {
    const line = make("tr", { "aria-rowindex": at + 2 });
    for (const column of columns) {
      const inside = column.cell(row);
      const cell = document.createElement(column.head ? "th" : "td");
      if (column.head) cell.scope = "row";
      const looks = classOf(column);
      if (looks) cell.className = looks;
      if (column.head && detail) cell.append(opener(row, line, inside));
      else if (Array.isArray(inside)) cell.append(...inside.filter((one) => one !== "" && one !== undefined));
      else if (inside !== undefined && inside !== "") cell.append(inside);
      line.append(cell);
    }
    return line;
  }

  function opener(row, line, inside) {
    return make("button", { type: "button", class: "opener", "aria-expanded": String(opened.has(row)), click: (event) => {
      const button = event.currentTarget;
      if (opened.delete(row)) line.nextSibling.remove();
      else line.after((opened.add(row), below(row)));
      button.setAttribute("aria-expanded", String(opened.has(row)));
    } }, inside);
  }

  function below(row) { // what a row leads to
    return make("tr", { class: "below" }, make("td", { colspan: columns.length }, detail(row)));
  }

  const it = {
    frame,
    show(shown, open = []) {
      rows = shown;
      opened.clear();
      open.forEach((row) => opened.add(row));
      arrange();
    },
    sortBy(title, way) {
      sort = columns.findIndex((column) => column.title === title);
      up = way;
    },
    drawAll: () => draw(Infinity),
  };
  grids.push(it);
  return it;
}

function isNothing(key) {
  return key === undefined || key === null || key === "";
}

const collator = new Intl.Collator("zh-CN", { numeric: true });

// What has no key comes last, whichever way; equal ones stay in the order of the list.
function ordered(rows, key, up) {
  const keyed = rows.map((row) => [key(row), row]);
  const way = up ? 1 : -1;
  keyed.sort(([one], [other]) => {
    if (one === other) return 0;
    if (isNothing(one)) return 1;
    if (isNothing(other)) return -1;
    return way * (typeof one === "number" ? one - other : collator.compare(one, other));
  });
  return keyed.map(([, row]) => row);
}

addEventListener("beforeprint", () => grids.forEach((one) => one.frame.isConnected && !one.frame.closest("[hidden]") && one.drawAll()));
