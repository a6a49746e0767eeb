(() => {
  "use strict";
  const NAMES = ["passage", "term", "change"];
  const light = (event, on) => {
    for (const name of NAMES) {
      const part = event.target.closest(`[data-${name}]`);
      if (!part) continue;
      const number = Number(part.dataset[name]);
      for (const each of document.querySelectorAll(`[data-${name}="${number}"]`)) each.classList.toggle("lit", on);
    }
  };
  for (const name of ["mouseover", "focusin"]) document.addEventListener(name, (event) => light(event, true));
  for (const name of ["mouseout", "focusout"]) document.addEventListener(name, (event) => light(event, false));
})();
