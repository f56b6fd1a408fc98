// Finds a postcode in the table of centres. Nothing is sent or kept.
(function () {
  var form = document.querySelector("form.find");
  var input = form.querySelector("input");
  var status = form.querySelector("[role=status]");
  var rows = [].slice.call(document.querySelectorAll("table.centres tbody tr"));

  function has(row, postcode) {
    return row.dataset.postcodes.split(" ").some(function (range) {
      var ends = range.split("-");
      return postcode >= +ends[0] && postcode <= +ends[1];
    });
  }

  function digits(text) {
    return text.replace(/[٠-٩۰-۹]/g, function (digit) { return digit.charCodeAt(0) % 16; }).replace(/\D/g, "");
  }

  function find(event) {
    event.preventDefault();
    var postcode = digits(input.value);
    var found = postcode.length === 4 && rows.find(function (row) { return has(row, +postcode); });
    rows.forEach(function (row) { row.classList.toggle("found", row === found); });
    status.textContent = "";
    if (!found) {
      status.textContent = status.dataset.none;
      return;
    }
    var parts = status.dataset.result.split(/(\{\w+\})/);
    var centre = document.createElement("span");
    [].slice.call(found.cells[2].childNodes).forEach(function (node) {
      centre.append(node.nodeName === "BR" ? " " : node.cloneNode(true));
    });
    parts.forEach(function (part) {
      if (part === "{centre}") status.append(centre);
      else if (part === "{postcode}") status.append(postcode);
      else if (part === "{province}") status.append(found.cells[0].textContent);
      else status.append(part);
    });
  }

  form.hidden = false;
  form.addEventListener("submit", find);
  addEventListener("pageshow", function () {
    form.reset();
    status.textContent = "";
    rows.forEach(function (row) { row.classList.remove("found"); });
  });
})();
