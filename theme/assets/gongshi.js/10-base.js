/* What the other parts use. Every page is whole without a script; all of it is ES5. */
var gongshi = (function () {
  "use strict";
  function each(selector, call) { Array.prototype.forEach.call(document.querySelectorAll(selector), call); }
  function make(tag, name, text) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }
  /* The site's day: of its own time zone, not the phone's, and never before the day on which the page was made, which
     a clock that was reset would say. */
  var made = document.querySelector('meta[name="gs-day"]'), zone = made && made.getAttribute("data-zone"), days = [], seen;
  function dayOf(moment) {
    if (zone) return new Intl.DateTimeFormat("en-CA", {timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit"}).format(moment);
    return new Date(moment + 8 * 36e5).toISOString().slice(0, 10);
  }
  function today() {
    var day = dayOf(Date.now());
    return made && day < made.content ? made.content : day;
  }
  function isPast(last) { return /^\d{4}-\d\d-\d\d$/.test(last) && last < today(); }
  /* What the reader chose on this device; null in a private window. */
  function kept(key) { try { return localStorage.getItem("gongshi-" + key); } catch (e) { return null; } }
  function keep(key, value) { try { localStorage.setItem("gongshi-" + key, value); } catch (e) { /* private window */ } }
  function whenReady(call) { document.addEventListener("DOMContentLoaded", call); }
  /* Calls once the page is read, and again on every new day: at midnight, on coming back to it, before it is printed. */
  function daily(call) {
    days.push(call);
    whenReady(call);
  }
  function turn() {
    if (seen === today()) return;
    seen = today();
    days.forEach(function (call) { call(); });
  }
  whenReady(function () {
    seen = today();
    ["pageshow", "focus", "beforeprint"].forEach(function (event) { window.addEventListener(event, turn); });
    document.addEventListener("visibilitychange", turn);
    setInterval(turn, 6e4);
  });

  document.documentElement.className = document.documentElement.className.replace("no-js", "js");
  return {each: each, make: make, today: today, isPast: isPast, kept: kept, keep: keep, whenReady: whenReady, daily: daily};
})();
