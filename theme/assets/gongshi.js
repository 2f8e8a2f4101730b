/* Small and optional: light or dark by hand, entries gone on their day, printing, the worksheet of a rating.
   Every page is whole without it. */
(function () {
  "use strict";
  var root = document.documentElement, KEY = "gongshi-theme";
  root.className = root.className.replace("no-js", "js");

  function each(selector, call) { Array.prototype.forEach.call(document.querySelectorAll(selector), call); }
  function selectAll() { this.select(); }
  function make(tag, name, text) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  /* light or dark */
  function kept() { try { return localStorage.getItem(KEY); } catch (e) { return null; } }
  function keep(value) { try { localStorage.setItem(KEY, value); } catch (e) { /* private mode */ } }
  if (kept()) root.setAttribute("data-theme", kept());
  function isDark() {
    var set = root.getAttribute("data-theme");
    return set ? set === "dark" : !!(window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches);
  }
  function offerTheme(button) {
    function name() { button.textContent = isDark() ? "浅色" : "深色"; }
    button.hidden = false;
    name();
    button.addEventListener("click", function () {
      var next = isDark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      keep(next);
      name();
    });
  }

  /* expiry: what has its last day before the reader's today is taken off the page */
  function today() {
    var now = new Date(), month = now.getMonth() + 1, day = now.getDate();
    return now.getFullYear() + (month < 10 ? "-0" : "-") + month + (day < 10 ? "-0" : "-") + day;
  }
  function isPast(last) { return /^\d{4}-\d\d-\d\d$/.test(last) && last < today(); }
  function expire(entry) {
    if (!isPast(entry.getAttribute("data-expires"))) return;
    if (entry.tagName === "OPTION") {
      entry.parentNode.removeChild(entry);
      return;
    }
    var said = make("p", "gs-withdrawn", "这一条已到期，不再公布。"), place = said;
    var heading = entry.getAttribute("data-expires-page");
    if (entry.tagName === "TR") {
      place = make("tr");
      place.appendChild(make("td")).colSpan = entry.cells.length || 1;
      place.firstChild.appendChild(said);
    } else if (entry.tagName === "LI") {
      place = make("li");
      place.appendChild(said);
    } else if (entry.tagName === "A") {
      place = make("span", "gs-aside", "已到期的条目");
    }
    if (heading) {
      document.title = heading;
      entry.parentNode.insertBefore(make("h1", "", heading), entry);
    }
    entry.parentNode.replaceChild(place, entry);
  }

  /* a public notice: the working days left from the reader's today, its end once that has passed */
  function countDown(term) {
    var end = term.querySelector("time"), said = term.querySelector("b");
    if (!end) return;
    var left = term.getAttribute("data-workdays").split(" ").filter(function (day) { return day >= today(); }).length;
    if (isPast(end.getAttribute("datetime"))) {
      said.textContent = "公示期已满";
      term.className += " gs-notice-term--over";
    } else {
      said.textContent = left ? "还有 " + left + " 个工作日" : "快截止了";
    }
  }

  /* on paper everything that is folded away is open */
  function unfold() { each("details:not([open])", function (one) { one.open = true; one.setAttribute("data-unfolded", ""); }); }
  function fold() { each("[data-unfolded]", function (one) { one.open = false; one.removeAttribute("data-unfolded"); }); }

  /* the worksheet */
  var MORE = ["", "一", "两", "三", "四", "五"];
  function counted(given, max) {
    var points = Math.floor(Number(given));
    return points > 0 ? Math.min(points, max) : 0;
  }
  /* What points come to. points: criterion id -> number or text; what is missing counts as 0, too much as the most,
     a fraction as the whole number below. sheet.bands: by floor, ascending, the first 0. */
  function rate(sheet, points) {
    var value = 0, band = null, next = null;
    sheet.criteria.forEach(function (criterion) { value += counted(points[criterion.id], criterion.max); });
    sheet.bands.forEach(function (one) {
      if (one.floor <= value) band = one;
      else if (!next) next = one;
    });
    return {
      value: value, stars: band ? band.stars : null, word: band ? band.word : "",
      toNext: next ? next.floor - value : null, nextWord: next ? next.word : null
    };
  }
  function level(sheet, word) {
    var found = -1;
    sheet.bands.forEach(function (band, index) { if (band.word === word) found = index; });
    return found;
  }
  function compared(sheet, subject, got) {
    if (!subject.word) return "";
    var published = level(sheet, subject.word), steps = level(sheet, got.word) - published;
    if (published < 0) return "；公布的结果是“" + subject.word + "”";
    if (!steps && got.value === subject.value) return "；与公布的结果相同";
    if (!steps) return "；与公布的结果（" + subject.value + " 分）同一档";
    var many = Math.abs(steps);
    return "；比公布的结果（" + subject.word + "）" + (steps > 0 ? "高" : "低") + (MORE[many] || many) + "档";
  }
  function corrected(criterion, input) {
    var given = Number(input.value);
    if (given < 0) return "“" + criterion.label + "”最少 0 分，按 0 分算。";
    if (given > criterion.max) return "“" + criterion.label + "”最多 " + criterion.max + " 分，按 " + criterion.max + " 分算。";
    if (given % 1) return "“" + criterion.label + "”只计整数，按 " + Math.floor(given) + " 分算。";
    return "";
  }
  function offerSheet(section) {
    var sheet = JSON.parse(section.querySelector("script").textContent), pick = section.querySelector("select");
    var result = section.querySelector(".gs-sheet__result"), subject;
    var inputs = sheet.criteria.map(function (criterion) {
      var label = make("label", "gs-sheet__row"), name = make("span", "", criterion.label), input = make("input");
      name.appendChild(make("span", "gs-aside", "满分 " + criterion.max));
      input.type = "number";
      input.min = 0;
      input.max = criterion.max;
      input.step = 1;
      input.setAttribute("inputmode", "numeric");
      input.setAttribute("autocomplete", "off");
      input.addEventListener("input", tell);
      input.addEventListener("focus", selectAll);
      label.appendChild(name);
      label.appendChild(input);
      section.querySelector(".gs-sheet__inputs").appendChild(label);
      return input;
    });
    function tell() {
      var points = {}, empty = "", notes = [], left = 0;
      sheet.criteria.forEach(function (criterion, index) {
        var note = corrected(criterion, inputs[index]);
        points[criterion.id] = inputs[index].value;
        inputs[index].setAttribute("aria-invalid", note ? "true" : "false");
        if (note) notes.push(note);
        if (inputs[index].value) return;
        empty += "“" + criterion.label + "”";
        left += 1;
      });
      if (empty) notes.push(empty + "没有填，按 0 分算。");
      result.textContent = "";
      if (left === inputs.length) result.appendChild(make("p", "", "填上各项得分，就能看到会评几星。"));
      else show(rate(sheet, points), notes);
    }
    function show(got, notes) {
      var line = make("p", "gs-sheet__line", "合计 " + got.value + " 分：");
      line.appendChild(make("b", "", got.word));
      if (typeof got.stars === "number") {
        var stars = make("span", "gs-sheet__stars", "★★★★★".slice(0, got.stars) + "☆☆☆☆☆".slice(got.stars));
        stars.setAttribute("aria-hidden", "true");
        line.appendChild(document.createTextNode(" "));
        line.appendChild(stars);
      }
      line.appendChild(document.createTextNode(compared(sheet, subject, got) + "。"));
      result.appendChild(line);
      result.appendChild(make("p", "", got.nextWord ? "再得 " + got.toNext + " 分为" + got.nextWord + "。" : "已是最高一档。"));
      notes.forEach(function (note) { result.appendChild(make("p", "gs-sheet__note", note)); });
    }
    function fill() {
      subject = sheet.subjects[pick ? pick.value : 0];
      if (!subject || isPast(subject.expires)) subject = {points: {}};
      sheet.criteria.forEach(function (criterion, index) {
        var points = subject.points[criterion.id];
        inputs[index].value = points === undefined || points === null ? "" : points;
      });
      tell();
    }
    if (pick) pick.addEventListener("change", fill);
    section.querySelector("button").addEventListener("click", fill);
    fill();
    section.hidden = false;
  }
  window.gongshi = {rate: rate};

  /* A link to a folded period opens it, in browsers that do not do so by themselves. */
  function open() {
    var at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var folded = at && at.closest && at.closest("details");
    if (folded && !folded.open) { folded.open = true; at.scrollIntoView(); }
  }
  window.addEventListener("hashchange", open);

  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", fold);
  document.addEventListener("DOMContentLoaded", function () {
    each("[data-expires]", expire);
    each("[data-workdays]", countDown);
    open();
    each("[data-gs-theme]", offerTheme);
    each("[data-gs-sheet]", offerSheet);
    each("[data-gs-print]", function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
    each("[data-gs-select]", function (area) { area.addEventListener("focus", selectAll); });
  });
})();
