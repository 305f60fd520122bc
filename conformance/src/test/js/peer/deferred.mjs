// A value that arrives later, with a limit, for events: no polling.

export class Deferred {
  constructor() {
    this.promise = new Promise((resolve) => (this.resolve = resolve));
  }

  async within(milliseconds, what) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${what} did not arrive within ${milliseconds} ms`)), milliseconds);
    });
    try {
      return await Promise.race([this.promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
