/* Before any page's script: what would show a dialog tells the binding instead, a few times at most. */
(() => {
    let left = 4;
    const told = what => {
        if (left > 0) gongshiCanary(String(what).slice(0, 120) + " @ " + location.href.slice(0, 200));
        left -= 1;
        if (left < 0) throw new Error("told often enough");  // or a payload that loops would never end
    };
    for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = given => told(`ran ${name} ${given}`);
    window.print = () => { if (!window.gongshiPrints) told("ran print"); };
    document.addEventListener("securitypolicyviolation", one =>
        told(`refused ${one.violatedDirective} ${one.blockedURI} ${one.sample}`));
})();
