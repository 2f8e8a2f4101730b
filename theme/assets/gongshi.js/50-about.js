/* Whoever comes from a record to report an error is shown its number, to cite it; a mail is begun with it. */
(function () {
  "use strict";
  function asked() {
    var found = /[?&]about=([a-z]+\/[a-z0-9-]+)(?:&|$)/.exec(location.search);
    return found && found[1];
  }
  gongshi.whenReady(function () {
    var number = asked(), heading = document.querySelector("#main h1");
    if (!number || !heading) return;
    var told = gongshi.make("p", "gs-about", "您要说的这一条，编号是 ");
    told.appendChild(gongshi.make("b", "", number));
    told.appendChild(document.createTextNode("。告诉我们的时候，请带上这个编号。"));
    heading.parentNode.insertBefore(told, heading.nextSibling);
    gongshi.each('a[href^="mailto:"]', function (link) {
      link.href = link.href.split("?")[0] + "?subject=" + encodeURIComponent("关于 " + number);
    });
  });
})();
