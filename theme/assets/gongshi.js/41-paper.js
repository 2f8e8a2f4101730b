/* On paper: the day of printing, the address where the site does not know its own, and photos not yet come to. */
(function () {
  "use strict";
  function say(selector, text) { gongshi.each(selector, function (place) { place.textContent = text; }); }
  window.addEventListener("beforeprint", function () {
    say("[data-gs-printed]", gongshi.today());
    if (/^http/.test(location.protocol)) say("[data-gs-here]", location.href.split("#")[0]);
    /* Chromium waits for lazy photos by itself; others need to be told. */
    gongshi.each("img[loading=lazy]", function (photo) { photo.loading = "eager"; });
  });
})();
