/* Light or dark by hand. */
(function () {
  "use strict";
  var root = document.documentElement;
  if (gongshi.kept("theme")) root.setAttribute("data-theme", gongshi.kept("theme"));
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
      gongshi.keep("theme", next);
      name();
    });
  }
  gongshi.whenReady(function () { gongshi.each("[data-gs-theme]", offerTheme); });
})();
