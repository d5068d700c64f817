// Says beside a field that words in it may identify a child, as the page says it without scripts.

const ADVICE =
  "Take it out if it does. Earlier versions keep what was saved, " +
  "until whoever runs this survey erases it there, too.";

export function warn(place, found) {
  if (!place) return;
  const told = found ?? [];
  const key = JSON.stringify(told);
  if (place.dataset.told === key) return;
  place.dataset.told = key;
  place.replaceChildren();
  if (!told.length) return;
  const line = document.createElement("p");
  line.className = "govuk-body-s govuk-!-margin-bottom-0";
  const first = document.createElement("strong");
  first.textContent = "This may identify a child:";
  line.append(first, " ");
  told.forEach((one, at) => {
    const words = document.createElement("mark");
    words.className = "survey-warned__words";
    words.textContent = one.words;
    const more = one.more ? ` and ${one.more} more` : "";
    line.append(words, ` (${one.kind})${more}${at < told.length - 1 ? ", " : ". "}`);
  });
  line.append(ADVICE);
  place.append(line);
}
