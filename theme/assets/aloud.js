/* 朗读: the article, piece by piece. A press stops, the next goes on where it stopped, leaving the page ends it. */
(function () {
  "use strict";
  var speech = window.speechSynthesis, queue = null, at = 0, turn = 0;
  var SKIPPED = "nav, form, button, select, textarea, svg, script, style, noscript, [aria-hidden=true], .gs-hidden, .gs-downloads";
  var BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, div, section, article, table, dl, ul, ol, blockquote, figure, details, header, footer";
  var LONGEST = 80;  /* Chrome falls silent after some fifteen seconds of one utterance */

  function squeezed(text) { return text.replace(/\s+/g, " ").replace(/^ | $/g, ""); }
  function isSkipped(node) {
    if (node.matches(SKIPPED) || !node.getClientRects().length) return true;
    var folded = node.parentNode.closest("details:not([open])");
    return !!folded && node.tagName !== "SUMMARY";
  }
  function textOf(node) {
    if (node.nodeType === 3) return node.nodeValue;
    if (node.nodeType !== 1 || isSkipped(node)) return "";
    return Array.prototype.map.call(node.childNodes, textOf).join(node.tagName === "LI" ? " " : "");
  }
  function langOf(node) { return (node.closest("[lang]") || document.documentElement).getAttribute("lang"); }
  function labelled(label, value) { return label && value ? label + "：" + value : value; }

  function row(tr) {
    var heads = tr.closest("table").querySelectorAll("thead th");
    return Array.prototype.map.call(tr.cells, function (cell, i) {
      return labelled(heads[i] ? squeezed(heads[i].textContent) : "", squeezed(textOf(cell)));
    }).filter(Boolean).join("，");
  }
  function facts(dl) {
    var said = [], label = "";
    Array.prototype.forEach.call(dl.querySelectorAll("dt, dd"), function (one) {
      if (one.tagName === "DT") label = squeezed(textOf(one));
      else said.push(labelled(label, squeezed(textOf(one))));
    });
    return said;
  }
  function pieces(node) {
    if (isSkipped(node) || node.tagName === "THEAD") return [];
    if (node.tagName === "TR") return [row(node)];
    if (node.tagName === "DL") return facts(node);
    if (!node.querySelector(BLOCKS + ", tr")) return [textOf(node)];
    var all = [], loose = "";
    function end() { all.push(loose); loose = ""; }
    Array.prototype.forEach.call(node.childNodes, function (child) {
      if (child.nodeType === 1 && (child.matches(BLOCKS + ", tr, thead, tbody, tfoot, summary") || child.querySelector(BLOCKS))) {
        end();
        all = all.concat(pieces(child));
      } else loose += textOf(child);
    });
    end();
    return all;
  }
  function cut(text) {
    var parts = squeezed(text).match(/[^。！？；]+[。！？；]?/g) || [], all = [];
    parts.forEach(function (part) {
      while (part.length > LONGEST) {
        var comma = part.lastIndexOf("，", LONGEST), end = comma > 0 ? comma + 1 : LONGEST;
        all.push(part.slice(0, end));
        part = part.slice(end);
      }
      if (/[\w一-鿿]/.test(part)) all.push(part);
    });
    return all;
  }
  function read() {
    var main = document.getElementById("main");
    return pieces(main).reduce(function (all, text) { return all.concat(cut(text)); }, []);
  }
  function voice(lang) {
    var start = lang.slice(0, 2);
    return speech.getVoices().filter(function (one) { return one.localService && one.lang.slice(0, 2) === start; })[0];
  }
  function stop() { turn += 1; speech.cancel(); }
  function speak(button, mine) {
    if (mine !== turn) return;
    if (at >= queue.length) { queue = null; name(button); return; }
    var text = queue[at], said = new SpeechSynthesisUtterance(text), lang = /[一-鿿]/.test(text) ? "zh-CN" : langOf(button);
    said.lang = lang;
    said.voice = voice(lang) || null;
    said.onend = said.onerror = function () {
      if (mine !== turn) return;
      at += 1;
      speak(button, mine);
    };
    speech.speak(said);
  }
  function name(button, on) { button.textContent = on ? "停止" : queue ? "继续读" : "朗读"; button.gsReads = !!on; }

  gongshi.aloud = function (button) {
    var on = !button.gsReads;
    stop();
    if (on && !queue) { queue = read(); at = 0; }
    name(button, on);
    if (on) speak(button, turn);
  };
  gongshi.aloud.pieces = read;
  window.addEventListener("pagehide", stop);
})();
