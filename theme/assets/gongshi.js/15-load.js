/* Runs a script of this site once it is asked for, and then the call. */
gongshi.load = function (address, call) {
  "use strict";
  var script = document.createElement("script");
  script.src = address;
  script.onload = call;
  document.head.appendChild(script);
};
