/* 朗读: offered where the device itself has a Chinese voice; voices of another host would be sent what is read. */
(function () {
  "use strict";
  var speech = window.speechSynthesis;
  function isOurs(voice) { return voice.localService && /^(zh|cmn|yue)/i.test(voice.lang); }
  function offer(button) {
    function show() { button.hidden = !speech.getVoices().some(isOurs); }
    show();
    speech.onvoiceschanged = show;  /* voices come late */
    button.addEventListener("click", function () {
      if (gongshi.aloud) gongshi.aloud(button);
      else gongshi.load(button.getAttribute("data-gs-aloud"), function () { gongshi.aloud(button); });
    });
  }
  if (speech && window.SpeechSynthesisUtterance) {
    gongshi.whenReady(function () { gongshi.each("[data-gs-aloud]", offer); });
  }
})();
