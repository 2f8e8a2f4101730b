/* On a phone the rarer tools stand behind one button; without it they are all there. */
(function () {
  "use strict";
  function offer(button) {
    var box = document.getElementById(button.getAttribute("aria-controls"));
    button.hidden = false;
    box.className += " gs-aids--folded";
    button.addEventListener("click", function () {
      var open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", open ? "true" : "false");
      box.className = "gs-aids" + (open ? "" : " gs-aids--folded");
    });
  }
  gongshi.whenReady(function () { gongshi.each("[data-gs-aids]", offer); });
})();
