/* What a page's layout breaks, as lists of sentences. One of the tests' own scripts: no page loads it. */
window.gsMeasure = (function () {
  "use strict";
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function named(e) {
    var text = (e.textContent || e.value || "").replace(/\s+/g, " ").trim().slice(0, 24);
    return e.tagName.toLowerCase() + (e.className && e.className.trim ? "." + e.className.trim().split(/\s+/).join(".") : "") + (text ? " “" + text + "”" : "");
  }
  function style(e) { return getComputedStyle(e); }
  /* Hidden from sight for readers of the screen, as .gs-hidden is. */
  function forEarsOnly(e) {
    for (; e && e !== document.body; e = e.parentElement) {
      var box = e.getBoundingClientRect();
      if (style(e).clipPath !== "none" || (box.width <= 1 && box.height <= 1) || box.right < 0) return true;
    }
    return false;
  }
  function shown(e) {
    return e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0 && !forEarsOnly(e);
  }
  function scrolls(e) {
    for (; e && e !== document.documentElement; e = e.parentElement) {
      if (/auto|scroll/.test(style(e).overflowX)) return true;
    }
    return false;
  }
  function texts() {
    var found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), node;
    while ((node = walker.nextNode())) {
      if (!node.data.trim() || /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(node.parentElement.tagName)) continue;
      if (!shown(node.parentElement)) continue;
      var range = document.createRange();
      range.selectNodeContents(node);
      var rects = Array.prototype.filter.call(range.getClientRects(), function (r) { return r.width > 0; });
      if (rects.length) found.push({node: node, parent: node.parentElement, rects: rects});
    }
    return found;
  }

  function sideways() {
    var width = document.documentElement.clientWidth, found = [];
    if (document.documentElement.scrollWidth > width) found.push("page scrolls sideways: " + document.documentElement.scrollWidth + " > " + width);
    all("body *").forEach(function (e) {
      var box = e.getBoundingClientRect();
      if (box.width > 0 && box.right > width + 1 && shown(e) && !scrolls(e)) found.push("beyond the edge by " + Math.round(box.right - width) + ": " + named(e));
    });
    return found;
  }
  function clipped() {
    return all("body *").filter(function (e) {
      if (!e.textContent.trim() || e.tagName === "TEXTAREA" || e instanceof SVGElement || !shown(e)) return false;
      var s = style(e), cut = /hidden|clip/;
      return (cut.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1) || (cut.test(s.overflowY) && e.scrollHeight > e.clientHeight + 1);
    }).map(function (e) { return "clipped: " + named(e); });
  }
  /* The middle half of a line: the boxes of tall fonts overlap where no ink does. */
  function inked(found) {
    return found.rects.map(function (r) {
      return {left: r.left + 1, right: r.right - 1, top: r.top + r.height / 4, bottom: r.bottom - r.height / 4, of: found};
    });
  }
  function overlapping() {
    var boxes = [], found = [], open = [];
    texts().forEach(function (one) { boxes = boxes.concat(inked(one)); });
    boxes.sort(function (a, b) { return a.top - b.top; });
    boxes.forEach(function (box) {
      open = open.filter(function (other) { return other.bottom > box.top; });
      open.forEach(function (other) {
        if (other.of !== box.of && other.left < box.right && box.left < other.right) found.push("overlapping: " + named(other.of.parent) + " and " + named(box.of.parent));
      });
      open.push(box);
    });
    return found;
  }
  /* A link in a line of text may be as high as the line (WCAG 2.5.8); what stands for itself may not. */
  function inline(e) {
    if (e.tagName !== "A" || style(e).display !== "inline") return false;
    var around = e.closest("p, li, dd, td, th, figcaption, h1, h2, h3, summary, label");
    return !!around && around.textContent.trim().length > e.textContent.trim().length;
  }
  function small(selector, least) {
    return all(selector).filter(function (e) {
      if (!shown(e) || inline(e) || e.type === "hidden") return false;
      return e.getBoundingClientRect().height < least - 0.5;
    }).map(function (e) { return Math.round(e.getBoundingClientRect().height) + " px high, not " + least + ": " + named(e); });
  }
  function lines(one) {
    var tops = [];
    one.rects.forEach(function (r) { if (!tops.some(function (top) { return Math.abs(top - r.top) < r.height / 2; })) tops.push(r.top); });
    return tops.length;
  }
  function reading() {
    var found = [], article = document.querySelector("article") || document.body;
    texts().forEach(function (one) {
      var block = one.parent, many = lines(one);
      while (style(block).display === "inline") block = block.parentElement;
      if (many < 2 || !/^(P|LI|DD|TD|BLOCKQUOTE|FIGCAPTION)$/.test(block.tagName)) return;
      var s = style(one.parent), size = parseFloat(s.fontSize), longest = Math.max.apply(null, one.rects.map(function (r) { return r.width; }));
      if (longest / size > 40.5) found.push("line of " + (longest / size).toFixed(1) + " glyphs: " + named(block));
      var display = parseFloat(style(block).fontSize) > 1.3 * parseFloat(style(article).fontSize);
      if (!display && parseFloat(style(block).lineHeight) / parseFloat(style(block).fontSize) < 1.45) found.push("lines too close: " + named(block));
      if (/justify/.test(s.textAlign)) found.push("justified: " + named(block));
    });
    return found;
  }
  /* A date never breaks; an id only where it is longer than a whole line. */
  function wrapped() {
    return texts().filter(function (one) {
      var whole = one.parent.closest("time, .gs-date, .gs-id, .gs-rank"), needs = 0, block = whole;
      if (!whole || lines(one) < 2) return false;
      while (block === whole || style(block).display === "inline") block = block.parentElement;
      one.rects.forEach(function (r) { needs += r.width; });
      return whole.tagName === "TIME" || needs < block.clientWidth;
    })
      .map(function (one) { return "wrapped: " + named(one.parent); });
  }
  /* body: px that running text needs; least: px that no text may go below. */
  function tiny(body, least) {
    return texts().filter(function (one) {
      if (one.parent instanceof SVGElement) return false;
      var size = parseFloat(style(one.parent).fontSize);
      return size < least - 0.1 || (size < body - 0.1 && one.parent.matches("article > p:not([class]), article > ul:not([class]) > li"));
    }).map(function (one) { return style(one.parent).fontSize + ": " + named(one.parent); });
  }
  /* controls: a selector; touch, body, least: px. */
  function everything(controls, touch, body, least) {
    return [].concat(sideways(), clipped(), overlapping(), small(controls, touch), reading(), wrapped(), tiny(body, least));
  }
  return {all: everything};
})();
