/* Search: reads Pagefind's indexes below search/. The lists of the page are whole without it.
   Words are made here as generator/search/words.py makes them: two characters after each other are a word, a number
   keeps its unit. A page is found when it holds every word; Pagefind ranks. Real and made-up results stand apart. */
(function () {
  "use strict";
  var MANY = 10, WEIGHED = 30;
  var UNIT = "栋|单元|号|楼|层|室|户|期|组|区|巷|弄|网格", HAN = "\\u3400-\\u9fff", END = "\u3126";
  var COUNTED = new RegExp("^\\d+(?:" + UNIT + ")$"), FACET = /^q[a-p]{12}$/;
  var PAIR = new RegExp("^[" + HAN + "]{2}$");
  var RANKING = {metaWeights: {k: 8, p: 5, a: 2, n: 2, f: 0, title: 0, kind: 0, place: 0, status: 0, date: 0, expires: 0}};
  var form = document.querySelector("[data-gs-search]");
  if (!form) return;
  var about = JSON.parse(form.getAttribute("data-gs-search")), input = form.querySelector("[name=q]");
  var said = document.querySelector(".gs-searched__said"), box = document.querySelector(".gs-searched");
  var home = document.querySelector("[data-gs-home]");
  var rest = box.parentNode.insertBefore(gongshi.make("button", "gs-more", "接着找"), box.nextSibling);
  var pagefind = null, begun = null, loaded = {}, known = Object.create(null), asked = 0, broken = false;

  /* ── words ── */

  /* Pinyin may be typed with its tones; characters typed one by one with spaces between are one phrase. */
  function narrow(text) {
    return text.replace(/[\uff01-\uff5e]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0xfee0); }).toLowerCase()
      .replace(/[\u00e0-\u01dc]/g, function (c) { return c.normalize("NFD").replace("u\u0308", "v").charAt(0); });
  }
  function joined(typed) {
    var text = typed.replace(new RegExp("([\\d０-９])\\s+(?=幢|座|" + UNIT + ")", "g"), "$1");
    return new RegExp("^\\s*[" + HAN + "](\\s+[" + HAN + "])+\\s*$").test(text) ? text.replace(/\s/g, "") : text;
  }
  function counted(numeral) {
    var digits = "零一二三四五六七八九", sum = 0, last = -1;
    function digit(c) { return c === "〇" ? 0 : c === "两" ? 2 : digits.indexOf(c); }
    if (!/[十百]/.test(numeral)) return String(Number(numeral.split("").map(digit).join("")));
    numeral.split("").forEach(function (c) {
      if (c === "十" || c === "百") {
        sum += (last < 0 ? 1 : last) * (c === "百" ? 100 : 10);
        last = -1;
      } else last = digit(c) || -1;
    });
    return String(sum + Math.max(last, 0));
  }
  function normal(text) {
    return narrow(text).replace(new RegExp("[零〇一二两三四五六七八九十百]+(?=幢|座|" + UNIT + ")", "g"), counted)
      .replace(/(\d)(?:幢|座|号楼)/g, "$1栋").replace(/([a-z])[-_ ]+(?=\d)/g, "$1");
  }
  function unique(list) { return list.filter(function (one, i) { return list.indexOf(one) === i; }); }
  function runs(plain) {
    return plain.match(new RegExp("\\d+(?:" + UNIT + ")|[0-9a-z]+|[" + HAN + "]+", "g")) || [];
  }
  function words(plain) {
    var found = [];
    runs(plain).forEach(function (run) {
      if (/^[\da-z]/.test(run) || run.length === 1) return found.push(run);
      for (var i = 0; i + 1 < run.length; i += 1) found.push(run.substr(i, 2));
    });
    return unique(found);
  }
  /* Returns the ways in which a page may hold what was typed: with its numbers as they are looked up, and as it stands. */
  function ways(typed) {
    var text = joined(typed), looked = words(normal(text)), plain = words(narrow(text).replace(/([a-z])[-_ ]+(?=\d)/g, "$1"));
    return looked.join(" ") === plain.join(" ") ? [looked] : [looked, plain];
  }

  /* ── indexes ── */

  /* Pagefind cuts what is searched by the language of the page; our words are cut already. */
  function begin(module) {
    var html = document.documentElement, language = html.lang;
    pagefind = module;
    pagefind.options({noWorker: true, ranking: RANKING});
    html.lang = "x-none";
    pagefind.init();
    begun = null;
    html.lang = language;
    loaded = {};
    known = Object.create(null);
    loaded[about.indexes[0].name] = true;
  }
  /* Pagefind takes a file that did not come for one that holds nothing, and never asks for it again. */
  function watch(ask) {
    function fail(error) { broken = true; throw error; }
    window.fetch = function () {
      return ask.apply(window, arguments).then(function (answer) {
        return answer.ok && !/html/.test(answer.headers.get("Content-Type")) ? answer : fail(new Error(answer.url));
      }).catch(fail);
    };
  }
  function mended() {
    if (!broken) return Promise.resolve();
    broken = false;
    return pagefind.destroy().then(function () { begin(pagefind); });
  }
  /* Returns the indexes that may hold what is asked for: those without days first, as of places, then by how far they reach. */
  function fitting(facets, sort) {
    return about.indexes.filter(function (index) {
      return !index.kind || ((!facets.kind || index.kind === facets.kind.value) && (!facets.year || index.year === facets.year.value));
    }).sort(function (a, b) {
      var one = farthest(a, sort), other = farthest(b, sort);
      return one === other ? 0 : !one ? -1 : !other ? 1 : outer(one, other, sort || "desc") ? -1 : 1;
    });
  }
  function farthest(index, sort) { return sort === "asc" ? index.since : index.until; }
  function unread(some) { return some.filter(function (index) { return !loaded[index.name]; }); }
  /* Pagefind adds nothing until the first index is there, and waits for that without end: asked for its filters (there
     are none) it says whether it came. */
  function load(some) {
    begun = begun || pagefind.filters();
    return begun.then(function () {
      return Promise.all(some.map(function (index) {
        if (!loaded[index.name]) {
          known = Object.create(null);
          loaded[index.name] = pagefind.mergeIndex(new URL(index.name + "/", location.href).href, {language: "x-none", ranking: RANKING});
        }
        return loaded[index.name];
      }));
    });
  }
  /* Of equals, Pagefind gives first what came first over the network: they have an order of their own. */
  function search(text, sort) {
    return pagefind.search(text, sort ? {sort: {date: sort}} : {}).then(function (r) {
      return sort ? r.results : r.results.sort(function (a, b) { return b.score - a.score || (a.id < b.id ? -1 : 1); });
    });
  }
  /* Asked for a word that is nowhere, Pagefind gives what holds its beginning: in what is only shown of a page, as its
     day, that weighs nothing. Facets and numbers with a unit are asked for as they are, in quotes. */
  function ids(word) {
    var isFacet = FACET.test(word), whole = isFacet ? word : COUNTED.test(word) ? word + END : "";
    if (!known[word]) {
      known[word] = search(whole ? '"' + whole + '"' : word).then(function (results) {
        var found = {};
        results.forEach(function (r) { if (isFacet || r.score > 0) found[r.id] = true; });
        return found;
      });
    }
    return known[word];
  }
  function sets(list) { return Promise.all(list.map(ids)); }
  function inAll(some) { return function (r) { return some.every(function (set) { return set[r.id]; }); }; }
  function inNone(some) { return function (r) { return !some.some(function (set) { return set[r.id]; }); }; }

  /* Returns what holds all the words of one of the ways and of the facets, and nothing that has ended. */
  function find(text, facets, sort) {
    var narrowed = Object.keys(facets).map(function (name) { return facets[name].word; });
    var ended = Object.keys(about.ends).filter(gongshi.isPast).map(function (day) { return about.ends[day]; });
    var some = text.trim() ? ways(text).filter(function (way) { return way.length; }) : [[]];
    return Promise.all([sets(ended), Promise.all(some.map(function (way) {
      var all = way.concat(narrowed);
      if (!all.length) return [];
      return Promise.all([search((way.length ? way : narrowed).join(" "), sort), sets(all)]).then(function (got) {
        return got[0].filter(inAll(got[1]));
      });
    }))]).then(function (got) {
      var seen = {};
      return [].concat.apply([], got[1]).filter(inNone(got[0])).filter(function (r) {
        return seen[r.id] ? false : (seen[r.id] = true);
      });
    });
  }

  /* Finds in as many indexes as a phone bears at once, and in more only while that gives no whole list, or if asked to. */
  function seek(text, facets, sort, more) {
    var some = fitting(facets, sort);
    return load((more ? unread(some) : some).slice(0, about.step)).then(function () {
      return Promise.all([find(text, facets, sort), sets(about.example ? [about.example] : [])]);
    }).then(function (got) {
      return got[0].length < MANY && unread(some).length ? seek(text, facets, sort, true) : got;
    });
  }

  /* ── order ── */

  function data(result) {
    if (!result.page) result.page = result.data();
    return result.page;
  }
  /* How far a page's own name or number is what was typed: whole words of it, a place, the very name. A place comes
     before what happened there. */
  function exactness(page, some, typed) {
    if (narrow(page.meta.title.split("（示例")[0]) === typed) return 3;
    var own = " " + (page.meta.k || "") + " " + (page.meta.p || "") + " ";
    var whole = some.some(function (way) { return way.every(function (word) { return own.indexOf(" " + word + (PAIR.test(word) ? " " : END + " ")) >= 0; }); });
    return whole ? page.raw_url.indexOf("areas/") === 0 ? 2 : 1 : 0;
  }
  function weighed(list, text) {
    var some = ways(text), first = list.slice(0, WEIGHED);
    return Promise.all(first.map(data)).then(function (pages) {
      var order = first.map(function (r, i) { return {r: r, i: i, exact: exactness(pages[i], some, narrow(text.trim())), long: pages[i].meta.title.length}; });
      order.sort(function (a, b) { return b.exact - a.exact || (a.exact === 2 ? a.long - b.long : 0) || a.i - b.i; });
      return order.map(function (o) { return o.r; }).concat(list.slice(WEIGHED));
    });
  }
  function dayOf(page) { return page.meta.date || ""; }
  /* Gives a list by and by. Several indexes are each in order: the next result is the head with the outermost date. Only
     the heads of those are asked for that reach as far as the one that reaches farthest. */
  function inTurn(list, sort) {
    var queues = {}, reach = {};
    about.indexes.forEach(function (index) { reach[index.code] = farthest(index, sort); });
    list.forEach(function (r) {
      var index = sort ? r.id.split("_")[0] : "";
      (queues[index] = queues[index] || []).push(r);
    });
    return function take(many, taken) {
      var open = Object.keys(queues).filter(function (name) { return queues[name].length; });
      taken = taken || [];
      if (open.length === 1) return Promise.resolve(taken.concat(queues[open[0]].splice(0, many)));
      if (!many || !open.length) return Promise.resolve(taken);
      open.sort(function (a, b) { return outer(reach[a], reach[b], sort) ? -1 : outer(reach[b], reach[a], sort) ? 1 : 0; });
      return data(queues[open[0]][0]).then(function (first) {
        var rivals = open.filter(function (name) { return !outer(dayOf(first), reach[name], sort); });
        return Promise.all(rivals.map(function (name) { return data(queues[name][0]); })).then(function (pages) {
          var best = 0;
          pages.forEach(function (page, i) { if (outer(dayOf(page), dayOf(pages[best]), sort)) best = i; });
          return take(many - 1, taken.concat(queues[rivals[best]].splice(0, 1)));
        });
      });
    };
  }
  function outer(day, other, sort) { return sort === "desc" ? day > other : day !== "" && (other === "" || day < other); }
  /* What has no date comes last either way. */
  function ordered(list, text, sort) {
    if (!sort) return weighed(list, text);
    return sets([about.undated]).then(function (got) { return list.filter(inNone(got)).concat(list.filter(inAll(got))); });
  }

  /* ── what is shown ── */

  /* A page's text comes as overlapping pairs: their first characters are the text. */
  function textOf(content) {
    return content.split(END).join("").split(" ").map(function (word) { return word.replace(new RegExp("^([" + HAN + "])[" + HAN + "]$"), "$1"); })
      .join(" ").replace(/([^\da-z]) (?=.)/gi, "$1").replace(/ (?=[^\da-z])/gi, "");
  }
  /* Returns what is marked: words as typed, and pairs of their characters; no lone digit, which stands everywhere. */
  function marks(text) {
    var found = [];
    runs(narrow(joined(text))).forEach(function (run) {
      if (!/^\d$/.test(run)) found.push(run);
      for (var i = 0; !/[\da-z]/.test(run) && i + 2 < run.length; i += 1) found.push(run.substr(i, 2), run.substr(i + 1, 2));
    });
    return unique(found).sort(function (a, b) { return b.length - a.length; });
  }
  function escaped(text) { return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }
  /* Puts a text into an element, what was typed in it marked. */
  function marked(element, text, wanted) {
    if (!wanted.length) { element.textContent = text; return element; }
    text.split(new RegExp("(" + wanted.map(escaped).join("|") + ")", "i")).forEach(function (part, i) {
      if (part) element.appendChild(i % 2 ? gongshi.make("mark", "", part) : document.createTextNode(part));
    });
    return element;
  }
  function excerpt(text, wanted) {
    var low = text.toLowerCase(), at = -1;
    wanted.some(function (word) { at = low.indexOf(word.toLowerCase()); return at >= 0; });
    var from = Math.max(0, at - 20), end = from + 90;
    return (from ? "…" : "") + text.slice(from, end) + (end < text.length ? "…" : "");
  }
  function item(page, wanted) {
    var entry = gongshi.make("li", "gs-hit"), head = gongshi.make("p", "gs-hit__title"), facts = gongshi.make("p", "gs-hit__about");
    var link = marked(gongshi.make("a"), page.meta.title, wanted);
    link.href = "../" + page.raw_url;
    entry.lang = "zh";
    head.appendChild(link);
    if (page.meta.status) {
      var status = gongshi.make("span", "gs-status", page.meta.status);
      status.setAttribute("data-status", page.meta.status);
      facts.appendChild(status);
    }
    [page.meta.kind, page.meta.place, page.meta.date].forEach(function (text, i) {
      if (text) facts.appendChild(gongshi.make(i === 2 ? "time" : "span", "", text));
    });
    entry.appendChild(head);
    entry.appendChild(facts);
    var text = textOf(page.raw_content);
    if (text !== "。") entry.appendChild(marked(gongshi.make("p", "gs-hit__text"), excerpt(text, wanted), wanted));
    return entry;
  }
  /* Adds a list with its heading, ten at a time. */
  function show(list, name, made, text, sort) {
    var part = gongshi.make("section"), rows = gongshi.make("ol", "gs-searched__list"), more = gongshi.make("button", "gs-more", "再看 " + MANY + " 条");
    var take = inTurn(list, sort), wanted = marks(text), shown = 0, ticket = asked;
    part.appendChild(gongshi.make("h2", "", name + "（" + list.length + " 条）"));
    if (made) part.appendChild(gongshi.make("p", "gs-example", "示例：为展示功能编写，不是真实的人或事"));
    part.appendChild(rows);
    more.type = "button";
    part.appendChild(more);
    function next() {
      return take(MANY).then(function (some) { return Promise.all(some.map(data)); }).then(function (pages) {
        if (ticket !== asked) return;
        pages.forEach(function (page, i) {
          if (gongshi.isPast(page.meta.expires || "")) return;
          var entry = rows.appendChild(item(page, wanted));
          if (!i && shown) entry.querySelector("a").focus();
        });
        shown += pages.length;
        more.hidden = shown >= list.length;
      });
    }
    more.addEventListener("click", function () {
      next().catch(function () { more.hidden = true; failed(ticket); });
    });
    return next().then(function () { return part; });
  }
  function help() {
    var list = gongshi.make("ul", "gs-help");
    ["少写几个字，或换一个说法：写“漏水”，不写“家里天花板漏水了”。", "把“筛选”都改回“全部”。", "楼栋写号码，如 3栋；编号照纸上写。",
      "还找不到，用下面的目录。"].forEach(function (one) { list.appendChild(gongshi.make("li", "", one)); });
    box.appendChild(list);
  }
  function chosen() {
    var facets = {};
    gongshi.each(".gs-facets select", function (select) {
      var option = select.options[select.selectedIndex];
      if (select.name !== "sort" && select.value) facets[select.name] = {value: select.value, word: option.getAttribute("data-word")};
    });
    return facets;
  }
  function total(real, made, later, sort) {
    if (!real && !made) return "没有找到。";
    var edge = later.length ? farthest(later[0], sort) : "";
    return "找到 " + real + " 条" + (made ? "，另有示例 " + made + " 条。" : "。") + (!later.length ? "" : !edge ? "还有一些没有找。"
      : sort === "asc" ? edge + " 之前的都找过了，更近的还没有。" : edge + " 之后的都找过了，更早的还没有。");
  }
  function failed(ticket) {
    if (ticket === asked) said.textContent = "搜索没有成功，请再试一次，或刷新网页，或用下面的目录找。";
  }
  /* again: asked a second time by itself; more: whether to find in more indexes than before. Where the site was replaced since this page came, the old index is gone, and
     beginning anew takes the new one. */
  function run(again, more) {
    var text = input.value, facets = chosen(), sort = form.elements.sort.value, ticket = asked += 1;
    if (home) home.href = "../find/index.html" + (text ? "?q=" + encodeURIComponent(text) : "");
    box.hidden = true;
    if (!more) rest.hidden = true;
    said.textContent = "";
    if (!text.trim() && !Object.keys(facets).length) return Promise.resolve();
    if (!pagefind) return Promise.resolve();
    said.textContent = "正在找……";
    return mended().then(function () { return seek(text, facets, sort, more); }).then(function (got) {
      var real = got[0].filter(inNone(got[1])), made = got[1].length ? got[0].filter(inAll(got[1])) : [];
      return Promise.all([real, made].map(function (list) { return ordered(list, text, sort); }));
    }).then(function (lists) {
      return Promise.all(lists.map(function (list, i) {
        return list.length ? show(list, i ? "示例" : "真实记录", i, text, sort) : null;
      })).then(function (parts) {
        if (ticket !== asked) return;
        if (broken) throw new Error("not all of the index came");
        box.textContent = "";
        parts.forEach(function (part) { if (part) box.appendChild(part); });
        if (!lists[0].length && !lists[1].length) help();
        box.hidden = false;
        var later = unread(fitting(facets, sort));
        rest.hidden = !later.length;
        said.textContent = total(lists[0].length, lists[1].length, later, sort);
      });
    }).catch(function () {
      if (broken && !again && ticket === asked) return run(true, more);
      failed(ticket);
    });
  }

  /* ── address and form ── */

  function read() {
    var given = {};
    location.search.slice(1).split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      if (at > 0) try { given[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1).replace(/\+/g, " ")); } catch (e) { /* cut off in a chat */ }
    });
    gongshi.each("[data-gs-search] [name]", function (field) { field.value = given[field.name] || ""; if (field.selectedIndex < 0) field.value = ""; });
    form.querySelector(".gs-facets").open = Object.keys(given).some(function (name) { return name !== "q" && given[name]; });
  }
  function written() {
    var pairs = [];
    gongshi.each("[data-gs-search] [name]", function (field) { if (field.value) pairs.push(field.name + "=" + encodeURIComponent(field.value)); });
    return "?" + pairs.join("&");
  }
  function submit(event) {
    if (!pagefind) return;
    if (event) event.preventDefault();
    history.pushState(null, "", written());
    run();
  }
  function ready() {
    if (pagefind || !window.gongshiPagefind) return;
    watch(window.fetch);
    begin(window.gongshiPagefind);
    form.querySelector(".gs-facets").hidden = false;
    run();
  }
  read();
  rest.type = "button";
  rest.hidden = true;
  rest.addEventListener("click", function () { run(false, true); });
  form.addEventListener("submit", submit);
  gongshi.each(".gs-facets select", function (select) { select.addEventListener("change", function () { submit(); }); });
  window.addEventListener("popstate", function () { read(); run(); });
  window.addEventListener("gongshi-pagefind", ready);
  window.addEventListener("load", function () {
    ready();
    if (pagefind) return;
    said.textContent = location.protocol === "file:" ? "从磁盘打开的网页不能搜索，请用下面的目录找。" : "这个浏览器用不了站内搜索，请用下面的目录找。";
  });
}());
