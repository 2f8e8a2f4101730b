/* A site that was not made anew though something on it has ended says so, loudly, on every page: `due.json` tells by
   which day it had to be. Asked for once a day, and on every page while it is late; offline and on a disk nothing is said. */
(function () {
  "use strict";
  var root = document.currentScript && document.currentScript.src.replace(/assets\/[^\/]*$/, "");
  var LATE = "本站应在 # 更新，到 # 还没有。下面的内容可能已经过期。";

  function show(about) {
    var before = document.querySelector(".gs-stale"), box = gongshi.make("div", "gs-stale"), line = gongshi.make("p");
    var days = [about.due, gongshi.today()];
    line.appendChild(gongshi.make("b", "", LATE.replace(/#/g, function () { return days.shift(); })));
    if (about.tell) {
      line.appendChild(document.createTextNode(" 请告诉："));
      line.appendChild(gongshi.make("span", "", about.tell)).setAttribute("lang", "zh");
    }
    box.setAttribute("role", "alert");
    box.appendChild(line);
    if (before) before.parentNode.replaceChild(box, before);
    else document.body.insertBefore(box, document.body.firstChild);
  }
  function isLate(due) { return gongshi.isPast(due); }
  function ask() {
    var kept = (gongshi.kept("due") || "").split(" ");
    if (!root || !/^http/.test(location.protocol) || (kept[0] === gongshi.today() && !isLate(kept[1] || ""))) return;
    fetch(root + "due.json", {cache: "no-store"}).then(function (answer) { return answer.ok ? answer.json() : {}; }).then(function (about) {
      var due = about.due || "";
      gongshi.keep("due", gongshi.today() + " " + due);
      if (isLate(due)) show(about);
    }).catch(function () { /* offline */ });
  }
  gongshi.daily(ask);
})();
