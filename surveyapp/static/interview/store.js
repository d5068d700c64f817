// What the browser keeps until the service has it: survives a crash, a closed lid, a lost line.

export class Store {
  constructor(interview, person) {
    this.prefix = `interview:${interview}:${person}:`;
    this.works = true;
  }

  // A private window, or a full disk, may refuse; the page then still sends over the connection.
  keep(name, value) {
    try {
      localStorage.setItem(this.prefix + name, JSON.stringify(value));
      this.works = true;
    } catch {
      this.works = false;
    }
    return this.works;
  }

  forget(name) {
    try {
      localStorage.removeItem(this.prefix + name);
    } catch {
      // Where nothing can be kept there is nothing to forget.
    }
  }

  get(name) {
    try {
      return JSON.parse(localStorage.getItem(this.prefix + name));
    } catch {
      return null;
    }
  }

  // Everything kept under names that begin alike, by the rest of the name.
  all(kind) {
    const start = this.prefix + kind;
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(start));
      return names.map((name) => [name.slice(start.length), JSON.parse(localStorage.getItem(name))]);
    } catch {
      return [];
    }
  }
}
