/* 大字: remembered on this device, in force before the first paint. The type is 60-elder.css's; the layout is the one
   that phones have, at every width: what our stylesheets say for narrow screens holds for all of them. */
(function () {
  "use strict";
  var root = document.documentElement, turned = [];
  var NARROW = /^(screen and )?\(max-width: ?[\d.]+em\)$/, WIDE = /^(screen and )?\(min-width: ?[\d.]+em\)$/;

  function rulesOf(sheet) { try { return sheet.cssRules; } catch (e) { return []; /* opened from a disk */ } }
  function turn(rule) {
    if (!rule.media) return;
    var said = rule.media.mediaText, now = NARROW.test(said) ? "screen" : WIDE.test(said) ? "print" : "";
    if (!now) return;
    turned.push([rule.media, said]);
    rule.media.mediaText = now;
  }
  function narrow() {
    Array.prototype.forEach.call(document.styleSheets, function (sheet) {
      if (/\/stylesheets\/main\./.test(sheet.href)) return;  /* Material's */
      Array.prototype.forEach.call(rulesOf(sheet), turn);
    });
  }
  function widen() {
    turned.forEach(function (pair) { pair[0].mediaText = pair[1]; });
    turned = [];
  }
  function isOn() { return root.getAttribute("data-mode") === "elder"; }
  function set(on) {
    if (on) { root.setAttribute("data-mode", "elder"); narrow(); }
    else { root.removeAttribute("data-mode"); widen(); }
  }
  function offer(button) {
    function tell() { button.setAttribute("aria-pressed", isOn() ? "true" : "false"); }
    button.hidden = false;
    tell();
    button.addEventListener("click", function () {
      set(!isOn());
      gongshi.keep("mode", isOn() ? "elder" : "");
      tell();
    });
  }
  if (gongshi.kept("mode") === "elder") set(true);
  gongshi.whenReady(function () { gongshi.each("[data-gs-elder]", offer); });
})();
