// Looks how far a build is, says so, and shows the page again once it is there.

const PAUSE = 1500;
const state = document.getElementById("build-state");
const bar = document.getElementById("build-progress");

async function look() {
  try {
    const response = await fetch(state.dataset.progress, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const { doing, share, is_under_way: isUnderWay } = await response.json();
      if (!isUnderWay) {
        location.reload();
        return;
      }
      const done = Math.round(share * 100);
      const words = `${done}%: ${doing}.`;
      if (state.textContent !== words) state.textContent = words;
      bar.value = done;
    }
  } catch {
    // The connection is down for now.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
