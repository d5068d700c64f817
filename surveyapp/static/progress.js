// Looks how far a file is that is being made, says so, and shows the page again once it is there.

const PAUSE = 1000;
const state = document.getElementById("export-state");
const bar = document.getElementById("export-progress");

async function look() {
  try {
    const response = await fetch(state.dataset.progress, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const { done, of, is_under_way: isUnderWay } = await response.json();
      if (!isUnderWay) {
        location.reload();
        return;
      }
      const words = `${done} of ${of} ${state.dataset.words || "tables are written."}`;
      if (state.textContent !== words) state.textContent = words;
      bar.value = done;
    }
  } catch {
    // The connection is down for now.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
