/**
 * Express gives each request and response a prototype of its own, and adds properties to them after. To V8 before
 * 12.5 (Node 20 and 22) such an object then has a shape that it shares with no other, so that no inline cache ever
 * knows it: all that touches it later, node:http itself first, looks up each property anew. Objects in dictionary
 * mode share their shape again. To make them so costs four microseconds, and saves a third of what a small call
 * costs; where shapes are shared anyway it would cost as much as it saves here.
 */

/** Stories load this module too, in browsers, where there is no `process`. */
const v8 = (typeof process === "undefined" ? undefined : process.versions["v8"]) ?? "99";
const [major = 0, minor = 0] = v8.split(".").map(Number);
const areShapesShared = major > 12 || (major === 12 && minor > 4);

/** What of them has to do with it; `url` is there for the compiler, to know a request by. */
type Request = { next?: unknown; readonly url?: string | undefined };
type Response = { req?: unknown };

/** To be called once Express has added what it adds. Nothing of it can be seen, but in the order of keys. */
export const shareShapes: (request: Request, response: Response) => void = areShapesShared
  ? () => {}
  : (request, response) => {
      // V8 makes a dictionary of what loses a property that was not the last one added.
      const { next } = request;
      if (next !== undefined) {
        delete request.next;
        request.next = next;
      }
      const { req } = response;
      if (req !== undefined) {
        delete response.req;
        response.req = req;
      }
    };
