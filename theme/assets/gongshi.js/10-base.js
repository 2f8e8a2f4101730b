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
  function today() {
    var now = new Date(), month = now.getMonth() + 1, day = now.getDate();
    return now.getFullYear() + (month < 10 ? "-0" : "-") + month + (day < 10 ? "-0" : "-") + day;
  }
  function isPast(last) { return /^\d{4}-\d\d-\d\d$/.test(last) && last < today(); }
  /* What the reader chose on this device; null in a private window. */
  function kept(key) { try { return localStorage.getItem("gongshi-" + key); } catch (e) { return null; } }
  function keep(key, value) { try { localStorage.setItem("gongshi-" + key, value); } catch (e) { /* private window */ } }
  function whenReady(call) { document.addEventListener("DOMContentLoaded", call); }

  document.documentElement.className = document.documentElement.className.replace("no-js", "js");
  return {each: each, make: make, today: today, isPast: isPast, kept: kept, keep: keep, whenReady: whenReady};
})();
