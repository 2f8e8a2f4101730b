/* English beside Chinese: chosen by a press, by ?lang=en or by opening an English page, remembered on this device. */
(function () {
  "use strict";
  var asked = /[?&]lang=(en|zh)\b/.exec(location.search);
  if (asked) gongshi.keep("lang", asked[1]);
  var chosen = gongshi.kept("lang") || (asked && asked[1]);  /* of a private window this page alone knows */
  function choose(language) {
    chosen = language;
    gongshi.keep("lang", language);
  }
  /* The same page as it came, with what was asked of it. */
  function again() {
    var here = location.href, there = location.pathname + location.search.replace(/([?&])lang=(en|zh)\b&?/, "$1").replace(/[?&]$/, "") + location.hash;
    if (here.slice(-there.length) === there) location.reload();
    else location.replace(there);
  }
  function start(link) {
    gongshi.load(link.getAttribute("data-gs-english"), function () {
      gongshi.english.start();
      link.textContent = "中文";
      link.setAttribute("lang", "zh");
    });
  }
  function offer(link) {
    if (link.getAttribute("hreflang") === "zh") choose("en");  /* this page is English */
    if (chosen === "en") start(link);
    link.addEventListener("click", function (event) {
      var leave = chosen === "en", here = link.getAttribute("hreflang") === "en";
      choose(leave ? "zh" : "en");
      if (!here) return;
      event.preventDefault();
      if (leave) again();
      else start(link);
    });
  }
  gongshi.whenReady(function () { gongshi.each("[data-gs-english]", offer); });
})();
