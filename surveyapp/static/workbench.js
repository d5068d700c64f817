// Looks how far passages are being brought up to date behind the page, and says so. The page itself
// stays as it is: somebody may be writing in it.

const PAUSE = 3000;
const words = document.getElementById("deriving");
const end = document.getElementById("derived");

async function look() {
  try {
    const response = await fetch(words.dataset.progress, { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const { said, is_under_way: isUnderWay } = await response.json();
    if (!isUnderWay) {
      // Told aloud, as each step before it is not.
      words.remove();
      end.textContent = said;
      return;
    }
    if (words.textContent !== said) words.textContent = said;
  } catch {
    // The connection is down for now.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
