/* A public notice: the working days left from the site's today, its end once that has passed. */
(function () {
  "use strict";
  function countDown(term) {
    var end = term.querySelector("time"), said = term.querySelector("b");
    if (!end) return;
    var left = term.getAttribute("data-workdays").split(" ").filter(function (day) { return day >= gongshi.today(); }).length;
    if (gongshi.isPast(end.getAttribute("datetime"))) {
      said.textContent = "公示期已满";
      term.className = "gs-notice-term gs-notice-term--over";
    } else {
      said.textContent = left ? "还有 " + left + " 个工作日" : "快截止了";
    }
  }
  gongshi.daily(function () { gongshi.each("[data-workdays]", countDown); });
})();
