import type { EverythingHandler } from "../mizan/server/handlers.js";

export const everything: EverythingHandler = async () => ({
  s: "é☃😀\u2028</script>",
  i: Number.MAX_SAFE_INTEGER,
  f: 1,
  b: true,
  none: null,
  color: "red",
  level: 2,
  when: new Date("2024-01-02T03:04:05.678Z"),
  day: "2024-01-02",
  time: "03:04:05",
  span: "PT1M30S",
  price: "1.50",
  uid: "00000000-0000-0000-0000-000000000001",
  inner: { label: "x", score: 0.5 },
  inners: [{ label: "y", score: 1e21 }],
  by_name: { b: { label: "b", score: 0.5 }, a: { label: "a", score: 0.5 } },
  anything: { z: [1, null, { y: -0 }] },
});
