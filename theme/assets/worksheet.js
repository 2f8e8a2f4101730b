/* The worksheet of a rating: what points come to, by the published rule. */
(function () {
  "use strict";
  function selectAll() { this.select(); }
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
      var label = gongshi.make("label", "gs-sheet__row"), name = gongshi.make("span", "", criterion.label), input = gongshi.make("input");
      name.appendChild(gongshi.make("span", "gs-aside", "满分 " + criterion.max));
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
      if (left === inputs.length) result.appendChild(gongshi.make("p", "", "填上各项得分，就能看到会评几星。"));
      else show(rate(sheet, points), notes);
    }
    function show(got, notes) {
      var line = gongshi.make("p", "gs-sheet__line", "合计 " + got.value + " 分：");
      line.appendChild(gongshi.make("b", "", got.word));
      if (typeof got.stars === "number") {
        var stars = gongshi.make("span", "gs-sheet__stars", "★★★★★".slice(0, got.stars) + "☆☆☆☆☆".slice(got.stars));
        stars.setAttribute("aria-hidden", "true");
        line.appendChild(document.createTextNode(" "));
        line.appendChild(stars);
      }
      line.appendChild(document.createTextNode(compared(sheet, subject, got) + "。"));
      result.appendChild(line);
      result.appendChild(gongshi.make("p", "", got.nextWord ? "再得 " + got.toNext + " 分为" + got.nextWord + "。" : "已是最高一档。"));
      notes.forEach(function (note) { result.appendChild(gongshi.make("p", "gs-sheet__note", note)); });
    }
    function fill() {
      subject = sheet.subjects[pick ? pick.value : 0];
      if (!subject || gongshi.isPast(subject.expires)) subject = {points: {}};
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
  gongshi.rate = rate;
  gongshi.whenReady(function () { gongshi.each("[data-gs-sheet]", offerSheet); });
})();
