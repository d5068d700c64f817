// The live screen: notes typed while people talk. Every letter is kept in the browser before
// anything else happens to it, and sent as fast as the connection takes it. The page works without
// any of this: its buttons save everything too.

import { Board } from "./interview/board.js";
import { Clock } from "./interview/clock.js";
import { Hearing } from "./interview/hearing.js";
import { watchKeys } from "./interview/keyboard.js";
import { List } from "./interview/list.js";
import { Outbox } from "./interview/outbox.js";
import { Saying } from "./interview/saying.js";
import { Store } from "./interview/store.js";
import { Writing } from "./interview/writing.js";
import { watchButtons } from "./interview/buttons.js";

const page = document.getElementById("live");
const data = page.dataset;
const store = new Store(data.interview, data.person);
const saying = new Saying(store);
const outbox = new Outbox(data, store, saying);
const clock = new Clock(data);
const list = new List(data, page);
const board = new Board(page, list, clock, outbox);

list.onChange = () => board.count();
outbox.onKept = (note, reply) => writing.kept(note, reply);

const writing = new Writing({ page, data, store, outbox, clock, list, board, saying });
const hearing = new Hearing({ data, outbox, clock, list, board, writing, saying });

// How much of the window stays where it is: what comes into focus must not be behind it.
function measure() {
  const bar = document.getElementById("bar")?.offsetHeight ?? 0;
  const write = document.getElementById("write")?.offsetHeight ?? 0;
  const { style } = document.documentElement;
  style.setProperty("--live-bar", `${bar}px`);
  style.setProperty("--live-top", `${bar + write + 10}px`);
}

watchButtons({ page, data, store, outbox, clock, board, saying, hearing });
watchKeys(writing, board, saying);
const resized = new ResizeObserver(measure);
for (const one of page.querySelectorAll("#bar, #write")) resized.observe(one);
writing.putBack();
board.count();
outbox.start();
hearing.start();
