import { LineQueue } from "./line-queue.js";

const turn = (): Promise<void> => new Promise(setImmediate);
const isOver = async (queue: LineQueue): Promise<boolean> => {
  let over = false;
  void queue.over.then(() => (over = true));
  await turn();
  return over;
};

test("what one turn brings forth is one chunk, what came before the reader too", async () => {
  const queue = new LineQueue();
  queue.write("a");
  queue.write("b");
  expect(await queue.next()).toEqual({ done: false, value: "a\nb\n" });
  const next = queue.next();
  queue.write("c");
  await Promise.resolve();
  queue.write("d");
  queue.end();
  expect(await next).toEqual({ done: false, value: "c\nd\n" });
  expect(await queue.next()).toEqual({ done: true, value: undefined });
});

test("is over when it ended and was read, in this order", async () => {
  const queue = new LineQueue();
  queue.write("a");
  queue.end();
  queue.end();
  queue.write("late");
  expect(await isOver(queue)).toBe(false);
  expect(await queue.next()).toEqual({ done: false, value: "a\n" });
  expect(await isOver(queue)).toBe(false);
  expect((await queue.next()).done).toBe(true);
  expect(await isOver(queue)).toBe(true);
});

test("is over when its reader left and it ended, in either order", async () => {
  const [left, ended] = [new LineQueue(), new LineQueue()];
  await left.return();
  expect(await isOver(left)).toBe(false);
  left.end();
  expect(await isOver(left)).toBe(true);
  ended.write("a");
  ended.end();
  await ended.return();
  expect(await isOver(ended)).toBe(true);
});

test("a reader that leaves while it waits is let go, and nothing is kept for it", async () => {
  const queue = new LineQueue();
  const next = queue.next();
  await queue.return();
  expect((await next).done).toBe(true);
  queue.write("for nobody");
  expect((await queue.next()).done).toBe(true);
  const unread = new LineQueue();
  unread.write("a");
  await unread.return();
  expect((await unread.next()).done).toBe(true);
});

test("says since when only the reader is waited for, from each chunk anew", async () => {
  const queue = new LineQueue();
  queue.write("a");
  await queue.next();
  expect(queue.waitingSince).toBeNull();
  queue.write("b");
  queue.end();
  const ended = queue.waitingSince;
  expect(ended).toBeGreaterThan(0);
  await turn();
  await queue.next();
  expect(queue.waitingSince).toBeGreaterThan(ended ?? Infinity);
});
