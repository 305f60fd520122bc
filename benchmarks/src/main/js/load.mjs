// What a caller does: the same as HyphaLoad.kt.
const name = "microscope";
const doubles = Float64Array.from({ length: 1 << 20 }, (_, i) => i * 0.5);
const milliseconds = 1e6;

export class Load {
  constructor(service) {
    this.service = service;
  }

  /** Makes sure that what comes back is what was sent. */
  async check() {
    if ((await this.service.hello(name)) !== `Hello ${name}`) throw new Error("the call returned something else");
    const returned = await this.service.echo(doubles);
    if (!(returned instanceof Float64Array) || returned.some((value, i) => value !== doubles[i])) {
      throw new Error("the array came back changed");
    }
  }

  /** Does `what`, so many at a time and for so long; returns how many were done in how many nanoseconds. */
  async run(what, inFlight, millis) {
    const start = process.hrtime.bigint();
    const end = start + BigInt(millis * milliseconds);
    const counts = await Promise.all(Array.from({ length: inFlight }, () => this[what](end)));
    const count = counts.reduce((sum, one) => sum + one, 0);
    return `${count} ${process.hrtime.bigint() - start}`;
  }

  calls(end) {
    return repeat(end, () => this.service.hello(name));
  }

  arrays(end) {
    return repeat(end, () => this.service.echo(doubles));
  }

  async items(end) {
    let count = 0;
    for await (const _ of await this.service.count()) {
      if (process.hrtime.bigint() >= end) break;
      count++;
    }
    return count;
  }
}

async function repeat(end, step) {
  let count = 0;
  while (process.hrtime.bigint() < end) {
    await step();
    count++;
  }
  return count;
}
