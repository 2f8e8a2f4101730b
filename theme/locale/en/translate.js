/* Puts the interface into English: text and attributes that the catalogue knows. What stands below lang="zh" is a record's
   own words and stays; what the catalogue does not know is marked lang="zh", so that it is read aloud rightly.
   A message's # is a number, {word} is translated itself, {own} stays as it is. */
(function () {
  "use strict";
  var NUMBER = "\\d+(?:[.,:/\\-]\\d+)*", NUMBERS = new RegExp(NUMBER, "g"), HAN = /[\u3400-\u9fff]/;
  var ENDS = /^([\s\u3000-\u3011\uff01-\uff5e“”‘’—✓✗✕○▶▲▼★☆!+\/·›‹−≈=]*)([\s\S]*?)([\s\u3000-\u3011\uff01-\uff5e“”‘’—·›‹]*)$/;
  var MARKS = {"（": " (", "）": ") ", "，": ", ", "：": ": ", "；": "; ", "、": ", ", "。": ". ", "《": "“", "》": "”", "\u3000": " "};
  var ATTRIBUTES = ["aria-label", "title", "placeholder", "data-label"];
  var SKIPPED = /^(SCRIPT|STYLE|TEXTAREA|NOSCRIPT)$/;
  var messages = {}, patterns = [], pages = [], known = {};

  function marks(text) { return text.replace(/[（），：；、。《》\u3000]/g, function (c) { return MARKS[c]; }); }
  function filled(message, numbers) {
    var at = 0;
    return message.replace(/#/g, function () { at += 1; return numbers[at - 1]; });
  }
  function pattern(key) {
    var holes = [], source = key.replace(/[.*+?^$()|[\]\\\/]/g, "\\$&").replace(/#|\{(own|word)\d?\}/g, function (hole) {
      holes.push(hole);
      return hole === "#" ? "(" + NUMBER + ")" : "([\\s\\S]+?)";
    });
    patterns.push({expression: new RegExp("^" + source + "$"), holes: holes, key: key});
  }
  /* Each answers with a list of texts in turn English and as written, or null. */
  function exactly(text) {
    var said = messages[text.replace(NUMBERS, "#")];
    return said === undefined ? null : [filled(said, text.match(NUMBERS) || [])];
  }
  function fitting(one, text) {
    var found = one.expression.exec(text), values = {}, numbers = [], i, word;
    if (!found) return null;
    for (i = 0; i < one.holes.length; i += 1) {
      if (one.holes[i] === "#") numbers.push(found[i + 1]);
      else if (/own/.test(one.holes[i])) values[one.holes[i]] = ["", found[i + 1]];
      else {
        word = translated(found[i + 1]);
        if (!word) return null;
        values[one.holes[i]] = word;
      }
    }
    return put(messages[one.key], values, numbers);
  }
  function put(message, values, numbers) {
    var parts = [""];
    function add(list) {
      list.forEach(function (text, i) {
        var as = i % 2;
        if (parts.length % 2 === 1 - as) parts[parts.length - 1] += text;
        else parts.push(text);
      });
    }
    message.split(/(\{(?:own|word)\d?\})/).forEach(function (piece) {
      if (values[piece]) { if (parts.length % 2 === 0) parts.push(""); add(values[piece]); }
      else {
        if (parts.length % 2 === 0) parts.push("");
        parts[parts.length - 1] += piece.replace(/#/g, function () { return numbers.shift(); });
      }
    });
    return parts;
  }
  function bare(text) {
    var found = ENDS.exec(text), inner;
    if (!found[2] || found[2] === text) return null;
    inner = HAN.test(found[2]) ? translated(found[2]) : [found[2]];
    return inner && put("{word}" + marks(found[3]), {"{word}": put(marks(found[1]) + "{word}", {"{word}": inner}, [])}, []);
  }
  function told(text) {
    var said = exactly(text), i;
    for (i = 0; !said && i < patterns.length; i += 1) said = fitting(patterns[i], text);
    return said;
  }
  function sentences(text) {
    var all = text.match(/[^。]+。?/g) || [], said = all.length > 1 && all.map(translated);
    return said && said.every(Boolean) ? said.reduce(function (a, b) { return put("{word} {word2}", {"{word}": a, "{word2}": b}, []); }) : null;
  }
  /* A message says "# cases"; of one it is "1 case". */
  function counted(text) {
    return text.replace(/(^|[^\d.,:\/\-])1 (points|days|months|periods|cases|milestones|hours|resolutions|records|households|grounds|needs|entries|payments|members)(?![a-z])/g,
      function (all, before, many) { return before + "1 " + many.replace(/(ie)?s$/, function (end) { return end === "ies" ? "y" : ""; }); });
  }
  /* Messages stand in the catalogue without the stop at their end. */
  function translated(text) {
    if (known[text] === undefined) {
      var core = text.replace(/[。：，；]+$/, ""), end = marks(text.slice(core.length));
      var said = core && told(core);
      said = said ? put("{word}" + end, {"{word}": said}, []) : bare(text) || sentences(text);
      known[text] = said && said.map(function (part, i) { return i % 2 ? part : counted(part); });
    }
    return known[text];
  }
  /* The text of a node or an attribute; white space around it stays. */
  function whole(text) {
    var found = /^([\s\u3000]*)([\s\S]*?)([\s\u3000]*)$/.exec(text);
    if (!HAN.test(text)) return [found[2] ? marks(text) : text];
    var said = translated(found[2].replace(/\s+/g, " "));
    return said && put(marks(found[1]) + "{word}" + marks(found[3]), {"{word}": said}, []);
  }

  function attributes(element) {
    ATTRIBUTES.forEach(function (name) {
      var text = element.getAttribute(name), said = text && HAN.test(text) && whole(text);
      if (said) element.setAttribute(name, said.join(""));
    });
  }
  function asWritten(text) {
    var span = document.createElement("span");
    span.setAttribute("lang", "zh");
    span.textContent = text;
    return span;
  }
  function isPlain(parent) { return parent.namespaceURI !== "http://www.w3.org/1999/xhtml" || /^(OPTION|TITLE|BUTTON)$/.test(parent.tagName); }
  function text(node) {
    var said = whole(node.nodeValue), parent = node.parentNode;
    if (!said) {
      if (parent.childNodes.length === 1 || isPlain(parent)) parent.setAttribute("lang", "zh");
      else parent.replaceChild(asWritten(node.nodeValue), node);
      return;
    }
    if (said.length === 1 || isPlain(parent) || !HAN.test(said.join(""))) {
      if (node.nodeValue !== said.join("")) node.nodeValue = said.join("");
      return;
    }
    said.forEach(function (part, i) {
      if (part) parent.insertBefore(i % 2 ? asWritten(part) : document.createTextNode(part), node);
    });
    parent.removeChild(node);
  }
  function walk(node) {
    if (node.nodeType === 3) { text(node); return; }
    if (node.nodeType !== 1 || SKIPPED.test(node.tagName)) return;
    attributes(node);
    if (/^zh/.test(node.getAttribute("lang") || "")) { Array.prototype.forEach.call(node.querySelectorAll("[data-label]"), attributes); return; }
    if (node.getAttribute("lang") === "en") return;
    Array.prototype.slice.call(node.childNodes).forEach(walk);
  }
  function links(root) {
    pages.forEach(function (page) {
      gongshi.each('a[href="' + root + page + '"]:not([hreflang])', function (a) { a.setAttribute("href", root + "en/" + page); });
    });
  }
  function watch() {
    new MutationObserver(function (changes) {
      changes.forEach(function (change) {
        var at = change.target.nodeType === 1 ? change.target : change.target.parentNode;
        if (!at || at.closest("[lang^=zh], [lang=en]:not(html)")) return;
        if (change.type === "characterData") walk(change.target);
        else Array.prototype.forEach.call(change.addedNodes, function (node) { if (node.parentNode) walk(node); });
      });
    }).observe(document.body, {childList: true, characterData: true, subtree: true});
  }
  function heading() {
    var title = document.querySelector("title"), parts = document.title.split(" - "), said = translated(parts[0]);
    if (said) parts[0] = said.join("");
    document.title = parts.join(" - ");
    if (HAN.test(document.title)) title.setAttribute("lang", "zh");
  }
  gongshi.english = {
    read: function (catalogue) {
      messages = catalogue.messages;
      pages = catalogue.pages;
      known = {};
      patterns = [];
      Object.keys(messages).filter(function (key) { return /\{/.test(key); }).forEach(pattern);
    },
    start: function () {
      var to = document.querySelector("[data-gs-english]");
      document.documentElement.setAttribute("lang", "en");
      heading();
      walk(document.body);
      links((to.getAttribute("data-gs-root") || ""));
      watch();
    },
    say: function (text) { var said = whole(text); return said && said.join(""); }
  };
})();
