// A class that travels by a codec.

export class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}

export const pointCodec = {
  name: "point",
  type: Point,
  encoder: (point) => ({ x: point.x, y: point.y }),
  decoder: (map) => new Point(map.x, map.y),
};

/** Mirrors a point, and shows that this side saw the class and not a map. */
function mirror(point) {
  if (!(point instanceof Point)) throw new Error(`not a Point: ${JSON.stringify(point)}`);
  return new Point(point.y, point.x);
}

export const codecFunctions = { mirror };
