// Says how far a pack is while it is made, and opens it once it is not. Without this script there is a link.
const EVERY = 3000; // milliseconds

const shown = document.getElementById("pack-progress");

async function look() {
  try {
    const response = await fetch(shown.dataset.progress, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const pack = await response.json();
      if (pack.state !== "asked" && pack.state !== "making") return window.location.reload();
      const said = shown.querySelector("[role=status]");
      if (pack.state === "making") said.textContent = `The pack is being made: ${pack.done} of ${pack.total} parts.`;
    }
  } catch {
    // The network is away: it is asked again.
  }
  setTimeout(look, EVERY);
}

if (shown) setTimeout(look, EVERY);
