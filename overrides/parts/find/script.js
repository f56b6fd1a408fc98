// Finds a postcode in the table of regions. Nothing is sent or kept.
(() => {
  const form = document.querySelector("form.find");
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const rows = [...document.querySelectorAll("table.centres tbody tr")];

  // The digits of any script stand in a row, from nought to nine.
  const digit = (char) => {
    let value = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(char.codePointAt() - value - 1))) value += 1;
    return value;
  };

  // The one spelling of site/postcodes.py: capitals and digits, in groups where it begins with a letter.
  const tidy = (typed) => {
    const groups = typed.match(/[A-Z0-9]+/g) || [];
    const whole = groups.join("");
    const apart = /^([A-Z]\d\w)(\w{4})$|^([A-Z]+\d\w*?)(\d[A-Z]{2})$/.exec(whole);
    if (/^\d/.test(whole)) return whole;
    return (apart ? apart.slice(1).filter(Boolean) : groups).join(" ");
  };

  const shape = (code) => code.replace(/\d/g, "0").replace(/[A-Z]/g, "A");

  // How much of a code is a beginning, or lies between two: nothing where "SW1" is only the start of "SW11".
  const begins = (code, beginning) => {
    const [first, last = first] = beginning.split("-");
    const start = code.slice(0, first.length);
    const next = start.slice(-1) + code.charAt(first.length);
    const inside = /^[A-Z]/.test(first) && (/\d\d/.test(next) || (!/\d/.test(first) && /[A-Z]{2}/.test(next)));
    return shape(start) === shape(first) && first <= start && start <= last && !inside ? first.length : 0;
  };

  const copy = (cell) => [...cell.childNodes].map((node) => node.cloneNode(true));

  const find = (event) => {
    event.preventDefault();
    const typed = input.value.normalize("NFKC").toUpperCase().replace(/\p{Nd}/gu, digit);
    // "B-9000" is 9000, as letters from abroad have it.
    const codes = [typed, typed.replace(/^\s*[A-Z]{1,3}-(?=\d)/, "")].map(tidy);
    const found = { length: 0 };
    rows.forEach((row) => row.dataset.postcodes.split(",").forEach((beginning) => codes.forEach((code) => {
      const length = begins(code, beginning);
      if (length > found.length) Object.assign(found, { length, row });
    })));
    rows.forEach((row) => row.classList.toggle("found", row === found.row));
    status.textContent = "";
    if (!found.row) {
      status.textContent = status.dataset.none;
      return;
    }
    const { cells } = found.row;
    const code = document.createElement("bdi");
    code.textContent = typed.trim();
    status.dataset.result.split(/(\{\w+\})/).forEach((part) => {
      if (part === "{centre}") status.append(...copy(cells[2]));
      else if (part === "{postcode}") status.append(code);
      else if (part === "{region}") status.append(...copy(cells[0]));
      else status.append(part);
    });
  };

  form.hidden = false;
  form.addEventListener("submit", find);
  addEventListener("pageshow", () => {
    form.reset();
    status.textContent = "";
    rows.forEach((row) => row.classList.remove("found"));
  });
})();
