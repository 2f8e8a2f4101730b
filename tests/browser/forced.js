/* What forced colours take away. One of the tests' own scripts: no page loads it.
   gsForced.mark() before they are forced, gsForced.lost() afterwards. */
window.gsForced = {
  mark: () => [...document.querySelectorAll("main *, header *")].filter(e => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    return !(e instanceof SVGElement) && box.width > 2 && box.height > 2 && !e.textContent.trim() && !e.querySelector("img, svg") &&
        style.backgroundColor !== "rgba(0, 0, 0, 0)" && !/^(INPUT|SELECT|TEXTAREA|HR|TD|TR)$/.test(e.tagName);
}).forEach(e => e.setAttribute("data-was-colour", "")),
  lost: () => {
    const luminance = text => {
        const [r, g, b] = text.match(/[\d.]+/g).slice(0, 3).map(n => n / 255)
            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.cssText = "color: Canvas; forced-color-adjust: none";
    const canvas = getComputedStyle(probe).color;
    probe.remove();
    const named = e => `${e.tagName}.${e.getAttribute("class")} “${e.textContent.trim().slice(0, 20)}”`;
    const bordered = s => ["Top", "Bottom", "Left", "Right"].some(side =>
        s[`border${side}Style`] !== "none" && parseFloat(s[`border${side}Width`]) >= 1);
    const found = [];
    for (const e of document.querySelectorAll("[data-was-colour]")) {
        const s = getComputedStyle(e);
        if (e.checkVisibility() && !bordered(s) && s.forcedColorAdjust !== "none") found.push("no edge: " + named(e));
    }
    for (const e of document.querySelectorAll(".gs-status, .gs-colour")) {
        if (e.checkVisibility() && !(bordered(getComputedStyle(e)) && e.textContent.trim())) found.push("no word in a frame: " + named(e));
    }
    for (const e of document.querySelectorAll("main svg:not(.gs-qr) :is(rect, path, line, circle, polyline, polygon, text)")) {
        const s = getComputedStyle(e), seen = [[s.fill, s.fillOpacity], [s.stroke, s.strokeOpacity]].some(
            ([paint, opacity]) => /^rgb\(/.test(paint) && opacity > 0.5 && contrast(paint, canvas) >= 3);
        const ground = e.matches("[class*=edge], [class*=ground], [class*=guide]") || s.fill === canvas;
        if (e.checkVisibility() && !seen && !ground && (s.fill !== "none" || s.stroke !== "none")) found.push("not to be seen: " + named(e));
    }
    return found;
},
};
