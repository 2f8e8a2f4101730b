/* English beside Chinese: chosen by a press, by ?lang=en or by opening an English page, remembered on this device. */
(function () {
  "use strict";
  var asked = /[?&]lang=(en|zh)\b/.exec(location.search);
  if (asked) gongshi.keep("lang", asked[1]);
  function isChosen() { return (gongshi.kept("lang") || (asked && asked[1])) === "en"; }
  function start(link) {
    gongshi.load(link.getAttribute("data-gs-english"), function () {
      gongshi.english.start();
      link.textContent = "中文";
      link.setAttribute("lang", "zh");
    });
  }
  function offer(link) {
    if (link.getAttribute("hreflang") === "zh") gongshi.keep("lang", "en");  /* this page is English */
    if (isChosen()) start(link);
    link.addEventListener("click", function (event) {
      var leave = isChosen(), here = link.getAttribute("hreflang") === "en";
      gongshi.keep("lang", leave ? "zh" : "en");
      if (!here) return;
      event.preventDefault();
      if (leave) location.replace(location.pathname + location.hash);
      else start(link);
    });
  }
  gongshi.whenReady(function () { gongshi.each("[data-gs-english]", offer); });
})();
