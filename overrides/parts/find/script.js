// Finds a postcode in the table of centres. Nothing is sent or kept.
(() => {
  const form = document.querySelector("form.find");
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const rows = [...document.querySelectorAll("table.centres tbody tr")];

  const has = (row, postcode) => row.dataset.postcodes.split(" ").some((range) => {
    const ends = range.split("-");
    return postcode >= +ends[0] && postcode <= +ends[1];
  });

  const digits = (text) => text.replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) % 16).replace(/\D/g, "");

  const find = (event) => {
    event.preventDefault();
    const postcode = digits(input.value);
    const found = postcode.length === 4 && rows.find((row) => has(row, +postcode));
    rows.forEach((row) => row.classList.toggle("found", row === found));
    status.textContent = "";
    if (!found) {
      status.textContent = status.dataset.none;
      return;
    }
    const centre = document.createElement("span");
    found.cells[2].childNodes.forEach((node) => {
      centre.append(node.nodeName === "BR" ? " " : node.cloneNode(true));
    });
    status.dataset.result.split(/(\{\w+\})/).forEach((part) => {
      if (part === "{centre}") status.append(centre);
      else if (part === "{postcode}") status.append(postcode);
      else if (part === "{province}") status.append(found.cells[0].textContent);
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
