/* WeChat opens pages and blocks most downloads: beside the first one on a page stands how to get it. */
(function () {
  "use strict";
  if (!/MicroMessenger/i.test(navigator.userAgent)) return;
  gongshi.whenReady(function () {
    var link = document.querySelector('#main a[download], #main a[href$=".csv"], #main a[href$=".json"], #main a[href$=".xlsx"], #main a[href$=".pdf"]');
    if (!link) return;
    var block = link;
    while (block.parentNode.id !== "main" && !/^(P|UL|OL|LI|DIV|SECTION|TABLE)$/.test(block.tagName)) block = block.parentNode;
    block.parentNode.insertBefore(gongshi.make("p", "gs-open-elsewhere",
      "微信里打不开下载的，请点右上角“…”，选“在浏览器打开”。"), block);
  });
})();
