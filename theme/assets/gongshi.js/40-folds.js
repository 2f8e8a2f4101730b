/* On paper everything that is folded away is open. */
(function () {
  "use strict";
  function unfold() { gongshi.each("details:not([open])", function (one) { one.open = true; one.setAttribute("data-unfolded", ""); }); }
  function fold() { gongshi.each("[data-unfolded]", function (one) { one.open = false; one.removeAttribute("data-unfolded"); }); }

  /* A link to a folded period opens it, in browsers that do not do so by themselves. */
  function open() {
    var at = null;
    try { at = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (e) { /* cut off in a chat */ }
    var folded = at && at.closest && at.closest("details");
    if (folded && !folded.open) { folded.open = true; at.scrollIntoView(); }
  }
  window.addEventListener("hashchange", open);

  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", fold);
  gongshi.whenReady(function () {
    open();
    gongshi.each("[data-gs-print]", function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
    gongshi.each("[data-gs-select]", function (area) { area.addEventListener("focus", function () { area.select(); }); });
  });
})();
