// The time since the call began, counted here between two pages and never announced.

// Nobody ended the call: what is noted a day later is noted all the same.
const LAST = 24 * 60 * 60;

export class Clock {
  constructor(data) {
    this.place = document.getElementById("clock");
    this.began = null;
    this.ended = data.ended === "yes";
    if (data.elapsed !== "") this.run(Number(data.elapsed));
    setInterval(() => this.show(), 500);
  }

  // The service's reckoning replaces ours where they differ by more than the way there.
  run(elapsed) {
    const began = Date.now() - elapsed * 1000;
    if (this.began === null || Math.abs(began - this.began) > 1500) this.began = began;
    this.show();
  }

  seconds() {
    if (this.began === null) return null;
    const seconds = Math.floor((Date.now() - this.began) / 1000);
    return Math.min(Math.max(seconds, 0), LAST);
  }

  show() {
    if (this.began === null || this.ended || !this.place) return;
    const words = stamp(this.seconds());
    if (this.place.textContent !== words) this.place.textContent = words;
  }
}

export function stamp(second) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(second / 60))}:${two(second % 60)}`;
}
