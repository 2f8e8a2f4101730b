/* 找我家: finds a place by number, name, pinyin or its initials. The lists below the form are whole without it.
   The index comes as a script of values (find/places.js), large ones in slices: nothing is requested but scripts
   beside the page, so it works from a disk too. */
(function () {
  "use strict";
  var MOST = 30, SLICES_AT_ONCE = 4;
  var DIGITS = "零一二三四五六七八九", UNIT = "栋幢座号楼单元期区组巷弄层室户网格";
  var index = null, places = [], waiting = [], loaded = {};

  /* ── what is typed and what is written, in one form ── */

  function counted(numeral) {
    if (!/[十百]/.test(numeral)) {
      return numeral.replace(/./g, function (c) { return c === "〇" ? 0 : c === "两" ? 2 : DIGITS.indexOf(c); });
    }
    var sum = 0, last = -1;
    numeral.split("").forEach(function (c) {
      if (c === "百" || c === "十") {
        sum += (last < 0 ? 1 : last) * (c === "百" ? 100 : 10);
        last = -1;
      } else last = c === "〇" || c === "零" ? -1 : c === "两" ? 2 : DIGITS.indexOf(c);
    });
    return String(sum + (last < 0 ? 0 : last));
  }
  /* A hyphen or a space between two numbers keeps them apart: 3-2 is 3栋2单元 and not 32. */
  function normal(text) {
    var narrow = text.replace(/[\uff01-\uff5e]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 0xfee0); });
    return narrow.toLowerCase().replace(/\(示例[^)]*\)/g, "").replace(/(\d)[\s\u3000\-#]+(?=\d)/g, "$1|").replace(/[\s\u3000"'“”‘’《》()、，。,.·\-#]/g, "")
      .replace(new RegExp("[零〇一二两三四五六七八九十百]+(?=[" + UNIT + "]|$)", "g"), counted)
      .replace(/[幢座]|号楼/g, "栋");
  }
  function tokens(text) { return normal(text).match(/\d+|[a-z]+|[^\da-z|]+/g) || []; }

  /* ── where a token stands in a name ── */

  function spelled(name, at, token, from) {
    if (from === token.length) return at;
    if (at >= name.length) return -1;
    var char = name.charAt(at), readings = (index.readings[char] || (/[a-z]/.test(char) ? char : "")).split(" "), i, end;
    for (i = 0; i < readings.length; i += 1) {
      var reading = readings[i], rest = token.slice(from);
      if (!reading) continue;
      if (rest.indexOf(reading) === 0) {
        end = spelled(name, at + 1, token, from + reading.length);
        if (end >= 0) return end;
      }
      if (reading.indexOf(rest) === 0) return at + 1;
      if (rest.charAt(0) === reading.charAt(0)) {
        end = spelled(name, at + 1, token, from + 1);
        if (end >= 0) return end;
      }
    }
    return -1;
  }
  /* Returns where the token ends in the name, -1 if it is not there. A number is there only as a whole number. */
  function found(name, token, from) {
    var at;
    if (/^[a-z]/.test(token)) {
      for (at = from; at < name.length; at += 1) {
        var end = spelled(name, at, token, 0);
        if (end >= 0) return end;
      }
      return -1;
    }
    for (at = name.indexOf(token, from); at >= 0; at = name.indexOf(token, at + 1)) {
      if (!/^\d/.test(token)) return at + token.length;
      if (!/\d/.test(name.charAt(at - 1)) && !/\d/.test(name.charAt(at + token.length))) return at + token.length;
    }
    return -1;
  }
  function all(name, wanted) {
    var at = 0, i;
    for (i = 0; i < wanted.length && at >= 0; i += 1) at = found(name, wanted[i], at);
    return at;
  }

  /* ── places ── */

  function put(list, at) {
    list.forEach(function (values, i) {
      places[at + i] = {title: values[0], id: values[1], above: values[2], level: values[3], made: !!values[4],
                        address: values[5] || "", slices: values[6] || [], number: at + i};
    });
  }
  function name(place) {
    if (place.name === undefined) place.name = normal(place.title);
    return place.name;
  }
  function above(place) { return places[place.above]; }
  function where(place) {
    var line = [], one = above(place);
    while (one) { line.unshift(one.title); one = above(one); }
    return line.join(" › ");
  }
  function line(place) {
    var text = "", one = above(place);
    while (one) { text = name(one) + "|" + text; one = above(one); }
    return text;
  }
  /* Returns how well a place fits, less is better, -1 if not at all. Beside its own name it may be found by its
     address, or by the names above it and then its own. */
  function fit(place, wanted, typed) {
    var own = name(place), first = found(own, wanted[0], 0);
    if (own === typed) return 0;
    if (all(own, wanted) >= 0) return first >= 0 && own.indexOf(wanted[0]) === 0 ? 1 : 2;
    if (place.address && all(normal(place.address), wanted) >= 0) return 3;
    if (wanted.length < 2) return -1;
    var before = line(place);
    return all(before + own, wanted) > before.length ? 4 : -1;
  }
  function fitting(wanted, typed) {
    var hits = [];
    places.forEach(function (place) {
      var how = fit(place, wanted, typed);
      if (how >= 0) hits.push({place: place, how: how});
    });
    return hits.sort(function (a, b) {
      return a.place.made - b.place.made || a.how - b.how || a.place.number - b.place.number;
    }).map(function (hit) { return hit.place; });
  }
  /* Returns the places that fit what was typed; where none does, those that fit without its 栋, 号, 单元. */
  function search(text) {
    var wanted = tokens(text), typed = normal(text), hits = wanted.length ? fitting(wanted, typed) : [];
    if (hits.length || !/\d/.test(typed)) return hits;
    var bare = wanted.filter(function (t) { return !/^(栋|号|单元|楼|室|房|户|层|dong|hao|danyuan)$/.test(t); });
    return bare.length && bare.length < wanted.length ? fitting(bare, bare.join("")) : [];
  }
  /* Returns the slices that may hold the doors meant: those of the places that fit the words before the number. */
  function needed(text) {
    var words = [], list = [];
    tokens(text).some(function (t) { if (/^\d/.test(t)) return true; words.push(t); return false; });
    if (!words.length) return list;
    fitting(words, words.join("")).some(function (place) {
      place.slices.forEach(function (s) { if (list.indexOf(s) < 0) list.push(s); });
      return list.length >= SLICES_AT_ONCE;
    });
    return list.filter(function (s) { return !loaded[s]; });
  }

  window.gongshiSlice = function (number, slice) {
    put(slice.places, slice.at);
    loaded[number] = true;
    waiting.forEach(function (call) { call(); });
  };
  function take(slice, base) {
    if (loaded[slice] !== undefined) return;
    loaded[slice] = false;
    gongshi.load(base.replace(/places\.js/, "places." + slice + ".js"));
  }

  /* ── the page ── */

  function make(tag, kind, text) {
    var made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }
  function shown(place) {
    var item = make("li"), to = make("a"), path = where(place);
    to.href = index.folder + place.id + ".html";
    to.appendChild(make("b", "", place.title));
    to.appendChild(make("span", "gs-aside", (place.made ? "示例 · " : "") + index.levels[place.level] +
                        (path ? " · " + path : "") + (place.address ? " · " + place.address : "")));
    item.appendChild(to);
    return item;
  }
  /* What is no place may be a case, a person, a number: the same words lead to the search of the whole site. */
  function elsewhere(text) {
    var item = make("li"), to = make("a");
    to.href = "../search/index.html?q=" + encodeURIComponent(text);
    to.appendChild(make("b", "", "在全站搜索“" + text + "”"));
    item.appendChild(to);
    return item;
  }
  function told(hits, text) {
    if (!text) return "";
    if (!hits.length && /^\d+[栋号]?$/.test(normal(text)) && index.sliced) return "请连小区名一起打，例如：小区名 " + text;
    if (!hits.length) return "没有找到“" + text + "”。换个写法，或用下面的目录。";
    if (hits.length > MOST) return "找到 " + hits.length + " 处，先列 " + MOST + " 处；再打小区名可以缩小范围。";
    return "找到 " + hits.length + " 处。";
  }
  function start(form) {
    var input = form.querySelector("input"), box = document.querySelector(".gs-hits");
    var said = box.querySelector(".gs-hits__said"), list = box.querySelector(".gs-hits__list");
    var base = document.querySelector('script[src^="places.js"]').getAttribute("src"), hits = [];
    function tell() {
      var text = input.value.replace(/^\s+|\s+$/g, "");
      needed(text).forEach(function (slice) { take(slice, base); });
      hits = text ? search(text) : [];
      list.textContent = "";
      hits.slice(0, MOST).forEach(function (place) { list.appendChild(shown(place)); });
      if (text && !hits.length) list.appendChild(elsewhere(text));
      said.textContent = told(hits, text);
      box.hidden = !text;
    }
    function step(event) {
      var links = list.querySelectorAll("a"), at = Array.prototype.indexOf.call(links, document.activeElement);
      var by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (!by || !links.length) return;
      event.preventDefault();
      if (at + by < 0) input.focus();
      else if (at + by < links.length) links[at + by].focus();
    }
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      tell();
      if (hits.length === 1) list.querySelector("a").click();
    });
    input.addEventListener("input", tell);
    form.addEventListener("keydown", step);
    list.addEventListener("keydown", step);
    waiting.push(tell);
    var asked = /[?&]q=([^&]*)/.exec(location.search);
    if (asked) {
      try { input.value = decodeURIComponent(asked[1].replace(/\+/g, " ")); } catch (e) { /* a torn address */ }
    }
    tell();
  }
  function read(values) {
    index = values;
    places = [];
    loaded = {};
    put(values.places, 0);
    index.sliced = values.places.some(function (one) { return one[6] && one[6].length; });
  }
  window.gongshiFind = {read: read, search: function (text) {
    return search(text).map(function (place) { return place.id; });
  }, normal: normal};

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector("[data-gs-find]");
    if (!form || !window.gongshiPlaces) return;
    read(window.gongshiPlaces);
    start(form);
  });
})();
