/* Runs a script of this site once it is asked for, and then the call. No other address is ever taken for a script's: the
   pages' policy lets browsers that know Trusted Types take one from here alone. */
gongshi.load = (function () {
  "use strict";
  function ours(address) {
    var link = document.createElement("a");
    link.href = address;
    if (link.protocol !== location.protocol || link.host !== location.host) throw new Error("not of this site: " + address);
    return link.href;
  }
  var rule = window.trustedTypes ? trustedTypes.createPolicy("gongshi", {createScriptURL: ours}) : {createScriptURL: ours};
  return function (address, call) {
    var script = document.createElement("script");
    script.src = rule.createScriptURL(address);
    if (call) script.onload = call;
    document.head.appendChild(script);
  };
})();
