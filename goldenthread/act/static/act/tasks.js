/* "Choose all on this page", beside what is done with them; without JavaScript each box is ticked by itself. */
for (const place of document.querySelectorAll("[data-choose-all]")) {
  const boxes = () => [...document.querySelectorAll(`input[type=checkbox][name="${place.dataset.chooseAll}"]`)];
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  const words = () => {
    button.textContent = boxes().every((box) => box.checked) ? "Choose none" : `Choose all ${boxes().length} on this page`;
  };
  button.addEventListener("click", () => {
    const all = boxes().every((box) => box.checked);
    for (const box of boxes()) box.checked = !all;
    words();
  });
  for (const box of boxes()) box.addEventListener("change", words);
  words();
  place.prepend(button);
  place.hidden = false;
}
