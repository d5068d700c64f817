// Looks how far work is that goes on behind the page, says so, and shows the page again at its end.

const PAUSE = 1000;
const state = document.getElementById("progress-words");
const bar = document.getElementById("progress-bar");

async function look() {
  try {
    const response = await fetch(state.dataset.progress, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const { done, of, is_under_way: isUnderWay } = await response.json();
      if (!isUnderWay) {
        location.reload();
        return;
      }
      const words = `Steps done: ${done} of ${of}.`;
      if (state.textContent !== words) state.textContent = words;
      bar.max = of;
      bar.value = done;
    }
  } catch {
    // The connection is down for now.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
