// A sentence to point at that is tapped grows, and shrinks again.
document.querySelectorAll(".phrases li").forEach((item) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...item.childNodes);
  button.setAttribute("aria-pressed", "false");
  item.append(button);
  button.addEventListener("click", () => {
    const large = item.classList.toggle("large");
    button.setAttribute("aria-pressed", large);
    document.querySelectorAll(".phrases .large").forEach((other) => {
      if (other === item) return;
      other.classList.remove("large");
      other.firstElementChild.setAttribute("aria-pressed", "false");
    });
    if (large) item.scrollIntoView({ block: "center" });
  });
});
