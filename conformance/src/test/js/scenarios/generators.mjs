// Streams from the provider to this client, and the other way.
import { randomUUID } from "node:crypto";
import { Checks, check, equal, rejects } from "../peer/check.mjs";
import { recordStreamEnd, streamEnd, streamEnded } from "../peer/facts.mjs";
import { patternBytes } from "../peer/pattern.mjs";

export const receivedStreams = {
  name: "streams from the provider",
  needs: ["generator", "generatorThrows", "generatorOfBytes", "generatorOfValues", "streamEnd"],
  async run({ service }) {
    const checks = new Checks();
    await checks.part("to the end", async () => {
      const label = randomUUID();
      equal(await collect(await service.generator(5, label)), [0, 1, 2, 3, 4], "items");
      equal(await service.streamEnd(label), { how: "completed", produced: 5 }, "its end");
    });
    await checks.part("empty", async () => equal(await collect(await service.generator(0, randomUUID())), [], "items"));
    await checks.part("early end runs the provider's finally", async () => {
      const label = randomUUID();
      equal(await collect(await service.generator(1000, label), 3), [0, 1, 2], "items");
      equal(await service.streamEnd(label), { how: "closed", produced: 3 }, "its end");
    });
    await checks.part("error after the items before it", async () => {
      const label = randomUUID();
      const items = [];
      const reading = (async () => {
        for await (const item of await service.generatorThrows(2, "the stream broke", label)) items.push(item);
      })();
      await rejects(reading, /^RemoteError: .*the stream broke/, "reading");
      equal(items, [0, 1], "items before the error");
      equal((await service.streamEnd(label)).how, "failed", "its end");
    });
    await checks.part("items of every sort", async () => {
      const items = await collect(await service.generatorOfValues());
      equal(items, [null, 0, "", [1, { two: 2 }], new Uint8Array([3]), new Set([4])], "items");
    });
    await checks.part("items that are long messages", async () => {
      const items = await collect(await service.generatorOfBytes(3, 600000));
      equal(
        items,
        [0, 1, 2].map((i) => patternBytes(600000 + i)),
        "items",
      );
    });
    await checks.part("two streams at a time", async () => {
      const [a, b] = [await service.generator(3, randomUUID()), await service.generator(3, randomUUID())];
      equal(
        await Promise.all([collect(a), collect(b)]),
        [
          [0, 1, 2],
          [0, 1, 2],
        ],
        "items",
      );
    });
    return checks.report();
  },
};

export const sentStreams = {
  name: "streams to the provider",
  needs: ["consume"],
  async run({ service }) {
    const checks = new Checks();
    await checks.part("to the end", async () => {
      const label = randomUUID();
      equal(await service.consume(counting(4, label), null), { items: [0, 1, 2, 3], error: null }, "consume");
      equal(streamEnd(label), { how: "completed", produced: 4 }, "its end here");
    });
    await checks.part("early end runs our finally", async () => {
      const label = randomUUID();
      equal(await service.consume(counting(1000, label), 2), { items: [0, 1], error: null }, "consume");
      // In Java, closing a stream waits for nobody; but the reply does not overtake it.
      const end = service.language === "java" ? await streamEnded(label) : streamEnd(label);
      equal(end, { how: "closed", produced: 2 }, "its end here");
    });
    await checks.part("error after the items before it", async () => {
      const outcome = await service.consume(breaking("our stream broke"), null);
      equal(outcome.items, ["only item"], "items before the error");
      check(outcome.error?.includes("our stream broke"), `the provider saw: ${outcome.error}`);
    });
    await checks.part("a synchronous generator", async () => {
      const items = (function* () {
        yield* [1, [2], { three: 3 }];
      })();
      equal(await service.consume(items, null), { items: [1, [2], { three: 3 }], error: null }, "consume");
    });
    await checks.part("an iterator that is no generator", async () => {
      equal(await service.consume(iterator(["a", "b"]), null), { items: ["a", "b"], error: null }, "consume");
    });
    return checks.report();
  },
};

async function collect(stream, limit) {
  const items = [];
  for await (const item of stream) {
    items.push(item);
    if (items.length === limit) break;
  }
  return items;
}

async function* counting(n, label) {
  let produced = 0;
  let how = "closed";
  try {
    while (produced < n) yield produced++;
    how = "completed";
  } finally {
    recordStreamEnd(label, how, produced);
  }
}

/** Not one of the language's own iterators: on Node 20 those pass for plain objects, and arrive as `{}`. */
function iterator(items) {
  const left = [...items];
  return {
    [Symbol.iterator]() {
      return this;
    },
    next: () => (left.length > 0 ? { done: false, value: left.shift() } : { done: true, value: undefined }),
  };
}

async function* breaking(message) {
  yield "only item";
  throw new Error(message);
}
