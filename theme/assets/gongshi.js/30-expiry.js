/* What has its last day before the site's today leaves the page, or says something else from then on. */
(function () {
  "use strict";
  var WORDS = ["title", "aria-label", "alt", "value", "data-label"];

  /* Puts other words in the place of an element's own, in its attributes and in the page's title, too; none: it goes. */
  function say(entry, words) {
    var was = (entry.textContent || entry.getAttribute("alt") || "").trim();
    if (!words) { entry.parentNode.removeChild(entry); return; }
    function instead(text) { return was ? text.split(was).join(words) : words; }
    WORDS.forEach(function (name) { if (entry.hasAttribute(name)) entry.setAttribute(name, instead(entry.getAttribute(name))); });
    if (was) document.title = instead(document.title);
    if (entry.tagName !== "IMG") entry.textContent = words;
  }
  function leave(entry) {
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
  function expire(entry) {
    if (!gongshi.isPast(entry.getAttribute("data-expires")) || !entry.parentNode) return;
    entry.removeAttribute("data-expires");
    if (entry.hasAttribute("data-expires-as")) say(entry, entry.getAttribute("data-expires-as"));
    else if (entry.tagName === "OPTION") entry.parentNode.removeChild(entry);
    else leave(entry);
  }
  function count(left) {
    var days = Math.round((new Date(left.getAttribute("data-gs-left")) - new Date(gongshi.today())) / 864e5);
    left.textContent = "还有 " + Math.max(0, days) + " 天";
  }
  gongshi.daily(function () {
    gongshi.each("[data-expires]", expire);
    gongshi.each("[data-gs-left]", count);
  });
})();
