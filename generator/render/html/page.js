
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const panel = document.getElementById("panel");
  const said = document.getElementById("said");
  const numbers = [...document.querySelectorAll(".n")];
  const alike = new Map();
  const equal = new Map();
  for (const number of numbers) {
    add(alike, keyOf(number), number);
    const same = entryOf(number).same;
    if (same) add(equal, same, number);
  }

  // One figure, whether prose calls it by a name or a table has it in a cell: of the same lines.
  function keyOf(number) {
    return entryOf(number).figure;
  }

  function add(map, key, value) {
    if (map.has(key)) map.get(key).push(value);
    else map.set(key, [value]);
  }

  function entryOf(number) {
    const [kind, name, how, lines, count, figure, same] = data.entries[Number(number.dataset.f)];
    return { kind, name, how, lines, count, figure, same };
  }

  // Text goes in as text, never as mark-up.
  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  // ---- the panel ----
  let shown = null;
  let pinned = false;
  let timer = 0;

  function show(number, pin) {
    clearTimeout(timer);
    if (shown !== number) {
      clear();
      shown = number;
      number.classList.add("open");
      number.setAttribute("aria-controls", "panel");
      fill(number);
      panel.hidden = false;
      panel.scrollTop = 0;
      position(number);
    }
    pinned = pin || pinned;
  }

  function hide(back) {
    clearTimeout(timer);
    const number = shown;
    const inside = panel.contains(document.activeElement);
    clear();
    shown = null;
    pinned = false;
    panel.hidden = true;
    if (back && number && inside) {
      quiet = true;
      number.focus();
      quiet = false;
    }
  }

  function clear() {
    for (const lit of document.querySelectorAll(".n.open, .n.same, .n.equal")) lit.classList.remove("open", "same", "equal");
  }

  function fill(number) {
    const entry = entryOf(number);
    const close = element("button", "×", "close");
    close.type = "button";
    close.setAttribute("aria-label", "关闭");
    close.addEventListener("click", () => hide(true));
    const name = entry.name.replace(/^.*\./, "");
    panel.replaceChildren(close, element("h2", number.textContent + (name ? `　${name}` : "") + `（${entry.kind}）`));
    for (const line of entry.how) panel.append(element("p", line));
    if (entry.lines.length) panel.append(...sources(entry));
    const sisters = light(number, entry);
    if (sisters.length) panel.append(...links(sisters));
    said.textContent = `${entry.how.join("；")}。${sisters.length ? `另有${sisters.length}处相同。` : ""}按回车看来源。`;
  }

  function sources(entry) {
    const table = element("table");
    for (const index of entry.lines) {
      const [where, codes, names, amount] = data.lines[index];
      const row = table.insertRow();
      const first = row.insertCell();
      first.append(element("span", `${codes} ${names}`), element("span", where, "where"));
      row.insertCell().textContent = amount;
    }
    const rest = entry.count - entry.lines.length;
    const heading = element("h3", `来源（${entry.count}行）`);
    return rest > 0 ? [heading, table, element("p", `另有${rest}行`, "more")] : [heading, table];
  }

  // The same figure elsewhere, then equal amounts of the same kind.
  function light(number, entry) {
    const same = alike.get(keyOf(number)).filter((other) => other !== number);
    const others = (equal.get(entry.same) || []).filter((other) => other !== number && !same.includes(other));
    for (const other of same) other.classList.add("same");
    for (const other of others) other.classList.add("equal");
    return [...same, ...others];
  }

  function links(sisters) {
    const list = element("ul");
    for (const other of sisters.slice(0, 20)) {
      const link = element("a", placeOf(other));
      link.href = `#${other.id}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        hide(false);
        other.focus({ preventScroll: true });
        other.scrollIntoView({ block: "center", inline: "center" });
        show(other, false);
        position(other);
      });
      const item = element("li");
      item.append(link);
      if (keyOf(other) !== keyOf(shown)) item.append("（数相等）");
      list.append(item);
    }
    if (sisters.length > 20) list.append(element("li", `另有${sisters.length - 20}处`, "more"));
    return [element("h3", `还出现在（${sisters.length}处）`), list];
  }

  function placeOf(number) {
    const cell = number.closest("td, th");
    if (cell) {
      const title = cell.closest("table").querySelector("caption h3") || cell.closest("figure")?.querySelector("h3");
      const head = cell.parentElement.querySelector("th");
      return [title?.textContent, head && head !== cell ? head.textContent : "", number.dataset.at].filter(Boolean).join(" / ");
    }
    let place = number.closest("p");
    while (place && !/^H[2-4]$/.test(place.tagName)) place = place.previousElementSibling;
    return place ? place.textContent : "正文";
  }

  // Where neither side of the number has room for all of it, the panel takes the larger one and scrolls in itself.
  function position(number) {
    const box = number.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const under = innerHeight - box.bottom - 16;
    const over = box.top - 64;
    panel.style.maxHeight = "";
    const below = panel.offsetHeight <= under || under >= over;
    if (getComputedStyle(panel).position !== "fixed" && panel.offsetHeight > Math.max(under, over)) {
      panel.style.maxHeight = `${Math.max(120, under, over)}px`;
    }
    const height = panel.offsetHeight;
    const left = Math.max(12, Math.min(box.left, room - panel.offsetWidth - 12));
    panel.style.left = `${left + scrollX}px`;
    panel.style.top = `${(below ? box.bottom + 8 : box.top - 8 - height) + scrollY}px`;
  }

  // In a narrow window the panel lies along the bottom: the number is moved out from under it.
  function uncover(number) {
    const over = number.getBoundingClientRect().bottom + 24 - panel.getBoundingClientRect().top;
    if (getComputedStyle(panel).position === "fixed" && over > 0) scrollBy(0, over);
  }

  const numberAt = (target) => (target instanceof Element ? target.closest(".n") : null);
  let quiet = false;

  document.addEventListener("mouseover", (event) => {
    const number = numberAt(event.target);
    if (pinned) return;
    clearTimeout(timer);
    if (number) timer = setTimeout(() => show(number, false), 90);
    else if (shown && !panel.contains(event.target)) timer = setTimeout(leave, 260);
  });
  function leave() {
    if (document.activeElement !== shown) hide(false);
  }
  // A finger or button that goes down also moves the focus; the panel waits for the click, or it would come between.
  let pressed = false;
  document.addEventListener("pointerdown", () => { pressed = true; }, true);
  document.addEventListener("keydown", () => { pressed = false; }, true);
  document.addEventListener("focusin", (event) => {
    const number = numberAt(event.target);
    if (quiet || (number && pressed)) return;
    if (number) {
      if (number !== shown) pinned = false;
      show(number, false);
      uncover(number);
    } else if (shown && !panel.contains(event.target)) hide(false);
  });
  document.addEventListener("click", (event) => {
    const number = numberAt(event.target);
    if (number) {
      if (number !== shown) pinned = false;
      show(number, true);
      uncover(number);
    } else if (shown && !panel.contains(event.target) && event.target.isConnected) hide(false);
  });
  document.addEventListener("scroll", (event) => {
    if (shown && event.target !== document && !panel.contains(event.target)) position(shown);
  }, true);
  addEventListener("resize", () => shown && position(shown));
  document.addEventListener("keydown", (event) => {
    const number = numberAt(event.target);
    if (number && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      show(number, true);
      panel.focus();
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      hide(true);
    } else if (event.key === "/" && event.target !== words && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      words.focus();
      words.select();
    }
  });

  // ---- search ----
  const words = document.getElementById("words");
  const found = document.getElementById("found");
  const LIMIT = 2000;
  let blocks = null;
  let hits = [];
  let at = -1;
  let pause = 0;

  // What is typed and what is printed meet without spaces, thousands separators, case and full-width forms.
  function plainOf(nodes) {
    let text = "";
    const places = [];
    nodes.forEach((node) => {
      [...node.data].reduce((offset, letter) => {
        const before = node.data[offset - 1] || "";
        const dropped = /\s/.test(letter) || (/[,，]/.test(letter) && /\d/.test(before) && /\d/.test(node.data[offset + 1] || ""));
        if (!dropped) {
          for (const piece of letter.normalize("NFKC").toLowerCase()) {
            for (let unit = 0; unit < piece.length; unit += 1) places.push([node, offset, letter.length]);
            text += piece;
          }
        }
        return offset + letter.length;
      }, 0);
    });
    return { text, places };
  }

  function index() {
    const kinds = "h1, h2, h3, h4, p, li, th, td";
    const all = document.querySelectorAll(kinds.split(", ").map((kind) => `main ${kind}`).join(", "));
    return [...all].filter((block) => !block.closest("#problems, .beside, details") && !block.querySelector(kinds)).map((block) => {
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      return { block, ...plainOf(nodes) };
    });
  }

  function search() {
    blocks = blocks || index();
    const wanted = plainOf([document.createTextNode(words.value)]).text;
    hits = [];
    at = -1;
    for (const { block, text, places } of wanted ? blocks : []) {
      let start = text.indexOf(wanted);
      while (start >= 0 && hits.length < LIMIT) {
        const range = document.createRange();
        range.setStart(places[start][0], places[start][1]);
        const [node, offset, length] = places[start + wanted.length - 1];
        range.setEnd(node, offset + length);
        hits.push({ block, range });
        start = text.indexOf(wanted, start + wanted.length);
      }
    }
    paint();
    found.textContent = !wanted ? "" : hits.length ? `${hits.length}处` : "没有找到";
  }

  function paint() {
    for (const lit of document.querySelectorAll(".found, .here")) lit.classList.remove("found", "here");
    if (globalThis.Highlight && CSS.highlights) {
      CSS.highlights.set("found", new Highlight(...hits.filter((_, i) => i !== at).map((hit) => hit.range)));
      CSS.highlights.set("here", new Highlight(...(hits[at] ? [hits[at].range] : [])));
    } else {
      hits.forEach((hit, i) => hit.block.classList.add(i === at ? "here" : "found"));
    }
  }

  function walk(step) {
    if (!hits.length) return;
    at = (at < 0 ? (step > 0 ? 0 : hits.length - 1) : at + step + hits.length) % hits.length;
    paint();
    hits[at].block.scrollIntoView({ block: "center", inline: "nearest" });
    found.textContent = `第${at + 1}处，共${hits.length}处`;
  }

  words.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 120);
  });
  document.getElementById("search").addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (pause) {
        clearTimeout(pause);
        pause = 0;
        const typed = words.dataset.searched !== words.value;
        if (typed) search();
        words.dataset.searched = words.value;
      }
      walk(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      words.value = "";
      search();
    }
  });

  // A link to a problem opens the list it stands in.
  function open() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const list = target && target.closest("details");
    if (list && !list.open) {
      list.open = true;
      target.scrollIntoView();
    }
  }
  addEventListener("hashchange", open);
  document.querySelector('.bar a[href="#problems"]')?.addEventListener("click", () => {
    document.getElementById("problems").open = true;
  });
  open();
})();
