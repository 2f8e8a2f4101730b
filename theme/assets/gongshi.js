/* Small and optional: light or dark by hand, remembered. Every page is whole without it. */
(function () {
  "use strict";
  var root = document.documentElement, KEY = "gongshi-theme";
  root.className = root.className.replace("no-js", "js");
  function kept() { try { return localStorage.getItem(KEY); } catch (e) { return null; } }
  function keep(value) { try { localStorage.setItem(KEY, value); } catch (e) { /* private mode */ } }
  if (kept()) root.setAttribute("data-theme", kept());
  function isDark() {
    var set = root.getAttribute("data-theme");
    return set ? set === "dark" : !!(window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches);
  }
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-gs-theme]");
    if (!button) return;
    function name() { button.textContent = isDark() ? "浅色" : "深色"; }
    button.hidden = false;
    name();
    button.addEventListener("click", function () {
      var next = isDark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      keep(next);
      name();
    });
  });
})();
