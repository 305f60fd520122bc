// One row of the table of values.
//
// `make` gives a fresh value. The other columns say what becomes of it, and are functions too, left out where nothing changes:
// - `throughJs`: as another JavaScript client receives it, and so as a JavaScript `echo` gives it back;
// - `throughJvm`: as `echo` of the JVM client gives it back;
// - `fromJvm`: what JavaScript receives when the JVM client's `make` of the same kind is called.
export function kind(make, { throughJs = make, throughJvm = throughJs, fromJvm = make } = {}) {
  return { make, throughJs, throughJvm, fromJvm };
}
