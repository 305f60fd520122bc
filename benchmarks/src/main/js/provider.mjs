// What is called: the same three functions as in BenchmarkService.kt.
export const service = {
  id: "benchmark",
  config: { visibility: "public" },
  hello(name) {
    return `Hello ${name}`;
  },
  echo(array) {
    return array;
  },
  async *count() {
    for (let next = 0; ; next++) yield next;
  },
};
