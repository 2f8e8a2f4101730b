/* What has its last day before the reader's today is taken off the page. */
(function () {
  "use strict";
  function expire(entry) {
    if (!gongshi.isPast(entry.getAttribute("data-expires"))) return;
    if (entry.tagName === "OPTION") {
      entry.parentNode.removeChild(entry);
      return;
    }
    var said = gongshi.make("p", "gs-withdrawn", "这一条已到期，不再公布。"), place = said;
    var heading = entry.getAttribute("data-expires-page");
    if (entry.tagName === "TR") {
      place = gongshi.make("tr");
      place.appendChild(gongshi.make("td")).colSpan = entry.cells.length || 1;
      place.firstChild.appendChild(said);
    } else if (entry.tagName === "LI") {
      place = gongshi.make("li");
      place.appendChild(said);
    } else if (entry.tagName === "A") {
      place = gongshi.make("span", "gs-aside", "已到期的条目");
    }
    if (heading) {
      document.title = heading;
      entry.parentNode.insertBefore(gongshi.make("h1", "", heading), entry);
    }
    entry.parentNode.replaceChild(place, entry);
  }
  gongshi.whenReady(function () { gongshi.each("[data-expires]", expire); });
})();
