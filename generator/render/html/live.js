
"use strict";
(() => {
  const version = document.documentElement.dataset.version;
  const kept = "shuoming-place";
  const broken = document.createElement("div");
  broken.id = "broken";
  broken.setAttribute("role", "alert");
  broken.hidden = true;
  document.body.prepend(broken);
  let failures = 0;
  history.scrollRestoration = "manual";

  function place() {
    const anchors = [...document.querySelectorAll("main [id^=toc]")];
    const above = anchors.filter((anchor) => anchor.getBoundingClientRect().top <= innerHeight / 3).pop();
    const frames = [...document.querySelectorAll(".scroll")].map((frame) => [frame.scrollTop, frame.scrollLeft]);
    return { y: scrollY, anchor: above?.id, top: above?.getBoundingClientRect().top, frames, open: document.getElementById("problems")?.open, words: document.getElementById("words")?.value };
  }

  // The heading above keeps its place on the screen, also when something before it became longer.
  function restore() {
    const was = JSON.parse(sessionStorage.getItem(kept) || "null");
    sessionStorage.removeItem(kept);
    if (!was) return;
    const problems = document.getElementById("problems");
    if (problems) problems.open = was.open ?? problems.open;
    document.querySelectorAll(".scroll").forEach((frame, i) => {
      if (was.frames[i]) [frame.scrollTop, frame.scrollLeft] = was.frames[i];
    });
    const words = document.getElementById("words");
    if (words && was.words) {
      words.value = was.words;
      words.dispatchEvent(new Event("input"));
    }
    const anchor = was.anchor && document.getElementById(was.anchor);
    const y = anchor ? anchor.getBoundingClientRect().top + scrollY - was.top : was.y;
    scrollTo({ top: y, behavior: "instant" });
  }

  function say(title, text) {
    const words = `${title}\n${text}`;
    if (broken.dataset.words === words && !broken.hidden) return;
    broken.dataset.words = words;
    const heading = document.createElement("strong");
    heading.textContent = title;
    const list = document.createElement("pre");
    list.textContent = text;
    broken.replaceChildren(heading, list);
    broken.hidden = false;
  }

  // A warning that stays: the command that accepts it, copied with one click; its reason is left to write.
  function offer() {
    const accept = document.documentElement.dataset.accept;
    for (const item of accept ? document.querySelectorAll("#problems li.warning, #problems li.advice") : []) {
      const code = item.querySelector(".code").textContent.split(" ").pop();
      const parts = item.querySelector(".message").textContent.split(/["$`\\!%^\n]/);
      const words = parts.sort((one, other) => other.length - one.length)[0].trim();
      const command = `${accept} ${code} "${words}" --reason "原因"`;
      const button = document.createElement("button");
      button.textContent = "接受…";
      button.title = "复制接受这一处的命令";
      button.addEventListener("click", async () => {
        const shown = item.querySelector("output") ?? item.appendChild(document.createElement("output"));
        const copied = await navigator.clipboard.writeText(command).then(() => "已复制", () => "请复制下面这一行");
        shown.textContent = `${copied}。粘贴到命令行，把“原因”改成为什么保留：\n${command}`;
      });
      item.insertBefore(button, item.querySelector(":scope > ul"));
    }
  }

  async function ask() {
    try {
      const answer = await fetch("/state", { cache: "no-store" });
      const state = await answer.json();
      failures = 0;
      if (state.version !== version) {
        sessionStorage.setItem(kept, JSON.stringify(place()));
        location.reload();
        return;
      }
      if (state.problems) say(state.title, state.problems);
      else broken.hidden = true;
    } catch {
      failures += 1;
      if (failures > 3) say("预览已停止", "运行 shuoming preview 的窗口已关闭；重新运行后本页会自己接上。");
    }
    setTimeout(ask, 150);
  }

  offer();
  restore();
  ask();
})();
